"""site/editions: a record as JSON text, frozen once, read for ever.

The format is public: docs/reference/record.md says it in words. Records of every earlier version
are read; an edition that has none of a later key keeps the bytes it was published with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from reporter.records import register
from reporter.records.findings import Finding
from reporter.records.record import Asked, Block, Note, Record, Source, Voice
from reporter.records.register import Entry
from survey import documents, durable, period
from survey.period import WRITTEN
from survey.problems import Problem
from survey.questions import Choice, Kind

FORMAT = 1


def write(record: Record, path: Path) -> None:
    """Freeze the record, whole or not at all, and enter it in the register beside it."""
    text = dump(record)
    durable.write(path, text)
    register.enter(path.parent, str(record.edition), text)


def dump(record: Record) -> str:
    """The record as JSON text, one row a line, identical for identical records."""
    head = {
        "avstamp": FORMAT,
        "edition": str(record.edition),
        "quarters": [str(one) for one in record.quarters],
        "published": record.published.isoformat(),
        **{name: getattr(record, name) for name in _NUMBERS},
        "keys": _keys(record),
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


def _keys(record: Record) -> dict[str, int]:
    """Told apart only where they were: other editions keep the bytes they were published with."""
    told = {"holders": record.holders, "destroyed": record.destroyed}
    return {**told, "apart": record.apart} if record.apart else told


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
    return {key: value for key, value in told.items() if value or key not in ("most", "page")}


def read(path: Path) -> Record:
    """The record in the file, or a Problem if it is damaged or of another format."""
    try:
        data = json.loads(documents.text_of(path))
        if data["avstamp"] != FORMAT:
            raise Problem(f"{path.name}: has the format {data['avstamp']}, this reads {FORMAT}.")
        _check_kinds(path.name, data["asked"])
        return _record(data)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        what = f"is not a whole record ({type(error).__name__}: {error})"
        raise Problem(f"{path.name}: {what}. Restore it from version control.") from None


def _check_kinds(name: str, asked: Sequence[Mapping[str, Any]]) -> None:
    """A kind of a later version is none of ours: taken for one, its figures would be misread."""
    messages = [
        f"{name}: question '{one['id']}' is of kind '{one['kind']}', which this version does not "
        "know: the record was written by a newer version. Install that version, or a later one."
        for one in asked
        if one["kind"] not in list(Kind)
    ]
    if messages:
        raise Problem(*messages)


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        edition=period.parse(data["edition"]),
        quarters=tuple(period.parse(one) for one in data["quarters"]),
        published=date.fromisoformat(data["published"]),
        **{name: int(data[name]) for name in _NUMBERS},
        languages=tuple(data["languages"]),
        themes=_choices(data["themes"]),
        members={key: _choices(many) for key, many in data["members"]},
        asked=tuple(map(_question, data["asked"])),
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


def _question(one: Mapping[str, Any]) -> Asked:
    return Asked(**{**one, "kind": Kind(one["kind"]), "answers": _choices(one["answers"])})


def _choices(raw: list[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(ident, words, group) for ident, group, words in raw)


def paths(folder: Path) -> list[Path]:
    """The files of the records in the folder, and of nothing that lies beside them."""
    return [path for path in sorted(folder.glob("*.json")) if re.fullmatch(WRITTEN, path.stem)]


def read_all(folder: Path) -> list[Record]:
    """Every record in the folder, oldest edition first."""
    records = sorted((read(path) for path in paths(folder)), key=lambda one: one.edition)
    for before, after in pairwise(records):
        if set(before.quarters) & set(after.quarters):
            raise Problem(f"{before.edition} and {after.edition} cover the same quarter twice.")
    return records


def published_register(known: Sequence[Entry], records: Sequence[Record]) -> str:
    """The register as the newest record's edition carries it: all entries up to its own.

    Those of the records that are not in it yet are entered in their order, as they will be.
    """
    entered = {entry.edition for entry in known}
    for one in records:
        if str(one.edition) not in entered:
            known = register.added(known, str(one.edition), dump(one))
    last = str(records[-1].edition)
    places = [number for number, entry in enumerate(known) if entry.edition == last]
    return register.dump(known[: places[0] + 1])
