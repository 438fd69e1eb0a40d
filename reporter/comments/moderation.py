"""What people decided about the comments → what of it is public: themes, voices and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporter.comments import decisions, paraphrases
from reporter.comments.decisions import Comment, Side, State, Why
from reporter.counting import disclosure
from reporter.records import Asked, Finding, Record
from reporter.records.findings import SAID, WROTE
from survey.questions import Kind


def moderated(record: Record, state: State) -> Record:
    """The drafted record with what came of its comments, in place of what came of them before."""
    voices = paraphrases.voices(state, record.languages)
    record = _bare(record)
    named = [part for part in _named(record, state) if part[1]]
    if not state.comments:
        return record
    told = replace(
        record,
        asked=(*record.asked, *(asked for asked, _ in named)),
        findings=(*record.findings, *(one for _, found in named for one in found)),
        voices=voices,
    )
    return replace(told, moderation=tuple(_ledger(told, state)))


def _bare(record: Record) -> Record:
    """The record before any comment was read; after a crash a draft has been moderated already."""
    return replace(
        record,
        asked=tuple(one for one in record.asked if not _said(one.id)),
        findings=tuple(one for one in record.findings if not _said(one.question)),
        voices=(),
        moderation=(),
    )


def _said(question: str) -> bool:
    return question.startswith(f"{SAID}_")


def unread(record: Record, state: State) -> list[str]:
    """Questions whose themes are not published, because some comments are not decided about."""
    return [one.id for one in _texts(record) if not _read(state, one.id)]


def _read(state: State, question: str) -> bool:
    return all(one.decided for one in state.comments if one.question == question)


def _texts(record: Record) -> list[Asked]:
    """The texts that anybody may write; a follow-up is never among what an edition asked."""
    return [one for one in record.asked if one.kind.written]


def _named(record: Record, state: State) -> Iterable[tuple[Asked, tuple[Finding, ...]]]:
    for asked in _texts(record):
        wrote = record.company(asked.id, WROTE)
        if asked.breakdown != "none" or not _read(state, asked.id):
            continue
        for side in Side:
            ident = f"{SAID}_{asked.id}_{side}"
            counts = decisions.tally(state, asked.id, side)
            found = disclosure.clear_named(ident, wrote, counts, record.k)
            yield Asked(ident, Kind.MANY, "none", asked.words, record.themes), found


def _ledger(record: Record, state: State) -> Iterable[tuple[str, int, int]]:
    """What became of the texts whose number is public anyway, told without telling it closer.

    A follow-up exists under a low rating only, and a question that the policy hides has no number:
    neither counts towards any row. How many wrote is the sum of what pages show of each question;
    what stands on pages anybody counts.
    """
    public = {one.id: wrote for one in _texts(record) if (wrote := record.company(one.id, WROTE))}
    counted = [one for one in state.comments if one.question in public]
    ends = sum(one.low for one in public.values()), sum(one.high for one in public.values())
    if public:
        yield "texts", *ends
    if public and all(one.decided for one in counted):
        yield "sorted", *ends
    yield from _standing(record)
    yield from _held(counted, *ends) if public else ()


def _standing(record: Record) -> Iterable[tuple[str, int, int]]:
    """What stands on pages for all to count."""
    kinds = [voice.kind for voice in record.voices]
    for what, kind in (("paraphrases", paraphrases.PARAPHRASE), ("quoted", paraphrases.QUOTE)):
        yield what, kinds.count(kind), kinds.count(kind)


def _held(counted: Sequence[Comment], low: int, high: int) -> Iterable[tuple[str, int, int]]:
    reasons = [one.held for one in counted if one.held]
    yield "held", *_within(len(reasons), low, high)
    for why in Why:
        yield f"held.{why}", *_within(reasons.count(why), low, high)


def _within(count: int, low: int, high: int) -> tuple[int, int]:
    """A count of low to high texts as it is shown: never so near that it tells how many wrote."""
    near = low - disclosure.MARGIN
    if near <= disclosure.MARGIN:
        return 0, high
    if count >= near:
        return near, high
    return (0, disclosure.MARGIN) if count <= disclosure.MARGIN else (count, count)


def checklist(record: Record, state: State) -> Sequence[str]:
    """What is missing before all that people wrote is told; each is said, none forbids."""
    gaps = [
        f"{one}: not all comments are read; its themes are left out."
        for one in unread(record, state)
    ]
    return [*gaps, *paraphrases.waiting(state)]
