"""desk.app: every page in both languages, forged forms refused, nothing kept by a browser."""

from __future__ import annotations

import re

import pytest

from tests.support import desks
from tests.support.desks import ADDRESS, OF, Desk

PAGES = [
    "/q/2026-q3/",
    "/q/2026-q3/invite",
    "/q/2026-q3/draft",
    "/q/2026-q3/publish",
    "/commitments/",
    "/commitments/new",
    "/commitments/ett-ordersystem",
    "/codebook/",
    "/codebook/pay/sv",
]


# What it refuses.


@pytest.mark.parametrize("path", [f"/q/{OF}/keys", "/commitments/new", f"/q/{OF}/publish", "/out"])
def test_a_forged_form_is_refused_and_changes_nothing(desk: Desk, path: str) -> None:
    before = desks.files(desk.project.root)
    for token in ("", "forged"):
        refused = desk.post(path, token, typed=str(OF))
        assert refused.status == 400
    assert desks.files(desk.project.root) == before


def test_nothing_inline_runs_and_nothing_is_kept_by_the_browser(desk: Desk) -> None:
    answer = desk.client.get("/commitments/new", base_url=f"http://{ADDRESS}")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r"<style|style=|<script(?! defer src=)| on[a-z]+=", answer.text)


# The pages.


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages(desk: Desk, path: str) -> None:
    for language in ("sv", "en"):
        shown = desk.get(f"{path}?lang={language}")
        assert shown.status == 200
        assert f'<html lang="{language}"' in shown.html
    assert desk.get(path).html.count("<h1") == 1


@pytest.mark.parametrize("path", ["/q/2026-q5/", "/commitments/none", "/preview/sv/2026-q3/x"])
def test_what_is_not_there_is_said_calmly(desk: Desk, path: str) -> None:
    assert desk.get(path).status == 404


def test_looking_changes_no_file(closed: Desk) -> None:
    before = desks.files(closed.project.root)
    for path in PAGES:
        closed.get(path)
    assert desks.files(closed.project.root) == before
