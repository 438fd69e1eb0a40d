"""reporter.counting.batch: which boxes make up an edition."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporter import report
from reporter.counting import batch
from reporter.counting.batch import Sealed
from reporter.policy import Policy
from reporter.records import Record
from survey.ballots import Stage, Tally, Terms, box, receipts, seal
from survey.invitations import links
from survey.period import Length
from survey.problems import Problem
from survey.quarter import Quarter
from survey.settings import Settings
from tests.support import boxes
from tests.support.records import a_record

Q1, Q2, Q3 = Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)
POLICY = Policy(k=7, minimum=30, merge_below=20, breakdown={})
LATER = date(2027, 6, 1)


def _box(of: Quarter, present: int, k: int = 7, minimum: int = 30, name: str = "") -> Sealed:
    terms = Terms(of, (b"p" * 32,), of.closes, k, minimum)
    return Sealed(terms, Tally(90, present + 2, 2), [], name)


def _covered(
    boxes: list[Sealed], edition: Quarter, records: list[Record] | None = None, today: date = LATER
) -> list[Quarter]:
    found = batch.batch(boxes, edition, records or [], POLICY, today)
    return [one.terms.quarter for one in found]


def test_a_quarter_with_enough_responses_is_an_edition_of_its_own() -> None:
    assert _covered([_box(Q1, 30)], Q1) == [Q1]


def test_under_the_minimum_it_stays_sealed_and_says_why_and_what_next() -> None:
    with pytest.raises(Problem, match=r"2026-q1: 29 of at least 30 .* draft 2026-q2 .* both"):
        _covered([_box(Q1, 29)], Q1)


def test_the_next_draft_covers_both() -> None:
    assert _covered([_box(Q2, 12), _box(Q1, 29)], Q2) == [Q1, Q2]


def test_two_small_quarters_wait_for_a_third() -> None:
    boxes = [_box(Q1, 9), _box(Q2, 12), _box(Q3, 10)]
    with pytest.raises(Problem, match="21 of at least 30"):
        _covered(boxes, Q2)
    assert _covered(boxes, Q3) == [Q1, Q2, Q3]


def test_a_quarter_that_stands_on_its_own_is_published_first() -> None:
    with pytest.raises(Problem, match="2026-q1 comes first"):
        _covered([_box(Q1, 30), _box(Q2, 40)], Q2)


def test_a_published_quarter_is_never_counted_again() -> None:
    past = [a_record(Q1)]
    assert _covered([_box(Q1, 40), _box(Q2, 40)], Q2, past) == [Q2]
    for edition in (Q1, Q1.previous):
        with pytest.raises(Problem, match="up to 2026-q1 are published"):
            _covered([_box(edition, 40)], edition, past)


def test_a_box_that_is_still_open_is_not_opened_early() -> None:
    """Whatever day it is here: a clock set forward opens nothing."""
    for stage, told in (
        (Stage.OPEN, r"is an open box, .*until 2026-04-30.*survey close 2026-q1"),
        (Stage.CLOSING, "was fetched while it was being closed"),
        (Stage.CHANGED, "is not as its host closed it"),
    ):
        with pytest.raises(Problem, match=told):
            _covered([replace(_box(Q1, 40), stage=stage)], Q1, today=date(2031, 1, 1))
    assert _covered([_box(Q1, 40)], Q1, today=date(2026, 4, 1)) == [Q1]


def test_a_clock_that_stands_before_the_quarters_end_is_told() -> None:
    """What is drafted bears that day for ever. A box closed early is drafted once it is closed."""
    with pytest.raises(Problem, match="after 2026-03-31, but today is 2026-03-30 by this machine"):
        _covered([_box(Q1, 40)], Q1, today=date(2026, 3, 30))
    box = _box(Q1, 40)
    early = replace(box, terms=replace(box.terms, closes=date(2026, 3, 9)))
    assert _covered([early], Q1, today=date(2026, 3, 10)) == [Q1]
    with pytest.raises(Problem, match="after 2026-03-09"):
        _covered([early], Q1, today=date(2026, 3, 8))


def test_a_box_of_an_earlier_version_is_opened_after_its_last_day_with_a_warning() -> None:
    old = replace(_box(Q1, 40), stage=Stage.EARLIER)
    with pytest.raises(Problem, match=r"takes answers until 2026-04-30.*survey close 2026-q1"):
        _covered([old], Q1, today=date(2026, 4, 30))
    assert _covered([old], Q1, today=date(2026, 5, 1)) == [Q1]
    assert "made by an earlier version" in batch.lacking([old])[0]
    assert batch.lacking([_box(Q1, 40)]) == []


def test_a_missing_box_is_asked_for() -> None:
    with pytest.raises(Problem, match="2026-q2: there is no ballot box"):
        _covered([_box(Q1, 40)], Q2)


def test_an_edition_keeps_the_strictest_pledge_of_its_boxes_however_the_policy_was_eased() -> None:
    covered = batch.batch([_box(Q1, 12, k=10, minimum=40), _box(Q2, 29)], Q2, [], POLICY, LATER)
    rules = batch.kept(POLICY, covered)
    assert (len(covered), rules.k, rules.minimum) == (2, 10, 40)


def test_an_older_pledge_that_would_wait_for_ever_lets_later_quarters_go_on() -> None:
    eased = replace(POLICY, minimum=16, k=5)
    waiting, later = _box(Q1, 9, minimum=30), _box(Q2, 17, k=5, minimum=16)
    assert batch.batch([waiting, later], Q2, [], eased, LATER) == [later]
    assert batch.kept(eased, [later]) == eased
    third = _box(Q3, 21, k=5, minimum=16)
    assert batch.batch([waiting, later, third], Q3, [a_record(Q2)], eased, LATER) == [
        waiting,
        third,
    ]


def test_what_waits_is_told_with_what_can_be_done() -> None:
    eased = replace(POLICY, minimum=16)
    with pytest.raises(Problem) as caught:
        batch.batch([_box(Q1, 9), _box(Q2, 12, minimum=16)], Q2, [], eased, LATER)
    assert "21 of at least 30" in caught.value.messages[0]
    assert "later quarters can go on without it" in caught.value.messages[1]


def test_an_edition_of_half_a_year_is_drafted_when_it_is_over() -> None:
    half = replace(POLICY, months=Length.HALF)
    boxes = [_box(Q1, 40), _box(Q2, 20)]
    with pytest.raises(Problem, match=r"2026-q1: ends no period of 6 months.*Draft 2026-q2"):
        batch.batch(boxes, Q1, [], half, LATER)
    assert batch.batch(boxes, Q2, [], half, LATER) == boxes
    with pytest.raises(Problem, match="draft 2026-q4 when it has closed"):
        batch.batch([_box(Q1, 4), _box(Q2, 5)], Q2, [], half, LATER)


def test_leavers_who_were_told_of_half_years_are_not_published_by_the_quarter() -> None:
    told = _box(Q1, 40)
    told = replace(told, terms=replace(told.terms, months=Length.HALF))
    with pytest.raises(Problem, match="2026-q1: leavers were told of periods of 6 months"):
        batch.batch([told], Q1, [], POLICY, LATER)


def test_boxes_of_several_hosts_make_up_one_quarter_and_reach_the_minimum_together() -> None:
    oslo, bergen = _box(Q1, 14, name="oslo"), _box(Q1, 16, name="bergen")
    assert _covered([oslo, bergen], Q1) == [Q1, Q1]
    with pytest.raises(Problem, match="14 of at least 30"):
        _covered([oslo], Q1)


def _changed(one: Sealed, casts: int, name: str) -> Sealed:
    """The same box after so many more casts, each of which overwrote one body."""
    fresh = [f"{name} {number}".encode() for number in range(casts)]
    tally = replace(one.tally, answered=one.tally.answered + casts)
    return replace(one, tally=tally, bodies=[*fresh, *one.bodies[casts:]], name=name)


FULL = replace(_box(Q1, 40, name="day 1"), bodies=[bytes([n]) for n in range(90)])
LATE, FORK = _changed(FULL, 5, "day 9"), _changed(FULL, 8, "fork")
TWICE = [
    ([FULL, FULL], "day 1: is given twice. Give it once."),
    ([FULL, replace(FULL, name="usb")], "day 1 and usb: hold the same box. Give one of them."),
    ([LATE, FULL], "day 1: is an earlier copy of day 9 (42 answered by then, 47 in day 9). "
     "Use day 9 alone."),
    ([FORK, LATE], "day 9 and fork: are copies of one box, and both took answers since. "
     "Neither holds them all: ask the collecting host which one it served."),
]  # fmt: skip


@pytest.mark.parametrize(("boxes", "said"), TWICE)
def test_a_box_that_is_given_twice_is_refused_and_says_which_to_use(
    boxes: list[Sealed], said: str
) -> None:
    with pytest.raises(Problem) as caught:
        _covered(boxes, Q1)
    assert caught.value.messages == (said,)


def test_two_empty_boxes_of_two_hosts_are_no_copies() -> None:
    assert _covered([_box(Q1, 0), _box(Q1, 30), _box(Q1, 0)], Q1) == [Q1] * 3


def test_boxes_of_one_quarter_that_promised_different_things_are_refused_in_all_points() -> None:
    one = _box(Q1, 40, name="oslo")
    terms = replace(_box(Q1, 40, k=6, minimum=29).terms, publics=(b"q" * 32,))
    with pytest.raises(Problem) as caught:
        _covered([one, replace(one, terms=terms, name="bergen")], Q1)
    assert [message.split(" than ")[0] for message in caught.value.messages] == [
        "bergen: has other keys",
        "bergen: has another k (6, not 7)",
        "bergen: has another minimum (29, not 30)",
    ]


def test_boxes_of_different_quarters_may_have_different_keys() -> None:
    other = replace(_box(Q1, 9).terms, publics=(b"q" * 32,))
    boxes = [replace(_box(Q1, 9), terms=other), _box(Q2, 30)]
    assert _covered(boxes, Q2) == [Q1, Q2]


def test_boxes_of_many_hosts_become_one_edition(here: Settings) -> None:
    host, oslo, malmo = boxes.hosts(here)
    assert here.project.handed_over() == [malmo, oslo]
    frozen = report.draft(host, Q1, [oslo, malmo])
    assert (frozen.quarters, frozen.counted, frozen.issued) == ((Q1,), 45, 45)


def test_a_box_given_twice_is_noticed(here: Settings, tmp_path: Path) -> None:
    host, oslo, malmo = boxes.hosts(here)
    with pytest.raises(Problem, match="is given twice"):
        report.draft(host, Q1, [oslo, malmo, oslo])
    twin = tmp_path / "twin.box"
    twin.write_bytes(oslo.read_bytes())
    with pytest.raises(Problem, match="hold the same box"):
        report.draft(host, Q1, [oslo, malmo, twin])


def test_a_copy_of_a_box_from_another_time_is_noticed(here: Settings, tmp_path: Path) -> None:
    host, oslo, malmo = boxes.hosts(here, close=False)
    early = tmp_path / "early.box"
    early.write_bytes(oslo.read_bytes())
    link = links.numbered(here.link_keys[-1], Q1, links.number())
    mark = links.mark(here.ledger_key, link)
    receipt = receipts.new()
    body = seal.close({"kind": "own"}, receipts.leaf(receipt), box.terms(oslo).publics)
    with box.opened(oslo, here.ledger_key) as ballots:
        ballots.issue([mark])
        ballots.cast(mark, receipts.tag(receipt), body)
    with pytest.raises(Problem, match=r"early\.box: is an earlier copy of .*oslo\.box"):
        report.draft(host, Q1, [early, oslo, malmo])


def test_growth_and_withdrawal_do_not_hide_an_earlier_copy(here: Settings, tmp_path: Path) -> None:
    host, oslo, malmo = boxes.hosts(here, close=False)
    early = tmp_path / "early.box"
    shutil.copyfile(oslo, early)
    minted = [links.numbered(here.link_keys[-1], Q1, links.number()) for _ in range(6)]
    marks = [links.mark(here.ledger_key, link) for link in minted]
    given = [receipts.new() for _ in marks]
    box.grow(oslo, here.ledger_key, 90)
    with box.opened(oslo, here.ledger_key) as ballots:
        ballots.issue(marks)
        for mark, receipt in zip(marks, given, strict=True):
            body = seal.close({"kind": "own"}, receipts.leaf(receipt), ballots.terms.publics)
            ballots.cast(mark, receipts.tag(receipt), body)
        ballots.withdraw(receipts.tag(given[0]))
    with pytest.raises(Problem) as caught:
        report.draft(host, Q1, [early, oslo, malmo])
    said = f"{early}: is an earlier copy of {oslo} (20 answered by then, 26 in {oslo})."
    assert caught.value.messages == (f"{said} Use {oslo} alone.",)
