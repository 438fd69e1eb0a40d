"""Ranking: what leads and what returns, told no more surely than the ranges allow."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from reporter.analysis import ranking
from reporter.records import Record
from survey.questions import Choice
from tests.support.editions import Told, asked, rate, record, reworded

QUARTERS = ("2025-q2", "2025-q3", "2025-q4", "2026-q1")


def test_the_reasons_named_most_come_in_order() -> None:
    top = ranking.most(record(reasons={"pay": (30, 9, 9), "team": (30, 12, 12)}), "reasons", 2)
    assert [one.answer for one in top.findings] == ["team", "pay"]
    assert top.clear


def test_a_ranking_is_not_clear_when_another_range_reaches_into_it() -> None:
    made = record(reasons={"pay": (30, 9, 9), "team": (30, 5, 9), "growth": (30, 3, 3)})
    assert not ranking.most(made, "reasons", 1).clear


def test_a_tie_is_not_clear() -> None:
    made = record(reasons={"pay": (30, 9, 9), "team": (30, 9, 9)})
    assert not ranking.most(made, "reasons", 1).clear


def test_a_reason_that_perhaps_nobody_named_never_leads() -> None:
    made = record(reasons={"pay": (30, 0, 2), "team": (30, 9, 9)})
    assert [one.answer for one in ranking.reasons(made).findings] == ["team"]


def test_no_theme_is_both_among_the_best_and_the_worst() -> None:
    made = record(ratings={"pay": (30, 5, 5), "team": (30, 25, 27), "growth": (30, 15, 15)})
    best, worst = ranking.best(made), ranking.worst(made)
    assert [one.question for one in best.findings] == ["rate_team"]
    assert [(one.question, one.low, one.high) for one in worst.findings] == [("rate_pay", 5, 5)]
    assert best.clear
    assert worst.clear


def test_shares_are_compared_and_not_counts() -> None:
    made = record(ratings={"pay": (10, 9, 9), "team": (40, 20, 20)})
    assert [one.question for one in ranking.best(made).findings] == ["rate_pay"]


def test_an_edition_that_withholds_everything_has_nothing_that_leads() -> None:
    for top in (ranking.reasons(record()), ranking.best(record()), ranking.worst(record())):
        assert top.findings == ()


def test_a_theme_returns_when_it_surely_led_in_three_of_the_last_four_editions() -> None:
    told = [
        {"pay": (30, 9, 9)},
        {"pay": (30, 0, 2), "team": (30, 3, 3)},
        {"pay": (30, 9, 9)},
        {"pay": (30, 8, 10)},
    ]
    records = [record(edition, one) for edition, one in zip(QUARTERS, told, strict=True)]
    (found,) = ranking.recurring(records)
    assert (found.theme, found.times, found.editions) == ("pay", 3, 4)


def test_editions_that_asked_in_another_way_do_not_count_towards_returning() -> None:
    records = [record(edition, {"pay": (30, 9, 9)}) for edition in QUARTERS]
    assert ranking.recurring(records)
    changed = [reworded(one, "reasons") for one in records[:2]]
    assert ranking.recurring([*changed, *records[2:]]) == ()


def test_short_lists_are_shown_as_asked_and_reasons_by_how_many_named_them() -> None:
    made = record(reasons={"pay": (30, 3, 3), "team": (30, 9, 9)})
    asked = made.question("reasons")
    assert asked
    assert [one.answer for one in ranking.shown(made, asked)] == ["team", "pay"]


NAMED = ("a", "b", "c", "d", "e", "f", "g", "h")


def _themes(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(one, {"sv": one, "en": one}, "terms") for one in NAMED[:count])


def _edition(edition: str, reasons: Mapping[str, Told]) -> Record:
    """An edition with five themes, named as reasons."""
    themes = _themes(5)
    return record(edition, reasons, themes=themes, asked=(asked("reasons", "many", themes),))


@pytest.mark.parametrize(
    ("others", "leads"),
    [
        ({"a": (30, 20, 20), "b": (30, 19, 19), "d": (30, 5, 5), "e": (30, 4, 4)}, True),
        ({"a": (30, 20, 20), "b": (30, 19, 19), "d": (30, 18, 18)}, False),
        ({"a": (30, 20, 20), "d": (30, 19, 19), "e": (30, 18, 18)}, False),
        ({"a": (30, 20, 20), "b": (30, 19, 19), "d": (30, 18, 18), "e": (30, 17, 17)}, False),
        ({"a": (30, 20, 20), "b": (30, 19, 19), "d": (30, 8, 8)}, True),
        ({"a": (30, 20, 20), "b": (30, 19, 19), "d": (30, 7, 9)}, False),
        ({"a": (30, 3, 3), "b": (30, 2, 2), "d": (30, 1, 1), "e": (30, 4, 4)}, True),
    ],
)
def test_a_theme_leads_while_fewer_than_three_others_can_have_been_named_by_more(
    others: Mapping[str, Told], leads: bool
) -> None:
    told = {**others, "c": (30, 8, 12)}
    found = ranking.recurring([_edition(one, told) for one in QUARTERS])
    assert ("c" in [one.theme for one in found]) is leads


def test_what_returned_more_often_comes_first() -> None:
    often, always = {"a": (30, 9, 9), "e": (30, 8, 8)}, {"e": (30, 8, 8)}
    records = [_edition(one, often) for one in QUARTERS[:3]] + [_edition(QUARTERS[3], always)]
    found = [(one.theme, one.times) for one in ranking.recurring(records)]
    assert found == [("e", 4), ("a", 3)]


@pytest.mark.parametrize(("rated", "leading"), [(1, 0), (2, 1), (3, 1), (5, 2), (6, 3), (8, 3)])
def test_the_best_and_the_worst_are_three_at_most_and_never_more_than_half(
    rated: int, leading: int
) -> None:
    themes = _themes(rated)
    ratings = {theme.id: (30, 3 * n + 1, 3 * n + 1) for n, theme in enumerate(themes)}
    made = record(ratings=ratings, themes=themes, asked=tuple(rate(theme.id) for theme in themes))
    best, worst = ranking.best(made), ranking.worst(made)
    assert len(best.findings) == len(worst.findings) == leading
    assert {one.question for one in best.findings} & {
        one.question for one in worst.findings
    } == set()
    assert best.clear is worst.clear is (leading > 0)


@pytest.mark.parametrize(("answers", "as_asked"), [(3, True), (4, True), (5, False)])
def test_a_choice_of_more_than_four_is_shown_by_how_many_chose_it(
    answers: int, as_asked: bool
) -> None:
    choices = _themes(answers)
    made = record(asked=(asked("own", "one", choices),))
    counts = {one.id: n + 1 for n, one in enumerate(choices)}
    made = replace(made, findings=tuple(
        replace(one, question="own")
        for one in record(reasons={key: (40, n, n) for key, n in counts.items()}).findings
    ))  # fmt: skip
    shown = [one.answer for one in ranking.shown(made, made.asked[0])]
    assert shown == (list(counts) if as_asked else list(reversed(counts)))


def test_what_led_before_the_last_four_editions_does_not_count() -> None:
    pay, none = {"a": (30, 9, 9)}, {"a": (30, 0, 0)}
    told = [pay, pay, pay, none, none]
    quarters = ("2025-q1", *QUARTERS)
    records = [_edition(edition, one) for edition, one in zip(quarters, told, strict=True)]
    assert ranking.recurring(records) == ()
    assert ranking.recurring(records[:4])


def test_a_range_that_reaches_below_another_does_not_lead_clearly() -> None:
    made = record(reasons={"pay": (30, 8, 12), "team": (30, 9, 9)})
    assert not ranking.most(made, "reasons", 1).clear
