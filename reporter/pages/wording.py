"""A finding in words: "18 till 20 av 31", "about six in ten". It tells nothing a range denies."""

from __future__ import annotations

from math import ceil, floor

from reporter.pages.markdown import DASH
from reporter.records import Finding
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
    """The share in plain words ("about six in ten") if the whole range lies by it, else nothing."""
    if finding is None:
        return ""
    low, high = finding.shares
    near = [name for name, share in _PLAIN.items() if share - _BY <= low and high <= share + _BY]
    middle = (low + high) / 2
    near.sort(key=lambda name: abs(_PLAIN[name] - middle))
    return words(f"share.{near[0]}") if near else ""


_BY = 0.03
_PLAIN = {
    "none": 0.0, "1-10": 0.1, "1-5": 0.2, "1-4": 0.25, "3-10": 0.3, "1-3": 1 / 3, "4-10": 0.4,
    "half": 0.5, "6-10": 0.6, "2-3": 2 / 3, "7-10": 0.7, "3-4": 0.75, "8-10": 0.8, "9-10": 0.9,
    "all": 1.0,
}  # fmt: skip
"""Shares that people say, and how far from one a range may reach and still be called it."""


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
        return words("mean.exact", mean=words.decimal(ends[0]), most=most)
    low, high = finding.shares
    if high - low > _WIDEST:
        return DASH
    wider = floor(low * 10 + 1e-9) / 10, ceil(high * 10 - 1e-9) / 10
    return words("mean.range", low=words.decimal(wider[0]), high=words.decimal(wider[1]), most=most)


def _tenths(points: int, n: int) -> float:
    """The mean to one decimal, halves upward, without a float on the way."""
    return (20 * points + n) // (2 * n) / 10


def span(words: Words, low: int, high: int) -> str:
    """A whole number, or the range that it lies in: "131", "96 till 114"."""
    if low == high:
        return words.number(low)
    return words("span", low=words.number(low), high=words.number(high))


def dashed(words: Words, low: int, high: int) -> str:
    """The same as a drawing has room for it: "96–114"."""
    return "–".join(words.number(one) for one in dict.fromkeys((low, high)))


def capital(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
