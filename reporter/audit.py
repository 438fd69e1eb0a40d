"""The auditor: reads what is built and what was frozen, attacks it, and refuses or passes.

It has its own eyes. It never reads tables or a batch, shares no code with the pages it reads, and
takes no rule of the gate for granted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reporter import corrections, puzzle, reading, record, register, rules
from reporter.attacker import Certain, Contradiction, Memory, attack
from reporter.findings import Finding
from reporter.frame import Frame
from reporter.phrases import Told, tongue
from reporter.puzzle import Puzzle
from reporter.reading import Built, Page, Publication
from reporter.record import Record
from reporter.register import Entry
from reporter.settings import Files
from reporter.solver import Clock, OutOfTime, clock
from reporter.verdict import HOLD, REBUILD, RESTORE, Refusal, Verdict, unique
from survey import documents

SECONDS = 300.0
"""How long an audit may take before it refuses."""

_SAME = "Show one of them only: publish late answers with the next edition"


@dataclass(frozen=True)
class Sight:
    """Everything that the auditor looks at."""

    frozen: Mapping[str, Record]
    """Edition → its record, withdrawn figures and all: readers have seen them."""
    shown: Mapping[str, Record]
    """Edition → its record without what was withdrawn."""
    built: Sequence[Built]

    @cached_property
    def figures(self) -> Mapping[Built, Sequence[tuple[Page, Told]]]:
        """Every figure on every page of each edition and language."""
        return {built: _figures(self, built) for built in self.built}


def site(
    files: Files,
    seconds: float = SECONDS,
    fresh: Sequence[Record] = (),
    aside: Mapping[Publication, Path] | None = None,
    noted: Sequence[record.Note] | None = None,
) -> Verdict:
    """Look at everything that is published, together with what is about to be.

    `fresh` records and `aside` folders are not in place yet; `noted` stands in for the notes kept.
    """
    frozen = {str(one.edition): one for one in (*_records(files.editions), *fresh)}
    notes = corrections.notes(files.editions) if noted is None else noted
    shown = {key: corrections.visible(one, notes) for key, one in frozen.items()}
    public = files.project.site / "public"
    sight = Sight(frozen, shown, reading.published(public, aside))
    found = [*_register(files, public, frozen, {str(one.edition) for one in fresh})]
    found += [*_records_of(sight), *_copies(sight), *_numbers(sight)]
    attacked, questions = _attacked(sight, clock(seconds))
    pages = [page for built in sight.built for page in built.pages]
    figures = sum(map(len, sight.figures.values()))
    refusals = tuple(unique([*found, *attacked]))
    return Verdict(len(frozen), len(pages), figures, questions, refusals)


def _records(folder: Path) -> list[Record]:
    """Every record as frozen. Two of the same quarter are attacked, not only complained about."""
    return [record.read(path) for path in sorted(folder.glob("????-q?.json"))]


# Records: whole, unchanged, none missing


def _register(
    files: Files, public: Path, frozen: Mapping[str, Record], fresh: set[str]
) -> Iterator[Refusal]:
    where = "site/editions"
    entries = register.read(files.editions)
    for edition in register.broken(entries):
        yield Refusal(f"{where}/{register.NAME}", edition, "was changed in the register", RESTORE)
    hashes = {one.edition: one.sha256 for one in entries}
    for edition in hashes.keys() - frozen.keys():
        yield Refusal(f"{where}/{edition}.json", "", "the record is missing", RESTORE)
    for edition, one in frozen.items():
        path, name = files.edition(one.edition), f"{where}/{edition}.json"
        text = documents.text_of(path) if path.exists() else record.dump(one)
        if edition not in hashes.keys() | fresh:
            yield Refusal(name, "", "is in no register: it was never published", RESTORE)
        elif hashes.get(edition, register.sha256(text)) != register.sha256(text):
            yield Refusal(name, "", "was changed after it was published", RESTORE)
    yield from _witnesses(public, hashes)


def _witnesses(public: Path, hashes: Mapping[str, str]) -> Iterator[Refusal]:
    """Every edition carries the register of its day: a rewritten one contradicts the others."""
    for built in reading.published(public):
        text = built.data(register.NAME)
        if text is None:
            yield Refusal(f"{built.address}data/{register.NAME}", "", "is missing", REBUILD)
        for one in register.parse(text, built.address) if text else ():
            if hashes.get(one.edition, one.sha256) != one.sha256:
                what = "was published with other figures than the record has now"
                yield Refusal(f"{built.address}data/{register.NAME}", one.edition, what, RESTORE)


def _records_of(sight: Sight) -> Iterator[Refusal]:
    leaves: dict[str, str] = {}
    for edition, one in sight.frozen.items():
        for fault in record.faults(one):
            yield Refusal(f"site/editions/{edition}.json", "", fault, RESTORE)
        for leaf in one.leaves:
            first = leaves.setdefault(leaf, edition)
            if first != edition:
                what = f"an answer counted in {first} is counted here again"
                yield Refusal(f"site/editions/{edition}.json", "", what, RESTORE)
                break
        for finding, what in (*rules.broken(one), *puzzle.overlaps(one)):
            yield _of_figure(sight, one, finding, what, HOLD)


# Copies: each language's data files say what the record says


def _copies(sight: Sight) -> Iterator[Refusal]:
    found = {(built.language, built.edition): built for built in sight.built}
    for edition, one in sight.shown.items():
        for language in one.languages:
            built = found.get((language, edition))
            if built is None:
                yield Refusal(f"{language}/{edition}/", "", "is missing", REBUILD)
            else:
                yield from _copy(built, one)
    for built in sight.built:
        if built.edition not in sight.frozen:
            yield Refusal(built.address, "", "has no record", RESTORE)


def _copy(built: Built, one: Record) -> Iterator[Refusal]:
    leaves = "".join(f"{leaf}\n" for leaf in one.leaves)
    copies = {f"{one.edition}.json": record.dump(one), f"{one.edition}-receipts.txt": leaves}
    for name, text in copies.items():
        told = built.data(name)
        where = f"{built.address}data/{name}"
        if told is None:
            yield Refusal(where, "", "is missing", REBUILD)
        elif told != text:
            differing = _first_difference(told, text)
            yield Refusal(where, differing, "differs from its record", REBUILD)
    yield from _table(built, one)


def _first_difference(told: str, text: str) -> str:
    pairs = zip(told.splitlines(), text.splitlines(), strict=False)
    return next((line.strip().rstrip(",")[:80] for line, other in pairs if line != other), "")


def _table(built: Built, one: Record) -> Iterator[Refusal]:
    name = f"{one.edition}.csv"
    where, told = f"{built.address}data/{name}", built.data(name)
    if told is None:
        yield Refusal(where, "", "is missing", REBUILD)
        return
    columns = ("block", "question", "answer", "n", "low", "high")
    rows = [tuple(row[key] for key in columns) for row in csv.DictReader(io.StringIO(told))]
    figures = [(f.block, f.question, f.answer, f.n, f.low, f.high) for f in one.findings]
    right = {tuple(map(str, row)) for row in figures}
    right |= {(*pair, "", "", "", "") for pair in one.withheld}
    for row in rows:
        if row not in right:
            yield Refusal(where, ", ".join(row), "differs from its record", REBUILD)
    for row in sorted(right - set(rows)):
        yield Refusal(where, ", ".join(row), "is missing", REBUILD)


# Numbers: every one on a page is accounted for


def _numbers(sight: Sight) -> Iterator[Refusal]:
    for built in sight.built:
        frame = _frame(sight, built)
        if frame:
            for page in built.pages:
                for figure, what in frame.faults(page):
                    yield Refusal(page.address, figure, what, REBUILD)


def _frame(sight: Sight, built: Built) -> Frame | None:
    until = [one for edition, one in sorted(sight.shown.items()) if edition <= built.edition]
    if built.edition not in sight.shown:
        return None
    return Frame(until, tongue(built.language), built.language)


def _figures(sight: Sight, built: Built) -> list[tuple[Page, Told]]:
    frame = _frame(sight, built)
    read = [page for page in built.pages if page.name != "search"]
    return [(page, told) for page in read for told in (frame.figures(page) if frame else ())]


# The attack


def _attacked(sight: Sight, left: Clock) -> tuple[list[Refusal], int]:
    found: list[Refusal] = []
    memory, questions = Memory(), 0
    try:
        for records in _together(sight):
            found += _twice(sight, records)
            for one in puzzle.puzzles(records):
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
        edition: {record.dump(one), record.dump(sight.shown[edition])}
        for edition, one in sight.frozen.items()
    }
    for built in sight.built:
        name = f"{built.edition}.json"
        text = built.data(name)
        if text is not None and text not in known.setdefault(built.edition, set()):
            known[built.edition].add(text)
            yield record.read(built.folder / "data" / name)


def _twice(sight: Sight, records: Sequence[Record]) -> Iterator[Refusal]:
    first, *others = records
    for other in others:
        changed = sorted(set(other.findings) - set(first.findings), key=repr)
        what = f"counts people whom {first.edition} counts too; a subtraction tells their answers"
        for finding in changed[:1]:
            yield _of_figure(sight, other, finding, what, _SAME)


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
    no = "did not answer" if place.answer and certain.answer == puzzle.NO else "answered"
    what = f"lets {knower} be certain that {who} {no} ‘{answer}’ to ‘{place.question}’"
    return _of_place(sight, records, place, answer, what, HOLD)


def _of_place(
    sight: Sight, records: Sequence[Record], place: puzzle.Place, answer: str, what: str, mend: str
) -> Refusal:
    for one in reversed(records):
        found = [f for f in one.findings if (f.block, f.question) == (place.block, place.question)]
        exact = [f for f in found if f.answer == answer]
        if found:
            return _of_figure(sight, one, (exact or found)[0], what, mend)
    return Refusal(str(records[-1].edition), place.question, what, mend)


def _of_figure(sight: Sight, one: Record, finding: Finding, what: str, mend: str) -> Refusal:
    """A refusal that names the first page where the figure can be read."""
    name = f"{finding.question}, {finding.answer}, {finding.block}"
    for built in sight.built:
        if built.edition == str(one.edition):
            page, text = _page_of(sight, built, one, finding)
            if page:
                return Refusal(page.address, f"{text} ({name})", what, mend)
    where = next((b.address for b in sight.built if b.edition == str(one.edition)), "")
    figure = f"{finding.low} to {finding.high} of {finding.n} ({name})"
    return Refusal(f"{where}data/{one.edition}.csv", figure, what, mend)


def _page_of(sight: Sight, built: Built, one: Record, finding: Finding) -> tuple[Page | None, str]:
    """The page that shows the figure: first those about its theme or question."""
    mine = (finding.low, finding.high, finding.n)
    found = [
        (page, told.text)
        for page, told in sight.figures[built]
        if (told.low, told.high, told.n) == mine
    ]
    asked = one.question(finding.question)
    likely = (f"themes/{asked.theme}",) if asked and asked.theme else ("why", "ahead")
    found.sort(key=lambda pair: pair[0].name not in likely)
    return found[0] if found else (None, "")


def published_register(known: Sequence[Entry], one: Record) -> str:
    """The register as an edition carries it: all entries up to its own."""
    wider = register.added(known, str(one.edition), record.dump(one))
    places = [number for number, entry in enumerate(wider) if entry.edition == str(one.edition)]
    return register.dump(wider[: places[0] + 1])
