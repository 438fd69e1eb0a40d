"""What a reader can work out of one place's figures by subtracting them from one another.

Nine answered: "at most 2" neutral, 3 unfavourable, 5 favourable. So one was neutral, and whoever
writes "at most 2" beside that only hides it from those who do not count. Pages tell what is left
of each range; the frozen record keeps its figures as the gate showed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, assert_never

from reporter.records.findings import (
    CLASSES,
    FAVOURABLE,
    MAIN,
    NEUTRAL,
    REASONS,
    SAID,
    SUM,
    UNFAVOURABLE,
    Finding,
)
from survey.questions import Kind

if TYPE_CHECKING:
    from reporter.records.record import Asked

Cell = tuple[str, str]
"""A question and an answer."""
Box = dict[Cell, tuple[int, int]]
Rule = tuple[Mapping[Cell, int], int]
"""So many times these cells add up to at least that. A minus says "at most"."""

_LEAST = {UNFAVOURABLE: 1, NEUTRAL: 3, FAVOURABLE: 4}
_MOST = {UNFAVOURABLE: 2, NEUTRAL: 3, FAVOURABLE: 5}
"""The points of five that somebody in a class gave, at least and at most."""


def narrowed(findings: Sequence[Finding], asked: Iterable[Asked]) -> tuple[Finding, ...]:
    """The same findings in the same order, each range without the ends that the others rule out.

    `Record` asks for it, for all that reads records. A pure function of what is public: of a
    record of any version. Sums of points stay as they are, and so do figures that contradict
    each other.
    """
    known = {one.id: one for one in asked}
    places: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        family = REASONS if one.question == MAIN else one.question
        places.setdefault((one.block, family), []).append(one)
    left = {key: _left(many, known) for key, many in places.items()}
    return tuple(_end(one, left) for one in findings)


def _end(one: Finding, left: Mapping[tuple[str, str], Box]) -> Finding:
    box = left[one.block, REASONS if one.question == MAIN else one.question]
    low, high = box.get((one.question, one.answer), (one.low, one.high))
    return one if (low, high) == (one.low, one.high) else replace(one, low=low, high=high)


def _left(told: Sequence[Finding], known: Mapping[str, Asked]) -> Box:
    """What is left of the ranges of one question, or of reasons and main reasons, in one block."""
    by_question: dict[str, list[Finding]] = {}
    for one in told:
        by_question.setdefault(one.question, []).append(one)
    box = {(one.question, one.answer): (one.low, one.high) for one in told if one.answer != SUM}
    rules = [
        rule
        for question, many in by_question.items()
        if question in known
        for rule in _rules(known[question], many, by_question.get(MAIN, []))
    ]
    if len(by_question) > 1 and {MAIN, REASONS} <= known.keys():
        rules += _tied(known[MAIN], known[REASONS], box)
    scales = [one for one in by_question if one in known and known[one].kind.rated]
    met = box.copy()
    for question in scales:
        met |= _met(known[question], by_question[question])
    return _settled(met, rules) or box


# What holds of the people of one place


def _rules(asked: Asked, told: Sequence[Finding], mains: Sequence[Finding]) -> Iterator[Rule]:
    """What any reader knows of the counts of one question. `mains`: main reasons beside it."""
    n, counts = told[0].n, {one.answer: 1 for one in told if one.answer != SUM}
    match asked.kind:
        case Kind.ONE | Kind.SCALE:
            yield _at_most(asked, counts, n)
            if counts.keys() >= _every(asked):
                yield _at_least(asked, counts, n)
        case Kind.MANY if not asked.id.startswith(f"{SAID}_"):
            yield _at_most(asked, counts, _room(asked, n, mains))
            if counts.keys() >= _every(asked):
                yield _at_least(asked, counts, n)
        case Kind.MANY | Kind.TEXT:
            return
        case _:
            assert_never(asked.kind)


def _every(asked: Asked) -> set[str]:
    """All that somebody in the base must have answered one of."""
    return set(CLASSES) if asked.kind.rated else {one.id for one in asked.answers}


def _at_least(asked: Asked, weights: Mapping[str, int], least: int) -> Rule:
    return {(asked.id, answer): weight for answer, weight in weights.items()}, least


def _at_most(asked: Asked, weights: Mapping[str, int], most: int) -> Rule:
    return {(asked.id, answer): -weight for answer, weight in weights.items()}, -most


def _room(asked: Asked, n: int, mains: Sequence[Finding]) -> int:
    """How many ticks n people can have made: of reasons, the last is for a main one."""
    most = asked.most or len(asked.answers)
    if asked.id != REASONS or not mains or not asked.most:
        return most * n
    return (most - 1) * n + mains[0].n


def _met(scale: Asked, told: Sequence[Finding]) -> Box:
    """The ends that the three classes really meet, where a mean of five points binds them too."""
    ends = {one.answer: (one.low, one.high) for one in told}
    if SUM not in ends or not ends.keys() >= set(CLASSES) or len(scale.answers) != len("12345"):
        return {}
    n, (least, most) = told[0].n, ends[SUM]
    ranges = [range(low, high + 1) for low, high in (ends[one] for one in CLASSES)]
    fits = [
        counts
        for counts in product(*ranges)
        if sum(counts) == n and _worth(counts, _LEAST) <= most and _worth(counts, _MOST) >= least
    ]
    if not fits:
        return {(scale.id, one): _NOBODY for one in CLASSES}
    columns = zip(CLASSES, zip(*fits, strict=True), strict=True)
    return {(scale.id, one): (min(column), max(column)) for one, column in columns}


_NOBODY = 1, 0
"""No number of people at all: the figures contradict each other."""


def _worth(counts: Sequence[int], points: Mapping[str, int]) -> int:
    return sum(points[one] * count for one, count in zip(CLASSES, counts, strict=True))


def _tied(main: Asked, named: Asked, box: Box) -> Iterator[Rule]:
    """A main reason is a named one; where main ones are told by group, one of its group."""
    alone = {one.id for one in main.answers} == {one.id for one in named.answers}
    for question, answer in [cell for cell in box if cell[0] == MAIN]:
        group = [one.id for one in named.answers if answer == (one.id if alone else one.group)]
        cells = [(REASONS, one) for one in group]
        if cells and all(cell in box for cell in cells):
            yield {**dict.fromkeys(cells, 1), (question, answer): -1}, 0


# What is left


def _settled(box: Box, rules: Sequence[Rule]) -> Box:
    """The box after every rule has cut what it can, until none can; empty if they contradict."""
    now = dict(box)
    while True:
        if any(low > high for low, high in now.values()):
            return {}
        before = dict(now)
        for rule in rules:
            _cut(now, rule)
        if now == before:
            return now


def _cut(box: Box, rule: Rule) -> None:
    """Take from each cell's range what the others, at their most, do not allow."""
    weights, least = rule
    most = {cell: max(weight * end for end in box[cell]) for cell, weight in weights.items()}
    missing = least - sum(most.values())
    for cell, weight in weights.items():
        low, high = box[cell]
        rest = missing + most[cell]
        if weight > 0:
            box[cell] = max(low, -(-rest // weight)), high
        else:
            box[cell] = low, min(high, rest // weight)
