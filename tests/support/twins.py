"""Two batches that differ in all that is hidden, and in nothing that the display would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from reporter.comments import State, decisions
from reporter.comments.decisions import Why
from reporter.counting import disclosure
from reporter.policy import HIDDEN, Policy
from reporter.records import Finding
from reporter.records.findings import MAIN, OTHERS, REASONS
from survey.questions import BREAKDOWNS, Item, Kind
from tests.attacks import leavers
from tests.attacks.leavers import Answers

_TRIES = 60
"""So many answers are changed, where the figures allow it."""


def twin(chance: Random, people: Sequence[Answers], policy: Policy) -> list[Answers]:
    """Other people: answers dealt anew within each place, some changed, all texts others."""
    other = [dict(one) for one in people]
    for item in _asked():
        _deal(chance, other, item)
    for _ in range(_TRIES):
        _nudge(chance, other, policy)
    chance.shuffle(other)
    return [{key: _rewritten(chance, value) for key, value in one.items()} for one in other]


def shown(people: Sequence[Answers], policy: Policy, *questions: str) -> tuple[Finding, ...]:
    """What the fixed display makes of the counts, before any rule that looks at them together."""
    asked = leavers.packaged()
    sizes = {one: leavers.sizes(people, asked, one) for one in BREAKDOWNS}
    raw = [
        replace(leavers.table(people, asked, one, how), most=0)
        for one, how in policy.breakdown.items()
        if how != HIDDEN and one in (questions or policy.breakdown)
    ]
    blocks = disclosure.cuts(sizes, policy.k)
    return disclosure.clear(raw, blocks, asked.groups, policy).findings


def _asked() -> list[Item]:
    """Every question but the two facts, and the other reasons, which go with the main one."""
    items = leavers.packaged().items.values()
    return [one for one in items if one.id not in (*BREAKDOWNS, OTHERS)]


def _deal(chance: Random, people: list[Answers], item: Item) -> None:
    """Who gave which answer, anew among people of the same area and tenure."""
    bound = (MAIN, OTHERS) if item.id == MAIN else (item.id,)
    places: dict[tuple[object, ...], list[Answers]] = {}
    for one in people:
        places.setdefault(tuple(one.get(how) for how in BREAKDOWNS), []).append(one)
    for here in places.values():
        dealt = [{key: one.pop(key) for key in bound if key in one} for one in here]
        chance.shuffle(dealt)
        for one, given in zip(here, dealt, strict=True):
            one.update(given)


def _nudge(chance: Random, people: list[Answers], policy: Policy) -> None:
    """Another answer of one person to one question, unless a figure would show it."""
    person, item = chance.choice(people), chance.choice(_asked())
    family = (MAIN, OTHERS, REASONS) if item.id == MAIN else (item.id,)
    before, old = shown(people, policy, *family), {key: person.pop(key, None) for key in family}
    _put(person, _others(chance, old) if item.id == MAIN else {item.id: _other(chance, item)})
    if shown(people, policy, *family) != before:
        _put(person, old)


def _put(person: Answers, answers: Mapping[str, Any]) -> None:
    """These answers in place of what was there; None is none."""
    for key, answer in answers.items():
        person.pop(key, None)
        person.update({} if answer is None else {key: answer})


def _others(chance: Random, old: Mapping[str, Any]) -> Answers:
    """Other reasons, or the same with another of them as the main one, or none."""
    known = leavers.packaged().items
    mine = [*([old[MAIN]] if old[MAIN] else []), *(old[OTHERS] or [])]
    if chance.random() < 0.5:
        mine = chance.sample([one.id for one in known[MAIN].choices], chance.randint(1, 4))
    main = chance.choice([*mine, None]) if mine and len(mine) <= known[OTHERS].most else None
    main = mine[0] if main is None and len(mine) > known[OTHERS].most else main
    return {MAIN: main, OTHERS: [one for one in mine if one != main] or None}


def _other(chance: Random, item: Item) -> object:
    ids = [one.id for one in item.choices]
    match item.kind:
        case Kind.ONE:
            return chance.choice([*ids, None])
        case Kind.SCALE:
            return chance.choice([*item.points, None])
        case Kind.MANY:
            return chance.sample(ids, chance.randint(1, item.most))
        case Kind.TEXT:
            return chance.choice(({"text": "", "consent": chance.choice(_CONSENTS)}, None))


_CONSENTS = ("count", "paraphrase", "quote")


def _rewritten(chance: Random, value: Any) -> Any:
    """A text that says something else."""
    if not isinstance(value, dict):
        return value
    return {**value, "text": f"{chance.choice(('Trivdes', 'Lönen', 'Mail'))} {chance.random()}"}


# What people decided about the comments


def read(chance: Random, people: Sequence[Answers], kinds: Counter[tuple[str, str]]) -> State:
    """The comments as somebody has read them: as many of a question named a theme as `kinds` says.

    Which of them it was, what was held back at first, and what is being written is chance.
    """
    found = [
        {"question": item.id, "theme": item.theme, "side": item.side or "problem", **one[item.id]}
        for one in people
        for item in leavers.packaged().items.values()
        if item.kind is Kind.TEXT and item.id in one
    ]
    chance.shuffle(found)
    state, left = decisions.begin(found), Counter(kinds)
    for one in state.comments:
        state = decisions.hold(state, one.id, chance.choice(list(Why)))
        state = decisions.hold(state, one.id, None)
        if one.themes is None:
            theme = next((t for (of, t), many in left.items() if of == one.question and many), "")
            left[one.question, theme] -= 1
            state = decisions.confirm(state, one.id, [theme] if theme else [], [theme])
    return state
