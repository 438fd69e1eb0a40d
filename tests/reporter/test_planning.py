"""reporter.planning: what to expect, before a quarter is opened."""

from __future__ import annotations

import pytest

from reporter import planning
from reporter.planning import Fit
from survey.period import Length


@pytest.mark.parametrize(
    ("leavers", "fit"),
    [
        (12, Fit(5, 10, Length.YEAR, divided=False)),
        (48, Fit(5, 10, Length.HALF, divided=False)),
        (180, Fit(5, 15, Length.QUARTER, divided=True)),
        (800, Fit(7, 30, Length.QUARTER, divided=True)),
    ],
)
def test_the_policy_that_is_proposed_follows_from_the_size(leavers: int, fit: Fit) -> None:
    assert planning.proposed(leavers, 65) == fit


@pytest.mark.parametrize("leavers", [32, 48, 80, 180, 800])
def test_with_eight_leavers_a_quarter_or_more_the_first_year_brings_an_edition(
    leavers: int,
) -> None:
    """At the packaged thresholds eight leavers a quarter waited six quarters for the first."""
    now = planning.outlook(leavers, 65, planning.proposed(leavers, 65))
    before = planning.outlook(leavers, 65, Fit(7, 30, Length.QUARTER, divided=True))
    assert now.by_year[0] >= 0.95
    assert now.by_year[0] >= before.by_year[0]
    assert planning.proposed(leavers, 65).minimum <= now.least <= now.most


def test_an_outlook_is_the_same_for_the_same_numbers() -> None:
    fit = planning.proposed(48, 65)
    assert planning.outlook(48, 65, fit) == planning.outlook(48, 65, fit)
