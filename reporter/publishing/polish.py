"""Goes over what the engine built: no script stands in a page, and no page carries idle weight.

A page without inline scripts lives under a strict Content-Security-Policy, where nothing that
somebody slipped into a text can run. One style sheet and one small script let it show at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from reporter.publishing import stylesheets

_SCRIPTS = "assets/javascripts"
_SHEETS = "assets/stylesheets"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_BASE = re.compile(rf'<script src="([^"]*){_SCRIPTS}/')
_KEPT = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>|<script\b.*?</script>)", re.DOTALL)
_IDLE = re.compile(r"\s*\n\s*")
_LINK = r'<link rel="stylesheet" href="([^"]*)">'
_LINKS = re.compile(rf"{_LINK}(?:\s*{_LINK})*")

_CALLED = re.compile(r'<script src="')
_NO_HTML = (
    (re.compile(r' tabindex=""'), ""),
    (re.compile(r'(<input\b[^>]*type="(?:checkbox|radio)"[^>]*?) autocomplete="off"'), r"\1"),
)
"""What the engine writes and no validator takes."""
_TABBED = "__tabbed_"
"""Tabs in a text, which our pages have none of; the engine opens them by a script."""


def polish(folder: Path) -> None:
    """Rework every page in the folder, where it lies."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    pages = {path: _valid(lean(page)) for path, page in pages.items()}
    for path, page in _one_sheet(folder, pages).items():
        told, scripts = without_scripts(page)
        for name, script in scripts.items():
            (folder / _SCRIPTS / name).write_text(script, encoding="utf-8")
        path.write_text(told, encoding="utf-8")


def lean(page: str) -> str:
    """The page without indentation and empty lines; what is preformatted stays as it is."""
    parts = _KEPT.split(page)
    return "".join(part if index % 2 else _IDLE.sub("\n", part) for index, part in enumerate(parts))


def _valid(page: str) -> str:
    for wrong, right in _NO_HTML:
        page = wrong.sub(right, page)
    # A label of the table of contents belongs to a switch that pages without one do not have.
    if 'id="__toc"' not in page:
        page = page.replace(' for="__toc"', "")
    return page


# Style sheets


def _one_sheet(folder: Path, pages: Mapping[Path, str]) -> Mapping[Path, str]:
    """The pages with one link to one sheet, if all of them call the same sheets."""
    called = {path: _called(folder, page) for path, page in pages.items()}
    sheets = next(iter(called.values()), ())
    if not sheets or any(one != sheets for one in called.values()):
        return pages
    scripts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.js"))]
    words = stylesheets.classes("\n".join([*pages.values(), *scripts]))
    style = stylesheets.merged(tuple(one.read_text(encoding="utf-8") for one in sheets), words)
    name = f"{_SHEETS}/edition.{_hash(style)}.css"
    (folder / name).write_text(style, encoding="utf-8")
    for sheet in sheets:
        sheet.unlink()
    return {path: _LINKS.sub(_link(page, name), page, 1) for path, page in pages.items()}


def _called(folder: Path, page: str) -> tuple[Path, ...]:
    """The sheets that a page calls, as files; none if one of them lies elsewhere."""
    links = _LINKS.search(page)
    base = _base(page)
    if not links or base is None:
        return ()
    names = [one.removeprefix(base) for one in re.findall(_LINK, links[0])]
    files = tuple(folder / name for name in names)
    return files if all(file.is_file() for file in files) else ()


def _link(page: str, name: str) -> str:
    return f'<link rel="stylesheet" href="{_base(page)}{name}">'


def _base(page: str) -> str | None:
    """How the page comes to its edition's root: "../", or a whole path on the page for 404."""
    found = _BASE.search(page)
    return found[1] if found else None


# Scripts


def without_scripts(page: str) -> tuple[str, dict[str, str]]:
    """The page with its inline scripts called from a file, where the second of them stood.

    The first only defines what the others ask for, and one that opens tabs has none to open. That
    file chooses light or dark before anything is seen; all others wait until the page is there.
    """
    base, inline = _base(page), _INLINE.findall(page)
    page = _CALLED.sub('<script defer src="', page)
    wanted = [one for one in inline if _TABBED not in one]
    if base is None or not wanted:
        return page, {}
    script = ";\n".join(wanted)
    name = f"page.{_hash(script)}.js"
    place = wanted[min(1, len(wanted) - 1)]
    call = f'<script src="{base}{_SCRIPTS}/{name}"></script>'
    return _INLINE.sub(lambda one: call if one[1] == place else "", page), {name: script}


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
