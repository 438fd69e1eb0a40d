"""A found file and its map → one data frame of ids, and each row's quarter. Nothing else is read.

Every spelling is looked up once, however many rows bear it. Columns that the map does not name are
skipped by the parser: no time, name, id or free text of theirs becomes a value at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

import numpy as np
import pandas as pd

from reporter.history.cells import REPLACED, plain
from reporter.history.coding import LONG_AGO, UNDATED, Coded, Map, When
from reporter.history.columns import Column, check_padding, column_of, everywhere, nothing, table_of
from reporter.history.delimited import Found, refuse
from reporter.history.widths import Array
from survey.period import Length, Period
from survey.quarter import Quarter
from survey.questions import Kind

_UNDATED, _LONG_AGO, _UNKNOWN = -1, -2, -3
"""Codes of a row without a quarter; every other code is the place of one."""


@dataclass(frozen=True)
class Passed:
    """Rows that are nobody's answers."""

    empty: int
    """With nothing in any column."""
    headers: int
    """The header again."""
    silent: int
    """With nothing in the columns that are read, not even a date: totals, ids filled down."""


@dataclass(frozen=True)
class Rows:
    """The rows that hold anything, coded.

    `frame` is what `reporter.counting.opening.frame` makes: text ids of choices, numbers of
    scales, lists of what was ticked, and for a text whether one was written.
    """

    frame: pd.DataFrame
    placed: Array
    """For each row the place of its period in `order`, or less than 0."""
    order: tuple[Period, ...]
    passed: Passed
    unread: int
    """Columns that the map does not name."""
    mended: tuple[str, ...]
    """What a spreadsheet had damaged and was read back, in words."""

    @property
    def read(self) -> int:
        """How many rows hold answers."""
        return len(self.frame)

    @property
    def long_ago(self) -> int:
        """How many state a year before 2000."""
        return int((self.placed == _LONG_AGO).sum())

    @property
    def undated(self) -> int:
        """How many state no date."""
        return int((self.placed == _UNDATED).sum())

    @property
    def periods(self) -> dict[Period, int]:
        """How many rows each quarter, half-year or year has, oldest first."""
        counts = np.bincount(self.placed[self.placed >= 0], minlength=len(self.order))
        pairs = zip(self.order, counts.tolist(), strict=True)
        return dict(sorted((one, count) for one, count in pairs if count))

    def of(self, periods: Iterable[Period]) -> pd.DataFrame:
        """The rows of these periods."""
        wanted = [self.order.index(one) for one in periods]
        return self.frame[np.isin(self.placed, wanted)].reset_index(drop=True)


def read(name: str, found: Found, of: Map, today: Quarter) -> Rows:
    """Code the rows; every value that nothing explains is told with its row and column."""
    table = table_of(name, found)
    check_padding(name, found, table)
    rows = np.arange(len(table)) + found.header + 1
    columns = {
        one: column_of(found.names[at], one, table[at], rows)
        for one, at in zip(of.columns, found.columns, strict=True)
    }
    again = everywhere(columns, lambda column, text: text == plain(column.title))
    # Without a column of dates such a row may be a person who gave up: then it stays.
    silent = everywhere(columns, nothing) & ~found.empty & bool(of.when.column)
    kept = ~(found.empty | again | silent)
    if not kept.all():
        left = rows[kept]
        columns = {one: column.only(kept, left) for one, column in columns.items()}
    sheet = _Sheet(name, columns)
    order, placed = sheet.quarters(of.when, int(kept.sum()), today)
    frame = pd.DataFrame({one.item.id: sheet.answers(one) for one in of.coded})
    refuse(sheet.wrong)
    passed = [int(one.sum()) for one in (found.empty, again, silent)]
    unread = sum(map(bool, found.names)) - len(of.columns)
    return Rows(frame, placed, order, Passed(*passed), unread, tuple(sheet.mended))


