"""What a drafted edition tells that the last one did not, and what it does not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporter.analysis import trends
from reporter.analysis.trends import Move
from reporter.commitments import Commitment, from_snapshot
from reporter.counting.disclosure import Why
from reporter.pages.context import Edition
from reporter.records import Finding, Record
from survey.words import Words

Reason = tuple[str, str, str]
"""(block, question, why) as a draft keeps them."""


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
    withheld: Mapping[str, Mapping[str, Sequence[str]]]
    """Reason → question → the groups for which it is not shown, or not in full."""
    joined: tuple[str, ...]
    """Groups that are shown as one."""


def of(records: Sequence[Record], words: Words, why: Sequence[Reason] = ()) -> News:
    """The news of the last of the records, which are oldest first; `why` is for HR alone."""
    edition = Edition(records, {}, words)
    before = [from_snapshot(one) for one in records[-2].commitments] if records[1:] else []
    return News(
        first=len(records) == 1,
        moved=tuple(_moved(edition, one) for one in trends.changed(records)),
        promised=tuple(_new(edition, {one.id for one in before})),
        continued=tuple(_continued(edition, before)),
        withheld=_withheld(edition, why),
        joined=tuple(edition.block(one) for one in edition.now.blocks if len(one.members) > 1),
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


def _withheld(edition: Edition, why: Sequence[Reason]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    now = edition.now
    blocks = {block.id: edition.block(block) for block in now.blocks}
    asked = {one.id: edition.question(one) for one in now.asked}
    told = {(block, question) for block, question, _ in why}
    rest = [(*pair, "") for pair in now.withheld if pair not in told]
    found: dict[str, dict[str, list[str]]] = {}
    for block, question, reason in (*why, *rest):
        rows = found.setdefault(_NAMES.get(reason, "unknown"), {})
        rows.setdefault(asked.get(question, question), []).append(blocks.get(block, block))
    return found


_NAMES = {str(one): one.name.lower() for one in Why}


def latest(records: Sequence[Record], question: str, answer: str) -> Finding | None:
    """The newest published figure of a measure, from which a promise may start."""
    told = trends.line(records, question, answer).told if records else ()
    return told[-1] if told else None
