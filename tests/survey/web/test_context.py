"""survey.web.context: which language a page speaks, and that nothing is lost when it changes."""

from __future__ import annotations

import pytest

from tests.support.leaver import Host, post, receipt_of


@pytest.mark.parametrize(
    ("header", "language"), [("", "sv"), ("en-GB,sv;q=0.5", "en"), ("sv-SE", "sv"), ("fr", "sv")]
)
def test_the_first_language_is_the_browsers_or_else_the_organisations_first(
    place: Host, header: str, language: str
) -> None:
    page = place.client().get(f"/s/{place.tokens[0]}", headers={"Accept-Language": header})
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_changing_language_keeps_everything_that_was_typed(place: Host, language: str) -> None:
    typed = {"keep": "x" * 700, "area": "sales", "other_reasons": ["pay", "team"] * 2}
    page = post(place.client(), place.tokens[0], language, **typed, consent_keep="quote")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert "x" * 700 in page.text
    assert page.text.count(" checked") == 3
    assert '<option value="quote" selected>' in page.text
    assert receipt_of(page) == "ab" * 16


def test_changing_language_on_the_look_over_stays_there(place: Host) -> None:
    page = post(place.client(), place.tokens[0], "sv", page="preview", area="sales")
    assert "Det här är det som sparas" in page.text
    assert "Försäljning" in page.text
