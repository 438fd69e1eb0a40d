"""site/editions: freezes one edition's public figures as JSON, and reads the past ones.

A record is all that pages, charts, trends and later editions may read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from reporter.records import register
from reporter.records.findings import Finding, total
from survey import documents, quarter, receipts
from survey.problems import Problem
from survey.quarter import Quarter
from survey.questions import Choice, Texts

FORMAT = 1


@dataclass(frozen=True)
class Block:
    """A group of at least k people of the batch; the blocks of one breakdown are disjoint.

    `members` are ids of areas or tenures; the id "" among them stands for "not stated".
    """

    id: str
    breakdown: str
    members: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Asked:
    """A question as it was asked for this edition; later rewording does not reach it.

    `kind` is a questionnaire's kind. Derived questions ("reasons": named as a reason) are `many`.
    """

    id: str
    kind: str
    breakdown: str
    words: Texts
    answers: tuple[Choice, ...]
    theme: str = ""
    most: int = 0
    """How many answers one person may tick; 0 where the kind tells it."""


@dataclass(frozen=True)
class Note:
    """A figure withdrawn after publication, and what readers are told about it.

    Without an answer, all that is shown of the question in the block.
    """

    edition: Quarter
    block: str
    question: str
    answer: str
    day: date
    said: Texts


@dataclass(frozen=True)
class Source:
    """The earlier survey that an imported record was counted from."""

    name: Texts
    licence: Texts


@dataclass(frozen=True)
class Voice:
    """What leavers wrote on a theme, as it may be told: a paraphrase of several, or a quote.

    A quote's words are the same in every language: those of whoever wrote it.
    """

    theme: str
    side: str
    kind: str
    words: Texts


@dataclass(frozen=True)
class Record:
    """Everything that is public about one edition."""

    edition: Quarter
    quarters: tuple[Quarter, ...]
    """The quarters it covers: more than one where a batch was carried."""
    published: date
    k: int
    minimum: int
    issued: int
    answered: int
    withdrawn: int
    counted: int
    languages: tuple[str, ...]
    themes: tuple[Choice, ...]
    members: Mapping[str, tuple[Choice, ...]]
    """Breakdown → its areas or tenures with their words."""
    asked: tuple[Asked, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    withheld: tuple[tuple[str, str], ...]
    """(block, question) pairs shown as a dash, whatever the reason."""
    leaves: tuple[str, ...]
    """Sorted receipt leaves, hexadecimal, of every response counted."""
    root: str
    """RFC 6962 root over the leaves, hexadecimal."""
    commitments: tuple[Mapping[str, Any], ...]
    """Each commitment as it stood when the edition was published."""
    holders: int = 0
    """How many private keys the batch was sealed to."""
    destroyed: int = 0
    """How many of them were destroyed here when it was published."""
    notes: tuple[Note, ...] = ()
    """What was withdrawn since; never in the frozen file, which stays as it was published."""
    goals: tuple[Mapping[str, Any], ...] = ()
    """The organisation's strategic goals as they stood when the edition was published."""
    imported: Source | None = None
    """Where the figures come from, if not from a ballot box here. Then nobody knows how many were
    asked: `issued`, `answered` and `withdrawn` are 0 and mean nothing, and there are no receipts.
    """
    voices: tuple[Voice, ...] = ()
    moderation: tuple[tuple[str, int, int], ...] = ()
    """What became of the comments: (what, low, high), a range as the gate shows one."""

    @cached_property
    def _by_question(self) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
        found: dict[tuple[str, str], tuple[Finding, ...]] = {}
        for finding in self.findings:
            key = (finding.question, finding.answer)
            found[key] = (*found.get(key, ()), finding)
        return found

    def question(self, ident: str) -> Asked | None:
        """The question as asked, or None if this edition does not have it."""
        return next((asked for asked in self.asked if asked.id == ident), None)

    def parts(self, question: str, answer: str) -> tuple[Finding, ...]:
        """The findings of one answer, one a block that shows it."""
        return self._by_question.get((question, answer), ())

    def company(self, question: str, answer: str) -> Finding | None:
        """The line for everyone: the sum of the displayed blocks, or None if none is displayed."""
        return total(self.parts(question, answer))


def write(record: Record, path: Path) -> None:
    """Freeze the record, whole or not at all, and enter it in the register beside it."""
    text = dump(record)
    documents.write(path, text)
    register.enter(path.parent, str(record.edition), text)


