"""A box of format 1, made by 0.1.0: it takes answers, gives them back, is closed and counted."""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from survey import settings
from survey.ballots import Outcome, Stage, Terms, box, receipts, seal
from survey.invitations import links
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.settings import Settings

OPEN = Quarter(2026, 3)
PROJECT = Path(__file__).parents[2] / "support" / "projects" / "0.1.0.tar.xz"


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    """The collecting host of the time, whose box is open with one answer and one unused link."""
    with tarfile.open(PROJECT) as packed:
        packed.extractall(tmp_path / "exits", filter="data")
    return settings.load(Project(tmp_path / "exits"), {})


def _cast(here: Settings, receipt: bytes) -> Outcome:
    (address,) = (here.project.root / "links.txt").read_text(encoding="utf-8").split()
    mark = links.mark(here.ledger_key, links.read(here.link_keys, address.rpartition("/")[2]))
    with box.opened(here.project.box(OPEN), here.ledger_key) as one:
        ballot = seal.close({"kind": "own"}, receipts.leaf(receipt), one.terms.publics)
        return one.cast(mark, receipts.tag(receipt), ballot)


def _read(path: Path) -> tuple[Stage, Terms, list[str]]:
    with box.opened(path) as one:
        return one.sealed(), one.terms, one.faults()


def test_it_is_read_and_checked_without_being_changed(old: Settings) -> None:
    path = old.project.box(OPEN)
    before = path.read_bytes()
    stage, terms, faults = _read(path)
    assert (stage, terms.closer, faults) == (Stage.EARLIER, b"", [])
    assert path.read_bytes() == before


def test_the_first_answer_brings_it_up_to_date_and_none_is_lost(old: Settings) -> None:
    path, receipt = old.project.box(OPEN), receipts.new()
    assert [_cast(old, receipt), _cast(old, receipt)] == [Outcome.COUNTED, Outcome.REPEATED]
    assert _cast(old, receipts.new()) is Outcome.SPENT
    with box.opened(path, old.ledger_key) as one:
        assert (one.stage(), one.tally().answered, one.faults()) == (Stage.OPEN, 2, [])
        assert len(one.taken()) == 2
        one.withdraw(receipts.tag(receipt))
        assert (one.tally().withdrawn, len(one.taken())) == (1, 1)


def test_no_receipt_finds_a_row_by_itself_any_more(old: Settings) -> None:
    path, receipt = old.project.box(OPEN), receipts.new()
    with closing(sqlite3.connect(path)) as db:
        tags = [bytes(tag) for (tag,) in db.execute("SELECT tag FROM pool")]
    _cast(old, receipt)
    raw = path.read_bytes()
    assert not [tag for tag in (*tags, receipts.tag(receipt)) if tag in raw]


def test_it_is_closed_by_its_host_and_by_no_other(old: Settings) -> None:
    path = old.project.box(OPEN)
    before = path.read_bytes()
    with pytest.raises(Problem, match="was not written with this ledger key"):
        box.close(path, b"o" * 32, date(2026, 10, 1))
    assert path.read_bytes() == before
    box.close(path, old.ledger_key, date(2026, 10, 1))
    assert _read(path)[0] is Stage.CLOSED
