"""The attacker: everything that is published, as whole-number equations → whose answer is certain.

It knows who was in each group, the rules, and every figure; as an insider it also knows its own
answers. It is certain of others when, in every set of whole numbers that agrees with all that is
published, all of them are in the same class. A point that disagrees is a proof of safety, and is
checked in whole numbers; a solver's word alone is never one.

Longer than most: the bounds, the search and what they share are proved as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reporter.audit.solver import Answer, Clock, Outcome, Point, Programme, Row

Cells = tuple[str, ...]
_Test = Callable[[str], bool]


@dataclass(frozen=True)
class People:
    """People of whom each is in exactly one of `cells`, and the class that each cell counts for."""

    name: str
    n: int
    classes: Mapping[str, Cells]

    @property
    def cells(self) -> Cells:
        """Every cell a person may be in."""
        return tuple(cell for cells in self.classes.values() for cell in cells)


@dataclass(frozen=True)
class Shown:
    """A published figure: the weighted cells add up to between `low` and `high`."""

    weights: Mapping[str, int]
    low: int
    high: int


@dataclass(frozen=True)
class Law:
    """What holds for each of `n` people, those of `scope`: their cells add up to low to high."""

    weights: Mapping[str, int]
    low: int
    high: int
    n: int
    scope: frozenset[str]


@dataclass(frozen=True)
class System:
    """What an attacker knows. An insider is the set of cells they are in themselves."""

    people: tuple[People, ...]
    shown: tuple[Shown, ...] = ()
    laws: tuple[Law, ...] = ()
    insiders: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Certain:
    """All of these people are in this class, as an outsider or the insider knows."""

    people: str
    answer: str
    insider: frozenset[str] | None


class Contradiction(Exception):
    """No whole numbers agree with what is published: some figure in it is wrong."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(", ".join(people))
        self.people = tuple(people)


@dataclass
class Memory:
    """Systems that were solved before: most blocks of most editions look alike."""

    found: dict[object, tuple[tuple[int, int, int], ...] | None] = field(default_factory=dict)


def attack(system: System, clock: Clock, memory: Memory | None = None) -> Iterator[Certain]:
    """Everybody whose class is certain. Parts that share no figure are attacked one by one."""
    memory = memory or Memory()
    for part in parts(system):
        numbered = _Numbered(part)
        if numbered.key not in memory.found:
            memory.found[numbered.key] = _solved(numbered, clock)
        found = memory.found[numbered.key]
        if found is None:
            raise Contradiction([one.name for one in part.people])
        yield from (numbered.told(*one) for one in found)


def reach(system: System, weights: Mapping[str, int], clock: Clock) -> tuple[int, int]:
    """The least and the most that a weighted sum of cells can be, over whole numbers."""
    numbered = _Numbered(system)
    programme = numbered.programme(frozenset(), clock)
    ends = []
    for sign in (-1, 1):
        answer = programme.best({numbered.place[cell]: sign * w for cell, w in weights.items()})
        if answer.outcome is Outcome.IMPOSSIBLE:
            raise Contradiction([one.name for one in system.people])
        ends.append(sign * round(answer.value))
    return ends[0], ends[1]


def parts(system: System) -> list[System]:
    """The system cut where no figure and no law ties two sides together."""
    root: dict[str, str] = {}

    def find(cell: str) -> str:
        while root.setdefault(cell, cell) != cell:
            cell = root[cell]
        return cell

    for cells in _ties(system):
        first, *others = cells
        for cell in others:
            root[find(cell)] = find(first)
    places = dict.fromkeys(find(one.cells[0]) for one in system.people)
    return [_part(system, lambda cell, at=place: find(cell) == at) for place in places]  # type: ignore[misc]


def _ties(system: System) -> Iterator[Sequence[str]]:
    yield from (one.cells for one in system.people)
    yield from (tuple(one.weights) for one in system.shown)
    yield from ((*one.weights, *one.scope) for one in system.laws)


def _part(system: System, inside: _Test) -> System:
    insiders = {frozenset(filter(inside, one)): None for one in system.insiders}
    return System(
        tuple(one for one in system.people if inside(one.cells[0])),
        tuple(one for one in system.shown if inside(next(iter(one.weights)))),
        tuple(one for one in system.laws if inside(next(iter(one.weights)))),
        tuple(one for one in insiders if one),
    )


