"""The slips that carry the links."""

from __future__ import annotations

from datetime import date

from survey.invitations import slips
from survey.invitations.slips import Slip
from survey.project import Organisation

BOTH = {"sv": "x", "en": "x"}
ORGANISATION = Organisation(
    "A & B", BOTH, BOTH, ("sv", "en"), "http://form.test", "http://exit.test"
)
PILE = [Slip(f"AB{n}", f"http://form.test/s/token{n}") for n in range(4)]


def test_each_slip_has_its_address_its_code_and_both_languages() -> None:
    page = slips.html(PILE, ORGANISATION, date(2027, 1, 30), ["sv", "en"])
    assert page.count('<article class="slip">') == page.count("<svg") == 4
    for slip in PILE:
        assert page.count(slip.url) == 1
    assert page.count('<div lang="sv">') == page.count('<div lang="en">') == 4
    assert "till och med 30 januari 2027" in page
    assert "until 30 January 2027" in page
    assert "A &amp; B" in page


def test_one_language_stands_alone() -> None:
    page = slips.html(PILE[:1], ORGANISATION, date(2027, 1, 30), ["en"])
    assert '<html lang="en">' in page
    assert "Vi kan inte" not in page


def test_a_slip_says_that_nobody_can_see_who_answered_and_asks_for_no_name() -> None:
    page = slips.html(PILE[:1], ORGANISATION, date(2027, 1, 30), ["sv", "en"])
    assert "Vi kan inte se vem som har svarat" in page
    assert "We cannot see who has answered" in page
    assert "____" not in page


def test_the_page_stands_alone() -> None:
    page = slips.html(PILE[:1], ORGANISATION, date(2027, 1, 30), ["sv"])
    assert " src=" not in page
    assert "<link" not in page
    assert "url(" not in page


def test_the_table_has_a_number_and_an_address_and_nothing_else() -> None:
    assert slips.csv(PILE[:2]) == (
        "number,url\nAB0,http://form.test/s/token0\nAB1,http://form.test/s/token1\n"
    )
