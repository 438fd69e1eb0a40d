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
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    destroy(durable.leftover(path))  # of a killed write: unlinked alone, its text would live on
    return durable.aside(path, text, _OWNER)


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


_EARLIER = ".part"
"""How earlier versions named what they wrote aside."""
