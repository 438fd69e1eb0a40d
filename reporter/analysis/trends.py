"""Records, oldest first → lines over editions, what returns, what moved, what leads. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile, takewhile
from math import sqrt

from reporter.records import Asked, Finding, Record
from reporter.records.findings import FAVOURABLE, REASONS
from survey.quarter import Quarter
from survey.questions import Choice, Texts

ONE, MANY = 1.959964, 2.575829
"""Normal quantiles of a 95 % interval, for one planned comparison, and of a 99 % one, for a page
that compares some thirty figures: at 95 % one or two of them would move by chance alone."""


class Move(StrEnum):
    """Where a share went between two editions, beyond what chance would explain."""

    UP = "up"
    DOWN = "down"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Spot:
    """What one edition tells about the line's answer; None where it shows nothing."""

    edition: Quarter
    quarters: tuple[Quarter, ...]
    finding: Finding | None


@dataclass(frozen=True)
class Line:
    """One answer over the editions in which its question was asked in the same way."""

    question: str
    answer: str
    spots: tuple[Spot, ...]
    cut: bool
    """Whether earlier editions asked it in another way, and are therefore left out."""

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings along the line, oldest first, without the gaps."""
        return tuple(spot.finding for spot in self.spots if spot.finding)


@dataclass(frozen=True)
class Change:
    """An answer whose share moved since the edition before."""

    move: Move
    before: Finding
    after: Finding


def line(records: Sequence[Record], question: str, answer: str) -> Line:
    """The answer's line up to the newest record. It never joins two wordings of a question."""
    asked = [record.question(question) for record in records]
    newest = next((one for one in reversed(asked) if one), None)
    if newest is None:
        return Line(question, answer, (), cut=False)
    pairs = list(zip(records, asked, strict=True))
    kept = list(takewhile(lambda pair: _joins(pair[1], newest), reversed(pairs)))
    spots = tuple(_spot(record, one, newest, answer) for record, one in reversed(kept))
    return Line(question, answer, spots, cut=len(kept) < len(pairs))


def _spot(record: Record, asked: Asked | None, newest: Asked, answer: str) -> Spot:
    # A merged group may bear a theme's id ("leadership"): only equal answers give a point.
    alike = asked is not None and _alike(asked.answers, newest.answers)
    finding = record.company(newest.id, answer) if alike else None
    return Spot(record.edition, record.quarters, finding)


def _joins(asked: Asked | None, newest: Asked) -> bool:
    """Whether the line goes on through this edition, with a point or with a gap."""
    if asked is None:
        return True
    if asked.kind != newest.kind or not _agree(asked.words, newest.words):
        return False
    return _alike(asked.answers, newest.answers) or _merged(asked.answers, newest.answers)


def _agree(one: Texts, other: Texts) -> bool:
    return all(one[language] == other[language] for language in one.keys() & other.keys())


def _alike(some: Sequence[Choice], others: Sequence[Choice]) -> bool:
    # Most editions ask in the very same words: one comparison settles it.
    return some == others or (
        len(some) == len(others)
        and all(
            one.id == other.id and _agree(one.words, other.words)
            for one, other in zip(some, others, strict=True)
        )
    )


def _merged(some: Sequence[Choice], others: Sequence[Choice]) -> bool:
    """Whether one list is the groups of the other, as in a batch too small to show them all."""
    return _groups(some) == _ids(others) or _groups(others) == _ids(some)


def _groups(choices: Iterable[Choice]) -> set[str]:
    return {choice.group for choice in choices}


def _ids(choices: Iterable[Choice]) -> set[str]:
    return {choice.id for choice in choices}


def moved(before: Finding, after: Finding, sure: float = ONE) -> Move:
    """Newcombe's interval for the difference, at the ends where the ranges lie closest."""
    if least(before, after, sure) > 0:
        return Move.UP
    return Move.DOWN if least(after, before, sure) > 0 else Move.UNSURE


def least(first: Finding, second: Finding, z: float) -> float:
    """The least by which the second share may exceed the first (Newcombe 1998, method 10)."""
    high, low = first.shares[1], second.shares[0]
    _, highest = _wilson(high, first.n, z)
    lowest, _ = _wilson(low, second.n, z)
    return low - high - sqrt((low - lowest) ** 2 + (highest - high) ** 2)


def _wilson(share: float, n: int, z: float) -> tuple[float, float]:
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return middle - half, middle + half


def rating(record: Record, theme: str) -> Asked | None:
    """The scale that rates the theme, or None."""
    scales = (asked for asked in record.asked if asked.kind.rated)
    return next((asked for asked in scales if asked.theme == theme), None)


def comparable(records: Sequence[Record]) -> bool:
    """Whether the edition before asked anything that is compared now; an earlier survey may not."""
    return any(records[-2].question(question) for question, _ in watched(records[-1]))


def changed(records: Sequence[Record]) -> tuple[Change, ...]:
    """What surely moved between the last two editions: ratings, reasons, and the way ahead."""
    if len(records) < 2:
        return ()
    lines = (line(records[-2:], question, answer) for question, answer in watched(records[-1]))
    changes = (_change(one.told) for one in lines)
    return tuple(change for change in changes if change and change.move is not Move.UNSURE)


def watched(record: Record) -> list[tuple[str, str]]:
    """What is compared from edition to edition: the favourable end of every scale, every reason."""
    scales = [(asked.id, FAVOURABLE) for asked in record.asked if asked.kind.rated]
    asked = record.question(REASONS)
    return scales + [(REASONS, answer.id) for answer in (asked.answers if asked else ())]


def _change(told: tuple[Finding, ...]) -> Change | None:
    if len(told) < 2:
        return None
    before, after = told
    return Change(moved(before, after, MANY), before, after)


MOST_EDITIONS = 12
"""How far back lines and their tables reach: three years."""


def recent(records: Sequence[Record]) -> Sequence[Record]:
    """As much of the past as lines and their tables show.

    It does not begin with earlier surveys that asked nothing that is asked now: a line would only
    have gaps there.
    """
    now = {asked.id for asked in records[-1].asked}
    last = records[-MOST_EDITIONS:]
    return list(dropwhile(lambda one: one.imported and not _shared(one, now), last))


def _shared(record: Record, ids: Container[str]) -> bool:
    return any(asked.id in ids for asked in record.asked)
