"""Granselfors Mekaniska: a made-up company whose leavers answer the questionnaire by the quarter.

Same quarter, same seed, same answers. How it fares stands in company/trends.yaml and what its
leavers write in company/comments.yaml. Shares are dealt out rather than drawn one by one, so that
even a quarter of forty shows the trend and not chance.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from survey import documents, quarter
from survey.quarter import Quarter
from tests.support.places import SAMPLES

Answers = dict[str, Any]

NAME = "Granselfors Mekaniska"

KINDS = {"own": 83, "contract": 9, "retirement": 5, "other": 3}
TENURES = {"lt1": 22, "1-2": 30, "3-5": 25, "6-10": 14, "gt10": 9}
OTHERS = {"0": 15, "1": 35, "2": 32, "3": 18}
"""How many reasons are named besides the main one."""

CONSENTS = {"paraphrase": 45, "quote": 20, "count": 35}
"""Freer than people are: with these most quarters have a theme that may be paraphrased."""
LANGUAGES = {"sv": 70, "en": 30}
MORE = ("pay", "growth", "flexibility", "content", "location", "security")
"""What a new job may have more of, in the order of the form."""

PULLS = {
    "pay": "pay",
    "growth": "growth",
    "recognition": "growth",
    "security": "security",
    "content": "content",
    "workload": "flexibility",
    "balance": "flexibility",
    "environment": "location",
    "personal": "location",
}
"""The same by the reason to leave the old one."""

SUDDEN = {"manager", "culture", "security", "personal"}
"""Reasons that often come with a single event."""

CURABLE = {"pay", "growth", "workload", "balance", "recognition"}
"""Reasons that a better offer could have answered."""


def quarter_answers(quarter: Quarter, seed: int, leavers: int | None = None) -> list[Answers]:
    """The answers of everyone who answered in that quarter, in no order that tells anything."""
    rng = Random(f"{seed} {quarter}")
    count = headcount(quarter, seed) if leavers is None else leavers
    people = _people(rng, count, _figures("reasons", quarter))
    for theme, share in _figures("favourable", quarter).items():
        _rate(rng, people, theme, share / 100 + rng.gauss(0, 0.005))
    for person in people:
        _look_ahead(rng, person)
    writer = _Writer(rng)
    return [writer.written(_with_gaps(rng, person)) for person in people]


def headcount(quarter: Quarter, seed: int) -> int:
    """How many answered in that quarter."""
    return Random(f"{seed} {quarter} headcount").randint(38, 54)


def invited(quarter: Quarter, seed: int) -> int:
    """How many links were issued for that quarter; about seven in ten are answered."""
    rate = Random(f"{seed} {quarter} rate").uniform(0.64, 0.76)
    return round(headcount(quarter, seed) / rate)


def hinted() -> dict[str, str]:
    """The comments that say too much on purpose, each with what is wrong: name, mail or rare."""
    pools = [pool for languages in _bank().values() for pool in languages.values()]
    return {one["text"]: one["hint"] for pool in pools for one in pool if "hint" in one}


def theme_of(item: str, text: str) -> str:
    """The theme that a comment was invented for."""
    found = [theme for (of, theme), pools in _bank().items() if of == item and _in(text, pools)]
    return found[0]


def _in(text: str, pools: Mapping[str, list[dict[str, str]]]) -> bool:
    return any(one["text"] == text for pool in pools.values() for one in pool)


# Figures


@cache
def _trends() -> Mapping[str, Any]:
    return documents.read(SAMPLES / "trends.yaml")


def _figures(of: str, at: Quarter) -> dict[str, int]:
    """The column of that quarter in one of the tables of trends.yaml."""
    first = quarter.parse(_trends()["first"])
    since = 4 * (at.year - first.year) + at.number - first.number
    table: Mapping[str, list[str]] = _trends()[of]
    return {key: int(row[max(0, min(since, len(row) - 1))]) for key, row in table.items()}


def _area_effect(area: str, theme: str) -> int:
    return int(_trends()["areas"][area].get(theme, 0))


# Who leaves and why


def _dealt(rng: Random, weights: Mapping[str, float], count: int) -> list[str]:
    """`count` values in proportion to their weights, shuffled: a deal, not that many draws."""
    total, start = sum(weights.values()), rng.random()
    dealt: list[str] = []
    upto = 0.0
    for value, weight in weights.items():
        upto += weight / total * count
        while len(dealt) + start < upto:
            dealt.append(value)
    dealt += [value] * (count - len(dealt))
    rng.shuffle(dealt)
    return dealt


def _people(rng: Random, count: int, reasons: Mapping[str, int]) -> list[Answers]:
    areas = {key: int(row["share"]) * rng.uniform(0.85, 1.15) for key, row in _areas().items()}
    columns = {
        "area": _dealt(rng, areas, count),
        "tenure": _dealt(rng, TENURES, count),
        "kind": _dealt(rng, KINDS, count),
        "main_reason": _dealt(rng, reasons, count),
    }
    rows = zip(*columns.values(), strict=True)
    people = [_fitting(rng, dict(zip(columns, row, strict=True))) for row in rows]
    _deal_others(rng, people, reasons)
    return [_decided(rng, person) for person in people]


def _areas() -> Mapping[str, Mapping[str, str]]:
    areas: Mapping[str, Mapping[str, str]] = _trends()["areas"]
    return areas


def _fitting(rng: Random, person: Answers) -> Answers:
    """The person with a length of service and a reason that fit how they leave."""
    if person["kind"] == "retirement":
        person |= {"tenure": rng.choice(["6-10", "gt10", "gt10"]), "main_reason": "personal"}
    if person["kind"] == "contract":
        person["tenure"] = rng.choice(["lt1", "1-2"])
        person["main_reason"] = rng.choice(["security", person["main_reason"]])
    return person


def _deal_others(rng: Random, people: Sequence[Answers], reasons: Mapping[str, int]) -> None:
    """Give everyone up to three more reasons out of one deal for them all."""
    wanted = [int(number) for number in _dealt(rng, OTHERS, len(people))]
    cards = _dealt(rng, reasons, sum(wanted))
    for person, number in zip(people, wanted, strict=True):
        top = [cards.pop() for _ in range(min(12, len(cards)))]
        hand = dict.fromkeys(card for card in top if card != person["main_reason"])
        person["other_reasons"] = sorted(list(hand)[:number], key=list(reasons).index)
        for card in person["other_reasons"]:
            top.remove(card)
        cards += reversed(top)


def _decided(rng: Random, person: Answers) -> Answers:
    """The person with the course of the decision, as it goes with its reason."""
    person["considered"] = _considered(rng, person)
    person["event"] = _event(rng, person["main_reason"])
    person["kept"] = _kept(rng, person)
    return person


def _draw(rng: Random, weights: Mapping[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _considered(rng: Random, person: Answers) -> str:
    """Newcomers cannot have thought of it for a year; events and moves come quickly."""
    weights = {"lt1m": 10, "1-3m": 30, "4-12m": 40, "gt12m": 20}
    if person["main_reason"] in SUDDEN:
        weights |= {"lt1m": 25, "1-3m": 40}
    if person["tenure"] == "lt1":
        weights["gt12m"] = 0
    return _draw(rng, weights)


def _event(rng: Random, main: str) -> str:
    yes = 40 if main in SUDDEN else 14
    return _draw(rng, {"yes": yes, "no": 92 - yes, "rather_not": 8})


def _kept(rng: Random, person: Answers) -> str:
    if person["kind"] == "retirement" or person["main_reason"] == "personal":
        weights = {"definitely": 3, "probably": 7, "probably_not": 25, "definitely_not": 65}
    elif person["main_reason"] in CURABLE:
        weights = {"definitely": 24, "probably": 38, "probably_not": 27, "definitely_not": 11}
    else:
        weights = {"definitely": 9, "probably": 24, "probably_not": 40, "definitely_not": 27}
    return _draw(rng, weights)


# What they think of the work


def _rate(rng: Random, people: Sequence[Answers], theme: str, favourable: float) -> None:
    """Rank everyone on a theme and give that share of them, from the top, a 4 or 5."""
    ranked = sorted(people, key=lambda person: _view(rng, person, theme), reverse=True)
    cuts = _cuts(favourable)
    for place, person in enumerate(ranked):
        part = (place + 0.5) / len(ranked)
        person[f"rate_{theme}"] = 5 - sum(part > cut for cut in cuts)


def _cuts(favourable: float) -> tuple[float, ...]:
    """Where 5 ends and 4, 3 and 2 end, as parts of everyone."""
    rest = 1 - favourable
    return (0.36 * favourable, favourable, favourable + 0.4 * rest, favourable + 0.76 * rest)


def _view(rng: Random, person: Answers, theme: str) -> float:
    """How a person sees a theme: reasons weigh most, then the area, then chance."""
    main: str = person["main_reason"]
    blamed = 2.2 * (main == theme) + 1.2 * (theme in person["other_reasons"])
    content = 0.5 * (main == "personal")
    return 0.35 * _area_effect(person["area"], theme) + content - blamed + rng.gauss(0, 1)


def _look_ahead(rng: Random, person: Answers) -> None:
    ratings = [value for key, value in person.items() if key.startswith("rate_")]
    mean = sum(ratings) / len(ratings)
    person["recommend"] = max(0, min(10, round(6 + 2.6 * (mean - 3.3) + rng.gauss(0, 1.6))))
    person["return"] = _return(rng, person["recommend"])
    person["pull"] = _pull(rng, person)


def _return(rng: Random, recommend: int) -> str:
    yes, no = 6 * max(0, recommend - 3), 9 * max(1, 9 - recommend)
    return _draw(rng, {"yes": yes, "maybe": 35, "no": no})


def _pull(rng: Random, person: Answers) -> list[str]:
    if person["kind"] == "retirement" or rng.random() < 0.08:
        return ["no_new_job"]
    more = {PULLS.get(reason) for reason in (person["main_reason"], *person["other_reasons"])}
    return [one for one in MORE if one in more][:3] or ["none"]


def _with_gaps(rng: Random, person: Answers) -> Answers:
    """The person without the items left unanswered; some ratings are "rather not say"."""
    kept = {key: value for key, value in person.items() if rng.random() > _gap(key)}
    for key in kept:
        if key.startswith("rate_") and rng.random() < 0.03:
            kept[key] = "na"
    if kept.get("other_reasons") == []:
        del kept["other_reasons"]
    return kept


def _gap(item: str) -> float:
    return 0.05 if item in {"area", "kind", "main_reason"} else 0.07


# What they write


@cache
def _bank() -> Mapping[tuple[str, str], Mapping[str, list[dict[str, str]]]]:
    """(item, theme) → language → comments, each a dict with `text` and perhaps `hint`."""
    document = documents.read(SAMPLES / "comments.yaml")
    return {
        (item, theme): {language: _comments(raw) for language, raw in languages.items()}
        for item, themes in document.items()
        for theme, languages in themes.items()
    }


def _comments(raw: Iterable[str | dict[str, str]]) -> list[dict[str, str]]:
    return [{"text": one} if isinstance(one, str) else one for one in raw]


class _Writer:
    """Deals out the comments, none twice before its pile is used up."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.piles: dict[tuple[str, str, str], list[str]] = {}

    def written(self, person: Answers) -> Answers:
        """The person with texts: follow-ups under low ratings, then the three at the end."""
        if self.rng.random() < 0.2:
            return person
        language = _draw(self.rng, LANGUAGES)
        for theme in _low(person):
            if self.rng.random() < 0.35:
                person[f"follow_{theme}"] = self.text("follow", theme, language)
        for item, often in (("keep", 0.6), ("improve", 0.65), ("stay", 0.45)):
            if self.rng.random() < often:
                person[item] = self.text(item, self.theme(item, person), language)
        return person

    def theme(self, item: str, person: Answers) -> str:
        """Something rated high to keep; something named, rated low or of general concern else."""
        if item == "keep":
            wanted = [key[5:] for key, value in person.items() if value == 5]
        else:
            named = [person.get("main_reason", ""), *person.get("other_reasons", [])]
            wanted = named + _low(person)
        pools = {theme: pool for (of, theme), pool in _bank().items() if of == item}
        weights = {theme: sum(map(len, pool.values())) for theme, pool in pools.items()}
        return _draw(self.rng, {key: weights[key] for key in wanted if key in weights} or weights)

    def text(self, item: str, theme: str, language: str) -> dict[str, str]:
        """The next comment of the pile, with what its writer allows."""
        pile = self.piles.setdefault((item, theme, language), [])
        if not pile:
            pile += [comment["text"] for comment in _bank()[item, theme][language]]
            self.rng.shuffle(pile)
        return {"text": pile.pop(), "consent": _draw(self.rng, CONSENTS)}


def _low(person: Answers) -> list[str]:
    """The themes the person rated 1 or 2."""
    return [key[5:] for key, value in person.items() if key[:5] == "rate_" and value in (1, 2)]


def main(argv: Sequence[str]) -> int:
    """Print a quarter's answers as JSON lines: python -m tests.support.company 2026-q4 [SEED]."""
    seed = int(argv[1]) if len(argv) > 1 else 1
    for answers in quarter_answers(quarter.parse(argv[0]), seed):
        print(json.dumps(answers, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
