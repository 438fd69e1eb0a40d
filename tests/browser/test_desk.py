"""HR's afternoon in a real browser: a commitment made, the edition drafted, seen and published."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from importlib import resources

import pytest
from playwright.sync_api import Browser, Page

from reporter.comments import private_file
from reporter.desk.serve import Desk
from reporter.records import archive
from survey.project import Project
from tests.support import desks
from tests.support.desks import OF
from tests.support.places import COMMITMENTS

COMPANY = COMMITMENTS
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(project: Project) -> Iterator[Desk]:
    """A desk on a closed quarter with forty answers."""
    shutil.copytree(COMPANY, project.site / "commitments", dirs_exist_ok=True)
    desks.answered(project)
    with desks.served(project) as desk:
        yield desk


@pytest.fixture
def page(browser: Browser, opened: Desk) -> Iterator[Page]:
    """HR's browser, signed in with the address on the terminal."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(opened.url)
    yield page
    context.close()


def _base(opened: Desk) -> str:
    return opened.url.partition("/in/")[0]


def test_a_quarter_is_promised_drafted_seen_and_published(
    opened: Desk, page: Page, project: Project
) -> None:
    assert page.url == f"{_base(opened)}/q/{OF}/"
    page.click("text=Commitments >> nth=0")
    page.click("text=New commitment")
    for name, text in (("title", "Pay told openly"), ("goal", "All know"), ("owner", "HR manager")):
        page.fill(f"#{name}_sv", f"{text} (sv)")
        page.fill(f"#{name}_en", text)
    page.select_option("#measure", "rate_pay:favourable")
    page.fill("#target", "55")
    page.fill("#due", "2027-06-30")
    page.click("text=Save")
    assert "no edition shows this measure yet" in page.inner_text(".summary")
    page.wait_for_selector(".summary:focus")
    page.fill("#baseline", "35")
    page.click("text=Save")
    page.wait_for_url("**/commitments/#pay-told-openly")
    page.goto(f"{_base(opened)}/q/{OF}/draft")
    page.click("text=Make the draft")
    page.wait_for_selector(".previews")
    assert "Pay told openly" in page.inner_text("main")
    with page.context.expect_page() as preview:
        page.click("text=Preview: English")
    preview.value.goto(f"{_base(opened)}/preview/en/{OF}/commitments/")
    assert "Pay told openly" in preview.value.inner_text("main")
    page.click("nav >> text=Audit and publish")
    page.fill("#typed", str(OF))
    page.click("text=Publish and destroy the key")
    page.wait_for_selector("text=The quarter is published")
    assert archive.read(project.site / "editions" / f"{OF}.json").counted == 40
    told = project.site / "public" / "en" / "latest" / "commitments" / "index.html"
    assert "Pay told openly" in told.read_text(encoding="utf-8")
    assert not (project.secrets / f"{OF}.key").exists()


def test_another_page_on_this_machine_cannot_reach_the_desk(
    opened: Desk, page: Page, project: Project
) -> None:
    """Every port of 127.0.0.1 is the same site to the browser, and it sends the cookie along."""
    aim = f"{_base(opened)}/q/2026-q4/keys"
    form = f"<form method=post action={aim}><button>Win</button></form><a href={aim[:-4]}>Look</a>"
    local = "http://127.0.0.1:9/"
    page.route(local, lambda route: route.fulfill(body=form, content_type="text/html"))
    for target in ("button", "a"):
        page.goto(local)
        page.click(target)
        page.wait_for_selector("text=This did not come from the desk")
    assert not (project.secrets / "2026-q4.key").exists()


def test_sixty_comments_are_coded_by_keyboard(opened: Desk, page: Page, project: Project) -> None:
    page.goto(f"{_base(opened)}/q/{OF}/draft")
    page.click("text=Make the draft")
    page.wait_for_selector(".previews")
    page.goto(f"{_base(opened)}/q/{OF}/comments/")
    path = project.responses / "drafts" / f"{OF}.comments.json"
    todo = sum(not one.decided for one in private_file.read(path).comments)
    first = page.url
    with page.expect_navigation():
        page.keyboard.press("f")
    page.wait_for_selector("[data-key=u]")
    with page.expect_navigation():
        page.keyboard.press("u")
    page.wait_for_selector("form.reading:not(:has([data-key=u]))")
    ticked = page.is_checked("[data-key='1']")
    page.keyboard.press("1")
    assert page.is_checked("[data-key='1']") != ticked
    page.reload()
    assert page.url == first
    began = time.monotonic()
    for _ in range(todo):
        with page.expect_navigation():
            page.keyboard.press("c")
    assert time.monotonic() - began < 300, "ten minutes are enough for 60, pressed by a person"
    assert page.url.endswith("/comments/")
    assert all(one.decided for one in private_file.read(path).comments)


PATHS = [
    *("/q/{}/", "/q/{}/invite?slip=7K2M-9QXD", "/q/{}/draft", "/q/{}/publish", "/nowhere"),
    *("/q/{}/comments/", "/q/{}/voices", "/codebook/", "/codebook/pay/en"),
    *("/commitments/", "/commitments/new", "/commitments/ett-ordersystem"),
]


def test_every_page_fits_a_small_phone_and_keeps_to_the_rules(opened: Desk, page: Page) -> None:
    page.goto(f"{_base(opened)}/q/{OF}/draft")
    page.click("text=Make the draft")
    page.wait_for_selector(".previews")
    faults = [fault for path in PATHS for fault in _faults(page, _base(opened) + path)]
    assert faults == []


def _faults(page: Page, address: str) -> Iterator[str]:
    """Wider than a small phone, or against axe's rules: each language in one of the colours."""
    for language, scheme in (("sv", "light"), ("en", "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": 320, "height": 700})
        joint = "&" if "?" in address else "?"
        page.goto(f"{address.format(OF)}{joint}lang={language}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            yield f"{address} {language}: {wide} px wide"
        page.evaluate(AXE)
        for one in page.evaluate("axe.run().then(one => one.violations)"):
            where = f"{address} {language} {scheme}"
            yield f"{where}: {one['id']} {one['nodes'][0]['html'][:200]}"
