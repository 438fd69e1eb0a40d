"""What people decided about the comments → what of it is public: themes, voices and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporter.comments import decisions, paraphrases
from reporter.comments.decisions import Side, State, Why
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
    return replace(
        record,
        asked=(*record.asked, *(asked for asked, _ in named)),
        findings=(*record.findings, *(one for _, found in named for one in found)),
        voices=voices,
        moderation=tuple(_ledger(record, state)),
    )


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
    """Every count as the gate would show it: a comment is a person's answer too."""
    low, high = _came(record, state)
    yield "came", low, high
    counts = {
        "sorted": sum(one.decided for one in state.comments),
        "paraphrased": _paraphrased(state),
        "quoted": sum(bool(one.reader) for one in state.quotes),
        "held": sum(one.held is not None for one in state.comments),
        **{f"held.{why}": sum(one.held is why for one in state.comments) for why in Why},
    }
    for what, count in counts.items():
        # A quote stands on a page for all to count, and so does none.
        yield (what, count, count) if what == "quoted" else (what, *_within(count, low, high))


def _came(record: Record, state: State) -> tuple[int, int]:
    """How many came: a parent, and so made of what its children show."""
    asked = [one.id for one in _texts(record)]
    shown = [one for one in (record.company(ident, WROTE) for ident in asked) if one]
    told = {one.question for one in shown}
    rest = sum(one.question not in told for one in state.comments)
    # One person may write a dozen follow-ups: of these there can be more than people.
    ends = _shown(rest, rest)
    return ends[0] + sum(one.low for one in shown), ends[1] + sum(one.high for one in shown)


def _within(count: int, low: int, high: int) -> tuple[int, int]:
    """A count as it is shown beside how many came: beyond the low end it would tell who wrote."""
    return (low, high) if low <= count else _shown(count, high)


def _shown(count: int, most: int) -> tuple[int, int]:
    exact = min(count, most)
    return (0, disclosure.MARGIN) if count <= disclosure.MARGIN else (exact, exact)


def _paraphrased(state: State) -> int:
    approved = [one for one in state.paraphrases if one.approver]
    return len({
        source.id for one in approved for source in paraphrases.sources(state, one.theme, one.side)
    })  # fmt: skip


def checklist(record: Record, state: State) -> Sequence[str]:
    """What is missing before all that people wrote is told; each is said, none forbids."""
    gaps = [
        f"{one}: not all comments are read; its themes are left out."
        for one in unread(record, state)
    ]
    return [*gaps, *paraphrases.waiting(state)]
