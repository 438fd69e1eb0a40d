"""What one edition publishes about related questions → the system an attacker would solve.

Nothing of the gate is taken for granted: whatever stands in the rows is modelled, so that a line
for everyone told more sharply than its blocks, or an edition published twice, is found out.

Longer than most: what is asked, shown and related must be read side by side to be believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import assert_never

from reporter.audit.intruder import Law, People, Shown, System
from reporter.audit.subgroups import Seen, Slice, seen
from reporter.records import Asked, Block, Finding, Record
from reporter.records.findings import (
    FAVOURABLE,
    MAIN,
    NEUTRAL,
    OTHERS,
    REASONS,
    SUM,
    UNFAVOURABLE,
    WROTE,
)
from survey.questions import Kind

SAID = "said_"
YES, NO = "yes", "no"
_FIVE = {UNFAVOURABLE: ("1", "2"), NEUTRAL: ("3",), FAVOURABLE: ("4", "5")}
_FEW = 200
"""So many ways to tick are tried one by one; of more, the fewest and the most ticks."""


@dataclass(frozen=True)
class Place:
    """Where people stand: what they were asked, in which block, and for a tick which answer."""

    question: str
    block: str
    answer: str = ""


@dataclass(frozen=True)
class Puzzle:
    """One system, and where each of its groups of people stands."""

    system: System
    places: Mapping[str, Place]


def puzzles(records: Sequence[Record]) -> Iterator[Puzzle]:
    """Every system of records that count some of the same people, smallest batch first.

    An edition by itself is the common case; more than one is what a page rebuilt with a late
    answer gives away.
    """
    done: set[str] = set()
    asked = {one.id: one for record in records for one in record.asked}
    for ident, question in asked.items():
        if ident in done:
            continue
        family = [asked[one] for one in _related(question, asked)]
        done.update(one.id for one in family)
        yield _puzzle(family, records)


def _related(asked: Asked, known: Iterable[str]) -> list[str]:
    """The question with those whose answers follow from one another."""
    if asked.id in (REASONS, MAIN):
        return [one for one in (REASONS, MAIN) if one in known]
    if asked.kind.written:
        return [asked.id, *(one for one in known if one.startswith(f"{SAID}{asked.id}_"))]
    return [asked.id]


@dataclass
class _Draft:
    """A system in the making."""

    people: list[People] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    laws: list[Law] = field(default_factory=list)
    insiders: list[frozenset[str]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def done(self) -> Puzzle:
        """The system as a frozen value."""
        lists = (self.people, self.shown, self.laws, self.insiders)
        return Puzzle(System(*map(tuple, lists)), self.places)  # type: ignore[arg-type]


def _puzzle(family: Sequence[Asked], records: Sequence[Record]) -> Puzzle:
    draft = _Draft()
    sliced = {asked.id: seen(asked, records) for asked in family}
    for asked in family:
        _ask(draft, asked, sliced[asked.id])
    if len(family) > 1 and all(sliced.values()):
        _relate(draft, family, sliced)
    return draft.done()


# Cells


def _ask(draft: _Draft, asked: Asked, seen: Sequence[Seen]) -> None:
    """People, figures and insiders of one question."""
    match asked.kind:
        case Kind.ONE:
            _ask_one(draft, asked, seen, {one: (one,) for one in _answers(asked, seen)})
        case Kind.SCALE:
            _ask_one(draft, asked, seen, _points(seen))
        case Kind.MANY | Kind.TEXT:
            _ask_each(draft, asked, seen, _answers(asked, seen))
        case _:
            assert_never(asked.kind)


def _ask_one(
    draft: _Draft, asked: Asked, seen: Sequence[Seen], classes: Mapping[str, tuple[str, ...]]
) -> None:
    """Everybody gave one answer: who is not in one class is in another."""
    for part in _slices(seen):
        _choose(draft, asked, part, classes)
    for one in seen:
        draft.shown += _shown_choice(asked, one, classes)


def _ask_each(draft: _Draft, asked: Asked, seen: Sequence[Seen], answers: Sequence[str]) -> None:
    """Each answer was given or not, whatever the others."""
    for part in _slices(seen):
        _tick(draft, asked, part, answers)
    for one in seen:
        untold = {answer: (0, 2) for answer in answers if asked.id.startswith(SAID)}
        for answer, (low, high) in {**untold, **one.ranges}.items():
            cells = [_cell(asked.id, part, f"{answer}:{YES}") for part in one.slices]
            draft.shown.append(Shown(dict.fromkeys(cells, 1), low, high))


def _slices(seen: Sequence[Seen]) -> Iterable[Slice]:
    return dict.fromkeys(part for one in seen for part in one.slices)


def _cell(question: str, part: Slice, answer: str) -> str:
    return f"{question}|{part.name}|{answer}"


def _points(seen: Sequence[Seen]) -> dict[str, tuple[str, ...]]:
    """A scale's class → its points where their sum is told, else the class itself."""
    has_sum = any(SUM in one.ranges for one in seen)
    return _FIVE if has_sum else {one: (one,) for one in _FIVE}


