"""The file of a ballot box: one holder at a time, durable, and no trace of what changed last."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.problems import Problem

_WAIT_SECONDS = 10.0

_turns: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file that nobody else, thread or process, has open meanwhile.

    On entry it is wiped of what a killed process left behind. Whatever goes wrong with the file
    comes out as a Problem.
    """
    with _turns[path.resolve()], _alone(path):
        try:
            db = _connect(path)
            try:
                with changing(db, path):
                    """Nothing: this rolls back a killed process's journal, and then wipes it."""
                yield db
            finally:
                db.close()
        except (sqlite3.Error, OSError) as error:
            mend = "Check the disk's space and rights; nothing that was confirmed is lost."
            raise Problem(f"{path.name}: the box did not take it ({error}). {mend}") from None


@contextmanager
def changing(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One durable transaction, after which the journal is zeroed under the same lock."""
    db.execute("BEGIN EXCLUSIVE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # The journal is the only way back now: it is rolled back here, never zeroed.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    _zero(_journal(path))


@contextmanager
def new(path: Path) -> Iterator[sqlite3.Connection]:
    """A fresh file that appears at `path` whole, when the block ends well, or not at all."""
    aside = path.with_suffix(".part")
    aside.unlink(missing_ok=True)
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    db = _connect(aside)
    try:
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")
    finally:
        db.close()
        _journal(aside).unlink(missing_ok=True)
    aside.rename(path)
    _sync_folder(path.parent)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the file against other processes.

    SQLite's own locks would do for the data, but zeroing the journal must fall under the same lock
    as the transaction: else one process zeroes what another has just begun.
    """
    try:
        file = os.open(path, os.O_RDWR)
    except OSError as error:
        mend = "Open a box with `survey open`, or check the path and its rights."
        raise Problem(f"{path}: no box can be opened there ({error.strerror}). {mend}") from None
    try:
        _wait_for(file, path)
        yield
    finally:
        os.close(file)


def _wait_for(file: int, path: Path) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise Problem(f"{path.name}: another process holds the box. Try again.") from None
            time.sleep(0.002)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # First of all: only in exclusive mode is a crashed process's journal rolled back in place. Else
    # SQLite would unlink it, and the rows it names would stay in free blocks of the disk.
    db.execute("PRAGMA locking_mode=EXCLUSIVE")
    db.execute("PRAGMA page_size=32768")
    db.execute("PRAGMA journal_mode=PERSIST")
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("PRAGMA secure_delete=ON")
    db.execute("PRAGMA temp_store=MEMORY")
    return db


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _zero(journal: Path) -> None:
    """Overwrite a finished journal: it shows which rows changed last, and from what."""
    if not journal.exists():
        return
    with journal.open("r+b") as file:
        content = file.read()
        if content.strip(b"\x00"):
            file.seek(0)
            file.write(bytes(len(content)))
            file.flush()
            os.fsync(file.fileno())
