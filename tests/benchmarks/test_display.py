"""What the display tells beyond its figures: what subtraction leaves, and what is likely.

`python -m pytest -s -m bench tests/benchmarks/test_display.py` prints the tables that stand in
docs/explanation/disclosure.md. Nothing is bounded but the promise: one insider is never certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations_with_replacement, product
from statistics import median

import pytest

from reporter.counting import disclosure
from reporter.policy import read_policy
from reporter.records import Asked, Finding
from reporter.records.findings import CLASSES, SUM
from reporter.records.subtraction import narrowed
from survey.project import PACKAGED, Project
from survey.questionnaire import read_questionnaire
from survey.questions import Kind
from tests.benchmarks.batches import Batch, asked_of
from tests.support.places import ROOT

pytestmark = pytest.mark.bench

Ends = tuple[int, int]
Counts = tuple[int, ...]

_MOST = 4
"""Of a longer list of answers the worlds are too many to count one by one."""
_SMALL = 12
"""Under so many people the other display, which is priced here, would join two neighbours."""


Own = tuple[int, int]
"""Which answer an insider gave, and how many points where a mean is told."""
_POINTS = (1, 2), (3,), (4, 5)


@dataclass(frozen=True)
class Place:
    """What a block shows of a question whose answers exclude each other, and what was true."""

    n: int
    ends: tuple[Ends, ...]
    total: Ends | None
    true: Counts

    @cached_property
    def worlds(self) -> Mapping[Counts, int]:
        """Counts that look like this → how many ways of giving points make them up."""
        ranges = [range(low, high + 1) for low, high in self.ends]
        fits = (one for one in product(*ranges) if sum(one) == self.n)
        weighed = {one: _ways(one, self.total) for one in fits}
        return {one: weight for one, weight in weighed.items() if weight}

    def without(self, *own: Own) -> Place:
        """The same of all others, as those know who gave these answers."""
        mine = [sum(at == place for at, _ in own) for place in range(len(self.ends))]
        pairs = zip(self.ends, mine, strict=True)
        ends = tuple((max(low - less, 0), high - less) for (low, high), less in pairs)
        points = sum(point for _, point in own)
        total = (self.total[0] - points, self.total[1] - points) if self.total else None
        return Place(self.n - len(own), ends, total, ())

    @property
    def own(self) -> list[Own]:
        """Whoever may be among those who answered: of a class that somebody gave, any point."""
        given = [at for at, count in enumerate(self.true) if count]
        return [(at, point) for at in given for point in (_POINTS[at] if self.total else (0,))]


def _ways(counts: Counts, total: Ends | None) -> int:
    """How many five-point histograms have these classes and this sum; 1 where no sum is told."""
    if total is None:
        return 1
    below, middle, above = counts
    least = below + 3 * middle + 4 * above
    sums = (least + twos + fives for twos in range(below + 1) for fives in range(above + 1))
    return sum(total[0] <= one <= total[1] for one in sums)


def out(place: Place) -> int:
    """How many answers are surely nobody's."""
    return sum(not any(column) for column in zip(*place.worlds, strict=True))


def certain(place: Place) -> bool:
    """Whether everybody is surely in one class."""
    columns = zip(*place.worlds, strict=True)
    return place.n > 0 and any(min(column) == place.n for column in columns)


def likely(place: Place) -> float:
    """How likely the best guess about one of them is, where every histogram is as likely."""
    worlds, weight = place.worlds, sum(place.worlds.values())
    sums = (sum(one[at] * many for one, many in worlds.items()) for at in range(len(place.ends)))
    return max(sums, default=0) / weight / place.n if weight else 0.0


# The tables


def test_what_subtraction_and_insiders_are_left_with(batches: Mapping[str, list[Batch]]) -> None:
    for name, many in batches.items():
        for k in (5, 7, 10):
            found = list(_places(many, k))
            short = [one for one in found if len(one.ends) <= _MOST]
            print(f"\n{name}, k = {k}: {len(short)} places of answers that exclude each other")
            _ruled_out(short)
            _guesses(short)
            _pairs(short)
            assert not any(certain(one) for one in short)
            assert not any(certain(one.without(own)) for one in short for own in one.own)


def _ruled_out(places: Sequence[Place]) -> None:
    outsider = sum(bool(out(one)) for one in places)
    people = sum(sum(one.true) for one in places)
    insiders = 0
    for one in places:
        able = {own[0] for own in one.own if out(one.without(own))}
        insiders += sum(one.true[at] for at in able)
    told = f"in {outsider} places, nobody else's to {insiders / people:.1%} of insiders"
    print(f"  an answer is surely nobody's {told}")
    pairs = [pair for one in places for pair in zip(one.ends, _left(one), strict=True)]
    ranges = [left for (low, high), left in pairs if low < high]
    exact = sum(low == high for low, high in ranges) / len(ranges)
    print(f"  {exact:.0%} of {len(ranges)} ranges are exact by subtraction")


def _guesses(places: Sequence[Place]) -> None:
    best = [likely(one) for one in places]
    inside = [max(likely(one.without(own)) for own in one.own) for one in places]
    high = sum(one >= 0.8 for one in best) / len(best)
    print(
        f"  best guess: median {median(best):.2f}, at most {max(best):.2f}, {high:.0%} .8 or more"
    )
    print(f"  best insider's guess: median {median(inside):.2f}, at most {max(inside):.2f}")


