"""ballots.box and store: one transaction for link and answer, and bytes that keep no order."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import random
import secrets
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from survey.ballots import Ballot, Outcome, Tally, Terms, box, receipts, seal, store
from survey.ballots import closing as closing_seal
from survey.ballots.box import SAFE, Ways
from survey.ballots.slots import row_tag
from survey.problems import Problem
from survey.quarter import Quarter

KEY = b"k" * 32
PRIVATE = b"p" * 32
PUBLIC = seal.public_of(PRIVATE)
TERMS = Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, capacity=40)
MARKS = [bytes([number]) * 32 for number in range(1, 31)]


def _body(receipt: bytes, text: str = "hej") -> Ballot:
    answers = {"keep": {"text": text, "consent": "count"}}
    return seal.close(answers, receipts.leaf(receipt), TERMS.publics)


def _cast(path: Path, mark: bytes, receipt: bytes | None = None, ways: Ways = SAFE) -> Outcome:
    receipt = receipt or receipts.new()
    with box.opened(path, KEY, ways) as one:
        return one.cast(mark, receipts.tag(receipt), _body(receipt))


def _tally(path: Path) -> Tally:
    with box.opened(path) as one:
        return one.tally()


def _responses(path: Path) -> int:
    with box.opened(path) as one:
        return len(seal.open_all(one.bodies(), [PRIVATE]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A box with thirty links issued."""
    made = tmp_path / "2026-q4.box"
    box.create(made, TERMS, KEY)
    with box.opened(made, KEY) as one:
        one.issue(MARKS)
    return made


# What it promises


def test_a_new_box_keeps_its_terms_and_is_for_its_owner_alone(path: Path) -> None:
    assert box.terms(path) == replace(TERMS, closer=closing_seal.closer(KEY, TERMS.id))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_box_tells_of_keys_made_apart_and_others_keep_the_terms_they_always_had(
    tmp_path: Path,
) -> None:
    for name, apart in (("together", False), ("apart", True)):
        made = tmp_path / name
        box.create(made, replace(TERMS, apart=apart), KEY)
        assert box.terms(made).apart is apart
        store.let_go()
        with closing(sqlite3.connect(made)) as db:
            (text,) = db.execute("SELECT text FROM terms").fetchone()
        assert ("apart" in json.loads(text)) is apart


def test_an_existing_box_is_never_touched(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Problem, match="A quarter has one box"):
        box.create(path, TERMS, KEY)
    assert path.read_bytes() == before


