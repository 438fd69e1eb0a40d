"""An attacker of published records, who shares neither code nor model with the auditor.

It knows every record's rows as JSON, everybody's area, tenure and batch, and the questionnaire. A
block whose people appear in no other figure of a question is solved in closed form; blocks that
share people (two breakdowns, parents told exactly, an edition made again) as one integer programme
over the cells that they cut people into. An insider takes their own answers away first.

Somebody is certain when everyone of their kind who answered, besides the insider, has the same
answer in every whole-numbered world that looks like this; for a tick, when all or none of them do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import highspy
import numpy as np

MAIN, NAMED = "main_reason", "reasons"
GROUP = "group "
CLASSES = ("unfavourable", "neutral", "favourable")
KINDS = ("one", "many", "scale", "text")

Key = tuple[str, str]
"""An edition and one of its blocks."""
Person = tuple[str, str, tuple[str, ...]]
"""Area, tenure, and the editions that count them: one, where the gate is sound."""
Own = Mapping[str, Any]
"""An insider: `person`, and an answer a question: an id, a number, or a set of ids."""
Box = dict[str, tuple[int, int]]
"""Answer → the range that it is told as."""


@dataclass(frozen=True)
class Sure:
    """All of `people` people gave, or did not give, this answer: nobody can doubt it."""

    question: str
    answer: str
    gave: bool
    where: tuple[Key, ...]
    people: int
    insider: bool


@dataclass
class Told:
    """What one block tells of one question."""

    kind: str
    n: int
    most: int
    names: Mapping[str, str]
    """Answer → what it is told as: itself, or its group in a small batch."""
    points: tuple[int, ...] = ()
    box: Box = field(default_factory=dict)
    total: tuple[int, int] | None = None
    """The range of the sum of points."""
    mains: range = range(1)
    """How many gave a main reason, where that is not told: fewer than k, if it is withheld."""


Certain = Callable[["Part", Own | None], Iterator[Sure]]


def attack(
    published: Sequence[Mapping[str, Any]],
    people: Counter[Person],
    insiders: Iterable[Own] = (),
    certain: Certain | None = None,
) -> set[Sure]:
    """Everybody of whom an outsider, or one of these insiders, can be certain.

    Each part is solved in closed form where there is one, unless `certain` solves it.
    """
    told: dict[str, dict[Key, Told]] = defaultdict(dict)
    for one in published:
        for question, rows in _told(one).items():
            told[question] |= rows
    linked = [one for one in (NAMED, MAIN) if one in told]
    families = [linked] * bool(linked) + [[one] for one in told if one not in linked]
    near = _near(published, people)
    known: dict[Key, list[Own]] = defaultdict(list)
    for own in insiders:
        for key in near[own["person"]]:
            known[key].append(own)
    return {
        sure
        for family in families
        for part in _components({one: told[one] for one in family}, near, people)
        for own in (None, *_distinct(part, family, near, known))
        for sure in (certain or _certain)(part, own)
    }


# What is told, and of whom


def _told(record: Mapping[str, Any]) -> dict[str, dict[Key, Told]]:
    asked = {one["id"]: one for one in record["asked"]}
    found: dict[str, dict[Key, Told]] = {}
    for block, question, answer, n, low, high in record["findings"]:
        one = asked[question]
        names = _names(asked, question)
        assert one["kind"] in KINDS, f"nobody has thought of an attack on {one['kind']}"
        blank = Told(one["kind"], n, one.get("most", 0), names)
        if one["kind"] == "scale":
            blank.points = tuple(int(ident) for ident, _, _ in one["answers"])
        if question == NAMED:
            blank.mains = range(record["k"] if [block, MAIN] in record["withheld"] else n + 1)
        rows = found.setdefault(question, {}).setdefault((record["edition"], block), blank)
        if answer == "sum":
            rows.total = low, high
        else:
            rows.box[answer if answer in names.values() else f"{GROUP}{answer}"] = _meant(
                n, low, high
            )
    return found


def _meant(n: int, low: int, high: int) -> tuple[int, int]:
    """What the rules make of a range: "at most 2" is tried first, so "at least" means 3 or more."""
    return (max(low, 3), high) if low < high == n else (low, high)


def _names(asked: Mapping[str, Any], question: str) -> dict[str, str]:
    """Main reasons may be told by group while the reasons named are told one by one."""
    finest = {ident: group for ident, group, _ in asked[NAMED]["answers"]} if NAMED in asked else {}
    told = {ident for ident, _, _ in asked[question]["answers"]}
    if question != MAIN or not finest or told == finest.keys():
        return {one: one for one in (*told, *CLASSES, "wrote", "none")}
    return {one: f"{GROUP}{group}" for one, group in finest.items()}


Near = Mapping[Person, frozenset[Key]]
"""Person → all the blocks that count them."""


def _near(published: Sequence[Mapping[str, Any]], people: Iterable[Person]) -> Near:
    blocks = [(one["edition"], *block) for one in published for block in one["blocks"]]
    return {
        person: frozenset(
            (edition, block)
            for edition, block, breakdown, members, _ in blocks
            if edition in person[2]
            and (breakdown == "none" or person[breakdown == "tenure"] in members)
        )
        for person in people
    }


@dataclass(frozen=True)
class Part:
    """Questions, the blocks that share people, and how many people lie in which of them."""

    told: Mapping[str, Mapping[Key, Told]]
    cells: Mapping[tuple[Key, ...], int]


def _components(
    told: Mapping[str, Mapping[Key, Told]], near: Near, people: Counter[Person]
) -> Iterator[Part]:
    keys = {key for rows in told.values() for key in rows}
    cells: Counter[tuple[Key, ...]] = Counter()
    for person, count in people.items():
        cells[tuple(sorted(near[person] & keys))] += count
    left = {cell: count for cell, count in cells.items() if cell}
    while left:
        joined = set(next(iter(left)))
        while more := {key for cell in left if joined & set(cell) for key in cell} - joined:
            joined |= more
        mine = {cell: count for cell, count in left.items() if joined & set(cell)}
        left = {cell: count for cell, count in left.items() if cell not in mine}
        kept = {q: {k: one for k, one in rows.items() if k in joined} for q, rows in told.items()}
        yield Part(kept, mine)


def _distinct(
    part: Part, family: Sequence[str], near: Near, known: Mapping[Key, Sequence[Own]]
) -> list[Own]:
    """Insiders of this part, one of each kind that answers alike."""
    keys = {key for cell in part.cells for key in cell}
    found: dict[object, Own] = {}
    for own in (one for key in keys for one in known.get(key, ())):
        answers = tuple((q, _frozen(own[q])) for q in family if own.get(q) is not None)
        if answers:
            cell = tuple(sorted(near[own["person"]] & keys))
            found.setdefault((cell, answers), {**own, "cell": cell})
    return list(found.values())


def _frozen(answer: object) -> object:
    return tuple(sorted(answer)) if isinstance(answer, (set, list)) else answer


def _certain(part: Part, own: Own | None) -> Iterator[Sure]:
    if len({key for cell in part.cells for key in cell}) > 1:
        yield from tangled(part, own)
        return
    (cell,) = part.cells
    rows = {question: of[cell[0]] for question, of in part.told.items() if cell[0] in of}
    if {NAMED, MAIN} & rows.keys():
        found = _reasons(rows, own)
    else:
        ((question, one),) = rows.items()
        found = _many(question, one, own) if one.kind == "many" else _single(question, one, own)
    for question, answer, gave, people in found:
        yield Sure(question, answer, gave, cell, people, own is not None)


Found = Iterator[tuple[str, str, bool, int]]


# One block by itself: everybody gives one answer


def _single(question: str, one: Told, own: Own | None) -> Found:
    box, n, given = dict(one.box), one.n, own.get(question) if own else None
    if one.kind == "text":
        box["none"] = n - box["wrote"][1], n - box["wrote"][0]
    if given is not None:
        mine = given if isinstance(given, str) else _class(one, given)
        box = _without(box, one.names[mine])
        n -= 1
    if one.total is not None:
        low, high = one.total
        box = _within(box, n, (low - (given or 0), high - (given or 0)))
    for answer, (low, _) in box.items():
        others = sum(high for key, (_, high) in box.items() if key != answer)
        if n and max(low, n - others) >= n:
            yield question, answer, True, n


def _class(one: Told, point: int) -> str:
    low, high = (7, 9) if len(one.points) == 11 else (3, 4)
    return CLASSES[(point >= low) + (point >= high)]


def _without(box: Box, answer: str) -> Box:
    low, high = box[answer]
    return {**box, answer: (max(low - 1, 0), high - 1)}


def _within(box: Box, n: int, total: tuple[int, int]) -> Box:
    """The ranges of a five-point scale's classes once the sum of points is heeded."""
    ranges = [range(low, min(high, n) + 1) for low, high in (box[one] for one in CLASSES)]
    fits = [
        (u, m, f)
        for u, m, f in product(*ranges)
        if u + m + f == n and u + 3 * m + 4 * f <= total[1] and 2 * u + 3 * m + 5 * f >= total[0]
    ]
    assert fits, "a respondent's own answer must fit what is told"
    columns = zip(*fits, strict=True)
    return {one: (min(col), max(col)) for one, col in zip(CLASSES, columns, strict=True)}


