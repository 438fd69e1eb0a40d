"""What anonymity costs: a durable cast against a bare durable transaction of the same rows."""

from __future__ import annotations

import os
import sqlite3
import statistics
import time
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Ballot, Terms, box, receipts, seal
from survey.cover import Cover
from survey.quarter import Quarter

KEY = b"k" * 32
PUBLIC = seal.public_of(b"p" * 32)
ROUNDS = 300
FLOOR = 1.5
COVERED = 0.5
"""Seconds between covering writes here: sixty times as often as the form has them."""
SIZES = [800, 8_000, *([80_000] if os.environ.get("AVSTAMP_BENCH_LARGE") else [])]
"""Links; a quarter more slots. 100,000 slots fill 1.6 GB and are measured when asked for."""

pytestmark = pytest.mark.bench


def _bare(path: Path) -> sqlite3.Connection:
    """A ledger row, a body and a leaf, inserted: what anyone would write first."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA page_size=32768")
    db.execute("PRAGMA journal_mode=PERSIST")
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("CREATE TABLE ledger(mark BLOB PRIMARY KEY, state BLOB)")
    db.execute("CREATE TABLE pool(tag BLOB, body BLOB)")
    db.execute("CREATE TABLE leaves(tag BLOB, body BLOB)")
    return db


def _insert(db: sqlite3.Connection, mark: bytes, ballot: Ballot) -> float:
    began = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO ledger VALUES (?, ?)", [mark, mark])
    db.execute("INSERT INTO pool VALUES (?, ?)", [mark, ballot.body])
    db.execute("INSERT INTO leaves VALUES (?, ?)", [mark, ballot.leaf])
    db.execute("COMMIT")
    return time.perf_counter() - began


def _cast(path: Path, mark: bytes, ballot: Ballot) -> float:
    began = time.perf_counter()
    with box.opened(path, KEY) as one:
        one.cast(mark, mark, ballot)
    return time.perf_counter() - began


@pytest.mark.parametrize("links", SIZES)
def test_a_cast_costs_little_more_than_the_transaction_alone(tmp_path: Path, links: int) -> None:
    path = tmp_path / "2026-q4.box"
    box.create(path, Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, links), KEY)
    marks = [receipts.tag(number.to_bytes(16)) for number in range(ROUNDS)]
    with box.opened(path, KEY) as one:
        one.issue(marks)
    db = _bare(tmp_path / "bare")
    ballot = seal.close({"kind": "own"}, bytes(32), [PUBLIC])
    with Cover(lambda: [path], KEY, COVERED, lambda: date(2026, 12, 1)).running():
        pairs = [(_cast(path, mark, ballot), _insert(db, mark, ballot)) for mark in marks]
    db.close()
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    ours, bare = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"\n{links * 5 // 4} slots: cast {ours:.2f} ms, bare {bare:.2f} ms, {ratio:.2f} times")
    assert ratio <= FLOOR