def _answers(asked: Asked, seen: Sequence[Seen]) -> list[str]:
    told = [answer for one in seen for answer in one.ranges if answer != SUM]
    return list(dict.fromkeys([*_listed(asked), *told]))


def _listed(asked: Asked) -> list[str]:
    """The answers that could be told, whether or not they are."""
    match asked.kind:
        case Kind.ONE | Kind.MANY | Kind.SCALE:
            return [one.id for one in asked.answers]
        case Kind.TEXT:
            return [WROTE]
        case _:
            assert_never(asked.kind)


def _choose(
    draft: _Draft, asked: Asked, part: Slice, classes: Mapping[str, tuple[str, ...]]
) -> None:
    """Everybody in the slice is in one cell."""
    name = f"{asked.id}|{part.name}"
    cells = {
        one: tuple(_cell(asked.id, part, answer) for answer in answers)
        for one, answers in classes.items()
    }
    draft.people.append(People(name, part.n, cells))
    draft.places[name] = Place(asked.id, part.block)
    draft.insiders += [frozenset({cell}) for many in cells.values() for cell in many]


def _shown_choice(
    asked: Asked, seen: Seen, classes: Mapping[str, tuple[str, ...]]
) -> Iterator[Shown]:
    for answer, (low, high) in seen.ranges.items():
        points = {one: int(one) for many in classes.values() for one in many if answer == SUM}
        worth = points or dict.fromkeys(classes.get(answer, ()), 1)
        weights = {
            _cell(asked.id, part, one): weight
            for part in seen.slices
            for one, weight in worth.items()
        }
        yield Shown(weights, low, high)


def _tick(draft: _Draft, asked: Asked, part: Slice, answers: Sequence[str]) -> None:
    """Every answer is a yes or no of its own, tied by how many one person may tick."""
    scope = []
    for answer in answers:
        name = f"{asked.id}|{part.name}|{answer}"
        yes, no = (_cell(asked.id, part, f"{answer}:{one}") for one in (YES, NO))
        draft.people.append(People(name, part.n, {YES: (yes,), NO: (no,)}))
        draft.places[name] = Place(asked.id, part.block, answer)
        scope += [yes, no]
    least, most = _ticks(asked, len(answers))
    yeses = dict.fromkeys(scope[::2], 1)
    if len(answers) > 1:
        draft.laws.append(Law(yeses, least, most, part.n, frozenset(scope)))
    for ticked in _ways(answers, least, most):
        own = (_cell(asked.id, part, f"{one}:{YES if one in ticked else NO}") for one in answers)
        draft.insiders.append(frozenset(own))


def _ticks(asked: Asked, size: int) -> tuple[int, int]:
    """How many one person ticks: those who ticked none are not in the base of a question."""
    if asked.id.startswith(SAID):
        return 0, size
    match asked.kind:
        case Kind.ONE | Kind.MANY | Kind.SCALE:
            return 1, asked.most or size
        case Kind.TEXT:
            return 0, size
        case _:
            assert_never(asked.kind)


def _ways(answers: Sequence[str], least: int, most: int) -> Iterator[frozenset[str]]:
    """What an insider may have ticked: every way if they are few, else the fewest and the most."""
    ways = [
        frozenset(one)
        for size in range(least, min(most, len(answers)) + 1)
        for one in combinations(answers, size)
        if len(answers) <= _FEW
    ] if len(answers) <= 8 else []  # fmt: skip
    if ways and len(ways) <= _FEW:
        yield from ways
        return
    many = min(most, len(answers))
    round_trip = [*answers, *answers]
    for at, answer in enumerate(answers):
        yield frozenset({answer})
        yield frozenset(round_trip[at : at + many])


# Relations


def _relate(draft: _Draft, family: Sequence[Asked], sliced: Mapping[str, list[Seen]]) -> None:
    """Tie what follows from one another, where both are shown of the same people."""
    first, *others = family
    slices = dict.fromkeys(part for one in sliced[first.id] for part in one.slices)
    for other in others:
        theirs = {part.name: part for one in sliced[other.id] for part in one.slices}
        for part in slices:
            if part.name in theirs and part.n >= theirs[part.name].n:
                _tie(draft, first, other, part, theirs[part.name], sliced)