# One block by itself: ticks, and main reasons among them


def _many(question: str, one: Told, own: Own | None) -> Found:
    named = own.get(question) if own else None
    ticks = _Ticks(one.n, one.most, dict(one.box), {}, {}, [0])
    yield from _ticked(question, ticks.less(None, named) if named else ticks)


@dataclass(frozen=True)
class _Ticks:
    """n people who tick 1 to `most` answers besides a main one, which `mains` of them give.

    Whole numbers within these ranges are a possible world exactly if the totals fit: rows with
    room for `most` and one forbidden column meet Hall's condition for every set of columns.
    """

    n: int
    most: int
    named: Box
    main: Box
    """Main reasons, one by one or by group; empty where they are not told."""
    names: Mapping[str, str]
    """Reason → what it is told as when it is a main one."""
    mains: Sequence[int]
    """How many people may have given a main reason."""

    def less(self, main: str | None, named: Iterable[str]) -> _Ticks:
        """What is left for the others."""
        box, mine = dict(self.named), self.main
        for one in named:
            box = _without(box, one)
        if main and mine:
            mine = _without(mine, self.names[main])
        mains = [one - bool(main) for one in self.mains if one >= bool(main)]
        return replace(self, n=self.n - 1, named=box, main=mine, mains=mains)

    def possible(self) -> bool:
        return any(self._fits(mains) for mains in self.mains)

    def _fits(self, mains: int) -> bool:
        named = {one: (low, min(high, self.n)) for one, (low, high) in self.named.items()}
        if any(low > high for low, high in named.values()) or mains > self.n:
            return False
        parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for one, ends in named.items():
            parts[self.names.get(one, one)].append(ends)
        least = most = carried = room = 0
        for part, ends in parts.items():
            low, high = (sum(column) for column in zip(*ends, strict=True))
            floor, ceiling = self.main.get(part, (0, mains))
            base = max(low, floor)
            if base > high:
                return False
            least, most = least + base, most + high
            carried, room = carried + min(ceiling, base), room + min(ceiling, high)
        need = max(0, mains - carried)
        floors = sum(low for low, _ in self.main.values())
        fits = floors <= mains <= room and least + need <= self.most * self.n + mains
        return fits and most >= self.n


