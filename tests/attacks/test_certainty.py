"""The attacker of certainty.py finds nobody behind the gate, and somebody behind each weak one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest

from reporter.counting import disclosure, opening, tables
from reporter.counting.disclosure import SAFE, Cleared, Ways
from reporter.counting.tables import Table
from reporter.policy import HIDDEN, Policy, published
from reporter.records.findings import REASONS
from survey.ballots import Response
from survey.quarter import Quarter
from tests.attacks import certainty, leavers
from tests.attacks.certainty import Certain, Own, Person, Sure
from tests.attacks.leavers import Answers, Edition

HISTORIES = 1000
Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
AREAS = ("a0", "a1", "a2")


def attacked(editions: Sequence[Edition], certain: Certain | None = None) -> set[Sure]:
    """Everybody who is certain for an outsider or for one of those who answered."""
    insiders = [own for one in editions for own in leavers.known(one)]
    return certainty.attack(
        [one.published for one in editions], _people(insiders), insiders, certain
    )


def _people(insiders: Sequence[Own]) -> Counter[Person]:
    return Counter(own["person"] for own in insiders)


def adds_up(one: Edition) -> bool:
    """Whether the record counts everybody once, in its head, its receipts and its blocks."""
    shown, people = one.published, len(one.people)
    cuts = {how: 0 for _, how, _, _ in shown["blocks"]}
    for _, how, _, n in shown["blocks"]:
        cuts[how] += n
    return {shown["counted"], len(shown["leaves"]), *cuts.values()} == {people}


# The gate


def test_nobody_is_certain_in_histories_through_the_real_gate() -> None:
    for seed in (3, 8, 13):
        made = leavers.history(seed)
        assert all(map(adds_up, made))
        assert not attacked(made), seed


def _nobody_where_few_leave(seeds: range) -> tuple[int, int]:
    """How many editions, and of how few people the smallest."""
    editions, least = 0, 99
    for seed in seeds:
        made = leavers.small(seed)
        editions += len(made)
        least = min(least, *(len(one.people) for one in made))
        assert all(map(adds_up, made))
        assert not attacked(made), seed
    return editions, least


def test_nobody_is_certain_where_few_leave_and_nothing_is_divided() -> None:
    assert _nobody_where_few_leave(range(25))[0] > 50


def test_somebody_is_certain_where_four_are_enough() -> None:
    assert any(attacked(leavers.small(seed, k=4)) for seed in range(40))


@pytest.mark.bench
def test_nobody_is_certain_in_a_thousand_small_histories() -> None:
    editions, least = _nobody_where_few_leave(range(HISTORIES))
    print(f"\n{HISTORIES} small histories, {editions} editions, the smallest of {least}: nobody")


@pytest.mark.bench
def test_nobody_is_certain_in_a_thousand_histories() -> None:
    began, editions = time.process_time(), 0
    for seed in range(HISTORIES):
        made = leavers.history(seed)
        editions += len(made)
        assert all(map(adds_up, made))
        assert not attacked(made), seed
    cost = time.process_time() - began
    print(f"\n{HISTORIES} histories, {editions} editions: nobody is certain ({cost:.0f} CPU s)")


def test_these_leavers_are_counted_as_the_data_frame_counts_them() -> None:
    people = leavers.batch(Random(1), AREAS, 90)
    asked, policy = leavers.with_areas(AREAS), _policy(7)
    told = [{**one, **_texts(one)} for one in people]
    frame = opening.frame([Response(one, bytes(32)) for one in told], asked)
    for one in tables.count(frame, asked, policy):
        mine = leavers.table(people, asked, one.question, one.breakdown)
        assert (mine.counts, mine.n, mine.sums, mine.most) == (
            one.counts,
            one.n,
            one.sums,
            one.most,
        )


def _texts(person: Answers) -> dict[str, Any]:
    return {
        key: {"text": "x", "consent": "count"} for key, value in person.items() if value is True
    }


def _policy(k: int, **cut: str) -> Policy:
    how = dict.fromkeys(published(leavers.packaged()), "area")
    return Policy(k, 3 * k, 20, {**how, "other_reasons": HIDDEN, **cut})


# The attacker: its two ways of solving agree


def test_the_closed_form_and_the_whole_number_programme_find_the_same() -> None:
    narrow = Ways(partial(disclosure.display, margin=1), partial(disclosure.display_sum, margin=1))
    for one in _batches(4, k=4, count=16, ways=narrow):
        closed = attacked([one])
        assert _facts(attacked([one], certainty.tangled)) == _facts(closed)


def _facts(found: set[Sure]) -> set[Sure]:
    """Without how many they are: the programme counts a cell, the closed form who answered."""
    return {replace(one, people=0) for one in found}


# Weakened gates


def _batches(
    rounds: int, k: int = 7, count: int = 30, ways: Ways = SAFE, **cut: str
) -> Iterator[Edition]:
    clear = partial(disclosure.clear, ways=ways)
    for seed in range(rounds):
        chance = Random(seed)
        people = leavers.batch(chance, AREAS, count, chance.choice(("same", "nearly", "few")))
        yield leavers.edition(people, _policy(k, **cut), [Q1], AREAS, clear)


def _unclamped(points: int, neutral: int, n: int) -> tuple[int, int]:
    """All sums that round to the same mean, up to the ends and beside any number of neutrals."""
    assert neutral <= n
    alike = [
        one
        for one in range(n, 5 * n + 1)
        if (20 * one + n) // (2 * n) == (20 * points + n) // (2 * n)
    ]
    return alike[0], alike[-1]


WEAK = {
    "exact percentages": Ways(display=lambda count, _: (count, count)),
    "a mean without its clamp": Ways(display_sum=_unclamped),
}


@pytest.mark.parametrize("weak", WEAK)
def test_people_are_certain_behind_a_display_without(weak: str) -> None:
    assert any(attacked([one]) for one in _batches(20, ways=WEAK[weak]))


def test_people_are_certain_in_groups_of_four() -> None:
    assert any(attacked([one]) for one in _batches(20, k=4, count=14))


def _with(one: Edition, *rows: list[Any], blocks: Sequence[list[Any]] = ()) -> Edition:
    """The edition with more figures."""
    shown = dict(one.published)
    shown |= {"findings": [*shown["findings"], *rows], "blocks": [*shown["blocks"], *blocks]}
    return replace(one, published=shown)


RATED = ("rate_pay", "rate_team", "kept")


def _crowd(how: str, people: Sequence[Answers] = ()) -> Iterator[Edition]:
    """Sixty people of eight areas: three questions, by area or by tenure."""
    names = [f"a{n}" for n in range(8)]
    cut = {one: how if one in RATED else HIDDEN for one in _policy(5).breakdown}
    for seed in range(12):
        answers = people or leavers.batch(Random(seed), names, 60)
        yield leavers.edition(answers, _policy(5, **cut), [Q1], names)


def _parents(one: Edition) -> Edition:
    """Exact lines for everyone beside the ranges of their areas."""
    rows = []
    for question in RATED[:2]:
        told = leavers.table(one.people, one.questionnaire, question, "none")
        n, counts = told.n.get("", 0), told.counts.get("", Counter())
        rows += [["all", question, cls, n, counts[cls], counts[cls]] for cls in leavers.CLASSES]
    return _with(one, *rows)


def _again(one: Edition) -> Edition:
    """The same questions by tenure too."""
    other = next(_crowd("tenure", one.people)).published
    blocks = [block for block in other["blocks"] if block[1] == "tenure"]
    return _with(one, *other["findings"], blocks=blocks)


@pytest.mark.parametrize("weaken", [_parents, _again])
def test_anybody_can_be_certain_where_figures_overlap(weaken: Callable[[Edition], Edition]) -> None:
    weak = map(weaken, _crowd("area"))
    assert any(certainty.attack([one.published], _people(leavers.known(one))) for one in weak)


def test_a_late_answer_is_laid_bare_by_an_edition_made_again() -> None:
    (before,) = _batches(1)
    (late,) = leavers.batch(Random(9), AREAS, 1, "spread")
    after = leavers.edition([*before.people, late], before.policy, [Q2], AREAS)
    first, second = (str(one.published["edition"]) for one in (before, after))
    people = _people([*leavers.known(before, first, second)])
    alone = replace(after, people=(late,))
    people += _people(leavers.known(alone, second))
    found = certainty.attack([before.published, after.published], people)
    assert any(one.people == 1 for one in found)


# Reasons: a main one is a named one


def _reasons(mains: Sequence[str], others: Sequence[Sequence[str]], area: str) -> list[Answers]:
    """People of one area with their main and their other reasons."""
    place = {"area": area, "tenure": "lt1"}
    return [
        {**place, "main_reason": main, **({"other_reasons": list(more)} if more else {})}
        for main, more in zip(mains, others, strict=True)
    ]


_REST = _reasons(["team"] * 11 + ["pay"] * 9, [("pay",)] * 11 + [("growth",)] * 9, "a1")


def test_one_who_named_a_single_reason_knows_what_nobody_else_did_unless_it_is_withheld() -> None:
    """Nine of ten named four. That four main reasons were private is told by their group alone."""
    people = [*_full(), *_REST]
    sound = leavers.edition(people, _policy(7), [Q1], AREAS)
    assert not attacked([sound])
    assert ["area-1", REASONS] in sound.published["withheld"]
    weak = leavers.edition(people, _policy(7), [Q1], AREAS, _each_alone)
    found = attacked([weak])
    assert {one.people for one in found} == {9}
    assert {"culture", "workload"} <= {one.answer for one in found if not one.gave}


@pytest.mark.parametrize("main", ["area", HIDDEN])
def test_a_main_reason_that_is_not_told_flips_no_dash(main: str) -> None:
    """Five or six of eight gave one: too few to be told, and what all named is the same.

    The dash of all reasons stood or fell with the sixth, though no figure was another.
    """
    policy = replace(_policy(7, main_reason=main), merge_below=7)
    five, six = (leavers.edition([*_eight(n), *_REST], policy, [Q1], AREAS) for n in (5, 6))
    assert list(map(leavers.named, five.people)) == list(map(leavers.named, six.people))
    assert five.published["findings"] == six.published["findings"]
    assert five.published["withheld"] == six.published["withheld"]
    assert not attacked([five]) | attacked([six])


def _eight(mains: int) -> list[Answers]:
    """Eight people who named 26 reasons, four at most; so many gave their first as the main one."""
    named: list[list[str]] = [[] for _ in range(8)]
    room = [4] * 5 + [3] * 3
    for reason in ("pay", "growth", "security", "manager", "team", "culture"):
        count = 1 if reason == "culture" else 5
        for n in sorted(range(8), key=lambda n: len(named[n]) - room[n])[:count]:
            named[n].append(reason)
    told = [(one[0], one[1:]) if n < mains else (None, one) for n, one in enumerate(named)]
    return [
        {"area": "a0", **({"main_reason": main} if main else {}), "other_reasons": list(others)}
        for main, others in told
    ]


def _each_alone(tables: Sequence[Table], *rest: Any) -> Cleared:
    """A gate that asks of no reason whether it was somebody's main one."""
    cleared = [disclosure.clear([one], *rest) for one in tables]
    return Cleared(
        tuple(finding for one in cleared for finding in one.findings),
        tuple(pair for one in cleared for pair in one.withheld),
        {question: told for one in cleared for question, told in one.answers.items()},
    )


