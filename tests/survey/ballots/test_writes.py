"""ballots.box: whatever became of an answer, the disk sees the same writes in the same order."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Ballot, Outcome, Terms, box, receipts, seal, store
from survey.ballots.box import SAFE, Box
from survey.quarter import Quarter

KEY = b"k" * 32
PUBLIC = seal.public_of(b"p" * 32)
TERMS = Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, capacity=40)
RECEIPT, OTHER = bytes(16), b"o" * 16
MARK, UNSPENT, STRANGE = b"m" * 32, b"u" * 32, b"s" * 32
ORDER = ["ledger", "pool", "leaves", "tally"]
"""The tables that are written to; who sees the journal of a killed process sees this order."""


def _ballot(receipt: bytes) -> Ballot:
    return seal.close({"kind": "own"}, receipts.leaf(receipt), TERMS.publics)


def _cast(mark: bytes, receipt: bytes, outcome: Outcome) -> Callable[[Box], None]:
    def cast(one: Box) -> None:
        assert one.cast(mark, receipts.tag(receipt), _ballot(receipt)) is outcome

    return cast


EVENTS: dict[str, Callable[[Box], None]] = {
    "counted": _cast(UNSPENT, OTHER, Outcome.COUNTED),
    "repeated": _cast(MARK, RECEIPT, Outcome.REPEATED),
    "spent": _cast(MARK, OTHER, Outcome.SPENT),
    "unknown": _cast(STRANGE, OTHER, Outcome.UNKNOWN),
    "taken back": lambda one: one.withdraw(receipts.tag(RECEIPT)),
    "nothing to take back": lambda one: one.withdraw(receipts.tag(OTHER)),
    "cover": lambda one: one.cover(),
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_each_event_writes_the_same_tables_in_the_same_order(
    tmp_path: Path, event: Callable[[Box], None]
) -> None:
    path, written = tmp_path / "2026-q4.box", list[str]()

    def connect(file: Path) -> sqlite3.Connection:
        db = store.connect(file)
        db.set_trace_callback(lambda query: written.extend(re.findall(r"^UPDATE (\w+)", query)))
        return db

    box.create(path, TERMS, KEY)
    with box.opened(path, KEY, replace(SAFE, connect=connect)) as one:
        one.issue([MARK, UNSPENT])
        _cast(MARK, RECEIPT, Outcome.COUNTED)(one)
        written.clear()
        event(one)
    assert written == ORDER