class _Sheet:
    """Codes the columns, and notes on the way what is wrong and what was mended."""

    def __init__(self, name: str, columns: Mapping[str, Column]) -> None:
        self.name, self.columns = name, columns
        self.wrong: list[str] = []
        self.mended: list[str] = []

    def quarters(self, when: When, rows: int, today: Quarter) -> tuple[tuple[Period, ...], Array]:
        """The quarters found, and each row's place among them."""
        if not when.column:
            order = (when.quarter,) if when.quarter else ()
            return order, np.full(rows, 0 if order else _UNDATED)
        column, places = self.columns[when.column], dict[Period, int]()
        codes = [_UNDATED] * (len(column.spellings) + 1)
        read = {code: when.read(spelling) for code, spelling in column.used}
        years = any(_is_year(told) for told in read.values())
        for code, told in read.items():
            spelling = column.spellings[code]
            if isinstance(told, Period) and not years and when.maybe_year(spelling):
                self._refuse(column, code, _JANUARY)
            elif isinstance(told, Period) and told.last < today.first:
                codes[code] = places.setdefault(told, len(places))
                self._mended(column, code, str(told), as_written=when.states(spelling))
            elif told in _LEFT:
                codes[code] = _LEFT[str(told)]
            else:
                self._refuse(column, code, _FUTURE if told else "")
        return tuple(places), np.array(codes)[column.codes]

    def answers(self, coded: Coded) -> list[Any] | Array:
        """The item's column of the frame."""
        if coded.item.kind.several:
            return self._ticked(coded)
        (name, _), *_ = coded.columns
        column = self.columns[name]
        found = self._read(column, coded)
        return _objects([*(_cell(coded, one) for one in found), _cell(coded, "")])[column.codes]

    def _read(self, column: Column, coded: Coded) -> list[str]:
        """For each spelling the answer's id, "" for none; the unknown are noted."""
        found = [""] * len(column.spellings)
        for code, spelling in column.used:
            told = coded.read(spelling)
            if told is None or (REPLACED in spelling and not coded.item.kind.written):
                self._refuse(column, code)
                continue
            found[code] = told
            self._mended(column, code, told, as_written=coded.knows(spelling))
        if not coded.item.kind.written:
            self._alike(column)
        return found

    def _alike(self, column: Column) -> None:
        """Spellings that differ by blanks alone: an export may have named two answers so."""
        groups: dict[str, list[str]] = {}
        for _, spelling in column.used:
            groups.setdefault(plain(spelling), []).append(f"'{spelling}'")
        for alike in groups.values():
            if len(alike) > 1:
                self.mended.append(f"column '{column.name}': {' and '.join(alike)} read as one")

    def _ticked(self, coded: Coded) -> Array:
        """Lists of what was ticked. Equal patterns share one list: there are few of them."""
        pattern: Array = np.zeros(len(next(iter(self.columns.values())).codes), np.int64)
        answers = list(dict.fromkeys(answer for _, answer in coded.columns))
        for name, answer in coded.columns:
            column = self.columns[name]
            ticks = np.array([*(bool(one) for one in self._read(column, coded)), False])
            pattern |= ticks[column.codes].astype(np.int64) << answers.index(answer)
        unique, places = np.unique(pattern, return_inverse=True)
        lists = [[one for n, one in enumerate(answers) if bits >> n & 1] for bits in unique]
        return _objects(lists)[places]

    def _mended(self, column: Column, code: int, told: str, as_written: bool) -> None:
        if not as_written:
            rows = int((column.codes == code).sum())
            what = f"'{column.spellings[code]}' read as {told} in {rows} row(s)"
            self.mended.append(f"column '{column.name}': {what}")

    def _refuse(self, column: Column, code: int, why: str = "") -> None:
        rows = column.rows[column.codes == code]
        value = column.spellings[code]
        more = f" and {len(rows) - 1} more row(s)" if len(rows) > 1 else ""
        why = _REPLACED if REPLACED in value else why or _STRANGE
        self.wrong.append(
            f"{self.name}: row {rows[0]}, column '{column.name}'{more}: {_quoted(value)} {why}"
        )


def _is_year(told: Period | str | None) -> bool:
    """Whether a cell states a bare year: then a 1st of January may be one, too."""
    return told == LONG_AGO or (isinstance(told, Period) and told.length is Length.YEAR)


_LEFT = {UNDATED: _UNDATED, LONG_AGO: _LONG_AGO}
_STRANGE = "is unknown to the map. Add it to the map, or mend the file."
_FUTURE = "is no past quarter. Mend the date, or leave its row out of the file."
_JANUARY = (
    "may be a bare year that a program made a day of, and a year is no quarter. Restore the "
    "years, or write the format of the days in the map."
)
_REPLACED = "holds a replacement character: what stood there is lost. Export the file again."


def _quoted(value: str) -> str:
    text = " ".join(value.split())
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


def _cell(coded: Coded, told: str) -> object:
    """The answer as `reporter.counting.opening` would write it."""
    match coded.item.kind:
        case Kind.ONE | Kind.MANY:
            return told or None
        case Kind.SCALE:
            return int(told) if told else None
        case Kind.TEXT:
            return bool(told)
        case _:
            assert_never(coded.item.kind)


def _objects(values: Sequence[object]) -> Array:
    """An array of these very values: numpy would make a table of equally long lists."""
    made = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        made[place] = value
    return made
