"""survey.ballots.counts: told in steps while a box is open, so that two looks name nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest

from survey.ballots import counts


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "fewer than 5"), (4, "fewer than 5"), (5, "5 or more"), (9, "5 or more"),
     (10, "10 or more"), (19, "10 or more"), (20, "20 or more"), (4_711, "2000 or more")],
)  # fmt: skip
def test_an_open_box_tells_steps_and_a_closed_one_the_count(count: int, told: str) -> None:
    assert counts.told(count, still_open=True) == told
    assert counts.told(count, still_open=False) == str(count)


def test_one_more_answer_seldom_shows() -> None:
    shown = [counts.told(count, still_open=True) for count in range(100)]
    assert sum(one != other for one, other in pairwise(shown)) == 4
