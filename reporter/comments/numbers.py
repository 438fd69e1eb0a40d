"""Telephone numbers of all regions in a text, and long numbers that may be anything of anybody.

`identifiers` calls it with a text as `survey.plain.placed` gives it. What begins as a number that
somebody dials is one whatever it holds; what does not, if the field's library (`phonenumbers`)
knows such a number, written in such groups, in a country where our leavers live.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.comments import ordinary

PHONE, NUMBER = "phone", "number"
_RUN = re.compile(r"(?:\+ ?|\()?(?:\+ ?)?\d(?:(?:[\s./()_~*|·•:–-]{1,3}|,)?\d)*")
_DIALLED = re.compile(
    r"(?:\b(?:ring|tel|telefon\w*|tfn|mobil\w*|numret|phone|call(?: \w+)?|text me|cell|whatsapp"
    r"|(?:mitt|hans|hennes|my|his|her) (?:nummer|number)|sms|puh|puhelin\w*|soita\w*|dzwoń|zadzwoń"
    r"|komórk\w*|anruf\w*|handynummer|llám\w*|teléfono|móvil|ara(?:yın)?|телефон\w*|звони\w*)"
    r"\b\W{0,3}"
    r"(?:\w{1,8}\W{1,2}){0,2})$",
    re.IGNORECASE,
)
_WINDOW = 40
_LEAST, _LEAST_DIALLED = 8, 6
_LONG = range(10, 13)
_ENDLESS = 80
"""A run of figures longer than this is looked at by a person, not by the library."""
_REGIONS = (
    *("SE", "NO", "DK", "FI", "IS", "EE", "LV", "LT", "PL", "DE", "AT", "CH", "NL", "BE"),
    *("FR", "ES", "PT", "IT", "GB", "IE", "CZ", "TR", "RU", "UA", "US", "IN"),
)
"""Where a number without its country is looked for; with it (+46), every country is known."""
_UNBROKEN, _IN_ONE_PIECE = ("ES", "PL"), 9
"""Where people write numbers without a blank, and how many digits these have."""


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Each number as (kind, start, end)."""
    for one in _RUN.finditer(text):
        start, end = one.span()
        if _digits(one[0]) >= _LEAST_DIALLED and not ordinary.moments(one[0]):
            yield from _kinds(text, start, end)


def _digits(run: str) -> int:
    return sum(char.isdigit() for char in run)


def _kinds(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    run, count = text[start:end], _digits(text[start:end])
    if ordinary.amount(text, start, end):
        return
    if _DIALLED.search(text[max(0, start - _WINDOW) : start]) or _prefixed(run, count):
        yield PHONE, start, end
    elif (run.isdigit() and count in _LONG) or len(run) > _ENDLESS:
        yield NUMBER, start, end
    elif count >= _LEAST and _known(run):
        yield PHONE, start, end


def _prefixed(run: str, count: int) -> bool:
    """Whether it begins as a number that is dialled: +46, 0046, 070, (070)."""
    return count >= _LEAST and bool(_PREFIX.match(run))


_PREFIX = re.compile(r"\+|\(\+|\(?0\s?[0-9(]|\(0")


def _known(run: str) -> bool:
    """Whether the library finds a number in it, in its customary groups."""
    import phonenumbers as library  # here, for most texts hold no number

    whole = run.isdigit()
    regions = _REGIONS if not whole else _UNBROKEN if len(run) == _IN_ONE_PIECE else ()
    leniency = library.Leniency.VALID if whole else library.Leniency.EXACT_GROUPING
    return any(
        not ordinary.moments(one.raw_string)
        for region in regions
        for one in library.PhoneNumberMatcher(run, region, leniency=leniency)
    )
