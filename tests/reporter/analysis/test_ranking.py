"""Ranking: what leads and what returns, told no more surely than the ranges allow."""

from reporter.analysis import ranking
from tests.support.editions import record, reworded

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
