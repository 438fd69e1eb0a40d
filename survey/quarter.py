"""What a quarter such as "2026-q4" means. It never reads the clock: today is an argument."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from survey.problems import Problem

_FORM = re.compile(r"(20\d\d)-q([1-4])")

GRACE_DAYS = 30
"""A box stays open this long after its quarter, so that the last day's leaver has time."""


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, ordered in time; `str()` gives the form that commands and files use."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def closes(self) -> date:
        """The last day a box of this quarter takes answers, unless it was opened with another."""
        return self.last + timedelta(days=GRACE_DAYS)


def parse(text: str) -> Quarter:
    """The quarter that `text` names, or a Problem."""
    match = _FORM.fullmatch(text)
    if not match:
        raise Problem(f"'{text}' is not a quarter. Write it as 2026-q4.")
    return Quarter(int(match[1]), int(match[2]))


def of(day: date) -> Quarter:
    """The quarter that `day` lies in."""
    return Quarter(day.year, (day.month + 2) // 3)
