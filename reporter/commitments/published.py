"""What an edition told of a promise is never rewritten: a commitment is only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from reporter.commitments.commitment import Commitment, from_snapshot
from survey import plain
from survey.problems import Problem
from survey.questions import Texts

_FIXED = ("made", "goal", "measure", "theme")


_MOVING = ("status", "due")


def check_history(now: Iterable[Commitment], before: Iterable[Mapping[str, Any]]) -> None:
    """Refuse to rewrite what an earlier edition told: a promise is only ever added to."""
    present = {one.id: one for one in now}
    messages: list[str] = []
    for old in map(from_snapshot, before):
        new = present.get(old.id)
        messages += _rewritten(_seen(old), _seen(new)) if new else [_missing(old)]
    if messages:
        raise Problem(*dict.fromkeys(messages))


def _seen(one: Commitment) -> Commitment:
    """Its words as they are seen: earlier versions published what nobody sees along with them."""
    history = tuple(replace(step, words=_plain(step.words)) for step in one.history)
    return replace(one, goal=_plain(one.goal), history=history)


def _plain(words: Texts) -> Texts:
    return {language: plain.text(text) for language, text in words.items()}


def _missing(old: Commitment) -> str:
    return (
        f"{old.id}.md: is gone, and a published edition names it. Restore the file; a promise"
        " that will not be kept has `status: dropped` and a `reason`."
    )


def _rewritten(old: Commitment, new: Commitment) -> list[str]:
    file = f"{old.id}.md"
    messages = [
        f"{file}: `{name}` differs from what a published edition told. Put it back, and make"
        " a new commitment if the promise is another."
        for name in _FIXED
        if getattr(old, name) != getattr(new, name)
    ]
    if new.history[: len(old.history)] != old.history:
        messages.append(
            f"{file}: `history` lacks or changes a line that was published. Put the line back,"
            " and add a new one below it."
        )
    grown = len(new.history) > len(old.history)
    return messages + [
        f"{file}: `{name}` was changed without a word. Add a line to `history` that says why."
        for name in _MOVING
        if getattr(old, name) != getattr(new, name) and not grown
    ]
