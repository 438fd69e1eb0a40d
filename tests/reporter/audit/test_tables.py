"""audit.tables: rows of a page stand in an order that something public explains."""

from __future__ import annotations

import re

import pytest

from reporter.audit.parser import tongue
from reporter.audit.tables import faults, lists, tables
from reporter.paths import Files
from tests.support.audits import page, refused, whole

EN = tongue("en").figures


def _faults(*rows: tuple[str, ...]) -> list[str]:
    return list(faults([rows], lists(whole(), "en"), EN))


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("PAY", "x"), ("TEAM", "x"), ("GROWTH", "x")], ""),
        ([("TEAM", "x"), ("PAY", "x")], "PAY"),
        ([("GROWTH", "18 of 31"), ("PAY", "12 of 31"), ("TEAM", "at most 2 of 31")], ""),
        ([("TEAM", "at most 2 of 31"), ("PAY", "12 of 31"), ("GROWTH", "18 of 31")], ""),
        ([("GROWTH", "18 of 31"), ("TEAM", "at most 2 of 31"), ("PAY", "12 of 31")], "TEAM"),
        ([("TEAM", "at most 2 of 31"), ("PAY", "at most 2 of 31")], "PAY"),
        ([("GROWTH", "18 of 31"), ("TEAM", "0–2 of 31"), ("PAY", "0–2 of 31")], "TEAM"),
        ([("TEAM", "12 of 31"), ("GROWTH", "–"), ("PAY", "–")], "PAY"),
        ([("TEAM", "97"), ("PAY", "70 to 80"), ("GROWTH", "12")], ""),
        ([("elsewhere", "x"), ("PAY", "x")], ""),
    ],
)
def test_rows_stand_as_listed_or_by_their_figures(rows: list[tuple[str, ...]], name: str) -> None:
    assert "".join(_faults(*rows)) == name


def test_a_table_may_stand_as_another_on_its_page() -> None:
    points = (("TEAM", "97"), ("PAY", "80"))
    counts = (("TEAM", "12 of 31"), ("PAY", "12 of 31"))
    assert list(faults([counts], lists(whole(), "en"), EN)) == ["PAY"]
    assert list(faults([counts, points], lists(whole(), "en"), EN)) == []


def test_places_in_front_of_the_names_are_no_names() -> None:
    html = "<table><tr><th>Place<tr><td>1<td>TEAM<td>9<tr><td>2 to 3<td>PAY<td>8</table>"
    assert list(tables(html)) == [(("TEAM", "9"), ("PAY", "8"))]


def test_rows_of_a_page_sorted_by_what_is_not_told_are_refused(site: Files) -> None:
    path = page(site, "en/2026-q1/why")
    html = path.read_text(encoding="utf-8")
    first, second = re.findall(r"<tr>\s*<td>.*?</tr>", html, re.DOTALL)[:2]
    path.write_text(
        html.replace(first, "@@").replace(second, first).replace("@@", second), encoding="utf-8"
    )
    assert "stands where neither its figures nor a list put it" in refused(site)
