"""The headers and the silence that every page has."""

from __future__ import annotations

import gzip
import io
import logging
from random import SystemRandom

import pytest
from flask import Flask

from survey.ballots.box import Ways
from survey.project import PACKAGED
from tests.support.leaver import Host, post

PATHS = ["/", "/withdraw", "/s/nonsense", "/done/nonsense", "/nothing", "/s", "/static/form.css"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded_and_sets_no_cookie(place: Host, path: str) -> None:
    with place.client().get(path) as page:
        headers = page.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert "Set-Cookie" not in headers


def test_pages_are_not_kept_by_the_browser_and_drawings_are(place: Host) -> None:
    client = place.client()
    assert client.get(f"/s/{place.tokens[0]}").headers["Cache-Control"] == "no-store"
    with client.get("/static/form.css") as style:
        assert "max-age" in style.headers["Cache-Control"]


def test_sending_sets_no_cookie_and_leads_to_an_address_without_the_link(place: Host) -> None:
    sent = post(place.client(), place.tokens[0], "send", area="sales")
    assert "Set-Cookie" not in sent.headers
    assert sent.headers["Cache-Control"] == "no-store"
    assert sent.location.startswith("/done/")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/nothing", 404), ("get", "/s", 405), ("put", "/withdraw", 405), ("post", "/", 405)],
)
def test_a_wrong_address_is_met_calmly_in_the_browsers_language(
    place: Host, method: str, path: str, status: int
) -> None:
    page = place.client().open(path, method=method, headers={"Accept-Language": "en"})
    assert page.status_code == status
    assert "There is no page here" in page.text


def test_a_bug_is_a_calm_page_and_leaves_no_trace_of_who_met_it(
    place: Host, capfd: pytest.CaptureFixture[str]
) -> None:
    app = place.app(Ways(chance=Fails()))
    log = _listened(app)
    page = post(app.test_client(), place.tokens[0], "send", keep="secret words")
    assert page.status_code == 500
    assert "went wrong" in page.text or "gick fel" in page.text
    printed = capfd.readouterr()
    said = log.getvalue() + printed.out + printed.err
    assert "RuntimeError" in said
    for trace in (place.tokens[0], "/s", "secret", "127.0.0.1", "Traceback"):
        assert trace not in said


class Fails(SystemRandom):
    """Has a bug that shows when the answer is put in the box."""

    def randrange(self, *_: object) -> int:
        """Fail, and quote what was typed."""
        raise RuntimeError("secret words")


def _listened(app: Flask) -> io.StringIO:
    log = io.StringIO()
    app.logger.addHandler(logging.StreamHandler(log))
    return log


def test_the_form_with_its_style_and_script_is_small(place: Host) -> None:
    page = place.client().get(f"/s/{place.tokens[0]}").data
    files = {path.name: path.read_bytes() for path in (PACKAGED / "web" / "static").iterdir()}
    hints = files.pop("hints.js")
    assert sum(len(gzip.compress(part)) for part in (page, *files.values())) < 14_000
    assert len(gzip.compress(hints)) < 4_000, "it comes after the page, which works without it"


def test_no_page_fetches_anything_from_elsewhere(place: Host) -> None:
    page = place.client().get(f"/s/{place.tokens[0]}").text
    assert "//" not in page.replace("http://exit.test", "")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"token=%ff&do=send", "application/x-www-form-urlencoded", 400),
        (b"keep=\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 400),
        (b"--x--", "multipart/form-data; boundary=x", 400),
        (b"a=1&" * 1001, "application/x-www-form-urlencoded", 413),
        (b"a=" + b"x" * 1_000_001, "application/x-www-form-urlencoded", 413),
    ],
)
@pytest.mark.parametrize("path", ["/s", "/withdraw"])
def test_a_broken_or_huge_body_gets_a_calm_page(
    place: Host, path: str, body: bytes, kind: str, status: int
) -> None:
    page = place.client().post(path, data=body, content_type=kind)
    assert page.status_code == status
    assert "<h1>" in page.text
    assert "Gå tillbaka" in page.text
