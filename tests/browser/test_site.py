"""The built edition as readers meet it: whole, strict, light, and open to everyone."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from reporter import report
from reporter.audit import reading
from reporter.audit.spelling import plain
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import archive
from survey import init
from survey.project import PACKAGED, Project
from survey.questionnaire import read_questionnaire
from tests.support.places import DOCS
from tests.support.records import history

CONF = (DOCS / "site.conf").read_text(encoding="utf-8")
CSP = next(re.finditer(r'Content-Security-Policy "([^"]*)"', CONF))[1]
"""What operators are told to send."""
MOST_BYTES = 1_400_000
KINDS = (
    "",
    "why/",
    "themes/workload/",
    "areas/",
    "trends/",
    "priorities/",
    "commitments/",
    "commitments/extra-lag-i-hogsasong/",
    "receipt/",
    "data/",
)
"""A page of each kind."""


class _Strict(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Two editions, served under the strict policy: their address and their folder."""
    project = Project(tmp_path_factory.mktemp("site") / "project")
    project.root.mkdir()
    init.project(project)
    folder = project.site / "public"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}"
    text = project.config.read_text(encoding="utf-8")
    project.config.write_text(re.sub(r"(?m)^site_url:.*", f"site_url: {address}/", text))
    for one in history(2):
        archive.write(one, project.site / "editions" / f"{one.edition}.json")
    asked = read_questionnaire(PACKAGED / "questionnaire.yaml")
    policy = read_policy(project, asked)
    report.build(Host(Files(project), asked, policy, date(2026, 11, 24), lambda _: None))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address, folder
    server.shutdown()
    server.server_close()


class _Links(HTMLParser):
    """Every address that a page names, and every place in it that can be named."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [value for key in ("href", "src") if (value := found.get(key))]
        self.ids |= {value for value in [found.get("id")] if value}


def _read(path: Path) -> _Links:
    links = _Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def test_no_link_is_broken_in_any_edition_or_language(public: tuple[str, Path]) -> None:
    address, folder = public
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    pages = {path: page for path, page in pages.items() if "latest" not in path.parts}
    assert len(pages) > 100
    for path, page in pages.items():
        here = f"{address}/{path.relative_to(folder).as_posix()}"
        for link in page.links:
            target = urlsplit(urljoin(here, link))
            assert target.scheme in ("http", "mailto"), (path, link)
            if target.scheme == "http":
                assert f"http://{target.netloc}" == address, (path, link)
                found = folder / unquote(target.path).lstrip("/")
                found = found / "index.html" if target.path.endswith("/") else found
                assert found.exists(), (path, link)
                if target.fragment and found in pages:
                    assert unquote(target.fragment) in pages[found].ids, (path, link)


def test_no_page_holds_an_inline_script_or_style(public: tuple[str, Path]) -> None:
    for path in public[1].rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"<script>|<style|<[^>]* (style|on\w+)=", page), path
        assert 'tabindex=""' not in page


def test_an_edition_weighs_no_more_than_it_may(public: tuple[str, Path]) -> None:
    for language in ("sv", "en"):
        files = (public[1] / language / "latest").rglob("*")
        assert sum(file.stat().st_size for file in files if file.is_file()) <= MOST_BYTES


def test_the_feed_is_atom_whose_links_lead_to_pages(public: tuple[str, Path]) -> None:
    address, folder = public
    space = {"a": "http://www.w3.org/2005/Atom"}
    for language in ("sv", "en"):
        feed = ElementTree.fromstring((folder / language / "feed.xml").read_bytes())
        entries = feed.findall("a:entry", space)
        ids = [one.findtext("a:id", "", space) for one in entries]
        assert len(set(ids)) == len(ids) > 2
        for link in (one for entry in entries for one in entry.findall("a:link", space)):
            path = link.attrib["href"].removeprefix(f"{address}/")
            assert (folder / path / "index.html").exists(), path


def _visited(page: Page, address: str, paths: Iterator[str]) -> list[str]:
    """What goes wrong on a walk through the pages: other hosts, errors, sideways scrolling."""
    wrong: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(address) else wrong.append(one.url))
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in paths:
        page.goto(f"{address}/{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} scrolls sideways")
    return wrong


@pytest.mark.browser
def test_a_small_screen_needs_no_sideways_scrolling_no_other_host_and_no_exception_to_the_policy(
    browser: Browser, public: tuple[str, Path]
) -> None:
    address, folder = public
    paths = (one.parent.relative_to(folder) for one in (folder / "sv/latest").rglob("index.html"))
    page = browser.new_page(viewport={"width": 320, "height": 640})
    assert _visited(page, address, (f"{path}/" for path in paths)) == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "scheme", "width", "kinds"),
    [("sv", "dark", 320, KINDS), ("en", "light", 1280, KINDS[::2])],
)
def test_axe_finds_nothing_on_a_page_of_each_kind(
    browser: Browser,
    public: tuple[str, Path],
    language: str,
    scheme: Any,
    width: int,
    kinds: Sequence[str],
) -> None:
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    for kind in kinds:
        page.goto(f"{public[0]}/{language}/latest/{kind}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(axe)
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], kind
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_line_with_a_number_that_chromium_shows_is_read_by_the_auditor(
    browser: Browser, public: tuple[str, Path], language: str
) -> None:
    page = browser.new_page()
    for kind in KINDS:
        page.goto(f"{public[0]}/{language}/latest/{kind}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        html = (public[1] / language / "latest" / kind / "index.html").read_text("utf-8")
        told = {"".join(one.text.split()).casefold() for one in reading.read(html)}
        lines = re.split(r"[\n\t]", page.inner_text("article"))
        numbered = [plain(line) for line in lines if re.search(r"\d", line)]
        shown = {"".join(line.split()).casefold() for line in numbered}
        assert shown, kind
        assert [one for one in shown if not any(one in text for text in told)] == [], kind
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_overview_prints_on_one_sheet(
    browser: Browser, public: tuple[str, Path], language: str
) -> None:
    page = browser.new_page()
    page.goto(f"{public[0]}/{language}/latest/")
    sheets = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    page.close()


@pytest.mark.browser
def test_the_keyboard_comes_to_the_text_first_and_then_to_the_ways_on(
    browser: Browser, public: tuple[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{public[0]}/sv/latest/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    page.close()
