"""reporter.counting.disclosure: the gate. What it shows lets nobody learn one person's answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reporter.counting import disclosure
from reporter.counting.disclosure import Why
from reporter.counting.tables import Table
from reporter.policy import Policy
from reporter.records import Finding
from reporter.records.findings import FAVOURABLE, NEUTRAL, SUM, UNFAVOURABLE, WROTE
from survey.questions import Choice, Kind, Questionnaire

POLICY = Policy(k=7, minimum=30, merge_below=20, breakdown={})
WHOLE = {"none": [disclosure.whole(12)]}

Ratings = tuple[int, int, int, int, int]


def _table(kind: Kind, answers: tuple[str, ...], counts: dict[str, int], n: int) -> Table:
    choices = tuple(Choice(answer, {}) for answer in answers)
    return Table("q", "none", kind, choices, {"": counts}, {"": n})


# Blocks


def test_areas_of_k_or_more_get_a_block_and_the_rest_form_one() -> None:
    blocks = disclosure.cut("area", {"a": 9, "b": 3, "c": 8, "d": 4, "": 2}, k=7)
    assert [(block.members, block.n) for block in blocks] == [
        (("a",), 9),
        (("c",), 8),
        (("b", "d", ""), 9),
    ]


def test_a_rest_that_is_too_small_takes_the_smallest_shown_area_with_it() -> None:
    blocks = disclosure.cut("area", {"a": 9, "b": 3, "c": 8, "": 0}, k=7)
    assert [(block.members, block.n) for block in blocks] == [(("a",), 9), (("c", "b"), 11)]


@pytest.mark.parametrize(
    "sizes", [{"a": 20, "": 0}, {"a": 20, "b": 3, "": 0}, {"a": 3, "b": 4, "": 6}, {"": 30}]
)
def test_one_block_alone_means_the_company_only(sizes: dict[str, int]) -> None:
    (block,) = disclosure.cut("area", sizes, k=7)
    assert (block.id, block.breakdown, block.n) == ("all", "none", sum(sizes.values()))


def test_those_who_stated_no_area_are_never_a_block_of_their_own_beside_small_ones() -> None:
    blocks = disclosure.cut("area", {"a": 9, "b": 1, "": 30}, k=7)
    assert [block.members for block in blocks] == [("a",), ("b", "")]


@given(some.lists(some.integers(0, 40), min_size=1, max_size=9), some.integers(5, 12))
def test_blocks_are_disjoint_big_enough_and_hold_everyone(counts: list[int], k: int) -> None:
    sizes = {f"a{number}": count for number, count in enumerate(counts)} | {"": counts[0]}
    if sum(sizes.values()) < 3 * k:
        return
    blocks = disclosure.cut("area", sizes, k)
    members = [member for block in blocks for member in block.members]
    assert len(members) == len(set(members))
    assert sum(block.n for block in blocks) == sum(sizes.values())
    assert all(block.n >= k for block in blocks)


# The display of one histogram


@pytest.mark.parametrize(
    ("count", "n", "shown"),
    [
        (0, 9, (0, 2)),
        (2, 9, (0, 2)),
        (3, 9, (3, 3)),
        (6, 9, (6, 6)),
        (7, 9, (7, 9)),
        (9, 9, (7, 9)),
    ],
)
def test_a_count_near_nobody_or_everybody_is_a_range(
    count: int, n: int, shown: tuple[int, int]
) -> None:
    assert disclosure.display(count, n) == shown


@given(some.integers(5, 400).flatmap(lambda n: some.tuples(some.just(n), some.integers(0, n))))
def test_the_range_always_holds_the_count(pair: tuple[int, int]) -> None:
    n, count = pair
    low, high = disclosure.display(count, n)
    assert 0 <= low <= count <= high <= n


@given(some.integers(5, 60).flatmap(lambda n: some.tuples(some.just(n), some.integers(n, 5 * n))))
def test_the_range_of_a_sum_holds_it_and_one_decimal_tells_no_more(pair: tuple[int, int]) -> None:
    n, points = pair
    bounds = disclosure.display_sum(points, 0, n)
    assert bounds is not None
    low, high = bounds
    assert n <= low <= points <= high <= 5 * n
    assert {disclosure.display_sum(other, 0, n) for other in range(low, high + 1)} == {bounds}


def test_no_mean_is_shown_where_nearly_all_are_neutral() -> None:
    assert disclosure.display_sum(29, neutral=8, n=10) is None


def _histograms(n: int) -> Iterator[Ratings]:
    for bars in itertools.combinations(range(n + 4), 4):
        edges = (-1, *bars, n + 4)
        yield tuple(b - a - 1 for a, b in itertools.pairwise(edges))  # type: ignore[misc]


def _shown(ratings: Ratings, margin: int) -> tuple[object, ...]:
    n = sum(ratings)
    classes = (ratings[0] + ratings[1], ratings[2], ratings[3] + ratings[4])
    points = sum(value * count for value, count in enumerate(ratings, start=1))
    mean = disclosure.display_sum(points, classes[1], n, margin)
    return (*(disclosure.display(count, n, margin) for count in classes), mean)


def _exposed(n: int, margin: int = disclosure.MARGIN) -> int:
    """Histograms whose display lets somebody rule everyone into, or somebody out of, one class.

    An outsider, or an insider who takes their own answer away, is certain of another's class if it
    is the only one left in every histogram that looks the same.
    """
    alike: dict[tuple[object, ...], list[Ratings]] = {}
    for ratings in _histograms(n):
        alike.setdefault(_shown(ratings, margin), []).append(ratings)
    return sum(_certain(group, n) for group in alike.values())


def _certain(group: list[Ratings], n: int) -> bool:
    for own in (None, *range(5)):
        others = [left for ratings in group if (left := _without(ratings, own))]
        people = n - (own is not None)
        if others and any(all(three[at] == people for three in others) for at in range(3)):
            return True
    return False


def _without(ratings: Ratings, own: int | None) -> tuple[int, int, int] | None:
    """The classes of all others, where somebody gave that rating."""
    left = [count - (place == own) for place, count in enumerate(ratings)]
    return (left[0] + left[1], left[2], left[3] + left[4]) if min(left) >= 0 else None


@pytest.mark.parametrize("n", [*range(5, 15), 17, 20, 24])
def test_no_histogram_of_five_or_more_makes_anybody_certain(n: int) -> None:
    assert _exposed(n) == 0


def test_the_same_search_finds_people_where_counts_are_told_exactly() -> None:
    """The search itself can fail: with the margin off it finds the exposed at once."""
    assert _exposed(6, margin=0) > 0


# Tables


def test_a_question_that_fewer_than_k_answered_is_withheld() -> None:
    cleared = disclosure.clear([_table(Kind.ONE, ("yes", "no"), {"yes": 4}, 6)], WHOLE, (), POLICY)
    assert cleared.findings == ()
    assert cleared.withheld == (("all", "q"),)


def test_a_scale_shows_three_classes_and_its_sum() -> None:
    counts = {UNFAVOURABLE: 3, NEUTRAL: 4, FAVOURABLE: 5}
    table = Table("q", "none", Kind.SCALE, (), {"": counts}, {"": 12}, {"": 39})
    found = disclosure.clear([table], WHOLE, (), POLICY).findings
    assert [(one.answer, one.low, one.high) for one in found] == [
        (UNFAVOURABLE, 3, 3),
        (NEUTRAL, 4, 4),
        (FAVOURABLE, 5, 5),
        (SUM, 39, 40),
    ]


def test_sixteen_reasons_merge_into_groups_while_few_answered(questionnaire: Questionnaire) -> None:
    counts = {"pay": 3, "growth": 4, "team": 5}
    table = Table("main_reason", "none", Kind.ONE, questionnaire.reasons, {"": counts}, {"": 12})
    cleared = disclosure.clear([table], WHOLE, questionnaire.groups, POLICY)
    shown = {one.answer: (one.low, one.high) for one in cleared.findings}
    assert shown["conditions"] == (7, 7)
    assert shown["culture"] == (5, 5)
    assert [choice.id for choice in cleared.answers["main_reason"]] == list(shown)


def test_a_long_choice_without_groups_is_withheld_while_few_answered() -> None:
    table = _table(Kind.ONE, tuple("abcdefg"), {"a": 6, "b": 6}, 12)
    assert disclosure.clear([table], WHOLE, (), POLICY).withheld == (("all", "q"),)


def test_every_answer_of_a_many_choice_is_a_yes_or_no_of_its_own() -> None:
    table = _table(Kind.MANY, ("a", "b"), {"a": 11, "b": 1}, 12)
    found = disclosure.clear([table], WHOLE, (), POLICY).findings
    assert [(one.low, one.high) for one in found] == [(10, 12), (0, 2)]


def test_the_gate_reads_nothing_but_counts_of_its_blocks() -> None:
    blocks = disclosure.cut("area", {"a": 8, "b": 9, "": 0}, 7)
    counts = {"a": {"yes": 4, "no": 4}, "b": {"yes": 9}}
    table = Table(
        "q", "area", Kind.ONE, (Choice("yes", {}), Choice("no", {})), counts, {"a": 8, "b": 9}
    )
    found = disclosure.clear([table], {"area": blocks}, (), POLICY).findings
    assert [(one.block, one.answer, one.low, one.high) for one in found] == [
        ("area-1", "yes", 4, 4),
        ("area-1", "no", 4, 4),
        ("area-2", "yes", 7, 9),
        ("area-2", "no", 0, 2),
    ]


def test_hr_is_told_why_each_figure_is_withheld_and_no_finding_says_it() -> None:
    rated = Table(
        "mean", "none", Kind.SCALE, (), {"": {NEUTRAL: 11, FAVOURABLE: 1}}, {"": 12}, {"": 37}
    )
    few = _table(Kind.ONE, ("yes", "no"), {"yes": 4}, 6)
    long = _table(Kind.ONE, tuple("abcdefg"), {"a": 6, "b": 6}, 12)
    why = disclosure.clear([rated, few, long], WHOLE, (), POLICY).why
    assert why == (
        ("all", "mean", Why.NO_MEAN),
        ("all", "q", Why.TOO_FEW),
        ("all", "q", Why.NO_GROUPS),
    )


def test_a_block_in_which_nearly_all_ticked_as_much_as_they_could_is_withheld() -> None:
    """Seven of eight ticked three of four answers: the eighth would know that none ticked e."""
    answers = tuple(Choice(one, {}) for one in "abcde")
    block = {"none": [disclosure.whole(8)]}

    def cleared(**counts: int) -> disclosure.Cleared:
        table = Table("q", "none", Kind.MANY, answers, {"": counts}, {"": 8}, None, 3)
        return disclosure.clear([table], block, (), POLICY)

    full = cleared(a=5, b=5, c=5, d=5, e=2)
    assert [one.answer for one in full.findings] == list("abcde")
    full = cleared(a=6, b=5, c=5, d=5, e=1)
    assert full.findings == ()
    assert full.why == (("all", "q", Why.FULL),)


def test_ticks_that_main_reasons_tell_of_by_group_count_as_told() -> None:
    """Of ten, nine named four reasons. One named one, and knew all that the others left out.

    Four gave a main reason of "private", which no single reason shows: those are four more ticks.
    """
    groups = tuple(Choice(one, {}) for one in ("terms", "private"))
    reasons = tuple(Choice(one, {}, "private" if one in "xy" else "terms") for one in "abcdefgxy")
    named = {"a": 7, "b": 7, "c": 7, "d": 7, "e": 5, "x": 2, "y": 2}
    block = {"none": [disclosure.whole(10)]}

    def shown(**mains: int) -> set[str]:
        people = {"": 10}
        main = Table("main_reason", "none", Kind.ONE, reasons, {"": mains}, people)
        every = Table("reasons", "none", Kind.MANY, reasons, {"": named}, people, None, 4)
        cleared = disclosure.clear([main, every], block, groups, POLICY)
        return {one.question for one in cleared.findings}

    assert shown(a=3, b=3, c=2, x=1, y=1) == {"main_reason", "reasons"}
    assert shown(a=2, b=2, c=2, x=2, y=2) == {"main_reason"}


def test_a_sum_beside_the_ends_does_not_reach_into_them() -> None:
    assert disclosure.display_sum(493, 0, n=100) == (485, 493), "494 and more are told as high"
    assert disclosure.display_sum(494, 0, n=100) == (494, 500)
    assert disclosure.display_sum(107, 0, n=100) == (107, 114)
    assert disclosure.display_sum(106, 0, n=100) == (100, 106)


@pytest.mark.parametrize(
    ("wrote", "themes"), [(9, []), (10, ["pay", "team"]), (11, ["pay", "team"])]
)
def test_themes_of_comments_are_told_from_ten_writers_and_three_that_name_them(
    wrote: int, themes: list[str]
) -> None:
    told = Finding("all", "improve", WROTE, 40, wrote, wrote)
    named = {"pay": 4, "team": 3, "growth": 2}
    found = disclosure.clear_named("said_improve_problem", told, named, k=7)
    assert [one.answer for one in found] == themes
