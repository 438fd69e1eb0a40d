"""The page to check a receipt, in a real browser: what it says, and what it never sends."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reporter import report
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import Record, archive
from survey import init
from survey.ballots import receipts
from survey.project import Project
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from tests.support.records import edition

pytestmark = pytest.mark.browser

OLD, NEW = Quarter(2026, 2), Quarter(2026, 3)
CHANCE = random.Random(11)
FOUND = {"sv": "Ja, ditt svar räknades", "en": "Yes, your answer was counted"}
MISSING = {"sv": "Kvittot finns inte", "en": "The receipt is not in"}
MISTYPED = {"sv": "Koden stämmer inte", "en": "The code is not right"}
TITLES = {"sv": ("kv 2 2026", "kv 3 2026"), "en": ("Q2 2026", "Q3 2026")}

# No inline script and no other host; the theme's own inline scripts then do nothing.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


class _Strict(SimpleHTTPRequestHandler):
    """Serves files under a strict policy, and says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@dataclass(frozen=True)
class Site:
    """Two published editions behind a web server, and a receipt that each counts."""

    base: str
    root: Path
    old: bytes
    new: bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    project = Project(tmp_path_factory.mktemp("project"))
    init.project(project)
    asked = read_questionnaire(project.questionnaire)
    policy = read_policy(project, asked)
    host = Host(Files(project), asked, policy, date(2026, 12, 1), lambda _: None)
    known = {of: CHANCE.randbytes(16) for of in (OLD, NEW)}
    for of, receipt in known.items():
        archive.write(_with_receipts(edition(of), receipt), host.files.edition(of))
    report.build(host)
    public = project.site / "public"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(f"http://127.0.0.1:{server.server_port}", public, known[OLD], known[NEW])
    server.shutdown()
    server.server_close()


