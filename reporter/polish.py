"""Goes over what the engine built: no script stands in a page, and no page carries idle space.

A page without inline scripts lives under a strict Content-Security-Policy, where nothing that
somebody slipped into a text can run.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

_SCRIPTS = "assets/javascripts"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_BASE = re.compile(rf'<script src="([^"]*){_SCRIPTS}/')
_KEPT = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>|<script\b.*?</script>)", re.DOTALL)
_IDLE = re.compile(r"\s*\n\s*")


def polish(folder: Path) -> None:
    """Rework every page in the folder, where it lies; the engine's empty tabindex is no HTML."""
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        page, scripts = without_scripts(lean(page).replace(' tabindex=""', ""))
        for name, script in scripts.items():
            (folder / _SCRIPTS / name).write_text(script, encoding="utf-8")
        path.write_text(page, encoding="utf-8")


def lean(page: str) -> str:
    """The page without indentation and empty lines; what is preformatted stays as it is."""
    parts = _KEPT.split(page)
    return "".join(part if index % 2 else _IDLE.sub("\n", part) for index, part in enumerate(parts))


def without_scripts(page: str) -> tuple[str, dict[str, str]]:
    """The page with its inline scripts called from files, in the same places, and those files."""
    base = _BASE.search(page)
    if not base:
        return page, {}
    scripts = {_name(script): script for script in _INLINE.findall(page)}
    address = f"{base[1]}{_SCRIPTS}/"
    called = _INLINE.sub(lambda one: f'<script src="{address}{_name(one[1])}"></script>', page)
    return called, scripts


def _name(script: str) -> str:
    return f"page.{sha256(script.encode()).hexdigest()[:8]}.js"
