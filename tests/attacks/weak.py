"""Stores that look sound and are not: each attacker is shown to work on one of them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacl.public import PublicKey, SealedBox

from survey.ballots import Ballot


@dataclass(frozen=True)
class Arrival:
    """One submission: the mark of its link, the tag, the sealed body and leaf of its response."""

    mark: bytes
    tag: bytes
    body: bytes
    leaf: bytes = b""


def arrivals(n: int, size: int = 60) -> list[Arrival]:
    """So many submissions, random in all but their order."""
    token = secrets.token_bytes
    return [Arrival(token(32), token(32), token(size)) for _ in range(n)]


_ROWS = "CREATE TABLE pool(tag BLOB PRIMARY KEY, body BLOB)"
_PLAIN = "CREATE TABLE ledger(mark BLOB PRIMARY KEY, state BLOB)"


def _open(path: Path, *pragmas: str, key: str = "") -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size=16384", "secure_delete=ON", *pragmas):
        db.execute(f"PRAGMA {pragma}")
    db.execute(f"{_PLAIN} {key}")
    db.execute(f"{_ROWS} {key}")
    return db


def _insert(db: sqlite3.Connection, one: Arrival) -> None:
    db.execute("BEGIN")
    db.execute("INSERT INTO ledger VALUES (?, ?)", [one.mark, bytes(32)])
    db.execute("INSERT INTO pool VALUES (?, ?)", [one.tag, one.body])
    db.execute("COMMIT")


def ordinary(path: Path, them: Sequence[Arrival]) -> None:
    """Random keys and no clock, in ordinary tables, vacuumed at last."""
    db = _open(path)
    for one in them:
        _insert(db, one)
    db.execute("VACUUM")
    db.close()


def without_rowid(path: Path, them: Sequence[Arrival]) -> None:
    """Random keys, no clock and no row id."""
    db = _open(path, key="WITHOUT ROWID")
    for one in them:
        _insert(db, one)
    db.close()


def clock(path: Path, them: Sequence[Arrival]) -> None:
    """Rows shuffled and numbered anew, but with the time of day."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("CREATE TABLE pool(tag BLOB, came REAL)")
    rows = [(one.tag, 1_790_000_000.0 + number) for number, one in enumerate(them)]
    secrets.SystemRandom().shuffle(rows)
    db.executemany("INSERT INTO pool VALUES (?, ?)", rows)
    db.close()


def wal(path: Path, them: Sequence[Arrival]) -> bytes:
    """The log of a store in WAL mode, taken while it is open."""
    db = _open(path, "journal_mode=WAL", "wal_autocheckpoint=0")
    for one in them:
        _insert(db, one)
    log = path.with_name(path.name + "-wal").read_bytes()
    db.close()
    return log


def deleting(path: Path, them: Sequence[Arrival]) -> None:
    """Rows deleted one by one without secure_delete, as a queue would."""
    db = _open(path, "secure_delete=OFF")
    for one in them:
        _insert(db, one)
    db.execute("DELETE FROM pool")
    db.close()


def unpadded(answers: Mapping[str, Any], leaf: bytes, publics: Sequence[bytes]) -> Ballot:
    """What `seal.close` does, but neither padded nor compressed."""
    body = leaf + str(answers).encode()
    for public in publics:
        body = SealedBox(PublicKey(public)).encrypt(body)
    return Ballot(body, leaf)
