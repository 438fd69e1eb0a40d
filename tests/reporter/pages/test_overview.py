"""pages.overview: what leads, what moved, and how many answered."""

from __future__ import annotations

from reporter.pages import edition as pages
from survey import quarter
from tests.support.told import SV, edition, plain, records


def test_the_overview_says_what_leads_and_how_many_answered() -> None:
    page = plain(edition()["index.md"])
    assert "<strong>31</strong> svarade, av de 40 som fick en länk" in page
    assert "De här två skälen nämndes av flest." in page
    assert "De vanligaste skälen är **Pay** och **Growth**." in page
    assert "| Pay | ungefär fyra av tio (12 av 30) |" in page


def test_a_reason_that_perhaps_nobody_named_is_not_among_the_leading_ones() -> None:
    assert "**Team**: högst" not in edition()["index.md"]


def test_the_overview_says_what_moved_and_where_it_was() -> None:
    page = plain(edition()["index.md"])
    assert "**Team**: en större andel instämmer, 26 av 30 nu, 12 av 30 förra gången" in page


def test_the_first_edition_does_not_compare() -> None:
    made = records()[1:]
    page = pages.edition(made, pages.draw(made), SV)["index.md"]
    assert SV("changed.first") in page


def test_an_edition_of_several_quarters_says_so() -> None:
    both = (quarter.parse("2025-q4"), quarter.parse("2026-q1"))
    page = edition(quarters=both)["index.md"]
    assert "fjärde kvartalet 2025, första kvartalet 2026" in page
    assert "# De som slutade oktober 2025 till mars 2026" in page