def _tie(
    draft: _Draft,
    first: Asked,
    other: Asked,
    part: Slice,
    theirs: Slice,
    sliced: Mapping[str, list[Seen]],
) -> None:
    """A main reason is a named one; who said something wrote something."""
    scope = frozenset(
        cell
        for one in draft.people
        for cell in one.cells
        if cell.startswith(f"{first.id}|{part.name}|")
    )
    if other.id == MAIN:
        _tie_reasons(draft, first, other, part, theirs, sliced, scope)
        return
    for answer in _answers(other, sliced[other.id]):
        yes = _cell(first.id, part, f"{WROTE}:{YES}")
        named = _cell(other.id, theirs, f"{answer}:{YES}")
        draft.laws.append(Law({yes: 1, named: -1}, 0, 1, part.n, scope))


def _tie_reasons(
    draft: _Draft,
    first: Asked,
    other: Asked,
    part: Slice,
    theirs: Slice,
    sliced: Mapping[str, list[Seen]],
    scope: frozenset[str],
) -> None:
    named = {
        one: _cell(first.id, part, f"{one}:{YES}") for one in _answers(first, sliced[first.id])
    }
    groups = {one.id: one.group for one in first.answers}
    mains = {one: _cell(other.id, theirs, one) for one in _answers(other, sliced[other.id])}
    for main, cell in mains.items():
        inside = [main] if main in named and _single(other, first) else [
            one for one in named if groups.get(one) == main
        ]  # fmt: skip
        weights = {named[one]: 1 for one in inside}
        if weights:
            draft.laws.append(Law({**weights, cell: -1}, 0, len(inside), part.n, scope))
    if first.most:
        every = {**dict.fromkeys(named.values(), 1), **dict.fromkeys(mains.values(), -1)}
        draft.laws.append(Law(every, 0, first.most - 1, part.n, scope))
    _insiders(draft, first, other, part, theirs, named, mains)


def _single(main: Asked, named: Asked) -> bool:
    """Whether the main reason is told reason by reason, rather than merged into groups."""
    return {one.id for one in main.answers} == {one.id for one in named.answers}


def _insiders(
    draft: _Draft,
    first: Asked,
    other: Asked,
    part: Slice,
    theirs: Slice,
    named: Mapping[str, str],
    mains: Mapping[str, str],
) -> None:
    """Whoever answered both knows both: replace those who would know only one."""
    groups = {one.id: one.group for one in first.answers}
    prefixes = f"{first.id}|{part.name}|", f"{other.id}|{theirs.name}|"
    draft.insiders = [
        one for one in draft.insiders if not any(cell.startswith(prefixes) for cell in one)
    ]
    answers = list(named)
    for at, answer in enumerate(answers):
        main = mains.get(answer) if _single(other, first) else mains.get(groups.get(answer, ""))
        for size in (1, first.most or len(answers)):
            ticked = {answers[(at + step) % len(answers)] for step in range(size)}
            own = {
                _cell(first.id, part, f"{one}:{YES if one in ticked else NO}") for one in answers
            }
            draft.insiders.append(frozenset(own | ({main} if main else set())))


# What cannot be shown to be safe at all


def overlaps(record: Record) -> Iterator[tuple[Finding, str]]:
    """Figures that count some of the same people in two ways, whatever the numbers are."""
    blocks = {block.id: block for block in record.blocks}
    for asked in record.asked:
        found = [one for one in record.findings if one.question == asked.id]
        first: dict[str, Finding] = {}
        for one in found:
            first.setdefault(one.block, one)
        cut = [(blocks[one], first[one]) for one in first if one in blocks and blocks[one].members]
        for (here, _), (other, finding) in combinations(cut, 2):
            if here.breakdown != other.breakdown:
                yield finding, f"it is divided by {here.breakdown} and by {other.breakdown}"
                break
            if set(here.members) & set(other.members):
                yield finding, "two of its groups hold some of the same people"
                break
    yield from _two_cuts(record, blocks)


def _two_cuts(record: Record, blocks: Mapping[str, Block]) -> Iterator[tuple[Finding, str]]:
    """A main reason is a named one: in other groups, or beside the rest, it is a second cut."""
    told = {one.question: one for one in record.findings}
    if REASONS in told and OTHERS in told:
        yield told[OTHERS], f"stands beside ‘{REASONS}’: of main, other and all two tell the third"
    cuts = {
        question: {
            blocks[one.block].breakdown
            for one in record.findings
            if one.question == question and one.block in blocks
        }
        for question in (REASONS, MAIN)
    }
    if all(cuts.values()) and len(cuts[REASONS] | cuts[MAIN]) > 1:
        yield told[MAIN], f"is divided by other groups than ‘{REASONS}’, which counts it too"
