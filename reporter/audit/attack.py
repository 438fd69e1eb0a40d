"""The attack on what is published: every edition and question, and editions that overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.audit import equations
from reporter.audit.equations import Puzzle
from reporter.audit.intruder import Certain, Contradiction, Memory, attack
from reporter.audit.published import Sight, of_figure
from reporter.audit.solver import Clock, OutOfTime
from reporter.audit.verdict import HOLD, RESTORE, Refusal
from reporter.records import Record, archive

_SAME = "Show one of them only: publish late answers with the next edition"


def attacked(sight: Sight, left: Clock) -> tuple[list[Refusal], int]:
    """Everybody who can be worked out, and how many questions were attacked."""
    found: list[Refusal] = []
    memory, questions = Memory(), 0
    try:
        for records in _together(sight):
            found += _twice(sight, records)
            for one in equations.puzzles(records):
                questions += 1
                found += _attack(sight, records, one, left, memory)
    except OutOfTime:
        what = "the attack did not end in time, and nobody may take that for safety"
        found.append(Refusal("reporter audit", "", what, "Give it more time: --seconds 3600"))
    return found, questions


def _together(sight: Sight) -> list[list[Record]]:
    """Publications that count some of the same people: one each, unless something went wrong."""
    groups: list[list[Record]] = []
    for one in [*sight.frozen.values(), *_strays(sight)]:
        same = [group for group in groups if any(_shares(one, other) for other in group)]
        joined = [member for group in same for member in group]
        groups = [group for group in groups if group not in same] + [[*joined, one]]
    return groups


def _shares(one: Record, other: Record) -> bool:
    return bool(set(one.quarters) & set(other.quarters))


def _strays(sight: Sight) -> Iterator[Record]:
    """Copies of a record that say something else than it does: readers have both."""
    known = {
        edition: {archive.dump(one), archive.dump(sight.shown[edition])}
        for edition, one in sight.frozen.items()
    }
    for built in sight.built:
        name = f"{built.edition}.json"
        text = built.data(name)
        if text is not None and text not in known.setdefault(built.edition, set()):
            known[built.edition].add(text)
            yield archive.read(built.folder / "data" / name)


def _twice(sight: Sight, records: Sequence[Record]) -> Iterator[Refusal]:
    first, *others = records
    for other in others:
        changed = sorted(set(other.findings) - set(first.findings), key=repr)
        what = f"counts people whom {first.edition} counts too; a subtraction tells their answers"
        for finding in (changed or list(other.findings))[:1]:
            yield of_figure(sight, other, finding, what, _SAME)


def _attack(
    sight: Sight, records: Sequence[Record], one: Puzzle, left: Clock, memory: Memory
) -> Iterator[Refusal]:
    told: set[tuple[str, str]] = set()
    try:
        for certain in attack(one.system, left, memory):
            if (certain.people, certain.answer) not in told:
                told.add((certain.people, certain.answer))
                yield _exposed(sight, records, one, certain)
    except Contradiction as error:
        place = one.places[error.people[0]]
        what = "contradicts the other figures of its question: one of them was changed"
        yield _of_place(sight, records, place, "", what, RESTORE)


def _exposed(sight: Sight, records: Sequence[Record], one: Puzzle, certain: Certain) -> Refusal:
    place = one.places[certain.people]
    (people,) = (group.n for group in one.system.people if group.name == certain.people)
    who = f"all {people}" if certain.insider is None else f"all {people - 1} others"
    knower = "anybody" if certain.insider is None else "one who answered"
    answer = place.answer or certain.answer
    no = "did not answer" if place.answer and certain.answer == equations.NO else "answered"
    what = f"lets {knower} be certain that {who} {no} ‘{answer}’ to ‘{place.question}’"
    return _of_place(sight, records, place, answer, what, HOLD)


def _of_place(
    sight: Sight,
    records: Sequence[Record],
    place: equations.Place,
    answer: str,
    what: str,
    mend: str,
) -> Refusal:
    for one in reversed(records):
        found = [f for f in one.findings if (f.block, f.question) == (place.block, place.question)]
        exact = [f for f in found if f.answer == answer]
        if found:
            return of_figure(sight, one, (exact or found)[0], what, mend)
    return Refusal(str(records[-1].edition), place.question, what, mend)