def _ticked(question: str, ticks: _Ticks) -> Found:
    for one, (low, high) in ticks.named.items():
        if low == 0 and not replace(ticks, named={**ticks.named, one: (1, high)}).possible():
            yield question, one, False, ticks.n
        below = min(high, ticks.n - 1)
        if (
            high >= ticks.n
            and not replace(ticks, named={**ticks.named, one: (low, below)}).possible()
        ):
            yield question, one, True, ticks.n


def _reasons(rows: Mapping[str, Told], own: Own | None) -> Found:
    main, named = rows.get(MAIN), rows.get(NAMED)
    given = (own.get(MAIN), own.get(NAMED)) if own else (None, None)
    if named is None:
        if main:
            yield from _single(MAIN, main, own)
        return
    mains = [main.n] if main else [*named.mains]
    box = main.box if main else {}
    ticks = _Ticks(
        named.n, named.most - 1, dict(named.box), dict(box), main.names if main else {}, mains
    )
    if given[1]:
        ticks = ticks.less(given[0], given[1])
    assert ticks.possible(), "a respondent's own answers must fit what is told"
    yield from _ticked(NAMED, ticks)
    for one, (low, high) in ticks.main.items():
        people = ticks.mains[0]
        fewer = replace(ticks, main={**ticks.main, one: (low, min(high, people - 1))})
        if people and high >= people and not fewer.possible():
            yield MAIN, one, True, people


