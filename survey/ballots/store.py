"""The file of a ballot box: one holder at a time, durable, and no trace of what changed last."""

from __future__ import annotations

import atexit
import fcntl
import os
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from survey import durable
from survey.ballots.traces import journal
from survey.problems import Problem

_WAIT_SECONDS = 10.0
_MOST_KEPT = 4
"""Boxes that a process keeps open: two quarters overlap, and opening one anew costs a cast."""


Connect = Callable[[Path], sqlite3.Connection]
"""Opens the file of a box: `connect`, but where an attack shows what that is worth."""
Wipe = Callable[[Path], None]
"""What becomes of a journal whose transaction is done: `wipe`, but for such an attack."""

_turns: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class _Open:
    """An open file: its connection, and the handle by which it is held."""

    db: sqlite3.Connection
    lock: int

    def close(self) -> None:
        self.db.close()
        # Last: closing any handle of a file drops the locks that SQLite has on it.
        os.close(self.lock)


_Stamp = tuple[tuple[int, ...], ...] | None
_kept: dict[tuple[int, Path], tuple[_Open, _Stamp]] = {}
"""What this process holds open between two holders, and how the files looked when it let go."""


@contextmanager
def sole(path: Path, taken: str) -> Iterator[None]:
    """Hold a lock file for as long as the process works; a Problem if another one does.

    The kernel lets it go when the process ends, however it ends.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        mend = "Check that the folder is there and may be written to."
        raise Problem(f"{path.parent}: cannot be worked in ({error.strerror}). {mend}") from None
    try:
        if not _free_now(handle):
            raise Problem(f"{path.parent}: {taken}. End that one first.")
        yield
    finally:
        os.close(handle)


def _free_now(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def held(path: Path, connect: Connect, wipe: Wipe) -> Iterator[sqlite3.Connection]:
    """A connection to the file that nobody else, thread or process, uses meanwhile.

    On entry it is wiped of what a killed process left behind. Whatever goes wrong with the file
    comes out as a Problem. The connection stays open for the next holder, but not the hold.
    """
    with _turns[path]:
        try:
            file = _known(path) or _fresh(path, connect, wipe)
            try:
                yield file.db
            except BaseException:
                file.close()
                raise
            _keep(path, file)
        except (sqlite3.Error, OSError) as error:
            mend = "Check the disk's space and rights; nothing that was confirmed is lost."
            raise Problem(f"{path.name}: the box did not take it ({error}). {mend}") from None


def _known(path: Path) -> _Open | None:
    """The connection kept from last time, if nobody has touched the files since."""
    file, stamp = _kept.pop(_key(path), (None, None))
    if file is None:
        return None
    try:
        _wait_for(file.lock, path)
    except BaseException:
        file.close()
        raise
    if stamp and stamp == _stamp(path):
        return file
    # Another process was here, and may have been killed; or the file is another one now.
    file.close()
    return None


def _fresh(path: Path, connect: Connect, wipe: Wipe) -> _Open:
    lock = _locked(path)
    try:
        file = _Open(connect(path), lock)
    except BaseException:
        os.close(lock)
        raise
    try:
        with changing(file.db, path, wipe):
            """Nothing: this rolls back a killed process's journal, and then wipes it."""
        # From here on our own lock does: SQLite's would shut other processes out for good.
        file.db.execute("PRAGMA locking_mode=NORMAL")
        file.db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except BaseException:
        file.close()
        raise
    return file


def _keep(path: Path, file: _Open) -> None:
    _kept[_key(path)] = file, _stamp(path)
    fcntl.flock(file.lock, fcntl.LOCK_UN)
    while len(_kept) > _MOST_KEPT:
        with suppress(KeyError, StopIteration):  # another thread has just taken it
            _kept.pop(next(iter(_kept)))[0].close()


def _key(path: Path) -> tuple[int, Path]:
    # A forked process must not touch its parent's connections.
    return os.getpid(), path


def _stamp(path: Path) -> _Stamp:
    try:
        looks = [os.stat(one) for one in (path, journal(path))]  # noqa: PTH116 - twice a cast
    except OSError:
        return None
    return tuple((one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns) for one in looks)


@atexit.register
def let_go() -> None:
    """Close what is kept open between two holders, as the end of the process does.

    Tests that play a restart or a power cut call it, and those that take a disk away.
    """
    while _kept:
        _kept.popitem()[1][0].close()


@contextmanager
def changing(db: sqlite3.Connection, path: Path, wipe: Wipe) -> Iterator[None]:
    """One durable transaction, after which the journal is wiped under the same lock."""
    db.execute("BEGIN EXCLUSIVE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # The journal is the only way back now: it is rolled back here, never zeroed.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    wipe(journal(path))


@contextmanager
def new(path: Path, connect: Connect) -> Iterator[sqlite3.Connection]:
    """A fresh file that appears at `path` whole, when the block ends well, or not at all."""
    aside = path.with_suffix(".part")
    aside.unlink(missing_ok=True)
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    db = connect(aside)
    try:
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")
    finally:
        db.close()
        journal(aside).unlink(missing_ok=True)
    aside.rename(path)
    durable.sync(path.parent)


def _locked(path: Path) -> int:
    """Hold the file against other processes, by a handle that ends the hold when it is closed.

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
    except BaseException:
        os.close(file)
        raise
    return file


def _wait_for(file: int, path: Path) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise Problem(f"{path.name}: another process holds the box. Try again.") from None
            time.sleep(0.002)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that is durable, and after which no block of the disk keeps an old row."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # First of all: only in exclusive mode is a crashed process's journal rolled back in place. Else
    # SQLite would unlink it, and the rows it names would stay in free blocks of the disk.
    db.execute("PRAGMA locking_mode=EXCLUSIVE")
    db.execute("PRAGMA page_size=16384")
    db.execute("PRAGMA journal_mode=PERSIST")
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("PRAGMA secure_delete=ON")
    db.execute("PRAGMA temp_store=MEMORY")
    return db
