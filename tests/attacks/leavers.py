"""Made-up leavers who answer the real questionnaire in lopsided ways, and editions of them.

Their answers are counted here and not by the data frame's code, so that a thousand histories take
minutes; a test holds the two counts equal. What is shown of them the real gate decides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from reporter.counting import assembly, disclosure
from reporter.counting.batch import Sealed
from reporter.counting.tables import Counts, Table
from reporter.policy import HIDDEN, Policy, published
from reporter.records import Record, archive
from reporter.records.findings import REASONS
from survey.ballots import Tally, Terms, receipts
from survey.project import PACKAGED
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.questions import BREAKDOWNS, Choice, Item, Kind, Questionnaire

Answers = dict[str, Any]
"""What one person answered: ids, points, lists of ids, and True for a text; else absent."""

CLASSES = ("unfavourable", "neutral", "favourable")


@dataclass(frozen=True)
class Edition:
    """The record as anybody can read it, and everything that is true of its people."""

    published: Mapping[str, Any]
    record: Record
    people: tuple[Answers, ...]
    questionnaire: Questionnaire
    policy: Policy
    cleared: disclosure.Cleared


@cache
def packaged() -> Questionnaire:
    """The questionnaire that everybody starts with."""
    return read_questionnaire(PACKAGED / "questionnaire.yaml")


def history(seed: int, related: bool = True, asked: Questionnaire | None = None) -> list[Edition]:
    """2 to 12 editions; unless `related`, main reasons and reasons are cut in different ways.

    `asked` is the packaged questionnaire, or an organisation's own.
    """
    chance, asked = Random(seed), asked or packaged()
    policy = _policy(chance, related, asked)
    names = [f"a{n}" for n in range(chance.randint(1, 8))]
    made: list[Edition] = []
    of = Quarter(2020, 1)
    for _ in range(chance.randint(2, 12)):
        people: list[Answers] = []
        quarters: list[Quarter] = []
        while not quarters or len(people) < policy.minimum:
            people += batch(chance, names, chance.randint(5, 200), asked=asked)
            quarters.append(of)
            of = of.next
        seen = {one["area"] for one in people if "area" in one}
        every = [*names, *sorted(seen - {*names})]
        made.append(edition(people, policy, quarters, every, asked=asked))
        names = _reorganised(chance, names)
    return made


def small(seed: int, k: int = 0) -> list[Edition]:
    """Editions of an organisation where few leave: nothing is divided, and k answers are enough."""
    chance = Random(f"small {seed}")
    asked = short(seed) if chance.random() < 0.5 else packaged()
    k = k or chance.choice((5, 5, 6, 7))
    cut = dict.fromkeys(published(asked), "none")
    cut |= {"other_reasons": HIDDEN} if REASONS in cut else {}
    policy = Policy(k, k, chance.choice((k, 20)), cut)
    made: list[Edition] = []
    of = Quarter(2020, 1)
    for _ in range(chance.randint(1, 6)):
        people: list[Answers] = []
        quarters: list[Quarter] = []
        while len(people) < policy.minimum:
            people += batch(chance, ["a0", "a1"], chance.randint(1, 25), asked=asked)
            quarters.append(of)
            of = of.next
        made.append(edition(people, policy, quarters, ["a0", "a1"], asked=asked))
    return made


def short(seed: int) -> Questionnaire:
    """A questionnaire of an organisation's own: one to six of the packaged questions."""
    chance = Random(f"short {seed}")
    under = {one.under for one in packaged().items.values()}
    asked = [one for one in packaged().items.values() if not one.under]
    free = [one.id for one in asked if one.id not in BREAKDOWNS]
    rated, texts = (
        [one for one in free if one in under],
        [one.id for one in asked if one.kind.written],
    )
    kept = {*BREAKDOWNS, *chance.sample(rated, chance.randint(0, 2)), chance.choice(texts)}
    kept |= set(chance.sample(free, chance.randint(1, 3)))
    halves = {"main_reason", "other_reasons"}
    kept |= halves if kept & halves else set()
    sections = tuple(
        replace(one, items=tuple(i for i in one.items if i.id in kept or i.under in kept))
        for one in packaged().sections
    )
    return replace(packaged(), sections=sections)


def _policy(chance: Random, related: bool, asked: Questionnaire) -> Policy:
    k = chance.choice((5, 5, 7, 10))
    cut = {one: chance.choice(("none", *BREAKDOWNS)) for one in published(asked)}
    if REASONS in cut:
        cut["other_reasons"] = HIDDEN
    if related and REASONS in cut:
        cut["main_reason"] = cut[REASONS]
    return Policy(k, chance.choice((3 * k, 3 * k, 30)), chance.choice((k, 20, 40)), cut)


def _reorganised(chance: Random, names: Sequence[str]) -> list[str]:
    """Areas vanish, appear, and go on under another name."""
    kept = [one for one in names if chance.random() < 0.9] or list(names[:1])
    kept = [f"{one}x" if chance.random() < 0.1 else one for one in kept]
    return [*kept, f"b{chance.randint(10, 99)}"][:8] if chance.random() < 0.3 else kept


MOODS = ("same", "nearly", "few", "spread")


