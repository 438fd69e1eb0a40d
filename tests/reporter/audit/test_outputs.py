"""audit.outputs: no page, field, row or feed is public of which the auditor knows no equation."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from importlib import import_module

import pytest

from reporter.audit import audit, ledger, outputs
from reporter.language import words_in
from reporter.paths import Files
from reporter.publishing import feed
from reporter.records import Record
from tests.support import sites
from tests.support.audits import change, whole
from tests.support.places import ROOT
from tests.support.written import published

DOCS = ROOT / "docs" / "explanation" / "disclosure.md"


def test_every_field_of_a_record_has_its_equation() -> None:
    assert set(outputs.FIELDS) == {one.name for one in fields(Record)}


@pytest.mark.parametrize("held", sorted({*outputs.FIELDS.values(), *outputs.PAGES.values()}))
def test_what_holds_an_output_is_there(held: str) -> None:
    module, name = held.split(".")
    package = "records" if module == "leaves" else "audit"
    assert callable(getattr(import_module(f"reporter.{package}.{module}"), name))


def test_the_handbook_lists_every_output() -> None:
    section = DOCS.read_text("utf-8").split("## Every public output")[1].split("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
    listed = {name: row[1].strip("`") for row in rows for name in re.findall("`([^`]+)`", row[0])}
    pages = {name or "index": held for name, held in outputs.PAGES.items()}
    assert listed == {**outputs.FIELDS, **pages, "data/*": "integrity.copies"}
    told = re.findall("`([^`]+)`", section.rpartition("Rows of the ledger of comments")[2])
    assert tuple(told) == outputs.ROWS


def test_a_number_that_a_page_writer_adds_is_refused_on_every_page(files: Files) -> None:
    """On each page that there is, one by one: none is looked at less."""
    sites.publish(files, [whole(moderation=published().moderation[-1:])])
    pages = sorted((files.public / "en" / "2026-q1").rglob("index.html"))
    missed = []
    for page in pages:
        html = page.read_text("utf-8")
        page.write_text(html.replace("</body>", "<p>983 of them did.</p></body>"), "utf-8")
        sites.listed(files)
        told = [str(one) for one in audit.site(files).refusals]
        missed += [page] if not any("“983” " in one for one in told) else []
        page.write_text(html, "utf-8")
    assert len(pages) > 12
    assert missed == []


def test_a_page_that_is_in_no_list_is_refused(files: Files) -> None:
    sites.publish(files, [whole()])
    source = files.public / "sv" / "2026-q1" / "method" / "index.html"
    target = files.public / "sv" / "2026-q1" / "rankings" / "index.html"
    target.parent.mkdir()
    target.write_bytes(source.read_bytes())
    sites.listed(files)
    assert "sv/2026-q1/rankings: is a page that no equation is known of" in _said(files)


def test_a_row_of_the_ledger_that_is_in_no_list_is_refused() -> None:
    made = replace(published(), moderation=(*published().moderation, ("angry", 5, 5)))
    assert list(ledger.broken(published())) == []
    assert "the ledger of comments tells ‘angry’, which no equation knows" in ledger.broken(made)


def _said(files: Files) -> str:
    return "\n".join(map(str, audit.site(files).refusals))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("40 personer", "41 personer", "“41”"),
        ("31 svar", "7 svar", "“7”"),
        (
            "<updated>2026-05-10T00:00:00Z</updated><link",
            "<updated>2026-05-11</updated><link",
            "the day",
        ),
        ("/2026-q1/", "/2025-q1/", "“2025-q1” has no record"),
    ],
)
def test_a_feed_tells_what_its_records_tell(files: Files, old: str, new: str, told: str) -> None:
    made = whole()
    sites.publish(files, [made])
    path = files.public / "sv" / "feed.xml"
    path.write_text(feed.feed([made], words_in("sv"), "Andra", "https://x.example/"), "utf-8")
    assert "feed.xml: “" not in _said(files)
    assert old in path.read_text("utf-8").replace("\u00a0", " ")
    change(path, old, new)
    wrong = [one for one in _said(files).splitlines() if one.startswith("sv/feed.xml")]
    assert any(told in one for one in wrong), wrong
