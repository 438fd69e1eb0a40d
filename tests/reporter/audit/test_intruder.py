"""audit.intruder and equations: known answers, brute force, and random histories of the gate."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.audit import equations
from reporter.audit.intruder import (
    Certain,
    Contradiction,
    Law,
    Memory,
    People,
    Shown,
    System,
    attack,
    parts,
    reach,
)
from reporter.audit.solver import OutOfTime, clock
from reporter.counting import disclosure
from reporter.counting.disclosure import Ways
from reporter.records import Record
from tests.support import histories

Histogram = tuple[int, ...]


def _reach(cells: str, totals: list[tuple[str, int]], cell: str) -> tuple[int, int]:
    """The range of a hidden cell: people of unknown number are one group without a size."""
    anybody = People("anybody", 10**6, {one: (one,) for one in (*cells, "elsewhere")})
    shown = [Shown(dict.fromkeys(names, 1), total, total) for names, total in totals]
    return reach(System((anybody,), tuple(shown)), {cell: 1}, clock(20))


# Known answers


WA, WB, WC, XA, XC, YB, YD, ZB, ZD, XD, XB = "abcdefghijk"
"""Hidden cells of a table with the rows w to z and the columns a to d."""

FOUR = [  # row and column totals, less the cells that stand there
    (WA + WB + WC, 230 - 89), (XA + XC, 250 - 124 - 31), (YB + YD, 336 - 92 - 59),
    (ZB + ZD, 3127 - 800 - 651), (WA + XA, 1021 - 92 - 800), (WB + YB + ZB, 1262 - 124),
    (WC + XC, 770 - 59 - 651), (YD + ZD, 890 - 89 - 31),
]  # fmt: skip
"""The table of sdcTable's test-simpleheuristic.R: every line hides two cells or more."""


def test_a_table_that_hides_two_cells_in_every_line_still_gives_one_away() -> None:
    assert _reach("abcdefghi", FOUR, WB) == (47, 47)


def test_one_more_hidden_cell_makes_that_table_safe() -> None:
    """The package sdcTable hides x|b, after which it reports 0 to 141; x|d gives 0 to 78."""
    other = dict(FOUR)
    other[XA + XC + XB] = other.pop(XA + XC) + 124
    other[WB + YB + ZB + XB] = other.pop(WB + YB + ZB) + 124
    assert _reach("abcdefghik", list(other.items()), WB) == (0, 141)
    other = dict(FOUR)
    other[XA + XC + XD] = other.pop(XA + XC) + 31
    other[YD + ZD + XD] = other.pop(YD + ZD) + 31
    assert _reach("abcdefghij", list(other.items()), WB) == (0, 78)


def test_two_tables_that_are_safe_alone_give_a_cell_away_together() -> None:
    """The linked tables of sdcTable: regions by county and by size; A, B, K, L and M are hidden."""
    counties = [("AB", 20 - 8 - 8), ("KLM", 16 - 7)]
    bigness = [("LM", 6), ("ABK", 30 - 8 - 8 - 7)]
    assert _reach("ABKLM", counties, "K") == (0, 9)
    assert _reach("ABKLM", bigness, "K") == (0, 7)
    assert _reach("ABKLM", counties + bigness, "K") == (3, 3)


def test_growing_quarters_released_without_regard_to_history_give_cells_away() -> None:
    """A total to date over quarters: each release alone hides two cells in every line."""
    first = [("ab", 112), ("cd", 100)]
    second = [("ac", 165), ("bd", 47)]
    assert _reach("abcd", first, "a") == (0, 112)
    assert _reach("abcd", second, "a") == (0, 165)
    low, high = _reach("abcd", first + second, "a")
    assert low < high, "with its history kept in mind nothing is forced"
    late = [("a", 79)]
    known = [_reach("abcd", first + second + late, one) for one in "abcd"]
    assert known == [(79, 79), (33, 33), (86, 86), (14, 14)]


def test_counts_that_are_linearly_free_may_still_be_forced_by_being_no_less_than_nought() -> None:
    rows = [("ab", 3), ("cd", 0), ("ace", 5), ("bdf", 2)]
    assert _reach("abcdef", rows, "c") == (0, 0)
    assert _reach("abcdef", rows, "a") == (1, 3)


