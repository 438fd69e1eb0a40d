"""audit.reading: a page is read as a browser reads it, whatever it hides and however it spells."""

from __future__ import annotations

import re

import pytest

from reporter.audit.reading import Segment, read, strange
from reporter.paths import Files
from tests.support.audits import change, page, refused
from tests.support.spellings import SHOWN, TOLD

SPELLINGS = {**SHOWN, **TOLD}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_figure_is_read_in_whatever_way_it_is_written(name: str) -> None:
    found = [one.text for one in read(f"<html><body><p>a</p>{SPELLINGS[name]}</body></html>")]
    assert any(re.search(r"\b9 of 10\b", text) for text in found), found


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_figure_written_in_any_way_into_a_built_page_is_refused(site: Files, name: str) -> None:
    change(page(site, "en/2026-q1/why"), "</h1>", f"</h1>{SPELLINGS[name]}")
    told = refused(site)
    assert re.search(r"en/2026-q1/why: “(?:[^”]*\D)?9 of 10", told), told


def test_a_line_is_parted_where_an_eye_parts_it() -> None:
    html = "<h1>3 areas</h1><table><tr><th>Area<th>n</tr><tr><td>North<td>12 <b>of</b> 31</table>"
    assert read(html) == (Segment("3 areas"), Segment("12 of 31", "North", "n"))


def test_what_the_settings_of_the_pages_own_script_say_is_no_sentence() -> None:
    settings = '<script id="__config" type="application/json">{"base": "7/8"}</script>'
    assert [one.free for one in read(settings)] == [True]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p data-why="few">x</p>', 'data-why="few"'),
        ('<p class="too-few">x</p>', 'class="too-few"'),
        ('<a href="data:text/html,few">x</a>', 'href="data:text/html,few"'),
        ("<img src='few.png'>", "<img>"),
        ('<p style="order: 2">x</p>', 'style="order: 2"'),
        ('<span class="dash" title="few">–</span>', '<span class="dash" title="few">–</span>'),
        ('<span class="dash quiet">–</span>', '<span class="dash quiet">–</span>'),
        ('<td class="dash">–</td>', '<td class="dash">–</td>'),
        ('<span class="dash">—</span>', '<span class="dash">—</span>'),
    ],
)
def test_a_place_where_a_reason_could_hide_is_strange(html: str, found: str) -> None:
    table = html if not html.startswith("<td") else f"<table><tr>{html}</tr></table>"
    assert found in strange(table)


def test_a_reason_in_an_attribute_of_a_built_page_is_refused(site: Files) -> None:
    change(page(site, "sv/2026-q1/why"), "<table>", '<table data-why="under-k">')
    assert 'sv/2026-q1/why: “data-why="under-k"” is an element or attribute' in refused(site)


@pytest.mark.parametrize(
    "style", ['p:after{content:"9 of 10"}', "p{color:red;CONTENT :'9 of \\31 0'"]
)
def test_what_a_style_sheet_writes_is_refused(site: Files, style: str) -> None:
    sheet = site.project.site / "public/en/2026-q1/assets/edition.css"
    sheet.parent.mkdir()
    sheet.write_text(style, encoding="utf-8")
    assert re.search(r"en/2026-q1/assets/edition.css: “[^”]*9 of 10", refused(site))
