"""survey.period: what "2026-q4", "2026-h2" and "2026-y" mean."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from survey import period
from survey.period import WRITTEN, Length, Period
from survey.problems import Problem

H2 = Period(2026, 4, Length.HALF)
YEAR = Period(2026, 4, Length.YEAR)
NAMES = ["2026-h1", "2026-h2", "2026-q1", "2026-q4", "2026-y"]


@pytest.mark.parametrize("name", NAMES)
def test_a_period_reads_as_it_is_written(name: str) -> None:
    assert str(period.parse(name)) == name
    assert re.fullmatch(WRITTEN, name)


def test_it_has_a_first_and_a_last_day() -> None:
    assert (H2.first, H2.last) == (date(2026, 7, 1), date(2026, 12, 31))
    assert (YEAR.first, YEAR.last) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("length", Length)
def test_periods_of_a_length_follow_each_other_without_a_gap(length: Length) -> None:
    line = [period.containing(date(2023, 1, 1), length)]
    line += [line[0].next, line[0].next.next, line[0].next.next.next, line[0].next.next.next.next]
    for before, after in pairwise(line):
        assert after.first == before.last + timedelta(days=1)
        assert after.previous == before
        assert before < after


def test_a_period_is_made_of_its_quarters() -> None:
    assert list(map(str, H2.quarters)) == ["2026-q3", "2026-q4"]
    assert [one.first for one in YEAR.quarters] == [date(2026, n, 1) for n in (1, 4, 7, 10)]


def test_periods_stand_in_the_order_of_their_ends_the_longer_last() -> None:
    told = sorted(map(period.parse, NAMES))
    assert list(map(str, told)) == ["2026-q1", "2026-h1", "2026-q4", "2026-h2", "2026-y"]


@pytest.mark.parametrize("text", ["2026-h3", "2026", "2026-q0", "26-y", "", "../2026-y", "2026-Y"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(Problem, match="Write it as 2026-q4, 2026-h2 or 2026-y"):
        period.parse(text)
