"""Follow-up: a promise meets those who left before it and those who left after, nobody else."""

from dataclasses import replace

import pytest

from reporter.commitments import follow_up
from reporter.commitments.followup import Verdict
from reporter.records import Record
from tests.support.editions import PROMISE, record, reworded

BEFORE, DURING, AFTER, LATEST = "2025-q2", "2025-q3", "2025-q4", "2026-q1"
"""The promise was made on 1 August 2025."""


def rated(**favourable: int | tuple[int, int]) -> list[Record]:
    found = []
    for name, told in favourable.items():
        low, high = told if isinstance(told, tuple) else (told, told)
        edition = name.removeprefix("in_").replace("_", "-")
        found.append(record(edition, ratings={"pay": (30, low, high)}))
    return found


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (6, 20, Verdict.MOVED),
        (20, 6, Verdict.WORSE),
        (12, 15, Verdict.NOT_MOVED),
        ((2, 14), 20, Verdict.NOT_MOVED),
    ],
)
def test_the_verdict_follows_the_published_ranges(
    before: int | tuple[int, int], after: int, verdict: Verdict
) -> None:
    records = rated(in_2025_q2=before, in_2026_q1=after)
    assert follow_up(PROMISE, records).verdict is verdict


def test_a_promise_to_lower_a_share_is_kept_downwards() -> None:
    less = replace(PROMISE, measure=replace(PROMISE.measure, baseline=60, target=20))
    assert follow_up(less, rated(in_2025_q2=20, in_2026_q1=6)).verdict is Verdict.MOVED


def test_the_edition_in_which_the_promise_was_made_is_neither_before_nor_after() -> None:
    told = follow_up(PROMISE, rated(in_2025_q2=6, in_2025_q3=30, in_2025_q4=7))
    assert told.before
    assert told.after
    assert (str(told.before.edition), str(told.after.edition)) == (BEFORE, AFTER)
    assert told.verdict is Verdict.NOT_MOVED


def test_the_last_edition_before_and_the_latest_after_are_compared() -> None:
    records = rated(in_2025_q1=1, in_2025_q2=12, in_2025_q4=30, in_2026_q1=13)
    assert follow_up(PROMISE, records).verdict is Verdict.NOT_MOVED


def test_without_figures_on_both_sides_there_is_too_little_to_say() -> None:
    told = follow_up(PROMISE, [*rated(in_2025_q2=6), record(LATEST)])
    assert told.verdict is Verdict.TOO_FEW
    assert told.before
    assert told.after is None


def test_a_reworded_question_is_not_compared() -> None:
    old, new = rated(in_2025_q2=6, in_2026_q1=20)
    assert follow_up(PROMISE, [reworded(old, "rate_pay"), new]).verdict is Verdict.TOO_FEW
