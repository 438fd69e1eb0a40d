"""SQLite's journal, and how nothing of what changed last is left in it or in the folder."""

from __future__ import annotations

import fcntl
import os
import sys
from io import BufferedRandom
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
    if not file_at.exists():
        return
    with file_at.open("r+b") as file:
        if _blank(file):
            _sync(file)
        if file.tell() > SPARE:
            # Zeroed first: what is cut off lies in free blocks from now on.
            file.truncate(SPARE)
            _sync(file)


def _blank(file: BufferedRandom) -> bool:
    """Write zeros over what is not zero yet; whether there was anything."""
    found = False
    while content := file.read(SPARE):
        zeros = bytes(len(content))
        if content != zeros:
            file.seek(-len(content), os.SEEK_CUR)
            file.write(zeros)
            found = True
    return found


def _sync(file: BufferedRandom) -> None:
    file.flush()
    os.fdatasync(file.fileno())  # its size and place stay what they were