def test_a_box_that_cannot_be_laid_down_whole_is_not_there(tmp_path: Path) -> None:
    def full_disk(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        box.create(tmp_path / "2026-q4.box", TERMS, KEY, Ways(dummy=full_disk))
    assert not (tmp_path / "2026-q4.box").exists()


# Casting


def test_one_link_casts_one_response(path: Path) -> None:
    assert _cast(path, MARKS[0]) is Outcome.COUNTED
    assert _cast(path, MARKS[0]) is Outcome.SPENT
    assert (_tally(path), _responses(path)) == (Tally(30, 1, 0), 1)


def test_a_repeated_send_after_a_lost_reply_is_recognised(path: Path) -> None:
    receipt = receipts.new()
    assert _cast(path, MARKS[0], receipt) is Outcome.COUNTED
    assert _cast(path, MARKS[0], receipt) is Outcome.REPEATED
    assert _responses(path) == 1


def test_a_link_that_was_never_issued_casts_nothing(path: Path) -> None:
    assert _cast(path, b"x" * 32) is Outcome.UNKNOWN
    assert (_tally(path).answered, _responses(path)) == (0, 0)


def test_fifty_sends_of_one_link_at_once_count_once(path: Path) -> None:
    with ThreadPoolExecutor(16) as crowd:
        outcomes = list(crowd.map(lambda _: _cast(path, MARKS[0]), range(50)))
    assert outcomes.count(Outcome.COUNTED) == 1
    assert outcomes.count(Outcome.SPENT) == 49
    assert _responses(path) == 1


def _cast_many(path: Path, marks: list[bytes]) -> int:
    return sum(_cast(path, mark) is Outcome.COUNTED for mark in marks)


def test_two_processes_take_turns_and_lose_nothing(path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as crowd:
        counted = crowd.starmap(_cast_many, [(path, MARKS[:20]), (path, MARKS[10:])])
    assert sum(counted) == _responses(path) == _tally(path).answered == 30


def test_a_body_of_another_size_is_a_mistake_of_ours(path: Path) -> None:
    with box.opened(path, KEY) as one, pytest.raises(ValueError, match="another size"):
        one.cast(MARKS[0], b"t" * 32, Ballot(b"short", b"short"))


def test_all_links_of_a_box_can_be_answered(path: Path) -> None:
    for mark in MARKS:
        assert _cast(path, mark) is Outcome.COUNTED
    assert _responses(path) == 30


def test_no_more_links_are_issued_than_the_box_has_room_for(path: Path) -> None:
    with box.opened(path, KEY) as one, pytest.raises(Problem, match="At most 10 more"):
        one.issue([secrets.token_bytes(32) for _ in range(11)])


def test_a_foreign_ledger_key_gives_nobody_a_second_vote(path: Path) -> None:
    with box.opened(path, b"other key" * 4) as one, pytest.raises(Problem, match="ledger key"):
        one.cast(MARKS[0], b"t" * 32, _body(receipts.new()))
    assert _tally(path).answered == 0


# Withdrawing


def test_a_withdrawn_response_is_gone_and_its_link_stays_spent(path: Path) -> None:
    receipt = receipts.new()
    _cast(path, MARKS[0], receipt)
    with box.opened(path, KEY) as one:
        one.withdraw(receipts.tag(receipt))
        one.withdraw(receipts.tag(receipt))
        one.withdraw(b"never seen" + bytes(22))
    assert _tally(path) == Tally(30, 1, 1)
    assert _responses(path) == 0
    assert _cast(path, MARKS[0]) is Outcome.SPENT


# Trouble


class FullDisk(random.SystemRandom):
    """Fails where a slot is drawn, and so after the link is spent and before a response moves."""

    def randrange(self, *_: object) -> int:
        """For a cast."""
        raise sqlite3.OperationalError("database or disk is full")

    def sample(self, *_: object, **__: object) -> list[Any]:
        """For growth."""
        raise sqlite3.OperationalError("database or disk is full")


FULL = Ways(chance=FullDisk())


def test_a_failure_in_the_middle_spends_nothing(path: Path) -> None:
    with pytest.raises(Problem, match="disk is full"):
        _cast(path, MARKS[0], ways=FULL)
    assert _tally(path).answered == 0
    assert _cast(path, MARKS[0]) is Outcome.COUNTED


def test_a_missing_box_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no box can be opened there"), box.opened(tmp_path / "x"):
        pass


def test_a_file_that_is_no_box_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.box").write_bytes(b"not a database " * 5000)
    with pytest.raises(Problem, match="the box did not take it"):
        box.terms(tmp_path / "x.box")


# What the bytes tell


def _pages(path: Path, size: int = 16384) -> list[bytes]:
    data = path.read_bytes()
    return [data[start : start + size] for start in range(0, len(data), size)]


def test_a_cast_moves_inserts_and_frees_nothing(path: Path) -> None:
    before = _pages(path)
    _cast(path, MARKS[3])
    after = _pages(path)
    changed = [number for number, pair in enumerate(zip(before, after, strict=True)) if
               pair[0] != pair[1]]  # fmt: skip
    assert len(before) == len(after)
    # The file's change counter, the tally, one page of the ledger and one of each pool.
    assert len(changed) == 5


def test_nothing_of_the_last_cast_is_left_in_the_journal(path: Path) -> None:
    _cast(path, MARKS[0])
    journal = path.with_name(path.name + "-journal")
    assert journal.exists(), "the journal is kept and zeroed, not unlinked into free blocks"
    assert not journal.read_bytes().strip(b"\x00")


UNTIDY = Ways(wipe=lambda _: None)


def test_without_the_tidy_the_journal_would_tell(path: Path) -> None:
    _cast(path, MARKS[0], ways=UNTIDY)
    assert path.with_name(path.name + "-journal").read_bytes().strip(b"\x00")


def test_what_a_killed_process_left_is_wiped_when_the_box_is_next_opened(path: Path) -> None:
    _cast(path, MARKS[0], ways=UNTIDY)
    store.let_go()
    box.terms(path)
    assert not path.with_name(path.name + "-journal").read_bytes().strip(b"\x00")


def _order(path: Path, casts: int, cast: Callable[[int], bytes]) -> list[int]:
    """The places in the file at which the casts' tags lie, in order of arrival."""
    tags = [cast(number) for number in range(casts)]
    data = path.read_bytes()
    return [data.index(tag) for tag in tags]


def _rises(places: list[int]) -> int:
    return sum(a < b for a, b in itertools.pairwise(places))


def test_places_in_the_file_do_not_follow_the_order_of_arrival(path: Path) -> None:
    def cast(number: int) -> bytes:
        receipt = receipts.new()
        _cast(path, MARKS[number], receipt)
        return row_tag(KEY, "pool", receipts.tag(receipt))

    places = _order(path, 30, cast)
    # Of 29 steps 14.5 rise by chance, with a deviation of 1.6: seven of those cover everything.
    assert 3 <= _rises(places) <= 26
    assert len(set(places)) == 30


def test_the_same_look_finds_the_order_in_an_ordinary_table(tmp_path: Path) -> None:
    """The look itself can fail: rows that are inserted lie in order."""
    ordinary = tmp_path / "ordinary"
    db = sqlite3.connect(ordinary, isolation_level=None)
    db.execute("PRAGMA page_size=32768")
    db.execute("CREATE TABLE pool(tag BLOB, body BLOB)")

    def insert(_: int) -> bytes:
        tag = secrets.token_bytes(32)
        db.execute("INSERT INTO pool VALUES (?, ?)", [tag, bytes(200)])
        return tag

    places = _order(ordinary, 30, insert)
    db.close()
    assert _rises(places) in (0, 29)


def test_free_and_taken_slots_look_alike_without_the_keys(path: Path) -> None:
    for mark in MARKS[:15]:
        _cast(path, mark)
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT length(state), length(tag), length(body) FROM pool").fetchall()
    db.close()
    assert set(rows) == {(32, 32, seal.size(1))}


def test_bodies_are_handed_over_in_an_order_drawn_anew(path: Path) -> None:
    with box.opened(path) as one:
        assert one.bodies() != one.bodies()


# Growing and finding again


def test_a_grown_box_keeps_every_response_and_has_room(path: Path) -> None:
    for mark in MARKS[:20]:
        _cast(path, mark)
    box.grow(path, KEY, 100)
    with box.opened(path, KEY) as one:
        assert one.terms.capacity == 100
        one.issue([secrets.token_bytes(32) for _ in range(70)])
        assert one.faults() == []
    assert (_responses(path), _tally(path).answered) == (20, 20)
    assert _cast(path, MARKS[20]) is Outcome.COUNTED
    assert _cast(path, MARKS[0]) is Outcome.SPENT


def test_a_withdrawal_works_after_growth(path: Path) -> None:
    receipt = receipts.new()
    _cast(path, MARKS[0], receipt)
    box.grow(path, KEY, 200)
    with box.opened(path, KEY) as one:
        one.withdraw(receipts.tag(receipt))
    assert _responses(path) == 0


def test_growth_spreads_the_present_responses_over_old_and_new_alike(path: Path) -> None:
    """After growing from 50 slots to 100, half of the responses lie in the new part."""
    for mark in MARKS:
        _cast(path, mark)
    box.grow(path, KEY, 80)
    with box.opened(path, KEY) as one:
        moved = sum(slot > 50 for slot in one.taken())
    # Of 30, 15 by chance, with a deviation of 2.3 at most: six of those cover everything.
    assert 1 <= moved <= 29


def test_a_box_does_not_shrink(path: Path) -> None:
    with pytest.raises(Problem, match="a box only grows"):
        box.grow(path, KEY, 40)


def test_growth_that_fails_in_the_middle_changes_nothing_and_can_be_done_again(path: Path) -> None:
    """Slots that were only laid down stay unused: later answers alone would lie in them."""
    for mark in MARKS[:10]:
        _cast(path, mark)
    with pytest.raises(Problem, match="disk is full"):
        box.grow(path, KEY, 400, ways=FULL)
    for mark in MARKS[10:]:
        _cast(path, mark)
    with box.opened(path, KEY) as one:
        assert (one.terms.capacity, one.faults()) == (40, [])
        assert max(one.taken()) <= 50
    box.grow(path, KEY, 400)
    with box.opened(path, KEY) as one:
        assert (one.terms.capacity, one.faults(), len(one.taken())) == (400, [], 30)
        assert max(one.taken()) > 50


def test_growth_adds_dummies_alone_to_the_file_and_moves_responses_in_place(path: Path) -> None:
    """A kill in the middle cuts off what was added, into free blocks that nobody wipes."""
    sizes: list[int] = []

    class Looks(FullDisk):
        def sample(self, *_: object, **__: object) -> list[Any]:
            sizes.append(path.stat().st_size)
            return super().sample()

    receipts_in = [receipts.new() for _ in MARKS]
    for mark, receipt in zip(MARKS, receipts_in, strict=True):
        _cast(path, mark, receipt)
    with pytest.raises(Problem, match="disk is full"):
        box.grow(path, KEY, 80, ways=Ways(chance=Looks()))
    added = path.read_bytes()
    tags = [row_tag(KEY, "pool", receipts.tag(receipt)) for receipt in receipts_in]
    assert all(added.count(tag) == 1 for tag in tags)
    assert sizes == [len(added)]


def test_growth_lets_others_in_between_and_leaves_small_boxes_of_any_size_whole(path: Path) -> None:
    with ThreadPoolExecutor(4) as crowd:
        growing = crowd.submit(box.grow, path, KEY, 200, at_once=7)
        outcomes = list(crowd.map(lambda mark: _cast(path, mark), MARKS))
        growing.result()
    assert set(outcomes) == {Outcome.COUNTED}
    with box.opened(path, KEY) as one:
        assert (one.faults(), one.terms.capacity, len(one.taken())) == ([], 200, 30)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT max(slot) FROM pool").fetchone() == (250,)


def test_the_ledger_tells_whether_a_link_was_issued_and_not_whether_it_was_used(path: Path) -> None:
    _cast(path, MARKS[0])
    with box.opened(path, KEY) as one:
        assert [one.knows(mark) for mark in (MARKS[0], MARKS[1], b"x" * 32)] == [True, True, False]


def test_those_present_are_those_who_answered_less_those_who_withdrew() -> None:
    assert [Tally(9, answered, withdrawn).present for answered, withdrawn in ((4, 1), (6, 3))] == [
        3,
        3,
    ]


@pytest.mark.parametrize("longer", [-1, 1])
def test_a_body_of_another_size_is_no_answer(path: Path, longer: int) -> None:
    body, leaf = vars(_body(receipts.new())).values()
    other = Ballot(body[:-1] if longer < 0 else body + b"x", leaf)
    with box.opened(path, KEY) as one, pytest.raises(ValueError, match="another size"):
        one.cast(MARKS[0], receipts.tag(receipts.new()), other)
    assert _tally(path).answered == 0


def test_links_made_in_odd_batches_all_count(tmp_path: Path) -> None:
    made = tmp_path / "2026-q4.box"
    box.create(made, TERMS, KEY)
    for batch in (MARKS[:1], MARKS[1:4], MARKS[4:5]):
        with box.opened(made, KEY) as one:
            one.issue(batch)
    assert {_cast(made, mark) for mark in MARKS[:5]} == {Outcome.COUNTED}
    assert _tally(made) == Tally(5, 5, 0)


def test_every_withdrawal_is_counted(path: Path) -> None:
    given = [receipts.new() for _ in range(4)]
    for mark, receipt in zip(MARKS, given, strict=False):
        _cast(path, mark, receipt)
    for receipt in given[:3]:
        with box.opened(path, KEY) as one:
            one.withdraw(receipts.tag(receipt))
    assert _tally(path) == Tally(30, 4, 3)
    assert _responses(path) == 1
