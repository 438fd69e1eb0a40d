"""The receipt page: a code is looked up in the browser alone, and never leaves it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect
from records import history

from reporter import receipt, record, report, settings
from reporter.report import House
from reporter.settings import Files
from survey import receipts
from survey.project import Project
from survey.quarter import Quarter
from survey.questions import Questionnaire

CODES = [bytes([number]) * 16 for number in range(1, 4)]

pytestmark = pytest.mark.browser


@pytest.fixture
def site(project: Project, questionnaire: Questionnaire) -> Iterator[str]:
    """Two editions, the older one of which counted the first receipt, the newer the second."""
    for one, code in zip(history(2, Quarter(2026, 3)), CODES, strict=False):
        leaves = sorted([*map(bytes.fromhex, one.leaves[1:]), receipts.leaf(code)])
        told = tuple(leaf.hex() for leaf in leaves)
        frozen = replace(one, leaves=told, root=receipts.root(leaves).hex())
        record.write(frozen, project.site / "editions" / f"{one.edition}.json")
    policy = settings.policy(project, questionnaire)
    report.build(House(Files(project), questionnaire, policy, date(2026, 11, 24), lambda _: None))
    handler = partial(SimpleHTTPRequestHandler, directory=str(project.site / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("language", "label", "counted", "missing", "wrong"),
    [
        ("sv", "Din kvittokod", "räknades i utgåvan", "finns inte i någon", "stämmer inte"),
        ("en", "Your receipt code", "was counted in the edition", "is in no", "is not right"),
    ],
)
def test_a_code_is_found_in_whichever_edition_counted_it(
    site: str, browser: Browser, language: str, label: str, counted: str, missing: str, wrong: str
) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{language}/latest/receipt/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    field = page.get_by_label(label)
    for code, told in zip(CODES, (counted, counted, missing), strict=True):
        field.fill(receipts.code(code).lower().replace("-", " "))
        field.press("Enter")
        expect(page.locator(".receipt-check .answer")).to_contain_text(told)
    field.fill(receipts.code(CODES[0])[:-1] + "Z")
    field.press("Enter")
    expect(page.locator(".receipt-check .answer")).to_contain_text(wrong)
    assert all(url.startswith(site) for url in asked)
    text = " ".join(asked).upper()
    for code in CODES:
        assert receipts.code(code) not in text
        assert receipts.leaf(code).hex().upper() not in text
    assert "?" not in text


def test_without_scripts_there_is_nothing_to_type_in_and_a_way_by_hand(
    site: str, browser: Browser
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/sv/latest/receipt/")
    assert page.locator(".receipt-check input").count() == 0
    expect(page.locator("article pre").first).to_contain_text("hashlib")


def test_the_way_by_hand_gives_the_leaf() -> None:
    code = receipts.code(CODES[0])
    script = receipt.BY_HAND.replace("-".join(["XXXX"] * 7), code)
    script = script.removeprefix('python3 -c "').removesuffix('"')
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == receipts.leaf(CODES[0]).hex()