class _Numbered:
    """A system with columns for cells, so that equal shapes are equal."""

    def __init__(self, system: System) -> None:
        self.system = system
        cells = [cell for one in system.people for cell in one.cells]
        self.place = {cell: number for number, cell in enumerate(cells)}
        self.groups = [
            (one.n, [tuple(self.place[cell] for cell in cells) for cells in one.classes.values()])
            for one in system.people
        ]
        self.shown = [(self._at(one.weights), one.low, one.high) for one in system.shown]
        self.laws = [
            (self._at(one.weights), one.low, one.high, one.n, self._places(one.scope))
            for one in system.laws
        ]
        self.insiders = [self._places(one) for one in system.insiders]
        self.key = repr(
            (self.groups, self.shown, self.laws, [sorted(one) for one in self.insiders])
        )

    def _at(self, weights: Mapping[str, int]) -> dict[int, int]:
        return {self.place[cell]: weight for cell, weight in weights.items()}

    def _places(self, cells: Iterable[str]) -> frozenset[int]:
        return frozenset(self.place[cell] for cell in cells)

    def told(self, group: int, answer: int, insider: int) -> Certain:
        """A finding in the system's own names; insider -1 is an outsider."""
        one = self.system.people[group]
        own = None if insider < 0 else self.system.insiders[insider]
        return Certain(one.name, list(one.classes)[answer], own)

    def others(self, own: frozenset[int]) -> list[Row]:
        """What is known of everybody but the one who is in the cells `own`."""
        rows = [
            Row(dict.fromkeys(cells, 1), n - bool(own & cells), n - bool(own & cells))
            for n, cells in ((n, frozenset().union(*many)) for n, many in self.groups)
        ]
        for weights, low, high in self.shown:
            mine = sum(weights.get(cell, 0) for cell in own)
            rows.append(Row(weights, low - mine, high - mine))
        for weights, low, high, n, scope in self.laws:
            people = n - bool(own & scope)
            rows.append(Row(weights, low * people, high * people))
        return rows

    def programme(self, own: frozenset[int], clock: Clock) -> Programme:
        """The same as a programme to ask."""
        return Programme(len(self.place), self.others(own), clock)


def _holds(rows: Sequence[Row], point: Sequence[int]) -> bool:
    """Whether the point keeps every row, in whole numbers."""
    return min(point, default=0) >= 0 and all(
        row.low <= sum(weight * point[cell] for cell, weight in row.weights.items()) <= row.high
        for row in rows
    )


def _solved(system: _Numbered, clock: Clock) -> tuple[tuple[int, int, int], ...] | None:
    """(group, class, insider) of all that is certain, or None if nothing agrees at all."""
    hunt = _Hunt(system, clock)
    if not hunt.begin():
        return None
    found = [(group, answer, -1) for group, answer in hunt.certain(frozenset())]
    for number, own in enumerate(system.insiders):
        found += [(group, answer, number) for group, answer in hunt.certain(own)]
    return tuple(found)


class _Hunt:
    """Looks for points that let somebody be elsewhere, and keeps every one it has seen."""

    def __init__(self, system: _Numbered, clock: Clock) -> None:
        self.system, self.clock = system, clock
        self.pool: list[Point] = []

    def begin(self) -> bool:
        """A first point, with somebody in as many cells as can be; False if there is none."""
        size = len(self.system.place)
        rows = self.system.others(frozenset())
        rows += [Row({cell: 1, size + cell: -1}, 0, float("inf")) for cell in range(size)]
        rows += [Row({size + cell: 1}, 0, 2) for cell in range(size)]
        answer = Programme(2 * size, rows, self.clock).best(dict.fromkeys(range(size, 2 * size), 1))
        return self._keep(answer, frozenset(), size)

    def certain(self, own: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Which classes all the others of a group must be in."""
        rows = self.system.others(own)
        views = [view for view in (self._view(own, one) for one in self.pool) if _holds(rows, view)]
        programme: Programme | None = None
        for group, answer, outside in self._open(own, views):
            if any(_count(view, outside) for view in views):
                continue
            programme = programme or self.system.programme(own, self.clock)
            best = programme.best(dict.fromkeys(outside, 1))
            if best.outcome is Outcome.IMPOSSIBLE:
                return  # nobody with these answers can be there
            if best.point and _holds(rows, best.point) and _count(best.point, outside):
                views.append(best.point)
                self._keep(best, own, len(self.system.place))
                continue
            yield group, answer

    def _open(
        self, own: frozenset[int], views: Sequence[Point]
    ) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        for group, (n, classes) in enumerate(self.system.groups):
            cells = [cell for many in classes for cell in many]
            if n - bool(own.intersection(cells)) <= 0:
                continue
            for answer, inside in enumerate(classes):
                outside = tuple(cell for cell in cells if cell not in inside)
                if not any(_count(view, outside) for view in views):
                    yield group, answer, outside

    def _view(self, own: frozenset[int], point: Point) -> Point:
        return tuple(count - (cell in own) for cell, count in enumerate(point))

    def _keep(self, answer: Answer, own: frozenset[int], size: int) -> bool:
        if answer.point is None:
            return False
        point = tuple(count + (cell in own) for cell, count in enumerate(answer.point[:size]))
        if not _holds(self.system.others(frozenset()), point):
            return False
        self.pool.append(point)
        return True


def _count(point: Point, cells: Iterable[int]) -> int:
    return sum(point[cell] for cell in cells)
