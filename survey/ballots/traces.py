"""SQLite's journal, and how nothing of what changed last is left in it or in the folder."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

_TREES = (b"\x02", b"\x05", b"\x0a", b"\x0d")
"""What the first byte of a page is, in SQLite's file format, if it belongs to a tree."""


SPARE = 256 * 1024
"""Bytes of journal that stay on the disk: twice what a cast needs, and soon looked through."""


_GET_FLAGS, _JOURNAL_DATA = 0x80086601, 0x4000
"""FS_IOC_GETFLAGS and FS_JOURNAL_DATA_FL of linux/fs.h."""


def journal(path: Path) -> Path:
    """The file in which SQLite notes how to undo the transaction under way."""
    return Path(f"{path}-journal")


def journalled(folder: Path) -> bool:
    """Whether the folder's files are written to the file system's own journal first (chattr +j)."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        flags = fcntl.ioctl(handle, _GET_FLAGS, bytes(8))
    except OSError:
        return False  # a file system without such flags
    finally:
        os.close(handle)
    return bool(int.from_bytes(flags[:4], sys.byteorder) & _JOURNAL_DATA)


def tables_alone(path: Path, size: int) -> bool:
    """Whether each page belongs to the tree of a table or an index: none is a row's overflow."""
    with path.open("rb") as file:
        first = [100, *range(size, path.stat().st_size, size)]  # page 1 begins with the header
        return all(file.seek(place) == place and file.read(1) in _TREES for place in first)


def wiped(path: Path) -> bool:
    """Whether nothing of the last change is left in the journal. Ask only while you hold it."""
    left = journal(path)
    return not left.exists() or not left.read_bytes().strip(b"\x00")


def wipe(file_at: Path) -> None:
    """Overwrite a finished journal: it shows which rows changed last, and from what."""
    try:
        file = os.open(file_at, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        size = _blank(file)
        if size > SPARE:
            # Zeroed first: what is cut off lies in free blocks from now on.
            os.ftruncate(file, SPARE)
            os.fdatasync(file)
    finally:
        os.close(file)


_ZEROS = bytes(SPARE)


def _blank(file: int) -> int:
    """Write zeros over what is not zero yet, and sync it; the file's size."""
    place, found = 0, False
    while content := os.pread(file, SPARE, place):
        zeros = _ZEROS[: len(content)]
        if content != zeros:
            _write(file, memoryview(zeros), place)
            found = True
        place += len(content)
    if found:
        os.fdatasync(file)  # its size and place stay what they were
    return place


def _write(file: int, content: memoryview, place: int) -> None:
    """All of it: the system may take less at a time."""
    while content:
        done = os.pwrite(file, content, place)
        content, place = content[done:], place + done
