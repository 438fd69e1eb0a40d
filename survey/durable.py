"""Files that are whole or not at all, and still there after the power went: one owner of how.

A file is written aside, synced, and renamed over the old one; then its folder is synced, without
which the rename itself may be lost.
"""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, text: str, mode: int | None = None) -> None:
    """Write the text whole or not at all: whoever reads finds what was there, or all of it.

    `mode` are the file's rights whatever the umask; without it, what the umask leaves of 0666.
    """
    aside(path, text, mode).replace(path)
    sync(path.parent)


def aside(path: Path, text: str, mode: int | None) -> Path:
    """The text beside its place, synced. No reader's pattern, such as *.md, finds what is left."""
    beside = leftover(path)
    beside.unlink(missing_ok=True)
    first = 0o666 if mode is None else 0o600
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, first), "wb") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    return beside


def leftover(path: Path) -> Path:
    """Where a file lies while it is written, and stays if that is cut off."""
    return path.with_name(f".{path.name}.part")


def sync(folder: Path) -> None:
    """Make a folder's names as durable as what they name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
