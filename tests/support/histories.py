"""Random organisations and their editions, through the real gate and without files or pandas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from reporter.counting import disclosure
from reporter.counting.disclosure import SAFE, Ways
from reporter.counting.tables import Table
from reporter.policy import Policy
from reporter.records import Asked, Record
from reporter.records.findings import FAVOURABLE, NEUTRAL, UNFAVOURABLE
from survey.ballots import receipts
from survey.quarter import Quarter
from survey.questions import Choice, Kind
from tests.support.editions import record

Person = dict[str, object]

GROUPS = tuple(Choice(one, {"sv": one, "en": one}) for one in ("g0", "g1", "g2", "g3"))
REASONS = tuple(Choice(f"r{n}", {"sv": f"r{n}", "en": f"r{n}"}, f"g{n % 4}") for n in range(10))
FEW = tuple(Choice(one, {"sv": one, "en": one}) for one in ("yes", "maybe", "no"))
PULLS = tuple(Choice(f"p{n}", {"sv": f"p{n}", "en": f"p{n}"}) for n in range(5))
POINTS = tuple(Choice(str(n), {"sv": str(n), "en": str(n)}) for n in range(1, 6))
MOST = {"reasons": 4, "pull": 3}
ASKED = {
    "reasons": (Kind.MANY, REASONS),
    "main_reason": (Kind.ONE, REASONS),
    "back": (Kind.ONE, FEW),
    "pull": (Kind.MANY, PULLS),
    "rate_pay": (Kind.SCALE, POINTS),
    "recommend": (Kind.SCALE, tuple(Choice(str(n), {}) for n in range(11))),
    "keep": (Kind.TEXT, (Choice("wrote", {}),)),
}


def history(seed: int, ways: Ways = SAFE) -> list[Record]:
    """2 to 12 editions of one organisation: areas appear, vanish and are renamed; some carried."""
    chance = Random(seed)
    policy = _policy(chance)
    areas = [f"a{n}" for n in range(chance.randint(1, 8))]
    records, of = [], Quarter(2020, 1)
    for _ in range(chance.randint(2, 12)):
        people: list[Person] = []
        quarters: list[Quarter] = []
        while not quarters or len(people) < policy.minimum:
            people += _people(chance, areas, chance.randint(5, 200))
            quarters.append(of)
            of = of.next
            areas = _reorganised(chance, areas)
        records.append(edition(people, policy, quarters, ways))
    return records


def _policy(chance: Random) -> Policy:
    k = chance.choice((5, 7, 10))
    cut = {one: chance.choice(("none", "area", "tenure")) for one in ASKED}
    cut["main_reason"] = cut["reasons"]
    return Policy(k, chance.choice((3 * k, 30, 40)), 20, cut)


def _reorganised(chance: Random, areas: Sequence[str]) -> list[str]:
    kept = [one for one in areas if chance.random() < 0.9] or list(areas[:1])
    return [*kept, f"a{chance.randint(10, 99)}"] if chance.random() < 0.2 else kept


def _people(chance: Random, areas: Sequence[str], count: int) -> list[Person]:
    """Answers that are often lopsided or unanimous: nothing leaks where all are spread out."""
    moods = {one: chance.choice((0.02, 0.2, 0.5, 0.98)) for one in (*areas, "")}
    weights = [chance.random() ** 2 + 0.01 for _ in areas]
    leaning = [chance.random() ** 4 + 0.001 for _ in REASONS]
    skip = chance.choice((0.0, 0.0, 0.1, 0.4))
    return [_person(chance, areas, weights, moods, leaning, skip) for _ in range(count)]


def _person(
    chance: Random,
    areas: Sequence[str],
    weights: Sequence[float],
    moods: dict[str, float],
    leaning: Sequence[float],
    skip: float,
) -> Person:
    area = "" if chance.random() < 0.05 else chance.choices(areas, weights)[0]
    high = chance.random() < moods[area]
    ids = [one.id for one in REASONS]
    main = chance.choices(ids, leaning)[0]
    named = {main, *chance.choices(ids, leaning, k=chance.randint(0, 3))}
    answers: Person = {
        "main_reason": {main},
        "reasons": named,
        "back": {"yes" if high else chance.choice(("maybe", "no"))},
        "pull": set(chance.sample([one.id for one in PULLS], chance.randint(1, 3))),
        "rate_pay": chance.choice((4, 5)) if high else chance.randint(1, 5),
        "recommend": chance.choice((9, 10)) if high else chance.randint(0, 10),
        "keep": {"wrote"} if chance.random() < moods[area] else {"none"},
    }
    told = {key: value for key, value in answers.items() if key == "keep" or chance.random() > skip}
    if "main_reason" in told:
        told["reasons"] = named
    return {"area": area, "tenure": chance.choice(("lt1", "1-2", "gt10", "")), **told}


def edition(
    people: Sequence[Person], policy: Policy, quarters: Sequence[Quarter], ways: Ways = SAFE
) -> Record:
    """What the gate shows of these people's answers."""
    sizes = {one: _sizes(people, one) for one in ("area", "tenure")}
    blocks = disclosure.cuts(sizes, policy.k)
    raw = [_table(people, question, policy.breakdown[question]) for question in ASKED]
    cleared = disclosure.clear(raw, blocks, GROUPS, policy, ways)
    leaves = sorted(receipts.leaf(f"{quarters[-1]} {n}".encode()) for n in range(len(people)))
    asked = tuple(_asked(one, policy, cleared.answers[one]) for one in ASKED)
    return record(
        str(quarters[-1]),
        quarters=tuple(quarters),
        k=policy.k,
        minimum=policy.minimum,
        issued=len(people) + 5,
        answered=len(people),
        counted=len(people),
        asked=asked,
        blocks=tuple({b.id: b for many in blocks.values() for b in many}.values()),
        findings=cleared.findings,
        withheld=cleared.withheld,
        leaves=tuple(leaf.hex() for leaf in leaves),
        root=receipts.root(leaves).hex(),
    )


def _asked(question: str, policy: Policy, answers: tuple[Choice, ...]) -> Asked:
    kind, _ = ASKED[question]
    words = {"sv": question, "en": question}
    theme = "pay" if question == "rate_pay" else ""
    how = policy.breakdown[question]
    return Asked(question, kind, how, words, answers, theme, MOST.get(question, 0))


def _sizes(people: Sequence[Person], breakdown: str) -> dict[str, int]:
    counts = Counter(str(person[breakdown]) for person in people)
    return {**{one: counts[one] for one in sorted(counts) if one}, "": counts[""]}


def _table(people: Sequence[Person], question: str, breakdown: str) -> Table:
    kind, answers = ASKED[question]
    counts: dict[str, Counter[str]] = {}
    n: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for person in people:
        given = person.get(question)
        if given is None:
            continue
        member = "" if breakdown == "none" else str(person[breakdown])
        n[member] += 1
        points = given if isinstance(given, int) else 0
        sums[member] += points
        told = [_class(question, points)] if kind is Kind.SCALE else given
        counts.setdefault(member, Counter()).update(told)  # type: ignore[arg-type]
    five = sums if question == "rate_pay" else None
    most = MOST.get(question, 0)
    return Table(question, breakdown, kind, answers, counts, n, five, most)


def _class(question: str, points: int) -> str:
    low, high = (3, 4) if question == "rate_pay" else (7, 9)
    return UNFAVOURABLE if points < low else NEUTRAL if points < high else FAVOURABLE
