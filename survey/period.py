"""What a span such as "2026-q4", "2026-h2" or "2026-y" means. It never reads the clock.

Boxes are of quarters (`survey.quarter`); an edition tells of a quarter, a half-year or a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from survey.problems import Problem

WRITTEN = r"\d{4}-(?:q[1-4]|h[12]|y)"
"""How a period is written in names of files, in addresses and on a command line."""

_FORM = re.compile(r"(20\d\d)-(?:q([1-4])|h([12])|y)")

GRACE_DAYS = 30
"""A box stays open this long after its quarter, so that the last day's leaver has time."""


class Length(IntEnum):
    """How many months a period has."""

    QUARTER = 3
    HALF = 6
    YEAR = 12


@dataclass(frozen=True, order=True)
class Period:
    """Months that end with a quarter, in the order of their ends; `str()` is how it is written.

    `number` is the quarter it ends with: the second half-year of 2026 is Period(2026, 4, HALF).
    """

    year: int
    number: int
    length: Length = Length.QUARTER

    def __str__(self) -> str:
        match self.length:
            case Length.QUARTER:
                return f"{self.year}-q{self.number}"
            case Length.HALF:
                return f"{self.year}-h{self.number // 2}"
            case Length.YEAR:
                return f"{self.year}-y"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - self.length + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year + self.number // 4, 3 * (self.number % 4) + 1, 1) - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The period of the same length after this one."""
        return containing(self.last + timedelta(days=1), self.length)

    @property
    def previous(self) -> Period:
        """The period of the same length before this one."""
        return containing(self.first - timedelta(days=1), self.length)

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters it is made of, oldest first."""
        count = self.length // 3
        return tuple(Period(self.year, self.number - count + one) for one in range(1, count + 1))

    @property
    def closes(self) -> date:
        """The last day a box of its last quarter takes answers, unless opened with another."""
        return self.last + timedelta(days=GRACE_DAYS)


def parse(text: str) -> Period:
    """The period that `text` names, or a Problem."""
    match = _FORM.fullmatch(text)
    if not match:
        raise Problem(f"'{text}' is not a period. Write it as 2026-q4, 2026-h2 or 2026-y.")
    year, quarter, half = int(match[1]), match[2], match[3]
    if quarter:
        return Period(year, int(quarter))
    return Period(year, 2 * int(half), Length.HALF) if half else Period(year, 4, Length.YEAR)


def containing(day: date, length: Length) -> Period:
    """The period of that length that `day` lies in."""
    quarters = length // 3
    return Period(day.year, -(-((day.month + 2) // 3) // quarters) * quarters, length)


def named(periods: Sequence[Period]) -> Period | None:
    """The one period that these together are, if they are one: two quarters may be a half-year."""
    first, last = periods[0].first, periods[-1].last
    alike = (containing(last, length) for length in Length)
    return next((one for one in alike if (one.first, one.last) == (first, last)), None)
