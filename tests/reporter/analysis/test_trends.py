"""Trends: lines that never join two wordings, and moves that chance does not explain."""

from dataclasses import replace

import pytest

from reporter.analysis import trends
from reporter.analysis.trends import Move
from reporter.records import Finding, Record
from reporter.records.findings import FAVOURABLE
from survey.questions import Choice
from tests.support.editions import GROUPS, THEMES, asked, record, reworded

QUARTERS = ("2025-q3", "2025-q4", "2026-q1")


def rated(*told: tuple[int, int, int] | None) -> list[Record]:
    return [
        record(edition, ratings={"pay": one} if one else {})
        for edition, one in zip(QUARTERS, told, strict=False)
    ]


def test_a_line_has_a_spot_for_every_edition_and_a_gap_where_one_withholds() -> None:
    line = trends.line(rated((30, 10, 10), None, (30, 12, 14)), "rate_pay", FAVOURABLE)
    assert [spot.finding and spot.finding.low for spot in line.spots] == [10, None, 12]
    assert [str(spot.edition) for spot in line.spots] == list(QUARTERS)
    assert not line.cut


def test_a_reworded_question_starts_a_new_line() -> None:
    old, *new = rated((30, 10, 10), (30, 11, 11), (30, 12, 12))
    line = trends.line([reworded(old, "rate_pay"), *new], "rate_pay", FAVOURABLE)
    assert [one.low for one in line.told] == [11, 12]
    assert line.cut


def test_a_wording_that_comes_back_does_not_reach_over_the_other_one() -> None:
    first, second, third = rated((30, 10, 10), (30, 11, 11), (30, 12, 12))
    line = trends.line([first, reworded(second, "rate_pay"), third], "rate_pay", FAVOURABLE)
    assert [one.low for one in line.told] == [12]


def test_new_points_on_a_scale_start_a_new_line() -> None:
    old, new = rated((30, 10, 10), (30, 11, 11))
    ten = tuple(Choice(str(n), {"sv": str(n), "en": str(n)}) for n in range(11))
    changed = [replace(one, answers=ten) if one.theme == "pay" else one for one in old.asked]
    line = trends.line([replace(old, asked=tuple(changed)), new], "rate_pay", FAVOURABLE)
    assert line.cut


def test_another_language_added_later_does_not_cut_the_line() -> None:
    old, new = rated((30, 10, 10), (30, 11, 11))
    swedish = [replace(one, words={"sv": one.words["sv"]}) for one in old.asked]
    line = trends.line([replace(old, asked=tuple(swedish)), new], "rate_pay", FAVOURABLE)
    assert len(line.told) == 2


def test_answers_merged_in_a_small_batch_are_a_gap_and_never_a_theme_of_the_same_name() -> None:
    # The group of "terms" bears the id of a theme here, as "leadership" does in the questionnaire.
    theme = Choice("terms", {"sv": "Villkor", "en": "Terms"}, "terms")
    full = asked("main_reason", "one", (*THEMES, theme))
    merged = replace(full, answers=GROUPS)
    told = (Finding("all", "main_reason", "terms", 30, 9, 9),)
    before, small, after = (
        record(edition, asked=(one,), findings=told)
        for edition, one in zip(QUARTERS, (full, merged, full), strict=True)
    )
    line = trends.line([before, small, after], "main_reason", "terms")
    assert [bool(spot.finding) for spot in line.spots] == [True, False, True]
    assert not line.cut


def test_a_question_nobody_was_asked_has_no_line() -> None:
    assert trends.line([record()], "lunch", "yes").spots == ()


def test_an_edition_that_did_not_ask_is_a_gap() -> None:
    old, between, new = rated((30, 10, 10), None, (30, 11, 11))
    without = replace(between, asked=())
    line = trends.line([old, without, new], "rate_pay", FAVOURABLE)
    assert [bool(spot.finding) for spot in line.spots] == [True, False, True]


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        ((30, 5, 5), (30, 20, 20), Move.UP),
        ((30, 20, 20), (30, 5, 5), Move.DOWN),
        ((30, 15, 15), (30, 18, 18), Move.UNSURE),
        ((30, 5, 14), (30, 20, 20), Move.UNSURE),
        ((30, 5, 5), (30, 9, 30), Move.UNSURE),
        ((3000, 1500, 1500), (3000, 1800, 1800), Move.UP),
        ((7, 0, 2), (7, 5, 7), Move.UNSURE),
    ],
)
def test_a_move_holds_at_the_closest_ends_of_both_ranges(
    before: tuple[int, int, int], after: tuple[int, int, int], move: Move
) -> None:
    one, other = (Finding("all", "q", "a", *told) for told in (before, after))
    assert trends.moved(one, other) is move


def test_newcombes_interval_is_the_published_one() -> None:
    # Newcombe 1998, Statist. Med. 17, 873-890, table II, case a, method 10: 56/70 - 48/80.
    less, more = Finding("all", "q", "a", 80, 48, 48), Finding("all", "q", "a", 70, 56, 56)
    assert trends.least(less, more, trends.ONE) == pytest.approx(0.0524, abs=5e-5)


def test_among_many_comparisons_a_move_must_be_larger() -> None:
    old, new = rated((30, 10, 10), (30, 19, 19))
    one, other = (made.company("rate_pay", FAVOURABLE) for made in (old, new))
    assert one
    assert other
    assert trends.moved(one, other) is Move.UP
    assert trends.changed([old, new]) == ()


def test_changed_names_what_moved_since_the_last_edition_only() -> None:
    old, middle, new = rated((30, 25, 25), (30, 5, 5), (30, 20, 20))
    (change,) = trends.changed([old, middle, new])
    assert (change.move, change.before.low, change.after.low) == (Move.UP, 5, 20)


def test_nothing_changed_where_the_question_was_reworded() -> None:
    old, new = rated((30, 5, 5), (30, 20, 20))
    assert trends.changed([reworded(old, "rate_pay"), new]) == ()


def test_the_first_edition_has_nothing_to_compare_with() -> None:
    assert trends.changed(rated((30, 5, 5))) == ()
