"""Slips as they come out of the printer: nothing is cut, on A4 or Letter, whatever the names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from survey.invitations import slips
from survey.invitations.slips import Slip
from survey.settings import Settings

SHORT = "Bolaget"
LONG = (
    "Nordvästra Skånes Vatten, Avlopp och Fjärrvärmeförsörjningsaktiebolag (publ) med dotterbolag"
)
WORD = "Realisationsvinstbeskattningsförberedelsekommitté" * 2
ADDRESSES = (
    "https://exit.example.org",
    f"https://{'x' * 60}.{'y' * 60}.example.org/{'path/' * 20}",
)
PAPERS = {"A4": (794, 1123), "Letter": (816, 1056)}
"""In pixels of a browser, 96 to an inch."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def _made(here: Settings, name: str, address: str, count: int) -> str:
    organisation = replace(here.organisation, organisation=name, form_url=address)
    pile = [Slip("K7Q2-M4XD", f"{address}/s/{'a' * 118}") for _ in range(count)]
    return slips.html(pile, organisation, date(2027, 1, 30), ["sv", "en"])


@pytest.mark.browser
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("address", ADDRESSES, ids=["short", "long"])
@pytest.mark.parametrize("name", [SHORT, LONG, WORD], ids=["short", "long", "one word"])
def test_nothing_of_a_slip_is_cut(
    here: Settings, page: Page, name: str, address: str, paper: str, tmp_path: Path
) -> None:
    width, height = PAPERS[paper]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    page.set_content(_made(here, name, address, 4))
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".slip *")].filter((one) => {
            const slip = one.closest(".slip").getBoundingClientRect();
            const box = one.getBoundingClientRect();
            const wide = getComputedStyle(one).display !== "inline"
                && one.scrollWidth > one.clientWidth + 1;
            return wide || box.right > slip.right + 1 || box.bottom > slip.bottom + 1;
        }).map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tallest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.slip')].map((one) => one.offsetHeight))"
    )
    assert tallest < height
    out = tmp_path / "slips.pdf"
    page.pdf(path=out, format=paper)
    pages = len(re.findall(rb"/Type\s*/Page\b", out.read_bytes()))
    assert pages == -(-4 // (height // tallest))
