"""corrections.md: which published figures were withdrawn, when, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator

from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records import Note, Record
from reporter.records.findings import LEDGER, SUM


def any_of(e: Edition) -> bool:
    """Whether this edition or one it looks back on has lost a figure."""
    return any(record.notes for record in e.records)


def page(e: Edition) -> str:
    """Every figure withdrawn from this edition and those before it, the newest edition first."""
    return md.page([
        md.heading(1, e.words("corrections.title")),
        md.block("lead", e.words("corrections.lead")),
        *(part for record in reversed(e.records) for part in _of(e, record)),
    ])  # fmt: skip


def pointer(e: Edition, path: str) -> Iterator[str]:
    """The notice at the foot of a page of an edition that has lost a figure itself."""
    if e.now.notes and path != "corrections.md":
        up = "../" * path.count("/")
        link = md.link(e.words("corrections.more"), f"{up}corrections.md")
        yield e.words("corrections.notice", link=link)


def _of(e: Edition, record: Record) -> Iterator[str]:
    if record.notes:
        yield md.heading(2, e.words.short(record.quarters))
        yield md.items(_told(e, record, note) for note in record.notes)


def _told(e: Edition, record: Record, note: Note) -> str:
    told = e.words(
        "corrections.item",
        day=e.words.day(note.day),
        what=text(_what(e, record, note)),
        where=text(_where(e, record, note)),
    )
    return f"{told} {e.text(note.said)}"


def _what(e: Edition, record: Record, note: Note) -> str:
    if note.question == LEDGER:
        return e.words("moderation.title")
    asked = record.question(note.question)
    if asked is None:
        return note.question
    question = e.question(asked)
    if not note.answer:
        return question
    mean = note.answer == SUM
    answer = e.words("table.mean") if mean else e.answer(asked, note.answer)
    return f"{question} ({answer})"


def _where(e: Edition, record: Record, note: Note) -> str:
    block = next((one for one in record.blocks if one.id == note.block), None)
    return Edition((record,), {}, e.words).block(block) if block else note.block
