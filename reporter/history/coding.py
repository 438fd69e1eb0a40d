"""What a map says, as values: a row's quarter, a column's answers, and the survey they are from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reporter.history import cells, spans
from reporter.history.cells import plain
from reporter.policy import Policy
from reporter.records.record import Source
from survey import quarter
from survey.period import Period
from survey.quarter import Quarter
from survey.questions import Item, Questionnaire

_DAYS = re.compile(r"%d")


_ORDER = re.compile(r"%([dm]).*%[dm].*%[yY]")


_LONG_AGO = re.compile(r"19\d\d")


_NO_DAY = date(1980, 1, 1)
"""What LimeSurvey writes for every answer of a survey that keeps no times."""


LONG_AGO, UNDATED = "before 2000", "undated"


@dataclass(frozen=True)
class When:
    """How a row tells its quarter: a column, or what the survey's own papers say of them all."""

    column: str = ""
    format: str = ""
    undated: frozenset[str] = frozenset()
    quarter: Quarter | None = None
    stated: str = ""
    """Where the survey's own papers state that one quarter."""

    def read(self, value: str) -> Period | str | None:
        """A period as the cell states it, LONG_AGO, UNDATED, or None for what cannot be read.

        A year is no quarter: it is a year.
        """
        if plain(value) in self.undated:
            return UNDATED
        if _LONG_AGO.fullmatch(plain(value)):
            return LONG_AGO
        if span := spans.named(value):
            return span
        days = self._days(value)
        if days == {_NO_DAY}:
            return UNDATED
        found = {quarter.of(day) for day in days if 2000 <= day.year < 2100}
        return found.pop() if len(found) == 1 else None

    def as_written(self, value: str) -> bool:
        """Whether the value has the map's own format."""
        return self._written(value) is not None

    def states(self, value: str) -> bool:
        """Whether nothing had to be mended to read it."""
        return self.as_written(value) or spans.named(value) is not None

    def maybe_year(self, value: str) -> bool:
        """Whether a program may have made the 1st of January of a bare year, where months stand."""
        if _DAYS.search(self.format) or self.as_written(value) or not cells.names_a_day(value):
            return False
        return all((day.month, day.day) == (1, 1) for day in self._days(value))

    def _written(self, value: str) -> date | None:
        try:
            return datetime.strptime(plain(value), self.format).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            return None

    def _days(self, value: str) -> set[date]:
        written = self._written(value)
        if written:
            return {written}
        found = cells.dates(value, self._first)
        # A month that a spreadsheet made a day of is its first day: any other is a misreading.
        return found if _DAYS.search(self.format) else {day for day in found if day.day == 1}

    @property
    def _first(self) -> str:
        """Which of day and month stands first in the map's own format, if it ends with the year."""
        match = _ORDER.search(self.format)
        return {"d": "day", "m": "month"}[match[1]] if match else ""


@dataclass(frozen=True)
class Coded:
    """One item and where its answers stand.

    `columns` is what each column means: "" for the answer itself, else the answer it ticks.
    """

    item: Item
    columns: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    """Plain spelling → answer id; for ticks "yes" or ""."""
    none: frozenset[str]
    """Plain spellings that count as not answered."""

    def knows(self, value: str) -> bool:
        """Whether the map itself has this spelling."""
        text = plain(value)
        return self.item.kind.written or text in self.values or text in self.none

    def read(self, value: str) -> str | None:
        """The answer's id, "" for none, or None for what the map does not know."""
        text = plain(value)
        if text in self.values:
            return self.values[text]
        if text in self.none:
            return ""
        if self.item.kind.written:
            return "wrote"
        found = cells.band(value, self.values)
        return None if found is None else self.values[found]


@dataclass(frozen=True)
class Map:
    """Everything an import needs to know of one file."""

    name: str
    source: Source
    encoding: str
    delimiter: str
    when: When
    questionnaire: Questionnaire
    policy: Policy
    coded: tuple[Coded, ...]

    @property
    def columns(self) -> list[str]:
        """Every column that is read, once; all others are never kept."""
        named = [name for coded in self.coded for name, _ in coded.columns]
        return list(dict.fromkeys([self.when.column, *named] if self.when.column else named))
