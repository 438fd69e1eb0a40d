"""Disks that are full or read-only, in words; and room kept for what must not fail half way."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporter.paths import Files
from reporter.working import leftovers
from survey.problems import Problem

_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EROFS,)
_FULL_BOX = (sqlite3.SQLITE_FULL,)
_CLOSED_BOX = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)

KEPT = 4 * 1024 * 1024
"""Bytes: far more than a record, the register, the lists and the feeds take together."""


@contextmanager
def room() -> Iterator[None]:
    """Tell a full or read-only disk as a Problem; any other failure is as it was."""
    try:
        yield
    except OSError as error:
        where = str(error.filename2 or error.filename or "the disk")
        _told(where, error.errno in _FULL, error.errno in _CLOSED)
        raise
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF  # the kind, without its particulars
        _told("the ballot box", code in _FULL_BOX, code in _CLOSED_BOX)
        raise


def _told(where: str, full: bool, closed: bool) -> None:
    again = "Nothing unfinished is shown to readers. {mend}, and run the same command again."
    if full:
        mend = again.format(mend="Make room")
        raise Problem(f"{where}: the disk is full. {mend}") from None
    if closed:
        mend = again.format(mend="Make it writable")
        raise Problem(f"{where}: the disk is read-only. {mend}") from None


def keep(files: Files) -> None:
    """Take room on the disk before the keys are destroyed, or fail while they are still there."""
    with _spare(files).open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, KEPT)


def give_back(files: Files) -> None:
    """Let go of the room that was kept, for what is written now."""
    _spare(files).unlink(missing_ok=True)


def _spare(files: Files) -> Path:
    return leftovers.folder(files) / "spare"
