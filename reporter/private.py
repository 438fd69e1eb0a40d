"""Private files of the reporting host: keys, drafts, comments. Written whole, and destroyed."""

from __future__ import annotations

import os
import secrets
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from survey import durable

_OWNER = 0o600


def write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all.

    What stood there before is overwritten with noise: no earlier version stays on the disk.
    """
    aside = _aside(path, text)
    with path.open("r+b") if path.exists() else nullcontext() as before:
        aside.replace(path)
        durable.sync(path.parent)
        if before:
            _overwrite(before)


def write_once(path: Path, text: str) -> None:
    """Write a private file where none is, in its own place and nowhere else.

    No copy, and no second name, is left behind; a stick whose file system knows no links will do.
    """
    _closed(path.parent)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        destroy(path)
        raise
    durable.sync(path.parent)


def _aside(path: Path, text: str) -> Path:
    _closed(path.parent)
    destroy(durable.leftover(path))  # of a killed write: unlinked alone, its text would live on
    return durable.aside(path, text, _OWNER)


def _closed(folder: Path) -> None:
    """Make the folder for its owner alone; one that is there is shut to others, whoever made it."""
    if not folder.parent.exists():
        _closed(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    mode = folder.stat().st_mode & 0o7777
    if mode & 0o007:
        folder.chmod(mode & ~0o007)


def _overwrite(file: BinaryIO) -> None:
    file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())


def destroy(path: Path) -> None:
    """Overwrite a private file with noise, then remove it, and what a crash left of its writing."""
    for one in (path, durable.leftover(path), path.with_suffix(_EARLIER)):
        if one.exists():
            with one.open("r+b") as file:
                _overwrite(file)
            one.unlink()
            durable.sync(one.parent)


def discard(path: Path) -> None:
    """Destroy what a crash left of a private file's writing; a file that has another name stays."""
    if path.stat().st_nlink == 1:
        with path.open("r+b") as file:
            _overwrite(file)
    path.unlink()
    durable.sync(path.parent)


_EARLIER = ".part"
"""How earlier versions named what they wrote aside."""
