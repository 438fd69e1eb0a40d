"""What the engine built is made lean and strict, and reads as before."""

from __future__ import annotations

from pathlib import Path

from reporter.publishing import polish

PAGE = """<html>
  <head>
    <script src="../assets/javascripts/bundle.js"></script>
    <script>var one = "a\n  b"</script>
  </head>

  <body tabindex="">
    <i>
    <script>var two = one</script>
    </i>
    <script>open("__tabbed_")</script>
    <input type="checkbox" id="__x" autocomplete="off">
    <input type="text" autocomplete="off">
    <label for="__toc">Contents</label>
    <pre>  two
    spaces</pre>
    <p>one
       two</p>
    <script id="__config" type="application/json">{"a":  1}</script>
  </body>
</html>
"""


def test_inline_scripts_become_one_file_and_the_others_wait(tmp_path: Path) -> None:
    (tmp_path / "assets" / "javascripts").mkdir(parents=True)
    (tmp_path / "deep").mkdir()
    page = tmp_path / "deep" / "index.html"
    page.write_text(PAGE, encoding="utf-8")
    polish.polish(tmp_path)
    (file,) = (tmp_path / "assets" / "javascripts").glob("page.*.js")
    assert file.read_text(encoding="utf-8") == 'var one = "a\n  b";\nvar two = one'
    told = page.read_text(encoding="utf-8")
    assert f'<i>\n<script src="../assets/javascripts/{file.name}"></script>\n</i>' in told
    assert '<script defer src="../assets/javascripts/bundle.js"></script>' in told
    assert "<script>" not in told
    assert "__tabbed_" not in told
    assert '{"a":  1}' in told


def test_what_no_validator_takes_goes(tmp_path: Path) -> None:
    (tmp_path / "assets" / "javascripts").mkdir(parents=True)
    page = tmp_path / "index.html"
    page.write_text(PAGE, encoding="utf-8")
    polish.polish(tmp_path)
    told = page.read_text(encoding="utf-8")
    assert "tabindex" not in told
    assert '<input type="checkbox" id="__x">' in told
    assert '<input type="text" autocomplete="off">' in told
    assert "__toc" not in told


def test_style_sheets_that_every_page_calls_become_one(tmp_path: Path) -> None:
    for name, text in (("one.css", ".here{top:0}.gone{top:1px}"), ("two.css", "p{top:2px}")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    head = "".join(f'<link rel="stylesheet" href="{n}.css">\n' for n in ("one", "two"))
    script = '<script src="assets/javascripts/bundle.js"></script>'
    page = tmp_path / "index.html"
    page.write_text(f'<head>{head}</head>{script}<p class="here">', encoding="utf-8")
    (tmp_path / "assets" / "stylesheets").mkdir(parents=True)
    polish.polish(tmp_path)
    (sheet,) = tmp_path.rglob("*.css")
    assert sheet.read_text(encoding="utf-8") == ".here{top:0}p{top:2px}"
    link = f'<link rel="stylesheet" href="assets/stylesheets/{sheet.name}">'
    assert page.read_text(encoding="utf-8").count("<link") == 1
    assert link in page.read_text(encoding="utf-8")


def test_style_sheets_stay_where_pages_call_different_ones(tmp_path: Path) -> None:
    script = '<script src="assets/javascripts/bundle.js"></script>'
    for name in ("one", "two"):
        (tmp_path / f"{name}.css").write_text("p{}", encoding="utf-8")
        link = f'<link rel="stylesheet" href="{name}.css">'
        (tmp_path / f"{name}.html").write_text(link + script, encoding="utf-8")
    polish.polish(tmp_path)
    assert {path.name for path in tmp_path.rglob("*.css")} == {"one.css", "two.css"}


def test_idle_space_goes_and_what_is_preformatted_stays() -> None:
    lean = polish.lean(PAGE)
    assert "<pre>  two\n    spaces</pre>" in lean
    assert "<p>one\ntwo</p>" in lean
    assert "\n\n" not in lean


def test_a_page_without_the_engines_scripts_is_left_alone() -> None:
    door = "<html><script>1</script></html>"
    assert polish.without_scripts(door) == (door, {})
