"""audit.searched: the search index is there, and has no text of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporter.audit import html, searched
from reporter.paths import Files
from tests.support.audits import change, page

SEARCHES = '<div data-md-component="search"></div>'


@pytest.fixture
def index(site: Files) -> Path:
    """The index of an edition whose pages search in it."""
    change(page(site, "en/2026-q1"), "<body>", f"<body>{SEARCHES}")
    path = site.project.site / "public/en/2026-q1/search/search_index.json"
    path.parent.mkdir()
    return path


def _told(site: Files) -> str:
    public = site.project.site / "public"
    return " ".join(str(one) for built in html.published(public) for one in searched.faults(built))


def test_an_edition_without_its_search_index_is_refused(site: Files, index: Path) -> None:
    index.parent.rmdir()
    assert "en/2026-q1/search: “search/search_index.json” is missing" in _told(site)


def test_an_edition_that_has_no_search_needs_no_index(site: Files) -> None:
    assert _told(site) == ""


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"location": "why/", "title": "Pay", "text": "<p>They were furious.</p>"}, "They were fu"),
        ({"location": "nowhere/", "title": "", "text": "<p>12 of 31</p>"}, "‘nowhere’"),
        ({"location": "../../sv/2026-q1/why/", "title": "", "text": "12 av 31"}, "no such page"),
        ({"location": "why/", "title": "", "text": "", "why": "too few"}, "too few"),
        ({"location": "why/", "title": "", "text": "<p>12 of 31</p><p>PAY</p>"}, ""),
    ],
)
def test_a_text_that_no_page_has_is_refused(
    site: Files, index: Path, entry: dict[str, str], told: str
) -> None:
    change(page(site, "en/2026-q1/why"), "</h1>", "</h1><p>12 of 31</p><p><b>PAY</b></p>")
    index.write_text(json.dumps({"config": {}, "docs": [entry]}), encoding="utf-8")
    assert told in _told(site)
    assert bool(told) == bool(_told(site))


@pytest.mark.parametrize("text", ["", "[]", '{"docs": [3]}', '{"docs": [], "few": "pay"}'])
def test_a_broken_index_is_refused(site: Files, index: Path, text: str) -> None:
    index.write_text(text, encoding="utf-8")
    assert "is no whole search index" in _told(site)