# Blocks that share people


Cell = tuple[Key, ...]
"""People whom the same blocks count."""
Sum = dict[int, int]
"""Column → coefficient."""


class _Program:
    """Whole numbers under linear rows. Each point found is kept: most questions need no other."""

    def __init__(self) -> None:
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.rows: list[tuple[Sum, int, int]] = []
        self.highs: list[int] = []
        self.points: list[list[int]] = []

    def column(self, high: int) -> int:
        self.solver.addVar(0, high)
        self.highs.append(high)
        place = len(self.highs) - 1
        self.solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        return place

    def row(self, parts: Sum, low: int, high: int) -> None:
        self.rows.append((parts, low, high))
        columns, factors = (
            np.array(list(parts), dtype=np.int32),
            np.array(list(parts.values()), float),
        )
        self.solver.addRow(low, high, len(parts), columns, factors)

    def any(self, parts: Sum) -> bool:
        """Whether some whole-numbered world has at least one of these."""
        if any(_value(point, parts) > 0 for point in self.points):
            return True
        costs = np.zeros(len(self.highs))
        costs[list(parts)] = list(parts.values())
        every = np.arange(len(costs), dtype=np.int32)
        self.solver.changeColsCost(len(costs), every, costs)
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        point = [round(one) for one in self.solver.getSolution().col_value]
        assert all(low <= _value(point, one) <= high for one, low, high in self.rows)
        self.points.append(point)
        return _value(point, parts) > 0


def _value(point: Sequence[int], parts: Sum) -> int:
    return sum(factor * point[column] for column, factor in parts.items())


def _plus(*sums: Sum) -> Sum:
    return {column: 1 for one in sums for column in one}


def tangled(part: Part, own: Own | None) -> Iterator[Sure]:
    sizes = dict(part.cells)
    if own:
        sizes[own["cell"]] -= 1
    sizes = {cell: size for cell, size in sizes.items() if size}
    program = _Program()
    gave = _ticks_of(program, part, sizes) if NAMED in part.told or _kind(part) == "many" else None
    gave = gave or _answers_of(program, part, sizes)
    for question, rows in part.told.items():
        for key, one in rows.items():
            mine = own if own and key in own["cell"] else None
            _tell(program, gave[question], key, one, mine and mine.get(question))
    for question, cells in gave.items():
        for cell, by in cells.items():
            yield from _sure_of(program, part, question, cell, by, own is not None)


def _kind(part: Part) -> str:
    return next(one.kind for rows in part.told.values() for one in rows.values())


By = dict[str, Sum]
"""What a cell's people answered: answer → the columns that count them; "" for all who answered."""
Gave = dict[str, dict[Cell, By]]
"""Question → cell → what its people answered."""


