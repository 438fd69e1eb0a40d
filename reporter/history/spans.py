"""A span by its name in a cell: "2024-Q3", "3 kv 2024", "första halvåret 2024", "2024v35", "2024".

`coding` asks before it looks for days. A quarter is never read as a month: Q3 is no March.
"""

from __future__ import annotations

import re
from datetime import date

from reporter.history.cells import plain
from survey import quarter
from survey.period import Length, Period

_YEAR = r"(?P<year>20\d\d)"
_QUARTER = r"(?:kvartal(?:et)?|quarter|kv|q|k)"
_HALF = r"(?:halvår(?:et)?|half(?:[ -]year)?|h)"
_WEEK = r"(?:vecka|week|v|w)"
_NTH = r"(?P<n>[1-4]|första|andra|tredje|fjärde|first|second|third|fourth)"
_COUNTED = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4}
_COUNTED |= {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _shapes(unit: str, n: str) -> tuple[re.Pattern[str], ...]:
    """The unit's number before or after it, and the year before or after both."""
    after = rf"{unit}\W{{0,2}}{n}"
    before = rf"{n}(?::?[ae]|st|nd|rd|th)?\W{{0,2}}{unit}(?: of)?"
    told = (rf"{_YEAR}\W{{0,3}}{after}", rf"{after}\W{{0,3}}{_YEAR}", rf"{before}\W{{0,3}}{_YEAR}")
    return tuple(map(re.compile, told))


_SPANS = {Length.QUARTER: _shapes(_QUARTER, _NTH), Length.HALF: _shapes(_HALF, _NTH)}
_WEEKS = _shapes(_WEEK, r"(?P<n>\d\d?)")


def named(value: str) -> Period | None:
    """The quarter, half-year or year that the cell names, or the quarter of a week's Thursday."""
    text = plain(value).casefold()
    if re.fullmatch(r"20\d\d", text):
        return Period(int(text), 4, Length.YEAR)
    for length, shapes in _SPANS.items():
        if found := _matched(shapes, text):
            return _period(int(found["year"]), found["n"], length)
    found = _matched(_WEEKS, text)
    return _week(int(found["year"]), int(found["n"])) if found else None


def _matched(shapes: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for shape in shapes if (found := shape.fullmatch(text))), None)


def _period(year: int, told: str, length: Length) -> Period | None:
    number = _COUNTED.get(told) or int(told)
    last = number * length // 3
    return Period(year, last, length) if last <= Length.YEAR // 3 else None


def _week(year: int, number: int) -> Period | None:
    """By ISO 8601 a week is of the year, and so of the quarter, that its Thursday lies in."""
    try:
        return quarter.of(date.fromisocalendar(year, number, 4))
    except ValueError:
        return None
