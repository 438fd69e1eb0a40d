"""What the auditor reads, beside what Chromium shows: the table of spellings is no guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.spellings import SHOWN

_TEXTS = """() => [document.body, ...document.querySelectorAll("*")].map(one =>
  one.shadowRoot ? [...one.shadowRoot.children].map(child => child.innerText).join(" ")
  : one.matches("body, svg text, mtext, textarea, option") ? one.innerText || one.textContent : ""
).join(" ")"""
_BLANK = "\u3164\u200a\u0331"


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Page, ...]]:
    """A page of a browser that runs scripts, and one of a browser that does not."""
    contexts = [browser.new_context(java_script_enabled=on) for on in (True, False)]
    yield tuple(one.new_page() for one in contexts)
    for one in contexts:
        one.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", SHOWN)
def test_chromium_shows_the_figure_that_the_auditor_reads(
    pages: tuple[Page, ...], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "page.html"
    start = "<!doctype html><meta charset=utf-8><body><p>a</p>"
    path.write_text(f"{start}{SHOWN[name]}", encoding="utf-8")
    shown = [_seen(page, path) for page in pages]
    assert any("9 of 10" in one or "01 fo 9" in one for one in shown), shown


def _seen(page: Page, path: Path) -> str:
    """What stands there, in our digits and without what nobody sees."""
    page.goto(path.as_uri())
    text = str(page.evaluate(_TEXTS))
    shown = (one for one in text if unicodedata.category(one) != "Cf" and one not in _BLANK)
    return "".join(
        str(unicodedata.digit(one, one)) for one in unicodedata.normalize("NFKC", "".join(shown))
    )