def _with_receipts(made: Record, known: bytes) -> Record:
    """The edition with receipts as real as they come, one of them known."""
    counted = [known, *(CHANCE.randbytes(16) for _ in range(made.counted - 1))]
    leaves = sorted(receipts.leaf(one).hex() for one in counted)
    return replace(
        made,
        leaves=tuple(leaves),
        root=receipts.root([bytes.fromhex(leaf) for leaf in leaves]).hex(),
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def _look(page: Page, typed: str, said: str) -> str:
    page.locator("#receipt-code").fill(typed)
    page.locator("#receipt-check button").click()
    expect(page.get_by_role("status")).to_contain_text(said)
    return page.get_by_role("status").inner_text()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_counted_receipt_is_found_in_whichever_edition_it_is(
    site: Site, page: Page, language: str
) -> None:
    old, new = TITLES[language]
    for at in (str(OLD), str(NEW), "latest"):
        page.goto(f"{site.base}/{language}/{at}/receipt/")
        for receipt, title, other in ((site.old, old, new), (site.new, new, old)):
            said = _look(page, receipts.code(receipt), f"{title}.")
            assert said.startswith(FOUND[language])
            assert other not in said
        said = _look(page, receipts.code(bytes(16)), MISSING[language])
        assert old in said
        assert new in said
        _look(page, receipts.code(site.new)[:-1], MISTYPED[language])
        expect(page.locator("#receipt-code")).to_have_attribute("aria-invalid", "true")


def test_a_code_is_looked_up_with_the_enter_key_and_as_people_write_it(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.base}/en/latest/receipt/")
    code = receipts.code(site.new).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    page.locator("#receipt-code").fill(f" {code} ")
    page.locator("#receipt-code").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(FOUND["en"])
    assert page.url == f"{site.base}/en/latest/receipt/"


def test_what_is_asked_for_is_the_same_whatever_was_typed(site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    seen = []
    for receipt, said in (
        (site.old, FOUND["en"]), (site.new, FOUND["en"]), (bytes(16), MISSING["en"]),
    ):  # fmt: skip
        page.goto(f"{site.base}/en/latest/receipt/")
        page.wait_for_load_state("networkidle")
        asked.clear()
        _look(page, receipts.code(receipt), said)
        page.wait_for_load_state("networkidle")
        seen.append(sorted(asked))
        kept = page.evaluate("[document.cookie, ...Object.values({...localStorage})].join()")
        assert receipts.code(receipt) not in kept
    lists = ["versions.json", f"{OLD}/data/{OLD}-receipts.txt", f"latest/data/{NEW}-receipts.txt"]
    expected = sorted(f"GET {site.base}/en/{one}" for one in lists)
    assert seen == [expected] * 3


def test_a_list_that_cannot_be_read_is_said_not_to_be_searched(site: Site, page: Page) -> None:
    page.goto(f"{site.base}/en/latest/receipt/")
    page.route(f"**/{OLD}-receipts.txt", lambda route: route.fulfill(status=404))
    said = _look(page, receipts.code(site.old), "could not be read: Q2 2026")
    assert MISSING["en"] in said
    page.route("**/data/*", lambda route: route.abort())
    _look(page, receipts.code(site.old), "The lists could not be fetched")


def test_an_edition_that_stands_alone_looks_in_its_own_list(site: Site, page: Page) -> None:
    page.route("**/versions.json", lambda route: route.fulfill(status=404))
    page.goto(f"{site.base}/sv/{NEW}/receipt/")
    assert "kv 3 2026" in _look(page, receipts.code(site.new), FOUND["sv"])


def test_a_page_that_is_left_keeps_no_code(site: Site, page: Page) -> None:
    page.goto(f"{site.base}/en/latest/receipt/")
    _look(page, receipts.code(site.new), FOUND["en"])
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.locator("#receipt-code")).to_have_value("")
    expect(page.get_by_role("status")).to_have_text("")


def test_the_page_holds_no_form_that_could_be_sent(site: Site, page: Page) -> None:
    page.goto(f"{site.base}/en/latest/receipt/")
    assert page.locator("#receipt-code").evaluate("one => one.form") is None
    assert page.locator("#receipt-check button").get_attribute("type") == "button"
    for name, value in (("autocomplete", "off"), ("spellcheck", "false")):
        expect(page.locator("#receipt-code")).to_have_attribute(name, value)


def test_nothing_is_wider_than_a_small_phone(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for language in ("sv", "en"):
        page.goto(f"{site.base}/{language}/latest/receipt/")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_page_is_found_from_the_overview_the_method_and_the_navigation(
    site: Site, plain: Page
) -> None:
    for start_at in ("", "method/"):
        plain.goto(f"{site.base}/sv/latest/{start_at}")
        plain.locator("article a[href$='receipt/']").click()
        assert plain.url.endswith("/sv/latest/receipt/")
    assert plain.locator("nav a[href='./']", has_text="Kolla ditt kvitto").count()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_scripts_the_page_tells_how_and_its_commands_work(
    site: Site, plain: Page, language: str, tmp_path: Path
) -> None:
    plain.goto(f"{site.base}/{language}/latest/receipt/")
    expect(plain.locator("#receipt-check")).to_be_hidden()
    expect(plain.locator("#receipt-without")).to_be_visible()
    link = plain.locator("ol a").get_attribute("href") or ""
    shutil.copyfile(site.root / language / str(NEW) / "receipt" / link, tmp_path / Path(link).name)
    by_hand, program = plain.locator("pre code").all_inner_texts()
    typed = receipts.code(site.new).lower()
    command = by_hand.strip().replace("python3", sys.executable)
    done = subprocess.run(["sh", "-c", command], input=typed, capture_output=True, text=True)
    (printed,) = re.findall(r"[0-9a-f]{64}", done.stdout)
    assert printed in (tmp_path / Path(link).name).read_text(encoding="utf-8").splitlines()
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == plain.locator(".root code").inner_text()


def test_the_script_reads_codes_and_computes_prints_as_the_form_does(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.base}/en/latest/receipt/")
    typed = [spell(receipts.code(CHANCE.randbytes(16))) for spell in SPELLINGS for _ in range(40)]
    typed += [receipts.code(bytes(16)), receipts.code(b"\xff" * 16), "", "x", "0" * 28, "Z" * 28]
    found = page.evaluate(
        """async (typed) => {
            const { leaf, parse } = await import("../javascripts/leaf.js");
            return typed.map((one) => { const got = parse(one); return got && leaf(got); });
        }""",
        typed,
    )
    parsed = [receipts.parse(one) for one in typed]
    assert found == [one and receipts.leaf(one).hex() for one in parsed]
    assert 200 < sum(one is not None for one in parsed) < len(parsed)


SPELLINGS: list[Callable[[str], str]] = [
    lambda code: code,
    lambda code: code.lower(),
    lambda code: code.replace("-", ""),
    lambda code: "\t" + code.replace("-", "\u2013") + "\r\n",
    lambda code: code.replace("0", "O").replace("1", "L"),
    lambda code: code.replace("0", "o").replace("1", "i"),
    lambda code: code[:9] + CHANCE.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") + code[10:],
    lambda code: CHANCE.choice("89ABCXYZ") + code[1:],
    lambda code: code.replace("-", "\u00a0"),
    lambda code: code.replace("-", "\u2011") + ".",
    lambda code: "\u201c" + code.replace("-", "\u00ad\u2212") + "\u201d",
    lambda code: code.replace("-", "-\u200b"),
    lambda code: code.replace("-", "\u2014\u30fc\u202f"),
    lambda code: code.replace("A", "U") + CHANCE.choice(["", "å", "0"]),
]


def test_the_scripts_own_sha_256_is_sha_256(site: Site, page: Page) -> None:
    page.goto(f"{site.base}/en/latest/receipt/")
    plain = [CHANCE.randbytes(length) for length in range(56)]
    found = page.evaluate(
        """async (many) => {
            const { sha256 } = await import("../javascripts/leaf.js");
            return many.map(sha256);
        }""",
        [list(one) for one in plain],
    )
    assert [bytes(one) for one in found] == [hashlib.sha256(one).digest() for one in plain]
