"""history.cells: what a spreadsheet made of a cell is read back if one reading alone is left."""

from __future__ import annotations

from datetime import date

import pytest

from reporter.history import cells

BANDS = ["lt1", "1-2", "3-4", "5-10", "11-20", "gt20"]


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("04-Mar", "3-4"), ("3-Apr", "3-4"), ("Apr-03", "3-4"), ("3. apr.", "3-4"),
        ("2014-04-03 00:00:00", "3-4"), ("03/04/2014", "3-4"), ("4/3/14", "3-4"), ("41732", "3-4"),
        ("10-maj", "5-10"), ("Nov-20", "11-20"), ("2020-11-01", "11-20"), ("3–4", None),
        ("04-May", None), ("3-5", None), ("Mar-2014", None), ("0.75", None),
    ],
)  # fmt: skip
def test_a_band_is_read_out_of_a_date_in_either_order(cell: str, band: str | None) -> None:
    assert cells.band(cell, BANDS) == band


def test_a_date_that_two_bands_may_have_become_is_no_band() -> None:
    assert cells.band("2014-05-01", ["1-5", "6-13"]) == "1-5"
    assert cells.band("2014-05-01", ["1-5", "5-14"]) is None


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Aug-12", {date(2012, 8, 1)}), ("August 2012", {date(2012, 8, 1)}),
        ("2012/08", {date(2012, 8, 1)}), ("2012-08-01T00:00:00.000Z", {date(2012, 8, 1)}),
        ("03/04/2024", {date(2024, 4, 3), date(2024, 3, 4)}), ("13/04/2024", {date(2024, 4, 13)}),
        ("41122", {date(2012, 8, 1)}), ("08/12", set()), ("31/02/2024", set()), ("2012", set()),
    ],
)  # fmt: skip
def test_every_day_a_cell_may_mean_is_told(cell: str, days: set[date]) -> None:
    assert cells.dates(cell) == days


def test_a_year_that_is_shown_as_a_month_is_no_date() -> None:
    """To a spreadsheet 2013 is the 5th of July 1905: a column of months shows it as "Jul-05"."""
    assert cells.dates("Jul-05") == set()
    assert cells.dates("Jul-06") == {date(2006, 7, 1)}


def test_where_the_order_is_known_a_date_has_one_reading() -> None:
    assert cells.dates("03/04/2024", "day") == {date(2024, 4, 3)}
    assert cells.dates("03/04/2024", "month") == {date(2024, 3, 4)}
    assert cells.dates("04/25/2024", "day") == set()