def dump(record: Record) -> str:
    """The record as JSON text, one row a line, identical for identical records."""
    head = {
        "avstamp": FORMAT,
        "edition": str(record.edition),
        "quarters": [str(one) for one in record.quarters],
        "published": record.published.isoformat(),
        **{name: getattr(record, name) for name in _NUMBERS},
        "keys": {"holders": record.holders, "destroyed": record.destroyed},
        "languages": list(record.languages),
        **_source(record.imported),
    }
    rows = {
        "themes": [_choice(theme) for theme in record.themes],
        "members": [[key, [_choice(one) for one in many]] for key, many in record.members.items()],
        "asked": [_asked(asked) for asked in record.asked],
        "blocks": [[b.id, b.breakdown, list(b.members), b.n] for b in record.blocks],
        "findings": [[f.block, f.question, f.answer, f.n, f.low, f.high] for f in record.findings],
        "withheld": [list(pair) for pair in record.withheld],
        "leaves": list(record.leaves),
        "root": record.root,
        "commitments": list(record.commitments),
        **({"notes": list(map(noted, record.notes))} if record.notes else {}),
        "goals": list(record.goals),
        **_texts(record),
    }
    lines = [f"{json.dumps(key)}: {_line(value)}" for key, value in head.items()]
    lines += [f"{json.dumps(key)}: {_lines(value)}" for key, value in rows.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _texts(record: Record) -> dict[str, list[Any]]:
    """What came of free text. An edition without any keeps the bytes it was published with."""
    voices = [{**vars(voice), "words": dict(voice.words)} for voice in record.voices]
    rows: dict[str, list[Any]] = {
        "voices": voices,
        "moderation": [list(row) for row in record.moderation],
    }
    return {key: many for key, many in rows.items() if many}


_NUMBERS = ("k", "minimum", "issued", "answered", "withdrawn", "counted")


def noted(note: Note) -> dict[str, Any]:
    """A note as a row."""
    plain = {**vars(note), "edition": str(note.edition), "day": note.day.isoformat()}
    return {**plain, "said": dict(note.said)}


def _source(source: Source | None) -> dict[str, Any]:
    """Told of an imported record only: those of ballot boxes read as they always did."""
    return {"imported": {key: dict(texts) for key, texts in vars(source).items()}} if source else {}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _line(value)
    return "[\n  " + ",\n  ".join(_line(one) for one in value) + "\n]"


def _choice(choice: Choice) -> list[Any]:
    return [choice.id, choice.group, dict(choice.words)]


def _asked(asked: Asked) -> dict[str, Any]:
    answers = [_choice(answer) for answer in asked.answers]
    told = {**vars(asked), "words": dict(asked.words), "answers": answers}
    return {key: value for key, value in told.items() if key != "most" or value}


def read(path: Path) -> Record:
    """The record in the file, or a Problem if it is damaged or of another format."""
    try:
        data = json.loads(documents.text_of(path))
        if data["avstamp"] != FORMAT:
            raise Problem(f"{path.name}: has the format {data['avstamp']}, this reads {FORMAT}.")
        return _record(data)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        what = f"is not a whole record ({type(error).__name__}: {error})"
        raise Problem(f"{path.name}: {what}. Restore it from version control.") from None


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        edition=quarter.parse(data["edition"]),
        quarters=tuple(quarter.parse(one) for one in data["quarters"]),
        published=date.fromisoformat(data["published"]),
        **{name: int(data[name]) for name in _NUMBERS},
        languages=tuple(data["languages"]),
        themes=_choices(data["themes"]),
        members={key: _choices(many) for key, many in data["members"]},
        asked=tuple(Asked(**{**one, "answers": _choices(one["answers"])}) for one in data["asked"]),
        blocks=tuple(Block(b[0], b[1], tuple(b[2]), int(b[3])) for b in data["blocks"]),
        findings=tuple(Finding(*row) for row in data["findings"]),
        withheld=tuple((block, question) for block, question in data["withheld"]),
        leaves=tuple(data["leaves"]),
        root=data["root"],
        commitments=tuple(data["commitments"]),
        **data["keys"],
        notes=(),
        goals=tuple(data.get("goals", ())),
        imported=Source(**data["imported"]) if "imported" in data else None,
        voices=tuple(Voice(**one) for one in data.get("voices", ())),
        moderation=tuple((row[0], int(row[1]), int(row[2])) for row in data.get("moderation", ())),
    )


def _choices(raw: list[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(ident, words, group) for ident, group, words in raw)


def faults(record: Record) -> list[str]:
    """What does not add up about the receipts: the list, its root, and how many were counted."""
    if record.imported:
        given = record.leaves or record.issued or record.answered or record.withdrawn
        return ["it is imported, and yet tells of links or receipts"] if given else []
    faults = []
    if not _rooted(record):
        faults.append("the list of receipts is not the one that its root was made from")
    listed = len(record.leaves)
    if listed != record.counted:
        faults.append(f"{record.counted} responses were counted but {listed} receipts stand")
    if not adds_up(record):
        told = f"{record.answered} answered, {record.withdrawn} withdrew, {record.counted} counted"
        faults.append(f"the numbers do not add up: {told}")
    return faults


def _rooted(record: Record) -> bool:
    """Whether the list is sorted, of prints alone, and has its root."""
    if not all(map(_LEAF.fullmatch, record.leaves)) or list(record.leaves) != sorted(record.leaves):
        return False
    return receipts.root([bytes.fromhex(leaf) for leaf in record.leaves]).hex() == record.root


_LEAF = re.compile(r"[0-9a-f]{64}")


def adds_up(record: Record) -> bool:
    """Whether everyone who answered and did not withdraw was counted, and nobody else."""
    present = record.answered - record.withdrawn
    return 0 <= record.counted == present and record.answered <= record.issued


def whole(record: Record) -> bool:
    """Whether the list of receipts has its root, and one for each response counted."""
    return _rooted(record) and len(record.leaves) == record.counted


def listed(record: Record) -> str:
    """The list of receipts as readers take it: its root, then a print a line."""
    head = f"# {record.edition}: {len(record.leaves)} receipts. Root (RFC 6962): {record.root}"
    return "\n".join([head, *record.leaves]) + "\n"


def read_all(folder: Path) -> list[Record]:
    """Every record in the folder, oldest edition first."""
    records = [read(path) for path in sorted(folder.glob("????-q?.json"))]
    for before, after in pairwise(records):
        if set(before.quarters) & set(after.quarters):
            raise Problem(f"{before.edition} and {after.edition} cover the same quarter twice.")
    return records


def dated(record: Record, today: date) -> Record:
    """The record with its day of publication."""
    return replace(record, published=today)


def part(record: Record, block: str, question: str, answer: str) -> Finding | None:
    """What a block shows of an answer."""
    return next((one for one in record.parts(question, answer) if one.block == block), None)
