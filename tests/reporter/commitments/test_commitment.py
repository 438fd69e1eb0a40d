"""commitments.commitment: a promise survives its snapshot, and is overdue in time."""

from dataclasses import replace
from datetime import date

import pytest

from reporter.commitments import Status, from_snapshot, overdue, snapshot
from tests.support.editions import PROMISE


def test_a_promise_survives_its_snapshot() -> None:
    assert from_snapshot(snapshot(PROMISE)) == PROMISE
    dropped = replace(PROMISE, status=Status.DROPPED, reason={"sv": "Nej.", "en": "No."})
    assert from_snapshot(snapshot(dropped)) == dropped


@pytest.mark.parametrize(
    ("status", "day", "late"),
    [
        (Status.UNDER_WAY, date(2026, 3, 31), False),
        (Status.UNDER_WAY, date(2026, 4, 1), True),
        (Status.PLANNED, date(2026, 4, 1), True),
        (Status.DONE, date(2026, 4, 1), False),
        (Status.DROPPED, date(2026, 4, 1), False),
    ],
)
def test_an_open_promise_is_overdue_the_day_after_its_deadline(
    status: Status, day: date, late: bool
) -> None:
    assert overdue(replace(PROMISE, status=status), day) is late
