"""A finding in words: "18 till 20 av 31", "about six in ten". It tells nothing a range denies."""

from __future__ import annotations

from math import ceil, floor

from reporter.findings import Finding
from reporter.markdown import DASH
from survey.words import Words

_WIDEST = 0.3
"""Two bounds of a mean that lie further apart than this are not told."""
_NEAR_END = 1.2
"""A mean said to be high or low is at most this far from the end of the scale."""


def count(words: Words, finding: Finding | None) -> str:
    """The range of people, or the dash."""
    if finding is None or (finding.low == 0 and finding.high == finding.n):
        return DASH
    numbers = {key: words.number(getattr(finding, key)) for key in ("low", "high", "n")}
    return words(f"count.{_shape(finding)}", **numbers)


def short(words: Words, finding: Finding | None) -> str:
    """The range of people as a drawing has room for it, or nothing."""
    if finding is None:
        return ""
    numbers = {key: words.number(getattr(finding, key)) for key in ("low", "high", "n")}
    return words("short.exact" if finding.exact else "short.range", **numbers)


def _shape(finding: Finding) -> str:
    if finding.exact:
        return "exact"
    if finding.low == 0:
        return "most"
    return "least" if finding.high == finding.n else "range"


def about(words: Words, finding: Finding | None) -> str:
    """The share in tenths ("about six in ten") if the whole range rounds to it, else nothing."""
    if finding is None:
        return ""
    tenths = {floor(share * 10 + 0.5) for share in finding.shares}
    return words(f"tenth.{tenths.pop()}") if len(tenths) == 1 else ""


def said(words: Words, finding: Finding | None) -> str:
    """What a sentence says: the share in plain words with the count behind it."""
    plain, exact = about(words, finding), count(words, finding)
    return f"{plain} ({exact})" if plain and exact != DASH else exact


def mean(words: Words, finding: Finding | None, most: int) -> str:
    """The mean of points 1 to `most` as far as the range of their sum tells it, or the dash."""
    if finding is None:
        return DASH
    if finding.high == most * finding.n and finding.shares[0] >= most - _NEAR_END:
        return words("mean.high")
    if finding.low == finding.n and finding.shares[1] <= 1 + _NEAR_END:
        return words("mean.low")
    return _mean(words, finding, most)


def _mean(words: Words, finding: Finding, most: int) -> str:
    ends = _tenths(finding.low, finding.n), _tenths(finding.high, finding.n)
    if ends[0] == ends[1]:
        return words("mean.exact", mean=words.number(ends[0]), most=most)
    low, high = finding.shares
    if high - low > _WIDEST:
        return DASH
    wider = floor(low * 10 + 1e-9) / 10, ceil(high * 10 - 1e-9) / 10
    return words("mean.range", low=words.number(wider[0]), high=words.number(wider[1]), most=most)


def _tenths(points: int, n: int) -> float:
    """The mean to one decimal, halves upward, without a float on the way."""
    return (20 * points + n) // (2 * n) / 10


def capital(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