def _full() -> list[Answers]:
    """Ten people; all but the first named as many reasons as they may."""
    mains = ["pay", "pay", "growth", "growth", "security", "security", *["personal", "other"] * 2]
    left = Counter(pay=5, growth=5, security=5, manager=7, team=5)
    room = [0] + [3] * 9
    others: list[list[str]] = [[] for _ in mains]
    for reason, count in left.most_common():
        fit = [n for n in range(10) if room[n] and mains[n] != reason]
        for n in sorted(fit, key=lambda n: -room[n])[:count]:
            others[n].append(reason)
            room[n] -= 1
    assert not any(room)
    return _reasons(mains, others, "a0")


@pytest.mark.parametrize(("main", "named"), [("none", "area"), ("area", "none")])
def test_reasons_cut_in_another_way_than_main_reasons_lay_people_bare(
    main: str, named: str
) -> None:
    """Seven of seven in one area, or nobody of thirteen in the other, named pay."""
    policy = replace(_policy(7, main_reason=main, reasons=named), merge_below=7)
    if main == "none":
        people = _reasons(["pay"] * 7, [()] * 7, "a0") + _reasons(["pay"] * 5, [()] * 5, "a1")
        people += _reasons(["team"] * 9, [()] * 9, "a1")
    else:
        people = _reasons(["pay"] * 4 + ["team"] * 4, [()] * 8, "a0")
        people += _reasons(["growth"] * 13, [()] * 13, "a1")
    found = attacked([leavers.edition(people, policy, [Q1], AREAS)])
    assert any(one.answer == "pay" and not one.insider for one in found)
