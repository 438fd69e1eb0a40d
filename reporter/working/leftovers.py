"""What is left of work that was cut off, by a kill or by an earlier version: one owner of clearing.

Called by `alone` before and after each command, so that it never clears what somebody is building.
"""

from __future__ import annotations

import math
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reporter import private
from reporter.paths import Files
from survey.period import WRITTEN
from survey.questions import LANGUAGES

_YOUNG = 10.0
"""Seconds for which a private file may still be on its way to its name: keys and decisions about
comments are written without the project's lock."""


def folder(files: Files) -> Path:
    """The folder where editions are built, made, and closed to all but its owner."""
    files.building.mkdir(mode=0o700, exist_ok=True)
    files.building.chmod(0o700)
    return files.building


def clear(files: Files, now: float | None = None) -> None:
    """Remove everything that was built aside; what cannot be removed is told by the audit."""
    shutil.rmtree(files.building, ignore_errors=True)
    for path in (*_below_public(files), *_text(files)):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            _without(path)
    for path in _private(files, time.time() if now is None else now):
        with suppress(OSError):
            private.discard(path)


def _without(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


_DRAFT = re.compile(rf"\.{WRITTEN}-[a-z]{{2}}(-old)?")
"""A draft as earlier versions built it, below what is shown; or an edition on its way there."""


def _below_public(files: Files) -> Iterator[Path]:
    """What is half done below `site/public`."""
    for top in (files.public, *(files.public / one for one in LANGUAGES)):
        hidden = list(top.glob(".*")) if top.is_dir() and not top.is_symlink() else []
        yield from (path for path in hidden if _DRAFT.fullmatch(path.name))
        yield from (path for path in hidden if path.name == ".latest" and path.is_symlink())
        yield from (path for path in hidden if path.name.endswith(".part") and path.is_file())


def _text(files: Files) -> Iterator[Path]:
    """The text of editions, where earlier versions laid it, and records half written."""
    yield from (files.project.root / "build" / "pages" / one for one in LANGUAGES)
    yield from files.editions.glob(".*.part")
    yield from (files.editions / "built").glob(".*.part")


def _private(files: Files, now: float) -> Iterator[Path]:
    """Private files that never came to their names; `discard` spares a key that did."""
    drafts, responses = files.draft_folder, files.project.responses
    found = [*drafts.glob(".*.part"), *responses.glob(".opened.json.part")]
    found += files.project.secrets.glob(".????-q?*.key.part")
    yield from (path for path in found if now - _written(path) > _YOUNG)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return math.inf