def _pairs(places: Sequence[Place]) -> None:
    """Two insiders who compare: not promised, and therefore said."""
    told = 0
    for one in places:
        pairs = combinations_with_replacement(one.own, 2)
        able = [pair for pair in pairs if _both(one, pair)]
        told += any(certain(one.without(*pair)) for pair in able)
    print(f"  some pair of insiders is certain of all others: {told / len(places):.1%} of places")


def _both(place: Place, pair: tuple[Own, Own]) -> bool:
    """Whether two people gave these answers."""
    return pair[0][0] != pair[1][0] or place.true[pair[0][0]] > 1


@pytest.mark.parametrize("n", [5, 7, 10])
def test_how_likely_a_guess_is_behind_at_least_all_but_two(n: int) -> None:
    ends = (0, 2), (0, 2), (n - 2, n)
    plain = Place(n, ends, (n, 5 * n), (0, 0, n))
    high = Place(n, ends, (5 * n - 6, 5 * n), (1, 0, n - 1))
    told = f"at least {(n - 2) / n:.2f}; likely {likely(plain):.2f}"
    told += f", beside a high mean {likely(high):.2f}"
    print(f"\nn = {n}: {told}, to one who gave 1 point {likely(high.without((0, 1))):.2f}")


# The price of the other display: of two neighbours, only the sum is exact


def test_what_it_would_cost_to_protect_an_empty_answer(batches: Mapping[str, list[Batch]]) -> None:
    for name, many in batches.items():
        for k in (5, 7, 10):
            found = list(_places(many, k))
            ways = {"as frozen": [one.ends for one in found], "as told": list(map(_left, found)),
                    "joined": list(map(_joined, found))}  # fmt: skip
            means = sum(one.total is not None for one in found)
            lost = sum(one.total is not None and _joined(one) != _left(one) for one in found)
            print(f"\n{name}, k = {k}: joining would take {lost} of {means} means", end="")
            for way, told in ways.items():
                flat = [ends for one in told for ends in one]
                exact = sum(low == high for low, high in flat) / len(flat)
                print(f"; {way} {exact:.0%} of figures are exact", end="")
            empty = [one for one in found if any(high == 0 for _, high in _left(one))]
            kept = sum(any(high == 0 for _, high in _joined(one)) for one in empty)
            print(f"; of {len(empty)} empty answers {len(empty) - kept} would be protected")


def _left(one: Place) -> tuple[Ends, ...]:
    columns = zip(*one.worlds, strict=True) if len(one.ends) <= _MOST else ()
    return tuple((min(column), max(column)) for column in columns) or one.ends


def _joined(one: Place) -> tuple[Ends, ...]:
    """In a small block a count of 0 to 2 that subtraction tells is a range, with its neighbour."""
    ranged = [at for at, (low, high) in enumerate(one.ends) if low < high]
    if one.n >= _SMALL or len(ranged) != 1:
        return _left(one)
    (at,) = ranged
    other = at - 1 if at else 1
    both = one.n - sum(low for place, (low, _) in enumerate(one.ends) if place not in (at, other))
    ends = {at: (0, 2), other: (max(0, both - 2), both)}
    return tuple(ends.get(place, told) for place, told in enumerate(one.ends))


# From raw tables to places


def _places(batches: Sequence[Batch], k: int) -> Iterator[Place]:
    questionnaire = read_questionnaire(PACKAGED / "questionnaire.yaml")
    policy = replace(read_policy(Project(ROOT), questionnaire), k=k)
    for raw, sizes in batches:
        blocks = disclosure.cuts(sizes, k)
        told = [one for one in raw if any(one.n.values())]
        cleared = disclosure.clear(told, blocks, questionnaire.groups, policy)
        exact = disclosure.clear(told, blocks, questionnaire.groups, policy, _EXACT)
        true = {(one.block, one.question, one.answer): one.low for one in exact.findings}
        for asked in asked_of(told, cleared):
            if asked.kind in (Kind.ONE, Kind.SCALE):
                yield from _of(asked, cleared.findings, true)


_EXACT = disclosure.Ways(display=lambda count, _: (count, count))


def _of(
    asked: Asked, findings: Sequence[Finding], true: Mapping[tuple[str, str, str], int]
) -> Iterator[Place]:
    names = CLASSES if asked.kind.rated else tuple(one.id for one in asked.answers)
    blocks = dict.fromkeys(one.block for one in findings if one.question == asked.id)
    for block in blocks:
        here = {
            one.answer: one for one in findings if (one.block, one.question) == (block, asked.id)
        }
        ends = tuple((here[one].low, here[one].high) for one in names)
        total = (here[SUM].low, here[SUM].high) if SUM in here else None
        counts = tuple(true[block, asked.id, one] for one in names)
        yield Place(here[names[0]].n, ends, total, counts)


def test_what_is_told_is_what_the_worlds_leave(batches: Mapping[str, list[Batch]]) -> None:
    """The tables above and the pages agree on what subtraction leaves."""
    (raw, sizes), *_ = next(iter(batches.values()))
    questionnaire = read_questionnaire(PACKAGED / "questionnaire.yaml")
    policy = read_policy(Project(ROOT), questionnaire)
    cleared = disclosure.clear(raw, disclosure.cuts(sizes, 7), questionnaire.groups, policy)
    told = narrowed(cleared.findings, asked_of(raw, cleared))
    for asked in (one for one in asked_of(raw, cleared) if one.kind.rated):
        pages = [one.ends for one in _of(asked, told, _true(told))]
        assert pages == [_left(one) for one in _of(asked, cleared.findings, _true(told))]


def _true(told: Sequence[Finding]) -> dict[tuple[str, str, str], int]:
    return {(one.block, one.question, one.answer): one.low for one in told}
