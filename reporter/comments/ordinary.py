"""Figures that are nobody's: dates, times, years, amounts. Some look like somebody's number.

`numbers` and `identity` ask here before they call a run of digits somebody's. Texts come as
`survey.plain.placed` gives them.
"""

from __future__ import annotations

import re

_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_ATOMS = (
    *(rf"{_YEAR}{sep}{_MONTH}{sep}{_DAY}" for sep in ("-", r"\.", "/", " ")),
    *(rf"{_DAY}{sep}{_MONTH}{sep}{_YEAR}" for sep in ("-", r"\.", "/", " ")),
    *(rf"{_DAY}{sep}{_MONTH}{sep}\d\d" for sep in ("-", r"\.", "/")),
    rf"{_MONTH}/{_DAY}/{_YEAR}",
    r"(?:[01]?\d|2[0-4])[.:,][0-5]\d(?:[:.][0-5]\d)?",
    r"(?:[01]\d|2[0-3])(?:00|15|30|45)",
    rf"{_YEAR}(?:/\d\d)?",
)
_ATOM = f"(?:{'|'.join(_ATOMS)})"
_BETWEEN = r"(?: {0,2}[-/|·] {0,2}|[,;]? |\n)"
_MOMENTS = re.compile(rf"\(?{_ATOM}(?:{_BETWEEN}{_ATOM})*")
_THOUSANDS = r"(?:\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*|0|\d{1,3}|\d+000)"
_AMOUNT = re.compile(rf"[+-]?{_THOUSANDS}(?:,\d\d?)?(?: ?[-/] ?\+?(?:\d{{1,3}}(?:[ .,]\d{{3}})*))?")
_ROUND = re.compile(r".*[ .,]000|\d+000000|0 ?[-/] ?.*")
_UNIT = re.compile(
    r"[ ]?(?:[$€£%₺₽]|:-|(?:m|t|k)?(?:kr|sek|eur|usd|gbp|nok|dkk|pln|try|rub)\b|kron|euro|dollar"
    r"|pund|pound|zł|tl\b|lira|руб|tys|mln|tkr|mkr|tusen|miljon|million|thousand|tuhat|mil\b"
    r"|pers|people|anställ|employ|osob|человек|kişi|timm|hours|h\b|stk?\b|stycken|pieces|km\b|m2"
    r"|kvm|kwh|kg\b|ton|rader|rows|units|enheter|kund|custom|gång|times|steg|steps)",
    re.IGNORECASE,
)
_PRICED = re.compile(r"(?:[$€£₺₽]|\b(?:sek|eur|usd|gbp|nok|dkk|pln|kr)) ?$", re.IGNORECASE)


def moments(run: str) -> bool:
    """Whether a run of digits is dates, times or years, or ranges and lists of them."""
    return bool(_MOMENTS.fullmatch(run))


def amount(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is money or a count: in thousands, and round or with its unit."""
    run = text[start:end]
    if not _AMOUNT.fullmatch(run):
        return False
    return bool(
        _ROUND.fullmatch(run) or _UNIT.match(text, end) or _PRICED.search(text[:start][-6:])
    )