def _answers_of(program: _Program, part: Part, sizes: Mapping[Cell, int]) -> Gave:
    ((question, rows),) = part.told.items()
    some = next(iter(rows.values()))
    finest = sorted({a for one in rows.values() for a in one.box})
    finest = [str(p) for p in some.points] or ([*finest, "none"] if some.kind == "text" else finest)
    found: dict[Cell, By] = {}
    for cell, size in sizes.items():
        by: By = {one: {program.column(size): 1} for one in finest}
        program.row(everyone := _plus(*by.values()), 0, size)
        if some.points:
            for point in some.points:
                name = _class(some, point)
                by[name] = _plus(by.get(name, {}), by[str(point)])
        found[cell] = {**by, "": everyone}
    return {question: found}


def _ticks_of(program: _Program, part: Part, sizes: Mapping[Cell, int]) -> Gave:
    """Main reasons and other ticks of each cell; a row's room is Hall's condition again."""
    question = NAMED if NAMED in part.told else next(iter(part.told))
    some = next(iter(part.told[question].values()))
    named: dict[Cell, By] = {}
    main: dict[Cell, By] = {}
    told = bool(part.told.get(MAIN))
    for cell, size in sizes.items():
        people = program.column(size)
        others = {one: {program.column(size): 1} for one in some.box}
        mains: By = {one: {program.column(size): 1} for one in some.box} if told else {}
        everyone = _plus(*mains.values())
        named[cell] = {one: _plus(others[one], mains.get(one, {})) for one in some.box}
        for one in named[cell].values():
            program.row({**one, people: -1}, -size, 0)
        ticks, most = _plus(*others.values()), some.most - told
        program.row({**ticks, people: -most}, -most * size, 0)
        program.row({**ticks, **everyone, people: -1}, 0, most * size + size)
        if told:
            program.row({**everyone, people: -1}, -size, 0)
            names = {pair for one in part.told[MAIN].values() for pair in one.names.items()}
            for one, name in sorted(names):
                mains[name] = _plus(mains.get(name, {}), mains.get(one, {}))
            main[cell] = {**mains, "": everyone}
        named[cell][""] = {people: 1}
    return {question: named, **({MAIN: main} if told else {})}


def _tell(program: _Program, gave: Mapping[Cell, By], key: Key, one: Told, own: Any) -> None:
    """The block's figures as rows, an insider's own part taken away."""
    mine = [by for cell, by in gave.items() if key in cell]
    points = own if isinstance(own, int) else 0
    if isinstance(own, int):
        own = _class(one, own)
    answers = {own} if isinstance(own, str) else set(own or ())
    answers = {one.names.get(answer, answer) for answer in answers}
    for answer, (low, high) in one.box.items():
        less = answer in answers
        parts = _plus(*(by[answer] for by in mine))
        program.row(parts, low - less, high - less)
    people = one.n - bool(answers)
    program.row(_plus(*(by[""] for by in mine)), people, people)
    if one.total:
        sums = {c: p for p in one.points for by in mine for c in by[str(p)]}
        program.row(sums, one.total[0] - points, one.total[1] - points)


def _sure_of(
    program: _Program, part: Part, question: str, cell: Cell, by: By, insider: bool
) -> Iterator[Sure]:
    ticks = question == NAMED or next(iter(part.told[question].values())).kind == "many"
    shown = {answer for one in part.told[question].values() for answer in one.box}
    shown |= {"none"} & by.keys()
    for answer in shown:
        gave = by[answer]
        if not program.any(by[""]):
            continue
        if ticks and not program.any(gave):
            yield Sure(question, answer, False, cell, part.cells[cell], insider)
        rest = {one: by[""].get(one, 0) - gave.get(one, 0) for one in {**by[""], **gave}}
        if not program.any(rest):
            yield Sure(question, answer, True, cell, part.cells[cell], insider)
