"""What readers are left with of a range once they have subtracted: the auditor's own arithmetic.

Pages tell the narrower range. The auditor asks of each number of people whether the other figures
of its place allow it, where the maker of pages cuts the ends off; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from reporter.records import Asked, Finding, Record
from reporter.records.findings import (
    FAVOURABLE,
    MAIN,
    NEUTRAL,
    REASONS,
    SAID,
    SUM,
    UNFAVOURABLE,
)
from survey.questions import Kind

_Ends = dict[str, tuple[int, int]]
_Allows = Callable[[_Ends, str, int], bool]
"""Whether so many can have given an answer, beside what is known of the others."""


def left(record: Record) -> list[Finding]:
    """Every count of the record as narrow as its question's other figures in its block make it.

    `Account` asks for it: these may stand on pages beside the figures as they were frozen.
    """
    blocks: dict[str, list[Finding]] = {}
    for one in record.findings:
        blocks.setdefault(one.block, []).append(one)
    ends = {block: _block(record, here) for block, here in blocks.items()}
    pairs = [(one, ends[one.block][one.question][one.answer]) for one in record.findings]
    return [replace(one, low=low, high=high) for one, (low, high) in pairs]


def _block(record: Record, here: list[Finding]) -> dict[str, _Ends]:
    told: dict[str, list[Finding]] = {}
    for one in here:
        told.setdefault(one.question, []).append(one)
    families: dict[str, dict[str, list[Finding]]] = {}
    for question, many in told.items():
        name = REASONS if question == MAIN else question
        families.setdefault(name, {})[question] = many
    return {q: ends for each in families.values() for q, ends in _settled(record, each).items()}


def _settled(record: Record, told: Mapping[str, list[Finding]]) -> dict[str, _Ends]:
    """What is left of one question, or of reasons and main ones; as told if they contradict."""
    first = {q: {one.answer: (one.low, one.high) for one in many} for q, many in told.items()}
    ends = {question: dict(many) for question, many in first.items()}
    while True:
        before = {question: dict(many) for question, many in ends.items()}
        for question, many in told.items():
            asked = record.question(question)
            if asked:
                _filter(ends[question], _allowed(asked, many, told))
        if {MAIN, REASONS} <= told.keys():
            _filter_reasons(record, ends)
        if any(low > high for many in ends.values() for low, high in many.values()):
            return first
        if ends == before:
            return ends


def _filter(ends: _Ends, allows: _Allows) -> None:
    for answer, (low, high) in ends.items():
        if answer != SUM:
            fit = [count for count in range(low, high + 1) if allows(ends, answer, count)]
            ends[answer] = (fit[0], fit[-1]) if fit else (high + 1, high)


def _rest(ends: Mapping[str, tuple[int, int]], answer: str) -> tuple[int, int]:
    """How many gave the other answers, at least and at most."""
    others = [both for one, both in ends.items() if one not in (answer, SUM)]
    return sum(low for low, _ in others), sum(high for _, high in others)


def _allowed(asked: Asked, many: list[Finding], told: Mapping[str, list[Finding]]) -> _Allows:
    n, size = many[0].n, len(many) - any(one.answer == SUM for one in many)
    match asked.kind:
        case Kind.SCALE if size == len(_POINTS) and SUM in {one.answer for one in many}:
            return _rated(n, size if len(asked.answers) == _FIVE else 0)
        case Kind.ONE | Kind.SCALE:
            wanted = len(_POINTS) if asked.kind is Kind.SCALE else len(asked.answers)
            return _ticked(n if size == wanted else 0, n)
        case Kind.MANY if not asked.id.startswith(f"{SAID}_"):
            most = (asked.most or len(asked.answers)) * n
            if asked.id == REASONS and MAIN in told and asked.most:
                most += told[MAIN][0].n - n
            return _ticked(n if size == len(asked.answers) else 0, most)
        case Kind.MANY | Kind.TEXT:
            return lambda _ends, _answer, _count: True
        case _:
            assert_never(asked.kind)


_FIVE = 5
_POINTS = {UNFAVOURABLE: (1, 2), NEUTRAL: (3, 3), FAVOURABLE: (4, 5)}


def _ticked(least: int, most: int) -> _Allows:
    """All counts together are at least and at most so many."""

    def allows(ends: _Ends, answer: str, count: int) -> bool:
        low, high = _rest(ends, answer)
        return count + low <= most and count + high >= least

    return allows


def _rated(n: int, classes: int) -> _Allows:
    """Everybody is in one of the classes, and on a scale of five the points add up to the mean."""

    def allows(ends: _Ends, answer: str, count: int) -> bool:
        given = {**ends, answer: (count, count)}
        return any(not classes or _adds_up(one, ends[SUM]) for one in _worlds(given, n))

    return allows


def _worlds(ends: _Ends, n: int) -> Iterator[dict[str, int]]:
    low, high = ends[UNFAVOURABLE]
    for below in range(low, high + 1):
        for middle in range(ends[NEUTRAL][0], ends[NEUTRAL][1] + 1):
            above = n - below - middle
            if ends[FAVOURABLE][0] <= above <= ends[FAVOURABLE][1]:
                yield {UNFAVOURABLE: below, NEUTRAL: middle, FAVOURABLE: above}


def _adds_up(counts: Mapping[str, int], total: tuple[int, int]) -> bool:
    least, most = (
        sum(_POINTS[one][end] * count for one, count in counts.items()) for end in (0, 1)
    )
    return least <= total[1] and most >= total[0]


def _filter_reasons(record: Record, ends: dict[str, _Ends]) -> None:
    """No fewer named a reason than gave it as their main one, or all of a group one of it."""
    main, named = record.question(MAIN), record.question(REASONS)
    if main is None or named is None:
        return
    one_by_one = {one.id for one in main.answers} == {one.id for one in named.answers}
    for reason in list(ends[MAIN]):
        group = [one.id for one in named.answers if reason == (one.id if one_by_one else one.group)]
        if not group or not ends[REASONS].keys() >= set(group):
            continue
        low, high = ends[MAIN][reason]
        every = sum(ends[REASONS][one][1] for one in group)
        ends[MAIN][reason] = low, min(high, every)
        for one in group:
            fewest, most = ends[REASONS][one]
            ends[REASONS][one] = max(fewest, low - (every - most)), most
