"""The form in a real browser: what the style, the script and the Back button do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from reporter.comments import identifiers
from tests.support import company
from tests.support.leaver import Host, host
from tests.support.places import SAMPLES

pytestmark = pytest.mark.browser


@dataclass
class Served:
    """A host that listens."""

    host: Host
    base: str

    def link(self, number: int = 0) -> str:
        """A leaver's address."""
        return f"{self.base}/s/{self.host.tokens[number]}"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    place = host(tmp_path)
    server = make_server("127.0.0.1", 0, place.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Served(place, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone that runs no scripts."""
    context = browser.new_context(locale="sv-SE", java_script_enabled=False)
    phone = context.new_page()
    phone.set_viewport_size({"width": 320, "height": 700})
    yield phone
    context.close()


def test_back_after_sending_does_not_bring_the_answers_up(served: Served, page: Page) -> None:
    page.goto(served.link())
    page.check("#q-area-1")
    page.fill("#q-keep", "the people")
    page.click("button[value=send]")
    page.wait_for_url("**/done/*")
    page.go_back()
    page.wait_for_function("document.getElementById('q-keep').value === ''")
    assert not page.is_checked("#q-area-1")


def test_the_look_over_is_emptied_when_it_is_loaded_again_after_sending(
    served: Served, page: Page
) -> None:
    page.goto(served.link())
    page.fill("#q-keep", "the people")
    page.click("button.main")
    page.click("button[value=send]")
    page.wait_for_url("**/done/*")
    page.evaluate("setTimeout(() => history.back(), 20)")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_function("!document.body.innerText.includes('the people')")
    assert "has been sent" in page.inner_text("main")
    assert served.host.tally().answered == 1


def test_back_before_sending_keeps_what_was_typed(served: Served, page: Page) -> None:
    page.goto(served.link())
    page.fill("#q-keep", "the people")
    page.click("button.main")
    page.wait_for_selector(".told")
    page.go_back()
    assert page.input_value("#q-keep") == "the people"


def test_the_enter_key_looks_and_never_sends(served: Served, page: Page) -> None:
    page.goto(served.link())
    page.check("#q-area-1")
    page.press("#q-area-1", "Enter")
    page.wait_for_selector(".told")
    assert served.host.tally().answered == 0


def test_characters_left_are_counted_as_the_server_counts_them(served: Served, page: Page) -> None:
    page.goto(served.link())
    page.fill("#q-keep", "\U0001f44d\n" + "x" * 599)
    left = page.locator("#q-keep ~ .left").first
    assert left.inner_text() == "Characters too many: 1"


NOTE = "#q-keep ~ .note"


@pytest.mark.parametrize(
    ("language", "asked", "free"),
    [("en", "Could anybody be recognised", "let it stand"), ("sv", "Kan någon bli", "låt det stå")],
)
def test_a_gentle_note_asks_about_words_that_may_tell_somebody(
    served: Served, page: Page, language: str, asked: str, free: str
) -> None:
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(served.link())
    if language == "sv":
        page.click("button[lang=sv]")
    page.wait_for_load_state("networkidle")
    asked_for.clear()
    assert page.get_attribute(NOTE, "role") == "status"
    page.type("#q-keep", "Fråga Torbjörn om den 3 mars")
    page.wait_for_selector(f"{NOTE} p")
    said = page.inner_text(f"{NOTE} p")
    assert said.startswith(asked)
    assert free in said
    assert "Torbjörn”" in said
    assert "3 mars”" in said
    assert "Fråga" not in said
    page.click(f"{NOTE} button")
    assert page.inner_text(NOTE) == ""
    assert page.evaluate("document.activeElement.id") == "q-keep"
    page.type("#q-keep", " igen")
    page.wait_for_timeout(1500)
    assert page.inner_text(NOTE) == "", "what was put away does not come back"
    page.type("#q-keep", " 070-123 45 67")
    page.press("#q-keep", "Tab")
    assert ("phone number" if language == "en" else "telefonnummer") in page.inner_text(NOTE)
    assert asked_for == [], "nothing that is typed goes anywhere"
    page.click("button[value=send]")
    page.wait_for_url("**/done/*")


def test_the_browser_finds_what_the_reporter_finds(served: Served, page: Page) -> None:
    page.goto(served.link())
    texts = [*company.hinted(), *_comments(), *SENTENCES]
    for text, found in zip(texts, page.evaluate("many => many.map(hinted)", texts), strict=True):
        mine = [
            one for one in identifiers.find(text) if one.level is not identifiers.Level.PERSONAL
        ]
        words = {text[one.start : one.end] for one in mine}
        assert set(found["words"]) == words, text
        assert found["stop"] == bool(identifiers.stops(text)), text


def test_the_browsers_small_rule_stops_at_most_numbers_and_at_nothing_ordinary(
    served: Served, page: Page
) -> None:
    """It asks gently, so that it may miss one; what it asks about, the reporter stops too."""
    page.goto(served.link())
    spelt, plain = ([*_said(name)] for name in ("numbers", "ordinary"))
    asked = [one["stop"] for one in page.evaluate("many => many.map(hinted)", spelt)]
    assert sum(asked) > 0.5 * len(spelt)
    assert all(page.evaluate("many => many.map(one => hinted(one).stop)", BUG))
    assert page.evaluate("many => many.filter(one => hinted(one).stop)", plain) == []


BUG = (
    *("Ring +46 (0)70-123 45 67", "Ring (070) 123 45 67", "070/123 45 67", "070–123 45 67"),
    *("070.123.45.67", "070‑123 45 67", "850101–1234", "850101 1234", "850101 - 1234"),
    *("19850101‑1234", "anna (at) example.org", "anna@example\u200b.org"),
)


def _said(name: str) -> Iterator[str]:
    document = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    document = document.get("said", document)
    return (one for many in document.values() for one in many)


SENTENCES = (
    *("Lågt. Per person. Hans på lagret, Hans Persson", "1) Bättre\n- Högre 😀 Bra *Lön* Åke"),
    *("förman, döv, änka i Örebro", "Ring 070-123 45 67, anna@exempel.se", "enda kvinnan; gravid"),
    *("Det var Łukasz, Иван och İbrahim", "hos ”Žana” och محمد", "bad Ödman om ALDRIG mer"),
    *("Gunilla’s and Gunillas", "OK HR ABC Öland", "Mötet v. 12, 3/4, 2021-03-04, last Friday"),
)


def _comments() -> list[str]:
    path = SAMPLES / "unseen.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [row[-1] for language in ("sv", "en") for row in rows[language]]


def test_a_browser_that_cannot_run_the_hints_has_a_form_as_before(
    served: Served, page: Page
) -> None:
    page.route("**/hints.js", lambda route: route.abort())
    page.goto(served.link())
    page.fill("#q-keep", "Fråga Torbjörn")
    assert page.locator("#q-keep ~ .left").first.inner_text() == "Characters left: 586"
    page.press("#q-keep", "Tab")
    assert page.inner_text(NOTE) == ""
    page.click("button[value=send]")
    page.wait_for_url("**/done/*")


def test_a_follow_up_opens_under_a_low_rating_without_scripts(served: Served, plain: Page) -> None:
    plain.goto(served.link())
    assert not plain.is_visible("#q-follow_pay")
    plain.check("#q-rate_pay-1")
    assert plain.is_visible("#q-follow_pay")
    plain.check("#q-rate_pay-2")
    assert not plain.is_visible("#q-follow_pay")


def test_a_leaver_without_scripts_gets_all_the_way_to_the_receipt(
    served: Served, plain: Page
) -> None:
    plain.goto(served.link())
    plain.click("button[lang=en]")
    plain.check("#q-rate_pay-0")
    plain.fill("#q-follow_pay", "too little")
    plain.click("button.main")
    assert "too little" in plain.inner_text(".told >> nth=2")
    plain.click("button[value=edit]")
    assert plain.input_value("#q-follow_pay") == "too little"
    plain.click("button[value=send]")
    plain.wait_for_url("**/done/*")
    assert plain.inner_text("p.code").count("-") == 6


def test_the_summary_of_mistakes_has_the_focus_and_its_links_lead_to_the_fields(
    served: Served, page: Page
) -> None:
    page.goto(served.link())
    page.fill("#q-keep", "x" * 601)
    page.click("button[value=send]")
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.className") == "summary"
    assert page.title().startswith("Error:")
    page.click(".summary a")
    assert page.evaluate("document.activeElement.id") == "q-keep"


@pytest.mark.parametrize("path", ["form", "/", "/withdraw", "/s/nonsense"])
def test_nothing_is_wider_than_a_small_phone(served: Served, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(served.link() if path == "form" else served.base + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_every_target_is_large_enough_for_a_thumb(served: Served, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(served.link())
    small = """[...document.querySelectorAll('.options label, button:not(.first), select')]
        .map(one => one.getBoundingClientRect()).filter(box => box.height && box.height < 43.9)"""
    assert page.evaluate(small) == []
