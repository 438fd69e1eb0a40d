"""site/editions/notes.json: figures withdrawn after publication. Added to, never taken from.

A record is never changed: its notes say which of its figures are no longer shown anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reporter.records import archive
from reporter.records.findings import LEDGER, SUM, WROTE, Finding, comments_on
from reporter.records.record import Note, Record
from survey import documents, durable, period
from survey.period import Period
from survey.problems import Problem

NAME = "notes.json"


def notes(folder: Path) -> tuple[Note, ...]:
    """The notes of the folder of records."""
    path = folder / NAME
    if not path.exists():
        return ()
    try:
        return tuple(_note(one) for one in json.loads(documents.text_of(path)))
    except (ValueError, KeyError, TypeError) as error:
        what = f"cannot be read ({type(error).__name__})"
        raise Problem(f"{NAME}: {what}. Restore it from version control.") from None


def _note(raw: dict[str, object]) -> Note:
    day = date.fromisoformat(str(raw["day"]))
    said = raw["said"]
    if not isinstance(said, dict):
        raise TypeError("said")
    return Note(
        period.parse(str(raw["edition"])),
        str(raw["block"]),
        str(raw["question"]),
        str(raw["answer"]),
        day,
        said,
    )


def keep(folder: Path, known: Sequence[Note]) -> None:
    """Write the notes whole or not at all."""
    lines = ",\n ".join(json.dumps(archive.noted(one), ensure_ascii=False) for one in known)
    durable.write(folder / NAME, f"[\n {lines}\n]\n")


def added(folder: Path, note: Note) -> list[Note]:
    """The notes with this one. One that is kept already, as after a kill, is not added again."""
    known = notes(folder)
    if _about(note) in map(_about, known):
        return list(known)
    checked(read_all(folder), note)
    return [*known, note]


def _about(note: Note) -> tuple[Period, str, str, str]:
    return note.edition, note.block, note.question, note.answer


def read_all(folder: Path) -> list[Record]:
    """Every record as it may be shown now, oldest edition first."""
    known = notes(folder)
    return [visible(one, known) for one in archive.read_all(folder)]


def visible(one: Record, known: Iterable[Note]) -> Record:
    """The record without its withdrawn figures, and with the notes that tell of them."""
    mine = tuple(note for note in known if note.edition == one.edition)
    if not mine:
        return one
    gone = {finding for note in mine for finding in withdrawn(one, note)}
    ledger = () if _tells(gone) or any(note.question == LEDGER for note in mine) else one.moderation
    kept = tuple(finding for finding in one.findings if finding not in gone)
    left = {(finding.block, finding.question) for finding in kept}
    emptied = dict.fromkeys((note.block, note.question) for note in mine if note.question != LEDGER)
    dashes = [pair for pair in emptied if pair not in left and pair not in one.withheld]
    return replace(
        one, findings=kept, withheld=(*one.withheld, *dashes), notes=mine, moderation=ledger
    )


def _tells(gone: Iterable[Finding]) -> bool:
    """Whether the ledger of comments would tell one of them: it adds up how many wrote."""
    return any(finding.answer == WROTE for finding in gone)


def withdrawn(one: Record, note: Note) -> list[Finding]:
    """What the note takes away. Of answers that add up to everybody none goes alone.

    One that did could be worked out from the others. The themes of a text have how many wrote it
    for their base, and go with it.
    """
    asked = one.question(note.question)
    alone = note.answer == SUM or (asked is not None and asked.kind.several)
    return [
        finding
        for finding in one.findings
        if (
            (finding.block, finding.question) == (note.block, note.question)
            and (not note.answer or not alone or finding.answer == note.answer)
        )
        or finding.question.startswith(comments_on(note.question))
    ]


def checked(records: Sequence[Record], note: Note) -> Note:
    """The note, if there is such a figure to withdraw; else a Problem that says what there is."""
    found = next((one for one in records if one.edition == note.edition), None)
    if found is None:
        told = ", ".join(str(one.edition) for one in records)
        raise Problem(f"{note.edition}: is not published. Published are: {told}.")
    shown = {(one.block, one.question, one.answer) for one in found.findings}
    shown |= {("all", LEDGER, what) for what, *_ in found.moderation}
    wanted = [key for key in shown if key[:2] == (note.block, note.question)]
    if not wanted:
        blocks = sorted({key[0] for key in shown if key[1] == note.question})
        told = f"It is shown in: {', '.join(blocks)}" if blocks else "The data page lists all ids"
        where = f"{note.edition}: no figure of '{note.question}' is shown in '{note.block}'"
        raise Problem(f"{where}. {told}.")
    if note.answer and note.answer not in {key[2] for key in wanted}:
        told = ", ".join(sorted(key[2] for key in wanted))
        raise Problem(
            f"{note.edition}: '{note.question}' has no answer '{note.answer}'. Use {told}."
        )
    missing = [language for language in found.languages if not note.said.get(language)]
    if missing:
        how = " ".join(f'{language}="..."' for language in found.languages)
        raise Problem(f"--reason: has no text in {', '.join(missing)}. Write --reason {how}.")
    return note
