"""survey.quarter: what "2026-q4" means."""

from __future__ import annotations

from datetime import date

import pytest

from survey import quarter
from survey.problems import Problem
from survey.quarter import Quarter

Q4 = Quarter(2026, 4)


def test_a_quarter_reads_as_it_is_written() -> None:
    assert quarter.parse("2026-q4") == Q4
    assert str(Q4) == "2026-q4"


def test_it_has_a_first_and_a_last_day() -> None:
    assert (Q4.first, Q4.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert Quarter(2024, 1).last == date(2024, 3, 31)


def test_its_box_closes_thirty_days_after_its_last_day() -> None:
    assert Q4.closes == date(2027, 1, 30)


def test_quarters_follow_each_other_over_the_year() -> None:
    assert Q4.next == Quarter(2027, 1)
    assert Quarter(2027, 1).previous == Q4
    assert Quarter(2026, 2).previous == Quarter(2026, 1)
    assert Quarter(2027, 1) > Q4


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), Quarter(2026, 1)),
        (date(2026, 3, 31), Quarter(2026, 1)),
        (date(2026, 12, 31), Q4),
    ],
)
def test_a_day_lies_in_one_quarter(day: date, expected: Quarter) -> None:
    assert quarter.of(day) == expected


@pytest.mark.parametrize("text", ["2026-q5", "2026q4", "26-q4", "2026-Q4", "", "../2026-q4"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(Problem, match="Write it as 2026-q4"):
        quarter.parse(text)