def _scale(n: int, points: int | None = None, **counts: tuple[int, int]) -> System:
    """A block that rated something from 1 to 5."""
    classes = {"bad": ("1", "2"), "so": ("3",), "good": ("4", "5")}
    shown = [Shown(dict.fromkeys(classes[key], 1), *ends) for key, ends in counts.items()]
    if points is not None:
        shown.append(Shown({str(one): one for one in range(1, 6)}, points, points))
    insiders = tuple(frozenset({str(one)}) for one in range(1, 6))
    return System((People("all", n, classes),), tuple(shown), (), insiders)


def _knowers(system: System) -> set[str]:
    """Who is certain of others: "outsider", or the insiders by their own answer."""
    found = attack(system, clock(20))
    return {"outsider" if one.insider is None else min(one.insider) for one in found}


def test_six_of_six_are_known_to_anybody() -> None:
    assert "outsider" in _knowers(_scale(6, bad=(0, 0), so=(0, 0), good=(6, 6)))


def test_five_of_six_are_known_to_the_sixth_alone() -> None:
    assert _knowers(_scale(6, bad=(1, 1), so=(0, 0), good=(5, 5))) == {"1", "2"}


@pytest.mark.parametrize(("n", "points"), [(8, 40), (12, 60), (20, 20)])
def test_a_mean_at_the_end_of_the_scale_tells_of_everybody(n: int, points: int) -> None:
    assert "outsider" in _knowers(_scale(n, points))


@pytest.mark.parametrize(("n", "points"), [(8, 39), (12, 59), (20, 21)])
def test_a_mean_one_point_from_the_end_tells_it_to_the_insider_or_anybody(
    n: int, points: int
) -> None:
    assert _knowers(_scale(n, points))


def test_the_gates_display_of_the_same_answers_tells_nobody() -> None:
    for n in (8, 12, 20):
        few, most = (0, 2), (n - 2, n)
        shown = [Shown({str(one): one for one in range(1, 6)}, 5 * n - 6, 5 * n)]
        system = _scale(n, bad=few, so=few, good=most)
        hidden = System(system.people, (*system.shown, *shown), (), system.insiders)
        assert not _knowers(hidden)


# The method


def test_figures_that_cannot_all_be_true_are_a_contradiction() -> None:
    with pytest.raises(Contradiction, match="all"):
        list(attack(_scale(6, bad=(4, 4), so=(0, 0), good=(4, 4)), clock(20)))


def test_no_time_is_no_proof() -> None:
    with pytest.raises(OutOfTime):
        list(attack(_scale(9, bad=(0, 2), so=(3, 3), good=(4, 4)), clock(0)))


def test_whole_numbers_are_found_certain_where_fractions_would_not_be() -> None:
    """Three pairs that add up to odd numbers: halves would be a way out that people are not."""
    people = tuple(People(one, 1, {"yes": (one,), "no": (f"{one}-",)}) for one in "abc")
    shown = [Shown({"a": 2, "b": 2, "c": 1}, 1, 1)]
    found = list(attack(System(people, tuple(shown)), clock(20)))
    assert Certain("c", "yes", None) in found


def test_how_many_one_person_may_tick_binds_all_answers_together() -> None:
    """Nine people ticked at most three: where 27 ticks are told, nobody ticked anything else."""
    answers = [f"t{n}" for n in range(6)]
    people = tuple(People(one, 9, {"yes": (one,), "no": (f"-{one}",)}) for one in answers)
    counts = (6, 6, 6, 6, 3)
    shown = [Shown({one: 1}, n, n) for one, n in zip(answers, counts, strict=False)]
    shown.append(Shown({"t5": 1}, 0, 2))
    scope = frozenset(cell for one in people for cell in one.cells)
    law = Law(dict.fromkeys(answers, 1), 1, 3, 9, scope)
    assert not list(attack(System(people, tuple(shown)), clock(20)))
    assert Certain("t5", "no", None) in list(
        attack(System(people, tuple(shown), (law,)), clock(20))
    )


def test_parts_that_share_no_figure_are_attacked_apart() -> None:
    people = tuple(People(one, 7, {"yes": (one,), "no": (f"{one}-",)}) for one in "abc")
    system = System(people, (Shown({"a": 1, "b": 1}, 7, 7),))
    assert [[one.name for one in part.people] for part in parts(system)] == [["a", "b"], ["c"]]


