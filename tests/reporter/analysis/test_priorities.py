"""Priorities: points that anyone can add up, and places no surer than the ranges."""

from __future__ import annotations

import re

import pytest

from reporter.analysis import priorities
from reporter.analysis.priorities import Points
from reporter.language import words_in
from reporter.pages import edition
from reporter.records import Finding
from tests.support.editions import record

SV = words_in("sv")
GOALS = ({"words": {"sv": "Mål <b>", "en": "Goal"}, "weight": 2, "themes": ["team"]},)
REASONS = {"pay": (30, 12, 12), "team": (30, 6, 8), "growth": (30, 3, 3)}
RATINGS = {"pay": (40, 10, 10), "team": (40, 18, 22), "growth": (40, 20, 20)}


@pytest.mark.parametrize(
    ("n", "low", "high", "points"),
    [
        (47, 21, 21, Points(45, 45)),  # 44.68
        (8, 1, 1, Points(13, 13)),  # 12.5: halves upward
        (47, 10, 18, Points(21, 39)),  # 21.3 and 38.3, outward
        (30, 0, 30, Points(0, 100)),
    ],
)
def test_a_share_becomes_whole_points(n: int, low: int, high: int, points: Points) -> None:
    assert priorities.percent(Finding("all", "q", "a", n, low, high)) == points


def test_points_are_the_sum_of_reason_rating_and_goals() -> None:
    found = {one.theme: one for one in priorities.ranked([record("2026-q1", REASONS, RATINGS)])}
    assert found["pay"].points == Points(40 + 75, 40 + 75)
    assert found["team"].points == Points(20 + 45, 27 + 55)
    made = record("2026-q1", REASONS, RATINGS, goals=GOALS)
    team = next(one for one in priorities.ranked([made]) if one.theme == "team")
    assert team.points == Points(20 + 45 + 10, 27 + 55 + 10)


def test_a_theme_that_returns_has_ten_points_more() -> None:
    quarters = ("2025-q3", "2025-q4", "2026-q1")
    made = [record(of, REASONS | {"a": (30, 5, 5)}, RATINGS) for of in quarters]
    first = priorities.ranked(made)[0]
    assert (first.theme, first.returns, first.points.low) == ("pay", True, 125)


def test_overlapping_ranges_share_their_places() -> None:
    ratings = RATINGS | {"growth": (40, 14, 14)}
    found = priorities.ranked([record("2026-q1", REASONS, ratings)])
    assert [(one.theme, one.first, one.last) for one in found] == [
        ("pay", 1, 1),
        ("growth", 2, 3),
        ("team", 2, 3),
    ]


def test_a_theme_of_which_too_little_is_told_has_no_place() -> None:
    found = priorities.ranked([record("2026-q1", REASONS, {"pay": (40, 10, 10)})])
    assert [one.theme for one in found] == ["pay"]


def test_the_page_shows_the_sum_row_by_row() -> None:
    made = [record("2026-q1", REASONS, RATINGS, goals=GOALS)]
    page = edition.edition(made, edition.draw(made), SV)["priorities.md"].replace("\u00a0", " ")
    rows = re.findall(r"^\| [\d till]+ \| .*$", page, re.MULTILINE)
    assert len(rows) == 3
    for row in rows:
        _, _, total, *parts = [cell.strip(" *") for cell in row.strip("|").split("|")]
        ends = [[int(one) for one in part.split(" till ")] for part in parts]
        low, high = sum(end[0] for end in ends), sum(end[-1] for end in ends)
        assert [int(one) for one in total.split(" till ")] == ([low, high] if low < high else [low])
    assert "Mål &#60;b&#62;" in page


def test_without_figures_the_page_says_so() -> None:
    made = [record("2026-q1")]
    page = edition.edition(made, edition.draw(made), SV)["priorities.md"]
    assert SV("question.withheld", dash='<span class="dash">–</span>') in page
