"""HR's desk in a real browser: buttons pressed twice, a sign-in from a mail, what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reporter.desk.serve import Desk
from survey.project import Project
from tests.support import desks

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(project: Project) -> Iterator[Desk]:
    """A desk on a project without answers."""
    with desks.served(project) as desk:
        yield desk


@pytest.fixture
def outside(browser: Browser) -> Iterator[Page]:
    """A browser that is not signed in."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(outside: Page, opened: Desk) -> Page:
    """The same browser, signed in."""
    outside.goto(opened.url)
    return outside


def _base(opened: Desk) -> str:
    return opened.url.partition("/in/")[0]


def _fill(page: Page, title: str) -> None:
    """A new commitment, typed."""
    for name, text in (("title", title), ("goal", "All know"), ("owner", "HR manager")):
        page.fill(f"#{name}_sv", f"{text} (sv)")
        page.fill(f"#{name}_en", text)
    page.select_option("#measure", "rate_pay:favourable")
    for name, text in (("baseline", "35"), ("target", "55"), ("due", "2027-06-30")):
        page.fill(f"#{name}", text)


def _faults(page: Page) -> list[str]:
    """Where the page breaks axe's rules or is too wide: small and wide, light and dark."""
    found: list[str] = []
    for width, scheme in ((320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
        page.evaluate(AXE)
        broken = page.evaluate("axe.run().then(one => one.violations)")
        found += [f"{width} {scheme} {one['id']} {one['nodes'][0]['html'][:200]}" for one in broken]
    return found


def _promises(project: Project) -> list[Path]:
    return sorted((project.site / "commitments").glob("*.md"))


def test_a_double_click_on_save_makes_one_commitment(
    opened: Desk, page: Page, project: Project
) -> None:
    before = len(_promises(project))
    page.goto(f"{_base(opened)}/commitments/new")
    _fill(page, "Second test")
    page.eval_on_selector(
        "main .main", "one => { one.click(); setTimeout(() => one.click(), 40); }"
    )
    page.wait_for_selector("li#second-test")
    assert len(_promises(project)) == before + 1


def test_a_sign_in_followed_from_another_site_lands_signed_in(opened: Desk, outside: Page) -> None:
    """A Strict cookie is not sent while a browser follows another site's link."""
    mail = "http://mail.test/"
    link = f"<a href={opened.url}>The desk</a>"
    outside.route(mail, lambda route: route.fulfill(body=link, content_type="text/html"))
    outside.goto(mail)
    outside.click("a")
    # The page that the address answers with stands on the way: it has the desk's places too.
    outside.wait_for_url(re.compile(r"/q/\d{4}-q\d/$"))
    outside.goto(mail)
    outside.click("a")
    outside.wait_for_selector("text=The address has been used already")
    assert _faults(outside) == []
    outside.click("text=Go on to the desk")
    outside.wait_for_selector("nav.places")


def test_what_was_typed_when_the_desk_ended_is_there_to_be_copied(opened: Desk, page: Page) -> None:
    page.goto(f"{_base(opened)}/commitments/new")
    _fill(page, "Second test")
    page.context.clear_cookies()
    page.click("text=Save")
    assert "Second test (sv)" in page.input_value("#typed-before")
    for language in ("sv", "en"):
        page.set_extra_http_headers({"Accept-Language": language})
        page.goto(f"{_base(opened)}/commitments/")
        assert _faults(page) == []


def test_what_is_typed_outlives_a_reload_another_language_and_the_back_button(
    opened: Desk, page: Page
) -> None:
    page.goto(f"{_base(opened)}/commitments/new")
    _fill(page, "Second test")
    page.reload()
    assert page.input_value("#title_sv") == "Second test (sv)"
    page.click("text=Svenska")
    page.wait_for_selector("text=Spara")
    assert page.input_value("#title_sv") == "Second test (sv)"
    assert page.input_value("#measure") == "rate_pay:favourable"
    page.reload()
    assert page.input_value("#due") == "2027-06-30"
    page.click("nav >> text=Kodbok")
    page.go_back()
    assert page.input_value("#title_en") == "Second test"
    page.click("text=Spara")
    page.wait_for_url("**/commitments/#second-test")
    assert page.evaluate("sessionStorage.length") == 0
    page.click("main a.button.main")
    assert page.input_value("#title_sv") == "", "a new form is a new one"


def test_what_others_save_meanwhile_is_told_also_after_a_reload(
    opened: Desk, page: Page, project: Project
) -> None:
    page.goto(f"{_base(opened)}/commitments/new")
    _fill(page, "Second test")
    page.click("text=Save")
    page.click("a:text('Second test')")
    page.wait_for_load_state("load")
    page.fill("#owner_en", "Me")
    path = project.site / "commitments" / "second-test.md"
    path.write_text(path.read_text("utf-8").replace("HR manager\n", "Foreman\n"), "utf-8")
    page.reload()
    page.click("text=Save")
    page.wait_for_selector("text=This was changed meanwhile")
    assert "Saved now: Foreman" in page.inner_text(".summary")
    assert _faults(page) == []
    page.set_extra_http_headers({"Accept-Language": "sv"})
    page.click("text=Save mine all the same")
    page.wait_for_url("**/commitments/#second-test")
    assert "en: Me" in path.read_text("utf-8")