def _ways(n: int, size: int) -> Iterator[Histogram]:
    for bars in itertools.combinations(range(n + size - 1), size - 1):
        edges = (-1, *bars, n + size - 1)
        yield tuple(b - a - 1 for a, b in itertools.pairwise(edges))


@settings(max_examples=60, deadline=None)
@given(some.data())
def test_it_finds_exactly_whom_trying_every_histogram_finds(data: some.DataObject) -> None:
    n = data.draw(some.integers(2, 6))
    true = data.draw(some.sampled_from(list(_ways(n, 3))))
    spread = data.draw(some.lists(some.integers(0, 2), min_size=6, max_size=6))
    ends = [
        (max(0, count - spread[at]), min(n, count + spread[at + 3]))
        for at, count in enumerate(true)
    ]
    cells = ("a", "b", "c")
    system = System(
        (People("all", n, {one: (one,) for one in cells}),),
        tuple(Shown({one: 1}, *told) for one, told in zip(cells, ends, strict=True)),
        (),
        tuple(frozenset({one}) for one in cells),
    )
    found = {(one.answer, min(one.insider or "-")) for one in attack(system, clock(20))}
    assert found == set(_tried(n, ends, cells))


def _tried(
    n: int, ends: list[tuple[int, int]], cells: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The same by trying them all: another hand, another method."""
    possible = [
        way
        for way in _ways(n, 3)
        if all(low <= count <= high for count, (low, high) in zip(way, ends, strict=True))
    ]
    for own in (None, 0, 1, 2):
        others = [
            tuple(count - (at == own) for at, count in enumerate(way))
            for way in possible
            if own is None or way[own]
        ]
        people = n - (own is not None)
        for at, cell in enumerate(cells):
            if people and others and all(way[at] == people for way in others):
                yield cell, "-" if own is None else cells[own]


# The gate


def _exposed(records: list[Record]) -> list[Certain]:
    memory, left = Memory(), clock(60)
    return [
        one
        for made in records
        for system in equations.puzzles([made])
        for one in attack(system.system, left, memory)
    ]


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 10**9))
def test_no_history_of_any_organisation_makes_anybody_certain(seed: int) -> None:
    records = histories.history(seed)
    assert not _exposed(records)
    for made in records:
        assert sum(block.n for block in made.blocks if block.id == "all") == made.counted
        for breakdown in ("area", "tenure"):
            sizes = [block.n for block in made.blocks if block.breakdown == breakdown]
            assert not sizes or sum(sizes) == made.counted


def test_the_same_histories_through_a_gate_without_a_margin_do() -> None:
    exact = Ways(partial(disclosure.display, margin=-1), partial(disclosure.display_sum, margin=-1))
    assert any(_exposed(histories.history(seed, exact)) for seed in range(5))


def test_the_same_histories_through_a_gate_without_a_clamp_on_means_do() -> None:
    unclamped = Ways(display_sum=lambda points, *_: (points, points))
    assert any(_exposed(histories.history(seed, unclamped)) for seed in range(10))


def test_related_questions_are_one_system() -> None:
    (made, *_) = (
        one for seed in range(30) for one in histories.history(seed)
        if one.question("reasons").breakdown == "none"  # type: ignore[union-attr]
        and one.question("main_reason").breakdown == "none"  # type: ignore[union-attr]
    )  # fmt: skip
    (first, *_) = equations.puzzles([made])
    assert {place.question for place in first.places.values()} == {"reasons", "main_reason"}
    assert len(parts(first.system)) == 1


def test_what_is_not_told_of_comments_is_at_most_two() -> None:
    """A theme that nobody sees named was named by two at most, and whoever names one wrote."""
    from reporter.records import Finding
    from tests.support.editions import asked, record

    themes = record().themes
    told = (
        Finding("all", "keep", "wrote", 31, 12, 12),
        Finding("all", "said_keep_strength", "pay", 12, 5, 5),
    )
    made = record(
        asked=(asked("keep", "text", ()), asked("said_keep_strength", "many", themes)),
        findings=told,
    )
    (only,) = equations.puzzles([made])
    cells = {cell for one in only.system.people for cell in one.cells}
    yes = {cell for cell in cells if cell.endswith("team:yes")}
    assert reach(only.system, dict.fromkeys(yes, 1), clock(20)) == (0, 2)
    assert not list(attack(only.system, clock(20)))
