"""What a drafted edition tells that the last one did not, and what it does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporter import trends
from reporter.edition import Edition
from reporter.findings import Finding
from reporter.promise import Commitment, from_snapshot
from reporter.record import Record
from reporter.trends import Move
from survey.words import Words


@dataclass(frozen=True)
class Moved:
    """A figure that surely moved since the edition before."""

    what: str
    move: Move
    before: str
    after: str


@dataclass(frozen=True)
class News:
    """Sentences for whoever reviews a draft, unescaped."""

    first: bool
    """Whether there is no edition before it."""
    moved: tuple[Moved, ...]
    promised: tuple[str, ...]
    """Commitments that no edition has shown."""
    continued: tuple[str, ...]
    """Commitments whose history is longer than in the edition before."""
    withheld: tuple[tuple[str, tuple[str, ...]], ...]
    """Each question that is not shown for some groups, with these groups."""


def of(records: Sequence[Record], words: Words) -> News:
    """The news of the last of the records, which are oldest first."""
    edition = Edition(records, {}, words)
    before = [from_snapshot(one) for one in records[-2].commitments] if records[1:] else []
    return News(
        first=len(records) == 1,
        moved=tuple(_moved(edition, one) for one in trends.changed(records)),
        promised=tuple(_new(edition, {one.id for one in before})),
        continued=tuple(_continued(edition, before)),
        withheld=tuple(_withheld(edition)),
    )


def _moved(edition: Edition, one: trends.Change) -> Moved:
    what = measured(edition, one.after.question, one.after.answer)
    return Moved(what, one.move, edition.count(one.before), edition.count(one.after))


def measured(edition: Edition, question: str, answer: str) -> str:
    """The question and the answer of a figure, in words."""
    asked = edition.now.question(question)
    if asked is None:
        return f"{question}: {answer}"
    return f"{edition.question(asked)} {edition.answer(asked, answer)}"


def _new(edition: Edition, known: set[str]) -> list[str]:
    return [edition.plain(one.title) for one in edition.commitments if one.id not in known]


def _continued(edition: Edition, before: Sequence[Commitment]) -> list[str]:
    lines = {one.id: len(one.history) for one in before}
    return [
        edition.plain(one.title)
        for one in edition.commitments
        if len(one.history) > lines.get(one.id, len(one.history))
    ]


def _withheld(edition: Edition) -> list[tuple[str, tuple[str, ...]]]:
    now = edition.now
    blocks = {block.id: edition.block(block) for block in now.blocks}
    found: dict[str, list[str]] = {}
    for block, question in now.withheld:
        found.setdefault(question, []).append(blocks.get(block, block))
    asked = {one.id: edition.question(one) for one in now.asked}
    return [(asked.get(one, one), tuple(groups)) for one, groups in found.items()]


def latest(records: Sequence[Record], question: str, answer: str) -> Finding | None:
    """The newest published figure of a measure, from which a promise may start."""
    told = trends.line(records, question, answer).told if records else ()
    return told[-1] if told else None