def batch(
    chance: Random,
    names: Sequence[str],
    count: int,
    mood: str = "",
    asked: Questionnaire | None = None,
) -> list[Answers]:
    """So many people of one quarter; each question has a mood of its own in each place."""
    items = (asked or packaged()).items
    moods = {
        (item.id, place): mood or chance.choice(MOODS)
        for item in items.values()
        for place in (*names, "")
    }
    skip = chance.choice((0.0, 0.0, 0.05, 0.3, 0.7))
    ticks = chance.choice((0.0, 0.3, 0.9, 0.98, 1.0))
    weights = [chance.random() ** 2 + 0.02 for _ in names]
    found = []
    for _ in range(count):
        area = "" if chance.random() < 0.05 else chance.choices(names, weights)[0]
        person = {"area": area, "tenure": chance.choice(("lt1", "1-2", "1-2", "gt10", ""))}
        found.append({key: value for key, value in person.items() if value})
        for item in items.values():
            if not item.under and item.id not in BREAKDOWNS and chance.random() >= skip:
                value = _answer(chance, item, moods[item.id, area], ticks)
                found[-1] |= (
                    {item.id: value} if value or (value == 0 and item.kind is Kind.SCALE) else {}
                )
    return found


def _answer(chance: Random, item: Item, mood: str, ticks: float) -> object:
    if item.kind is Kind.TEXT:
        return chance.random() < {"same": 1.0, "nearly": 0.95, "few": 0.05, "spread": 0.5}[mood]
    likely = [one.id for one in item.choices][: 2 if mood == "few" else item.most + 1 or 1]
    every = [one.id for one in item.choices]
    if item.kind is Kind.MANY:
        number = item.most if chance.random() < ticks else chance.randint(0, item.most)
        pool = every if mood == "spread" or chance.random() < 0.03 else likely
        return chance.sample(pool, min(number, len(pool)))
    odd = {"same": 0.0, "nearly": 0.05, "few": 0.1, "spread": 1.0}[mood]
    one = chance.choice(every if chance.random() < odd else likely)
    return int(one) if item.kind is Kind.SCALE else one


def edition(
    people: Sequence[Answers],
    policy: Policy,
    quarters: Sequence[Quarter],
    names: Sequence[str],
    clear: Callable[..., disclosure.Cleared] = disclosure.clear,
    asked: Questionnaire | None = None,
) -> Edition:
    """What the real gate, or a weak one, shows of these people, frozen as for publication."""
    asked = with_areas(names, asked)
    blocks = disclosure.cuts({one: sizes(people, asked, one) for one in BREAKDOWNS}, policy.k)
    raw = [table(people, asked, one, how) for one, how in policy.breakdown.items() if how != HIDDEN]
    cleared = clear(raw, blocks, asked.groups, policy)
    tally = Tally(len(people) + 5, len(people), 0)
    covered = [Sealed(_terms(one, policy), Tally(0, 0, 0), []) for one in quarters[:-1]]
    covered.append(Sealed(_terms(quarters[-1], policy), tally, []))
    leaves = sorted(receipts.leaf(f"{quarters[-1]} {n}".encode()) for n in range(len(people)))
    made = assembly.record(
        covered, asked, policy, blocks, cleared, leaves, [], quarters[-1].closes
    )  # fmt: skip
    return Edition(json.loads(archive.dump(made)), made, tuple(people), asked, policy, cleared)


def _terms(of: Quarter, policy: Policy) -> Terms:
    return Terms(of, (bytes(32),), of.closes, policy.k, policy.minimum)


def with_areas(names: Sequence[str], asked: Questionnaire | None = None) -> Questionnaire:
    """The questionnaire with an organisation's own areas."""
    asked = asked or packaged()
    choices = tuple(Choice(one, {"sv": one, "en": one}) for one in names)

    def own(item: Item) -> Item:
        return replace(item, choices=choices) if item.id == "area" else item

    sections = [replace(one, items=tuple(map(own, one.items))) for one in asked.sections]
    return replace(asked, sections=tuple(sections))


def named(person: Answers) -> set[str]:
    """Every reason a person named, as the main one or another."""
    main = person.get("main_reason")
    return {*person.get("other_reasons", ()), *([main] if main else [])}


def known(one: Edition, *editions: str) -> list[dict[str, Any]]:
    """What each of its people knows of themselves, as an insider."""
    counted = editions or (one.published["edition"],)
    texts = [item.id for item in packaged().items.values() if item.kind is Kind.TEXT]
    return [
        {
            **person,
            **{text: "wrote" if text in person else "none" for text in texts},
            REASONS: (named(person) if "other_reasons" in one.questionnaire.items else None)
            or None,
            "person": (person.get("area", ""), person.get("tenure", ""), counted),
        }
        for person in one.people
    ]


def sizes(people: Sequence[Answers], asked: Questionnaire, breakdown: str) -> Counts:
    """How many people each area or tenure has."""
    found = Counter(one.get(breakdown, "") for one in people)
    return {one: found[one] for one in [*(c.id for c in asked.items[breakdown].choices), ""]}


def table(people: Sequence[Answers], asked: Questionnaire, question: str, how: str) -> Table:
    """Raw counts of one question."""
    item = asked.items["other_reasons" if question == REASONS else question]
    counts: dict[str, Counter[str]] = {}
    n: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for person in people:
        member = person.get(how, "")
        given = named(person) if question == REASONS else person.get(question)
        if item.kind is Kind.TEXT:
            given = "wrote" if given else "none"
        if not given and not isinstance(given, int):
            continue
        n[member] += 1
        if isinstance(given, int):
            sums[member] += given
            given = CLASSES[
                sum(given >= cut for cut in ((3, 4) if len(item.points) == 5 else (7, 9)))
            ]
        counts.setdefault(member, Counter()).update([given] if isinstance(given, str) else given)
    choices, most = item.choices, item.most
    if question == REASONS:
        choices, most = asked.reasons, 1 + most
    five = sums if item.kind is Kind.SCALE and len(item.points) == 5 else None
    return Table(question, how, item.kind, choices, counts, n, five, most)
