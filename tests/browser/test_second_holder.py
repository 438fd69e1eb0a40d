"""The page on which a second holder makes their key, in a real browser, opened as a file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reporter import keys
from reporter.keys import halves
from reporter.keys import page as holder
from survey.ballots import fingerprints, seal
from survey.quarter import Quarter

pytestmark = pytest.mark.browser

Q4 = Quarter(2026, 4)
MAKE = {"sv-SE": "Gör nyckeln", "en-GB": "Make the key"}
CANNOT = {"sv-SE": "Den här webbläsaren kan inte", "en-GB": "This browser cannot make"}


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The page as it lies on the holder's own computer."""
    path = tmp_path / "second.html"
    path.write_text(holder.html(Q4), "utf-8")
    return path.as_uri()


@pytest.fixture(params=MAKE)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A browser that speaks either language, and what went wrong in it."""
    context = browser.new_context(locale=request.param)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def _language(page: Page) -> str:
    return str(page.evaluate("navigator.language"))


def _make(page: Page, file: str) -> None:
    page.goto(file)
    page.get_by_role("button", name=MAKE[_language(page)]).click()
    expect(page.locator(".made:visible")).to_have_count(1)


def _saved(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as saving:
        page.locator(f"{link}:visible").click()
    path = folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return path


def test_its_files_are_those_that_the_program_would_have_made(
    page: Page, file: str, tmp_path: Path
) -> None:
    _make(page, file)
    private, public = (_saved(page, link, tmp_path) for link in (".private", ".public"))
    assert (private.name, public.name) == ("2026-q4.second.key", "2026-q4.second.half")
    half = halves.read(public)
    assert (half.quarter, half.public) == (Q4, seal.public_of(keys.private(private)))
    shown = page.locator(".fingerprint:visible").inner_text()
    assert shown == half.fingerprint == fingerprints.of_half(Q4, half.public)
    assert page.locator(".half:visible").inner_text().strip() == public.read_text("ascii").strip()
    written = tmp_path / "by-the-program"
    halves.write(half, written)
    assert public.read_bytes() == written.read_bytes()
    sealed = seal.close({"kind": "own"}, bytes(32), [half.public])
    assert len(seal.open_all([sealed.body], [keys.private(private)])) == 1


def test_it_asks_nobody_for_anything_and_cannot_even_if_it_were_made_to(
    page: Page, file: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _make(page, file)
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_a_second_press_makes_no_second_key_and_each_opening_another(page: Page, file: str) -> None:
    seen = set()
    for _ in range(2):
        _make(page, file)
        shown = page.locator(".fingerprint:visible").inner_text()
        page.evaluate("document.querySelector('.make button').click()")
        assert page.locator(".fingerprint:visible").inner_text() == shown
        seen.add(shown)
        page.evaluate("saved = true")
    assert len(seen) == 2


def test_a_browser_that_cannot_make_such_a_key_says_so_and_offers_none(
    page: Page, file: str
) -> None:
    page.add_init_script("crypto.subtle.generateKey = async () => { throw new DOMException('') }")
    page.goto(file)
    page.get_by_role("button", name=MAKE[_language(page)]).click()
    expect(page.get_by_role("alert")).to_contain_text(CANNOT[_language(page)])
    assert page.locator("button:visible").count() == 2, "the two languages alone"
    assert page.locator("a:visible").count() == 0


def test_without_scripts_it_says_so_in_both_languages(browser: Browser, file: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(file)
    shown = plain.locator("body").inner_text()
    assert "skript är avstängda" in shown
    assert "scripts are turned off" in shown
    assert plain.locator("button:visible, a:visible").count() == 0
    context.close()


def test_the_other_language_can_be_chosen_and_shows_the_same_key(page: Page, file: str) -> None:
    _make(page, file)
    shown = page.locator(".fingerprint:visible").inner_text()
    for name, language in (("Svenska", "sv"), ("English", "en")):
        page.get_by_role("button", name=name).click()
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1:visible").count() == 1
        assert page.locator(".fingerprint:visible").inner_text() == shown


def test_axe_finds_nothing_and_a_narrow_screen_needs_no_sideways_scrolling(
    page: Page, file: str
) -> None:
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(file)
    for step in ("before", "after"):
        if step == "after":
            _make(page, file)
            assert page.evaluate("document.activeElement.tagName") == "H2"
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [one["id"] for one in found] == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
