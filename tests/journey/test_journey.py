"""From an invitation to a figure on a published page, in a real browser and in both languages."""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reporter import cli as reporter
from reporter.records import archive
from survey import cli as survey
from survey import quarter, settings
from survey.ballots import receipts
from survey.project import Project
from tests.support import company, demo, replay

NOW = quarter.of(date.today())

pytestmark = pytest.mark.browser


def _survey(project: Project, *arguments: str) -> None:
    assert survey.main(["--project", str(project.root), *arguments]) == 0


def _reporter(project: Project, *arguments: str) -> None:
    assert reporter.main(["--project", str(project.root), *arguments]) == 0


@pytest.fixture
def form(project: Project) -> Iterator[str]:
    """The form, served as `survey serve` does it; its address."""
    with demo.served(settings.load(project, {})) as address:
        yield address


@pytest.fixture
def site(project: Project) -> Iterator[str]:
    """The published files behind an ordinary web server; its address."""
    (project.site / "public").mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(project.site / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _links(text: str, form: str) -> list[str]:
    rows = csv.DictReader(text.splitlines())
    return [re.sub(r"^http://[^/]+", form, row["url"]) for row in rows]


def _answer_in_swedish(page: Page, link: str) -> str:
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_label("Försäljning").check()
    page.locator("input[name=main_reason][value=growth]").check()
    expect(page.locator("[name=follow_pay]")).to_be_hidden()
    page.locator("input[name=rate_pay][value='1']").check()
    page.locator("[name=follow_pay]").fill("Lönen stod still i tre år.")
    page.locator("[name=keep]").fill("Fikat på fredagar.")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[name=follow_pay]")).to_have_value("Lönen stod still i tre år.")
    page.get_by_role("button", name="Svenska").click()
    page.get_by_role("button", name="Se över svaren").click()
    expect(page.get_by_text("Fikat på fredagar.")).to_be_visible()
    return _send(page)


def _answer_in_english(page: Page, link: str) -> str:
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("input[name=main_reason][value=growth]").check()
    page.locator("input[name=kept][value=probably]").check()
    return _send(page)


def _send(page: Page) -> str:
    page.locator("button[name=do][value=send]").click()
    code = page.locator("#receipt").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", code)
    return code


def test_from_an_invitation_to_a_published_figure(
    project: Project, form: str, site: str, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    key = project.responses / f"{NOW}.pub"
    _reporter(project, "keys", str(NOW))
    _survey(project, "open", str(NOW), "--key", str(key), "--capacity", "60")
    capsys.readouterr()
    _survey(project, "invite", str(NOW), "--count", "40")
    links = _links(capsys.readouterr().out, form)
    codes = {
        _answer_in_swedish(browser.new_page(locale="sv-SE"), links[0]),
        _answer_in_english(browser.new_page(locale="en-GB"), links[1]),
    }
    for link, answers in zip(links[2:37], company.quarter_answers(NOW, 4, 35), strict=True):
        codes.add(replay.send(link, answers))
    assert len(codes) == 37
    _survey(project, "close", str(NOW))
    _reporter(project, "draft", str(NOW))
    _reporter(project, "publish", str(NOW))
    frozen = archive.read(project.site / "editions" / f"{NOW}.json")
    assert (frozen.issued, frozen.answered, frozen.counted) == (40, 37, 37)
    given = [receipts.parse(code) or b"" for code in codes]
    assert sorted(frozen.leaves) == sorted(receipts.leaf(one).hex() for one in given)
    named = frozen.company("reasons", "growth")
    assert named is not None
    _read(browser, f"{site}/sv/latest/why/", "Utveckling och karriär", f"{named.low} av {named.n}")
    _read(browser, f"{site}/en/latest/why/", "Development and career", f"{named.low} of {named.n}")
    assert not list(project.secrets.glob("*.key.json"))
    assert not (project.secrets / f"{NOW}.key").exists()
    assert not list((project.responses / "drafts").iterdir())


def _read(browser: Browser, address: str, theme: str, figure: str) -> None:
    """Find the theme's row on the page and the figure in it, as a reader does."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator("details:has(table) summary").first.click()
    row = page.get_by_role("row").filter(has_text=theme).first
    expect(row).to_contain_text(figure)
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}


def test_no_answer_lies_readable_in_any_file(
    project: Project, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the box to the published site: the words of a leaver are in no file at any time."""
    key = project.responses / f"{NOW}.pub"
    _reporter(project, "keys", str(NOW))
    _survey(project, "open", str(NOW), "--key", str(key), "--capacity", "60")
    capsys.readouterr()
    _survey(project, "invite", str(NOW), "--count", "40")
    secret = "xyzzyplugh"
    for link in _links(capsys.readouterr().out, form)[:31]:
        replay.send(link, {"kind": "own", "keep": secret})
    assert not _files_with(project.root, secret)
    _survey(project, "close", str(NOW))
    _reporter(project, "draft", str(NOW))
    drafted = _files_with(project.root, secret)
    assert [path.name for path in drafted] == [f"{NOW}.comments.json"]
    assert drafted[0].stat().st_mode & 0o777 == 0o600
    _reporter(project, "publish", str(NOW))
    assert not _files_with(project.root, secret)


def _files_with(root: Path, text: str) -> list[Path]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return [path for path in files if text.encode() in path.read_bytes()]
