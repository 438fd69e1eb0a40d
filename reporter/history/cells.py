"""What spreadsheets make of a cell: dates out of bands, numbers out of dates. It reads them back.

Nothing is guessed: a spelling with two possible readings has none. Pure functions of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

REPLACED = "\ufffd"
"""What a program writes for a character that it could not read: what stood there is lost."""

_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "\xa0": " ", "\u200b": "", "\ufeff": ""})
_WHOLE = re.compile(r"(\d+)\.0+")
_BAND = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2})")
_WORDED = re.compile(r"(\d{1,2})[-/. ]+([a-zåäö]{3,9})\.?(?:[-/. ]+(?:\d\d){1,2})?")
_MONTH_FIRST = re.compile(r"([a-zåäö]{3,9})\.?[-/. ]+(\d{1,2})")
_MONTH_YEAR = re.compile(r"([a-zåäö]{3,9})\.?[-/. ]+(?:20)?(\d\d)")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([-/. ])([a-zåäö]{3,9})\.?\2(?:20)?(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(?:20)?(\d\d)(?: 0?0:00(?::00)?)?")
_ISO = re.compile(r"(20\d\d)([-/])(\d\d?)\2(\d\d?)(?:[ t]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?z?)?")
_ISO_MONTH = re.compile(r"(20\d\d)[-/](\d\d)")
_SERIAL = re.compile(r"[3-6]\d{4}")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet: its serial numbers of five digits are days from 1982 on."""

_MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
)} | {"maj": 5, "okt": 10}  # fmt: skip


def plain(value: str) -> str:
    """The value as it is compared: without case, doubled blanks, odd dashes, or a trailing .0."""
    text = " ".join(value.translate(_DASHES).split()).casefold()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def band(value: str, bands: Iterable[str]) -> str | None:
    """The one band, such as "1-2", that a spreadsheet may have turned into this date, or None.

    Both orders are tried: "3-5" is the 3rd of May in one country and the 5th of March in another.
    """
    seen = set(_pairs(plain(value)))
    pairs = ((one, _BAND.fullmatch(plain(one))) for one in bands)
    fits = [one for one, match in pairs if match and _pair(match[1], match[2]) in seen]
    return fits[0] if len(fits) == 1 else None


def _pair(one: object, other: object) -> frozenset[int]:
    return frozenset((int(str(one)), int(str(other))))


def _pairs(text: str) -> Iterator[frozenset[int]]:
    """Day and month, in no order, of every reading of the text as a date."""
    for match, month, day in (
        (_WORDED.fullmatch(text), 2, 1),
        (_MONTH_FIRST.fullmatch(text), 1, 2),
    ):
        if match and _month(match[month]):
            yield _pair(match[day], _month(match[month]))
    for one in dates(text) if names_a_day(text) else ():
        yield _pair(one.day, one.month)
        if one.day == 1:  # "11-20" may have become November 2020
            yield _pair(one.month, one.year % 100)


def _month(word: str) -> int:
    return _MONTHS.get(word[:3], 0)


def names_a_day(value: str) -> bool:
    """Whether the value, read as a date, gives a day, and not a month alone."""
    text = plain(value)
    return not (_MONTH_YEAR.fullmatch(text) or _ISO_MONTH.fullmatch(text))


def dates(value: str, first: str = "") -> set[date]:
    """Every day the value may mean; a month without a day is its first.

    `first` is "day" or "month" where it is known which stands first in "03/04/2024".
    """
    return {day for day in _readings(plain(value), first) if day}


def _readings(text: str, first: str) -> Iterator[date | None]:
    if match := _ISO.fullmatch(text):
        yield _date(match[1], match[3], match[4])
    if match := _ISO_MONTH.fullmatch(text):
        yield _date(match[1], match[2], 1)
    if match := _NUMBERS.fullmatch(text):
        year = 2000 + int(match[4])
        yield _date(year, match[3], match[1]) if first != "month" else None
        yield _date(year, match[1], match[3]) if first != "day" else None
    if match := _MONTH_YEAR.fullmatch(text):
        month, year = _month(match[1]), 2000 + int(match[2])
        yield None if (year, month) in _NO_MONTHS else _date(year, month, 1)
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        yield _date(2000 + int(match[4]), _month(match[3]), match[1])
    if _SERIAL.fullmatch(text):
        yield _EPOCH + timedelta(int(text))


_NO_MONTHS = {(2005, 6), (2005, 7)}
"""1991 to 2030 shown as months: to a spreadsheet the number 2013 is the 5th of July 1905."""


def _date(year: object, month: object, day: object) -> date | None:
    try:
        return date(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        return None
