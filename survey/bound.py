"""The questionnaire that a box is bound to: as it was asked, kept in the box, compared in words.

Two hosts hold two copies of questionnaire.yaml, and whoever edits one may forget the other. So
`survey open` writes the questionnaire into the box; the form asks by it, the draft counts by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from survey.questions import Choice, Item, Kind, Questionnaire, Section


def dump(asked: Questionnaire) -> str:
    """The whole questionnaire as one canonical text: equal ones give equal texts."""
    return json.dumps(asdict(asked), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Questionnaire:
    """The questionnaire that `dump` wrote."""
    raw = json.loads(text)
    choices = {name: _choices(raw[name]) for name in ("groups", "reasons", "themes")}
    sections = tuple(
        Section(one["id"], one["words"], tuple(map(_item, one["items"]))) for one in raw["sections"]
    )
    return Questionnaire(tuple(raw["languages"]), sections=sections, **choices)


def _choices(raw: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(**one) for one in raw)


def _item(raw: dict[str, Any]) -> Item:
    parts = {"kind": Kind(raw["kind"]), "choices": _choices(raw["choices"])}
    return Item(**{**raw, **parts, "ends": tuple(raw["ends"])})


class Change(StrEnum):
    """How one questionnaire differs from another, in one place."""

    QUESTION_GONE = "question_gone"
    QUESTION_NEW = "question_new"
    ANSWER_GONE = "answer_gone"
    ANSWER_NEW = "answer_new"
    OTHERWISE = "otherwise"
    """The same question is asked in another way: another kind, limit, number, theme or group."""
    WORDS = "words"
    """Only its wording, its place or its languages: what may be mended while a box is open."""

    @property
    def loses(self) -> bool:
        """Whether an answer given by the first could not be counted by the second."""
        return self in (Change.QUESTION_GONE, Change.ANSWER_GONE, Change.OTHERWISE)


@dataclass(frozen=True)
class Difference:
    """One place in which two questionnaires differ."""

    change: Change
    question: str
    answer: str = ""

    def __str__(self) -> str:
        """In words, for a Problem."""
        where = f"'{self.question}'" + (f", answer '{self.answer}'" if self.answer else "")
        return f"{where}: {_SAID[self.change]}"


_SAID: Mapping[Change, str] = {
    Change.QUESTION_GONE: "the question is gone; answers to it could not be counted",
    Change.QUESTION_NEW: "the question is new; it is not asked in this box",
    Change.ANSWER_GONE: "the answer is gone; who gave it could not be counted",
    Change.ANSWER_NEW: "the answer is new; it is not offered in this box",
    Change.OTHERWISE: "is asked in another way (kind, number, limit, theme or group)",
    Change.WORDS: "is worded otherwise",
}


def differences(first: Questionnaire, second: Questionnaire) -> list[Difference]:
    """Where the second differs from the first, in the order of the first and then of the second."""
    shared = [ident for ident in first.items if ident in second.items]
    gone = [Difference(Change.QUESTION_GONE, one) for one in first.items if one not in shared]
    new = [Difference(Change.QUESTION_NEW, one) for one in second.items if one not in shared]
    inside = [one for ident in shared for one in _between(first.items[ident], second.items[ident])]
    return [*gone, *inside, *new]


def _between(first: Item, second: Item) -> Iterator[Difference]:
    before, after = ({one.id: one for one in item.choices} for item in (first, second))
    for ident in before:
        if ident not in after:
            yield Difference(Change.ANSWER_GONE, first.id, ident)
    for ident in after:
        if ident not in before:
            yield Difference(Change.ANSWER_NEW, first.id, ident)
    shared = [ident for ident in before if ident in after]
    regrouped = any(before[one].group != after[one].group for one in shared)
    if _shape(first) != _shape(second) or regrouped:
        yield Difference(Change.OTHERWISE, first.id)
    elif replace(first, choices=()) != replace(second, choices=()) or any(
        before[one] != after[one] for one in shared
    ):
        yield Difference(Change.WORDS, first.id)


def _shape(item: Item) -> Item:
    """All of a question but its words, its page and its answers."""
    return replace(item, words={}, choices=(), ends=(), page="")


def joined(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """The newer questionnaire with what only the older one asked: by it both can be counted.

    Questions of one id must be of one kind; see `clashes`.
    """
    sections = {one.id: one for one in new.sections}
    for one in old.sections:
        gone = tuple(item for item in one.items if item.id not in new.items)
        kept = sections.get(one.id, replace(one, items=()))
        if gone or one.id in sections:
            sections[one.id] = replace(kept, items=(*kept.items, *gone))
    both = tuple(
        replace(one, items=tuple(_merged(old.items.get(item.id), item) for item in one.items))
        for one in sections.values()
    )
    return replace(
        new,
        sections=both,
        groups=_with_gone(old.groups, new.groups),
        reasons=_with_gone(old.reasons, new.reasons),
        themes=_with_gone(old.themes, new.themes),
    )


def _merged(old: Item | None, new: Item) -> Item:
    if old is None or old is new:
        return new
    most, limit = max(old.most, new.most), max(old.limit, new.limit)
    return replace(new, choices=_with_gone(old.choices, new.choices), most=most, limit=limit)


def _with_gone(old: tuple[Choice, ...], new: tuple[Choice, ...]) -> tuple[Choice, ...]:
    there = {one.id for one in new}
    return (*new, *(one for one in old if one.id not in there))


def clashes(old: Questionnaire, new: Questionnaire) -> list[Difference]:
    """The questions of one id and two kinds: nobody can count their answers together."""
    shared = [one for one in old.items if one in new.items]
    return [
        Difference(Change.OTHERWISE, one)
        for one in shared
        if (old.items[one].kind, old.items[one].under)
        != (new.items[one].kind, new.items[one].under)
    ]


def told(name: str, bound: str, ours: Questionnaire) -> list[str]:
    """How the project's file differs from what a box asks, in words, and what happens."""
    if not bound:
        return []
    found = differences(load(bound), ours)
    if all(one.change is Change.WORDS for one in found):
        return [f"{name}: asks in the file's wording, {one}" for one in found]
    lead = f"{name}: asks by the questionnaire it was opened with, until it is closed"
    return [f"{lead}. Since then, in the file: {one}" for one in found]


def resolved(bound: str, ours: Questionnaire) -> Questionnaire:
    """What to ask and count by: the box's own, in the file's wording if all else agrees.

    A box of an earlier version holds none, and goes by the file.
    """
    if not bound:
        return ours
    asked = load(bound)
    only_words = all(one.change is Change.WORDS for one in differences(asked, ours))
    return ours if only_words else asked
