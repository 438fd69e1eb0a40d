"""A draft's comments while people read them: themes, sides, what is held back. One private file.

Comments lie here unbundled. Ids are drawn by chance and the file is sorted by them, so that neither
tells who wrote what, nor that two texts are one person's. No answer to any other question is here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from reporter.comments import identifiers
from survey.problems import Problem

_MOST_UNDO = 500


class Side(StrEnum):
    """What a comment speaks of. It comes from the question that was asked, never from a score."""

    STRENGTH = "strength"
    PROBLEM = "problem"

    @property
    def other(self) -> Side:
        """The side a person flips it to."""
        return Side.PROBLEM if self is Side.STRENGTH else Side.STRENGTH


class Why(StrEnum):
    """Why a text is held back. Its themes still count: holding hides the words, not the voice."""

    NAMES = "names"
    """It points at somebody else."""
    WRITER = "writer"
    """Its writer could be told by it."""
    HARM = "harm"
    """It insults or threatens, or tells of something that belongs in an inquiry."""
    BESIDE = "beside"
    """It is not about work here."""


@dataclass(frozen=True)
class Comment:
    """One text, and what a person decided about it."""

    id: str
    question: str
    theme: str
    """The theme of the rating that a follow-up stands under, else ""."""
    consent: str
    text: str
    side: Side
    themes: tuple[str, ...] | None = None
    """Confirmed themes; None until somebody has confirmed."""
    held: Why | None = None
    cleared: bool = False
    """Whether a person looked at its stops and found that they are none."""

    @property
    def decided(self) -> bool:
        """Whether it needs no more looking at."""
        return self.themes is not None or self.held is not None

    @property
    def hints(self) -> tuple[identifiers.Hint, ...]:
        """What in it may point at a person."""
        return identifiers.find(self.text)

    @property
    def open_stop(self) -> bool:
        """Whether it holds an address or a number that nobody has cleared."""
        return not self.cleared and bool(identifiers.stops(self.text))


@dataclass(frozen=True)
class Paraphrase:
    """What several wrote about a theme, told in other words and in every language."""

    theme: str
    side: Side
    words: Mapping[str, str]
    writer: str
    approver: str = ""
    acknowledged: tuple[str, ...] = ()
    """Warnings that the writer has seen and answers for."""


@dataclass(frozen=True)
class Quote:
    """A comment's own words, or a part of them."""

    comment: str
    theme: str
    text: str
    approver: str
    reader: str = ""
    """The second reader."""


@dataclass(frozen=True)
class State:
    """Everything of the file, as it stands."""

    comments: tuple[Comment, ...]
    paraphrases: tuple[Paraphrase, ...] = ()
    quotes: tuple[Quote, ...] = ()
    undo: tuple[Comment, ...] = field(default=(), repr=False)
    """Comments as they stood before each step, the latest last."""

    def comment(self, ident: str) -> Comment:
        """The comment of that id, or a Problem."""
        found = next((one for one in self.comments if one.id == ident), None)
        if found is None:
            raise Problem(f"comment '{ident}': there is none. See the ids: reporter comments.")
        return found

    @property
    def next(self) -> Comment | None:
        """The first comment that nobody has decided about."""
        return next((one for one in self.comments if not one.decided), None)


@dataclass(frozen=True)
class Progress:
    """How far the reading has come."""

    comments: int
    decided: int
    held: int
    stops: int
    """Comments with an open stop."""


def progress(state: State) -> Progress:
    """How far the reading has come."""
    every = state.comments
    return Progress(
        len(every),
        sum(one.decided for one in every),
        sum(one.held is not None for one in every),
        sum(one.open_stop for one in every),
    )


# Decisions: each takes a state and gives the next


def confirm(state: State, ident: str, themes: Iterable[str], known: Iterable[str]) -> State:
    """These are its themes (none is an answer too); a person says so."""
    wanted, order = set(themes), list(known)
    unknown = sorted(wanted - set(order))
    if unknown:
        named = ", ".join(order)
        raise Problem(*(f"theme '{one}': there is none. Known are {named}." for one in unknown))
    return _with(state, ident, themes=tuple(one for one in order if one in wanted))


def flip(state: State, ident: str) -> State:
    """It speaks of the other side than its question asked for."""
    return _with(state, ident, side=state.comment(ident).side.other)


def hold(state: State, ident: str, why: Why | None) -> State:
    """Keep its words back for that reason, or (None) no longer."""
    return _with(state, ident, held=why)


def clear(state: State, ident: str) -> State:
    """Its stops were looked at: they are no address and no number of anybody."""
    return _with(state, ident, cleared=True)


def undo(state: State) -> State:
    """Take the latest decision back."""
    if not state.undo:
        raise Problem("there is nothing to undo.")
    *rest, before = state.undo
    comments = tuple(before if one.id == before.id else one for one in state.comments)
    return replace(state, comments=comments, undo=tuple(rest))


def _with(state: State, ident: str, **changes: Any) -> State:  # noqa: ANN401 - a comment's fields
    before = state.comment(ident)
    after = replace(before, **changes)
    comments = tuple(after if one.id == ident else one for one in state.comments)
    return replace(state, comments=comments, undo=(*state.undo, before)[-_MOST_UNDO:])


def tally(state: State, question: str, side: Side) -> dict[str, int]:
    """How many comments of a question name each theme, on that side, as people confirmed."""
    found = [one for one in state.comments if one.question == question and one.side is side]
    named = [theme for one in found for theme in one.themes or ()]
    return {theme: named.count(theme) for theme in sorted(set(named))}


# The beginning


def begin(found: Sequence[Mapping[str, str]], before: State | None = None) -> State:
    """The comments of a batch, ready to be read; decisions on the same texts are carried over.

    `found` holds question, theme, consent, text and side of each. A follow-up comes already coded.
    Every id is new: side by side, two drafts must not show which comments came between them.
    """
    waiting = list(before.comments) if before else []
    ids: dict[str, str] = {}
    comments = []
    for fresh in map(_fresh, found):
        same = next((old for old in waiting if _same(old, fresh)), None)
        if same:
            waiting.remove(same)
            ids[same.id] = fresh.id
        comments.append(replace(same or fresh, id=fresh.id))
    kept = before or State(())
    return State(
        tuple(sorted(comments, key=lambda one: one.id)),
        kept.paraphrases,
        tuple(replace(one, comment=ids[one.comment]) for one in kept.quotes if one.comment in ids),
        tuple(replace(one, id=ids[one.id]) for one in kept.undo if one.id in ids),
    )


def _same(old: Comment, one: Comment) -> bool:
    names = ("question", "theme", "consent", "text")
    return all(getattr(old, name) == getattr(one, name) for name in names)


def _fresh(one: Mapping[str, str]) -> Comment:
    themes = (one["theme"],) if one["theme"] else None
    question, theme, consent, text, side = (one[name] for name in _FOUND)
    ident = secrets.token_hex(4)
    return Comment(ident, question, theme, consent, text, Side(side), themes)


_FOUND = ("question", "theme", "consent", "text", "side")
"""What a batch tells of a comment: see `reporter.counting.opening.Comment`."""
