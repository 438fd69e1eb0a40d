"""What an organisation can expect: how many editions a year, of how many answers, by which policy.

`reporter plan` asks before a quarter is opened. It draws made-up years; it reads no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from statistics import quantiles

from survey.period import Length

_YEARS, _PEOPLE = 3, 20_000


@dataclass(frozen=True)
class Fit:
    """Thresholds that suit a size: what policy.toml would say."""

    k: int
    minimum: int
    months: Length
    divided: bool
    """Whether ratings are cut by area."""


@dataclass(frozen=True)
class Outlook:
    """Three years of drawn editions: how many by each year's end, and how many answers in each."""

    by_year: tuple[float, ...]
    least: int
    most: int
    """Eight editions of ten lie between them."""


SMALL, MEDIUM, LARGE = "small", "medium", "large"


def size(leavers: int, answering: int) -> str:
    """Small under 60 answers a year, large from 240 on: 15 and 60 in a quarter."""
    answers = leavers * answering / 100
    return SMALL if answers < 60 else MEDIUM if answers < 240 else LARGE


def proposed(leavers: int, answering: int) -> Fit:
    """The shortest period in which the minimum is expected to come, with a margin of a fifth.

    Small: k = 5 and nothing divided, so that ten answers are enough. Medium: 3 k = 15, by area.
    Large: the packaged policy. `answering` is in per cent.
    """
    k, minimum, divided = {SMALL: (5, 10, False), MEDIUM: (5, 15, True), LARGE: (7, 30, True)}[
        size(leavers, answering)
    ]
    a_month = leavers * answering / 100 / 12
    long_enough = (one for one in Length if a_month * one >= 1.2 * minimum)
    return Fit(k, minimum, next(long_enough, Length.YEAR), divided)


def outlook(leavers: int, answering: int, fit: Fit, seed: int = 1) -> Outlook:
    """What three years would bring, drawn so often that it settles; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - made up
    draws = range(max(20, _PEOPLE // max(leavers, 1)))
    drawn = [list(_editions(leavers, answering, fit, chance)) for _ in draws]
    every = [answers for many in drawn for _, answers in many] or [0, 0]
    tenths = quantiles(every, n=10) if len(every) > 1 else [every[0]] * 9
    ends = (12.0 * one for one in range(1, _YEARS + 1))
    by_year = tuple(
        sum(month <= end for many in drawn for month, _ in many) / len(drawn) for end in ends
    )
    return Outlook(by_year, round(tenths[0]), round(tenths[-1]))


def _editions(leavers: int, answering: int, fit: Fit, chance: Random) -> Iterator[tuple[int, int]]:
    """The month in which each edition's period ends, and its answers; too few are carried."""
    waiting = 0
    for month in range(1, 12 * _YEARS + 1):
        waiting += sum(chance.random() < answering / 100 / 12 for _ in range(leavers))
        if month % fit.months == 0 and waiting >= fit.minimum:
            yield month, waiting
            waiting = 0


def told(leavers: int, answering: int) -> Iterator[str]:
    """The proposal and what to expect of it, beside the packaged policy: what the command says."""
    fit = proposed(leavers, answering)
    answers = round(leavers * answering / 100)
    much = f"about {answers} answers, a {size(leavers, answering)} organisation"
    yield f"{leavers} leave in a year, {answering} % answer: {much}"
    yield ""
    yield "policy    k  minimum  an edition of  divided  in a year  in three  answers in each"
    for name, one in (("proposed", fit), ("packaged", _PACKAGED)):
        yield _row(name, one, outlook(leavers, answering, one))
    yield ""
    yield "in reporter/policy.toml, before the keys of a quarter are made:"
    yield f"  k = {fit.k}"
    yield f"  minimum = {fit.minimum}"
    yield f'  period = "{NAMES[fit.months]}"'
    if not fit.divided:
        yield '  and "none" in place of "area" and "tenure" under [breakdown]'


NAMES = {Length.QUARTER: "quarter", Length.HALF: "half-year", Length.YEAR: "year"}
"""How policy.toml names a period."""
_PACKAGED = Fit(7, 30, Length.QUARTER, divided=True)


def _row(name: str, fit: Fit, seen: Outlook) -> str:
    cut = "by area" if fit.divided else "no"
    span = f"{seen.least} to {seen.most}" if seen.by_year[-1] else "–"
    years = f"{seen.by_year[0]:9.1f}  {seen.by_year[-1]:8.1f}  {span}"
    return f"{name:8}  {fit.k}  {fit.minimum:7}  {NAMES[fit.months]:13}  {cut:7}  {years}"
