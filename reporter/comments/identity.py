"""Numbers that are one person's alone: identity numbers of many countries, accounts, cards.

`identifiers` calls it with a text as `survey.plain.placed` gives it. Where a shape says enough,
a wrong check digit does not let a number through: people mistype, and a neighbour still knows
whose it is. Where the shape is that of any number, the check digit decides (`stdnum`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

from reporter.comments import ordinary

PERSON, ACCOUNT = "personnummer", "account"
_YY = r"(?:(?:19|20)\d\d|\d\d)"
_MM, _DD = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_MMS = r"(?:[02468][1-9]|[13579][0-2])"
"""A month, in Poland with the century in it: 21 is January from 2000 on."""
_DDS = r"(?:[06][1-9]|[1278]\d|[39][01])"
"""A day, or with 60 added that of a coordination number."""
_DDN = r"(?:[04][1-9]|[1256]\d|[37][01])"
"""A day, or with 40 added that of a Norwegian D-number."""
_GAP = r"[ ._/]{0,2}[-+]?[ ._/]{0,2}"
_PIECE = r"[-./ ]?"
_LAST = r"(?:\d{4,5}|[A-Z]\d{3}|[A-Z]{2}\d\d)"

_SHAPES = (
    rf"{_YY}(?P<s1>{_PIECE}){_MM}(?P=s1){_DDS}{_GAP}{_LAST}",
    rf"\d\d{_MMS}{_DD}{_GAP}\d{{5}}",
    rf"{_DDN}(?P<s2>{_PIECE}){_MM}(?P=s2)\d\d{_GAP}\d{{4,5}}",
    rf"{_DD}(?P<s3>[./]?){_MM}(?P=s3)\d\d ?[-+A-FU-Y] ?\d{{3}}[0-9A-Y]",
    r"\d{3}-\d\d-\d{4}",
    r"\d{3}[- ]\d{3}[- ]\d{3}[- ]\d\d",
    r"\d\d \d\d \d{6}",
    r"\d{3}\.\d{3}\.\d{3}-\d\d",
    r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d",
    r"\d{8}[- ]?[A-Z]|\d\d\.\d{3}\.\d{3}[- ]?[A-Z]",
    r"[XYZ][- ]?\d{7}[- ]?[A-Z]",
    r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]",
    rf"\d\d ?{_DD}{_MM}\d\d ?[A-Z] ?\d{{3}}",
    r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]",
    r"[12] \d\d \d\d \d[\dAB] \d{3} \d{3}(?: \d\d)?",
)
"""Sweden, Denmark and Norway, Poland, Finland, the USA, Russia (two), Brazil, Belgium, Spain (two),
Britain, Germany, Italy, France."""
_PERSON = re.compile(rf"(?<![^\W_])(?:{'|'.join(_SHAPES)})(?![^\W_])(?![-./:]\d)", re.IGNORECASE)
_IBAN = re.compile(
    r"(?<![^\W_])[A-Z]{2} ?\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![^\W_])",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"(?<!\w)\d(?:[-. ]?\d){8,18}(?!\w)")
_CHECKED = ("tr.tckimlik", "de.idnr", "pl.pesel", "ee.ik", "lt.asmens", "fr.nir", "nl.bsn")
_MOMENT = re.compile(
    rf"20[1-9]\d(?P<s>[-./ ]){_MM}(?P=s){_DD}[ -]+\d{{4}}|{_DD}[./]{_MM}[./][12]\d[ -]+[0-2]\d{{3}}"
)
"""A day of our time, then an hour or a year: "2024-01-15 0830"; no leaver was born on it."""


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Each number as (kind, start, end)."""
    for one in _PERSON.finditer(text):
        if not _MOMENT.fullmatch(one[0]) and not ordinary.amount(text, *one.span()):
            yield PERSON, *one.span()
    for one in _IBAN.finditer(text):
        if sum(char.isdigit() for char in one[0]) >= 10:
            yield ACCOUNT, *one.span()
    for one in _GROUPED.finditer(text):
        plain = ordinary.moments(one[0]) or ordinary.amount(text, *one.span())
        if not plain and (kind := _checked(one[0])):
            yield kind, *one.span()


def _checked(run: str) -> str:
    """What kind of number its check digits make it, or nothing."""
    digits = re.sub(r"\D", "", run)
    if re.fullmatch(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}", run):
        return ACCOUNT
    if len(digits) >= 13:
        return ACCOUNT if _valid("luhn", digits) or _valid("fr.nir", digits) else ""
    known = (name for name in _CHECKED if len(digits) > 9 or (name == "nl.bsn" and run != digits))
    return PERSON if any(_valid(name, digits) for name in known) else ""


def _valid(name: str, digits: str) -> bool:
    """Asked of the library, which is loaded for texts that hold such a run alone."""
    check: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return check(digits)
