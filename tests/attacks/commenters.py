"""What made-up leavers write, what HR decides about it, and the edition with what comes of it.

Themes are as lopsided as answers are. `told` takes the way to the public through the real rules;
`counting_all` is the ledger that counted what is written under low ratings too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from reporter.comments import Paraphrase, Side, State, moderation, paraphrases
from reporter.comments.decisions import Comment, Why
from reporter.records import Record, archive
from survey.questions import Item
from tests.attacks.leavers import Answers, Edition

LANGUAGES = ("sv", "en")
LOW = 2
"""A rating up to this opens a follow-up."""


def wrote(one: Edition, chance: Random) -> Edition:
    """The same people, of whom some wrote under their low ratings, and what each text names."""
    keen, likely = chance.choice((0.0, 0.5, 1.0)), chance.choice((0.0, 0.1, 0.9, 1.0))
    themes = [theme.id for theme in one.questionnaire.themes]
    first = chance.choice(themes)
    people = []
    for person in one.people:
        given = {item.id: True for item in _follow_ups(one, person) if chance.random() < keen}
        names = {
            text: {first}
            if chance.random() < likely
            else {*chance.sample(themes, chance.randint(0, 2))}
            for text in _texts(one, person)
        }
        people.append({**person, **given, "names": names})
    return replace(one, people=tuple(people))


def _follow_ups(one: Edition, person: Answers) -> Iterator[Item]:
    items = one.questionnaire.items.values()
    return (item for item in items if item.under and 0 < person.get(item.under, 0) <= LOW)


def _texts(one: Edition, person: Answers) -> list[str]:
    items = one.questionnaire.items.values()
    return [
        item.id for item in items if item.kind.written and not item.under and person.get(item.id)
    ]


def told(one: Edition, chance: Random) -> Edition:
    """The edition with themes, paraphrases and the ledger, as the real rules tell them."""
    state = state_of(one, chance)
    return published(one, moderation.moderated(one.record, state))


def published(one: Edition, record: Record) -> Edition:
    """The edition as everybody reads this record of it."""
    return replace(one, record=record, published=json.loads(archive.dump(record)))


def state_of(one: Edition, chance: Random) -> State:
    """Every text as HR has read it, some held back, and all the paraphrases that rules allow."""
    holding = chance.choice((0.0, 0.1, 1.0))
    comments = [
        Comment(f"{n}-{text}", text, *rest, held=Why.NAMES if chance.random() < holding else None)
        for n, person in enumerate(one.people)
        for text, *rest in _comments(one, person)
    ]
    if chance.random() < 0.1 and comments:
        comments[0] = replace(comments[0], themes=None, held=None)
    state = State(tuple(comments))
    return replace(state, paraphrases=tuple(_paraphrases(one, state)))


def _comments(one: Edition, person: Answers) -> Iterator[tuple[Any, ...]]:
    items = one.questionnaire.items
    for text, names in person.get("names", {}).items():
        yield text, "", "paraphrase", "x", Side(items[text].side), tuple(sorted(names))
    for item in items.values():
        if item.under and person.get(item.id):
            yield item.id, item.theme, "paraphrase", "x", Side.PROBLEM, (item.theme,)


def _paraphrases(one: Edition, state: State) -> Iterator[Paraphrase]:
    for theme in one.questionnaire.themes:
        for side in Side:
            if paraphrases.writers(state, theme.id, side) >= paraphrases.LEAST_WRITERS:
                yield Paraphrase(theme.id, side, dict.fromkeys(LANGUAGES, "Ord."), "AB", "CD")


def counting_all(one: Edition, chance: Random) -> Edition:
    """A ledger that tells how many came, exactly: what is written under low ratings too."""
    state = state_of(one, chance)
    told = [f for f in one.record.findings if f.answer == "wrote"]
    shown = {f.question for f in told}
    rest = sum(comment.question not in shown for comment in state.comments)
    ends = rest + sum(f.low for f in told), rest + sum(f.high for f in told)
    return published(one, replace(one.record, moderation=(("came", *ends),)))
