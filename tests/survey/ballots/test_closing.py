"""A closed box: wiped of whatever finds a row, signed by its host, and opened by nobody's copy."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing as ending
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Outcome, Stage, Tally, Terms, box, receipts, seal
from survey.ballots.box import Ways
from survey.ballots.slots import row_tag
from survey.problems import Problem
from survey.quarter import Quarter

KEY, OTHER = b"k" * 32, b"o" * 32
PRIVATE, PUBLIC = seal.new_keys()
TERMS = Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, capacity=40)
DAY = date(2026, 12, 1)


@dataclass
class Filled:
    """A box after twelve answers, two of them taken back, and what was known of each."""

    path: Path
    marks: list[bytes]
    given: list[bytes]
    """Receipts."""

    def cast(self, number: int) -> Outcome:
        """Let one more answer."""
        receipt = self.given[number]
        ballot = seal.close({"kind": "own"}, receipts.leaf(receipt), [PUBLIC])
        with box.opened(self.path, KEY) as one:
            return one.cast(self.marks[number], receipts.tag(receipt), ballot)

    def stage(self) -> Stage:
        """How far it has come, its seal looked at."""
        with box.opened(self.path) as one:
            return one.sealed()

    def asked(self, query: str, *values: object) -> list[tuple[bytes]]:
        """What the file says to whoever reads it with other tools."""
        with ending(sqlite3.connect(self.path, isolation_level=None)) as db:
            return db.execute(query, values).fetchall()


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """Twelve of thirty links used."""
    path = tmp_path / "2026-q4.box"
    box.create(path, TERMS, KEY)
    marks = [secrets.token_bytes(32) for _ in range(30)]
    with box.opened(path, KEY) as one:
        one.issue(marks)
    made = Filled(path, marks, [receipts.new() for _ in marks])
    assert {made.cast(number) for number in range(12)} == {Outcome.COUNTED}
    with box.opened(path, KEY) as one:
        for receipt in made.given[:2]:
            one.withdraw(receipts.tag(receipt))
    return made


def test_a_closed_box_keeps_its_answers_their_leaves_and_three_counts(filled: Filled) -> None:
    box.close(filled.path, KEY, DAY, at_once=7)
    with box.opened(filled.path) as one:
        assert (one.sealed(), one.tally(), one.terms.closes) == (
            Stage.CLOSED,
            Tally(30, 12, 2),
            DAY,
        )
        assert len(seal.open_all(one.bodies(), [PRIVATE])) == 10
        leaves = seal.open_leaves(one.leaves(), [PRIVATE])
        assert one.faults() == []
    assert sorted(leaves) == sorted(map(receipts.leaf, filled.given[2:12]))


def test_with_every_key_and_every_code_a_closed_box_joins_nothing(filled: Filled) -> None:
    """Whoever has a code, both keys and the file learns no answer, and not who has answered."""
    before = filled.path.read_bytes()
    box.close(filled.path, KEY, DAY)
    raw = b"".join(file.read_bytes() for file in filled.path.parent.iterdir())
    tags = [
        row_tag(KEY, table, receipts.tag(one))
        for one in filled.given
        for table in ("pool", "leaves")
    ]
    assert sum(tag in before for tag in tags) == 20, "the search itself works"
    assert not [one for one in (*tags, *filled.marks) if one in raw]
    assert not [one for one in filled.given if receipts.tag(one) in raw or one in raw]
    with box.opened(filled.path) as one:
        opened = seal.open_all(one.bodies(), [PRIVATE])
    assert {one.leaf for one in opened} == {b""}
    assert {bytes(word) for (word,) in filled.asked("SELECT state FROM pool")} == {bytes(32)}
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        filled.asked("SELECT * FROM ledger")


def test_a_closed_box_takes_nothing_whatever_the_day(filled: Filled) -> None:
    box.close(filled.path, KEY, DAY)
    before = filled.path.read_bytes()
    assert filled.cast(20) is Outcome.CLOSED
    with box.opened(filled.path, KEY) as one:
        one.withdraw(receipts.tag(filled.given[5]))
        one.cover()
        for add in (lambda: one.issue([b"m" * 32]), lambda: one.knows(b"m" * 32)):
            with pytest.raises(Problem, match="closed, for good"):
                add()
    with pytest.raises(Problem, match="closed, for good"):
        box.grow(filled.path, KEY, 90)
    assert filled.path.read_bytes() == before


def test_another_hosts_key_closes_nothing(filled: Filled) -> None:
    """A copy of an open box stays an open one on the reporting host."""
    before = filled.path.read_bytes()
    with pytest.raises(Problem, match="was opened by another host"):
        box.close(filled.path, OTHER, DAY)
    assert (filled.stage(), filled.path.read_bytes()) == (Stage.OPEN, before)


CHANGES = (
    "UPDATE tally SET answered = x'000000000000000b'",
    "UPDATE pool SET body = (SELECT body FROM pool WHERE slot = 2) WHERE slot = 1",
    "UPDATE leaves SET body = (SELECT body FROM leaves WHERE slot = 2) WHERE slot = 1",
    "UPDATE terms SET text = replace(text, '\"minimum\": 30', '\"minimum\": 10')",
    "UPDATE closing SET signature = zeroblob(64)",
    "UPDATE pool SET tag = randomblob(32) WHERE slot = 3",
    "DELETE FROM pool WHERE slot = 5",
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_after_closing_is_told(filled: Filled, change: str) -> None:
    box.close(filled.path, KEY, DAY)
    filled.asked(change)
    assert filled.stage() is Stage.CHANGED
    with box.opened(filled.path) as one:
        assert "is not as it was when its host closed it" in one.faults()


def test_an_open_box_that_only_says_it_is_closed_is_told(filled: Filled) -> None:
    filled.asked("UPDATE closing SET stage = 'closed'")
    assert filled.stage() is Stage.CHANGED


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("steps", range(1, 6))
def test_closing_that_is_killed_is_brought_to_its_end_the_next_time(
    filled: Filled, steps: int
) -> None:
    """After each transaction in turn: nothing is counted before all is wiped, nothing is lost."""
    left = steps

    def dies(journal: Path) -> None:
        nonlocal left
        box.SAFE.wipe(journal)
        left -= 1
        if not left:
            raise Killed

    with pytest.raises(Killed):
        box.close(filled.path, KEY, DAY, at_once=20, ways=Ways(wipe=dies))
    assert filled.stage() is (Stage.CLOSING if steps < 5 else Stage.CLOSED)
    box.close(filled.path, KEY, DAY, at_once=20)
    assert filled.stage() is Stage.CLOSED
    with box.opened(filled.path) as one:
        assert len(seal.open_all(one.bodies(), [PRIVATE])) == 10


def test_closing_twice_changes_nothing(filled: Filled) -> None:
    box.close(filled.path, KEY, DAY)
    before = filled.path.read_bytes()
    box.close(filled.path, KEY, date(2026, 11, 1))
    assert filled.path.read_bytes() == before
