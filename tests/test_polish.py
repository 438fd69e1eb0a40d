"""What the engine built is made lean and strict, and reads as before."""

from __future__ import annotations

from pathlib import Path

from reporter import polish

PAGE = """<html>
  <head>
    <script src="../assets/javascripts/bundle.js"></script>
    <script>var one = "a\n  b"</script>
  </head>

  <body tabindex="">
    <pre>  two
    spaces</pre>
    <p>one
       two</p>
    <script id="__config" type="application/json">{"a":  1}</script>
  </body>
</html>
"""


def test_an_inline_script_becomes_a_file_called_from_the_same_place(tmp_path: Path) -> None:
    (tmp_path / "assets" / "javascripts").mkdir(parents=True)
    (tmp_path / "deep").mkdir()
    page = tmp_path / "deep" / "index.html"
    page.write_text(PAGE, encoding="utf-8")
    polish.polish(tmp_path)
    (file,) = (tmp_path / "assets" / "javascripts").glob("page.*.js")
    assert file.read_text(encoding="utf-8") == 'var one = "a\n  b"'
    told = page.read_text(encoding="utf-8")
    assert f'bundle.js"></script>\n<script src="../assets/javascripts/{file.name}"></scr' in told
    assert "<script>" not in told
    assert '{"a":  1}' in told
    assert "tabindex" not in told


def test_idle_space_goes_and_what_is_preformatted_stays() -> None:
    lean = polish.lean(PAGE)
    assert "<pre>  two\n    spaces</pre>" in lean
    assert "<p>one\ntwo</p>" in lean
    assert "\n\n" not in lean


def test_a_page_without_the_engines_scripts_is_left_alone() -> None:
    door = "<html><script>1</script></html>"
    assert polish.without_scripts(door) == (door, {})
