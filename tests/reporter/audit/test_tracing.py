"""audit.tracing: a number that no record accounts for is refused, with page and figure."""

from __future__ import annotations

import re

import pytest

from reporter.audit import audit
from reporter.paths import Files
from reporter.records import Finding
from tests.support import sites
from tests.support.audits import LEDGER, change, others, page, refused, whole


@pytest.mark.parametrize(
    ("address", "old", "new", "figure"),
    [
        ("sv/2026-q1/why", "12 av 31", "14 av 31", "14 av 31"),
        ("en/2026-q2/why", "1 to 2 of 31", "1 to 4 of 31", "1 to 4 of 31"),
        ("sv/2026-q2/themes/pay", "4 av 20", "13 av 20", ""),
        ("en/2026-q1/why", "</h1>", "</h1><p>Half of them, 43%, said so.</p>", "43%"),
        ("en/2026-q1", "<strong>31</strong>", "<strong>30</strong>", "30"),
        ("sv/2026-q1/trends", "</h1>", "</h1><p>9 slutade i januari.</p>", "9"),
        ("sv/2026-q1/themes/pay", "3,5 av 5", "3,9 av 5", "3,9 av 5"),
        ("sv/2026-q1/themes/pay", "</h1>", "</h1><p>18 av 31 nämnde det.</p>", "18 av 31"),
        ("sv/2026-q1/why", "</h1>", '</h1><svg><text>5–9 av 31</text></svg>', "5–9 av 31"),
        ("sv/2026-q1/why", "</h1>", '</h1><img alt="7 av 31 slutade">', "7 av 31"),
        ("sv/2026-q1/priorities", "</h1>", "</h1><svg><text>7–97 p</text></svg>", "97"),
        ("en/2026-q1/priorities", "</h1>", "</h1><table><td>93</td></table>", "93"),
        ("en/2026-q1/why", "</h1>", "</h1><p>about one in ten (12 of 31)</p>", "12 of 31"),
    ],
)  # fmt: skip
def test_a_number_typed_by_hand_into_a_built_page_is_refused_by_page_and_figure(
    site: Files, address: str, old: str, new: str, figure: str
) -> None:
    change(page(site, address), old, new)
    told = refused(site)
    assert told.startswith(f"{address}")
    assert figure in told


def test_a_page_of_an_earlier_version_may_tell_a_range_as_it_was_frozen(site: Files) -> None:
    """Two of three reasons are told exactly, and somebody must have named the third."""
    change(page(site, "en/2026-q2/why"), "1 to 2 of 31", "at most 2 of 31")
    sites.listed(site)
    assert audit.site(site).safe


def test_a_right_figure_in_the_wrong_row_is_refused(site: Files) -> None:
    path = page(site, "sv/2026-q1/why")
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    rows = re.sub(r"(<td>Team</td>\s*<td>)[^<]*", r"\g<1>18 av 31", text)
    assert rows != text
    path.write_text(rows, encoding="utf-8")
    assert "sv/2026-q1/why: “18 av 31” stands in no record" in refused(site)


def test_a_page_written_by_hand_may_say_anything_but_a_figure(site: Files) -> None:
    source = site.pages / "sv" / "about.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("Ring oss.", encoding="utf-8")
    about = page(site, "sv/2026-q1/about")
    about.parent.mkdir()
    about.write_text("<p>Ring 08-123 45 67 före den 3:e, 25 % rabatt.</p>", encoding="utf-8")
    sites.listed(site)
    assert audit.site(site).safe
    about.write_text("<p>Av dem sade 7 av 31 samma sak.</p>", encoding="utf-8")
    assert "sv/2026-q1/about: “7 av 31”" in refused(site)


def test_a_page_that_nobody_wrote_by_hand_is_read_as_strictly_as_any(site: Files) -> None:
    extra = page(site, "sv/2026-q1/cumulative")
    extra.parent.mkdir()
    extra.write_text("<table><td>17</td></table>", encoding="utf-8")
    sites.listed(site)
    assert "sv/2026-q1/cumulative: “17” stands in no record" in refused(site)


def test_a_page_of_an_old_edition_may_not_tell_a_later_figure(files: Files) -> None:
    later = others(whole("2026-q2"), Finding("all", "reasons", "pay", 31, 9, 9))
    sites.publish(files, [whole("2026-q1"), later])
    assert audit.site(files).safe
    change(page(files, "en/2026-q1/why"), "12 of 31", "9 of 31")
    assert "en/2026-q1/why: “9 of 31”" in refused(files)


def test_whole_percentages_are_refused(site: Files) -> None:
    change(page(site, "sv/2026-q1/why"), "12 av 31", "39 %")
    assert "sv/2026-q1/why: “39 %” stands in no record" in refused(site)


@pytest.mark.parametrize("row", ["came", "paraphrased", "held"])
def test_each_row_of_the_ledger_of_comments_must_say_what_its_record_says(
    files: Files, row: str
) -> None:
    sites.publish(files, [whole(moderation=LEDGER)])
    assert audit.site(files).safe
    shown = {"came": "20", "paraphrased": "12", "held": "at most 2"}[row]
    page = files.project.site / "public" / "en" / "2026-q1" / "moderation" / "index.html"
    html = page.read_text(encoding="utf-8")
    for wrong in {"20", "12", "0", "at most 2", "at most 12"} - {shown}:
        page.write_text(html.replace(f">{shown}<", f">{wrong}<"), encoding="utf-8")
        said = " ".join(map(str, audit.site(files).refusals))
        assert "en/2026-q1/moderation" in said, (row, wrong)
        assert "what became of the comments" in said


def test_a_number_in_a_sentence_about_comments_is_no_less_looked_at(files: Files) -> None:
    sites.publish(files, [whole(moderation=LEDGER)])
    page = files.project.site / "public" / "en" / "2026-q1" / "moderation" / "index.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("</body>", "<p>17 of them were angry.</p></body>"), "utf-8")
    assert "17" in str(audit.site(files).refusals[0])


@pytest.mark.parametrize(
    ("language", "typed", "figure"),
    [
        ("en", "Nine of ten in Logistics disagreed.", "Nine of ten"),
        ("en", "In Logistics nine out of ten disagreed.", "nine out of ten"),
        ("en", "All but one: 9 of the ten.", "9 of the ten"),
        ("sv", "I Logistik höll sju av elva inte med.", "sju av elva"),
        ("sv", "Ungefär sex av tio sade så.", "sex av tio"),
        ("sv", "Tjugotvå av 31 sade så.", "Tjugotvå av 31"),
    ],
)
def test_a_share_in_words_without_its_figure_is_refused(
    site: Files, language: str, typed: str, figure: str
) -> None:
    change(page(site, f"{language}/2026-q1/why"), "</h1>", f"</h1><p>{typed}</p>")
    assert f"{language}/2026-q1/why: “{figure}” is a share in words" in refused(site)


def test_a_share_in_words_that_a_record_says_may_stand(files: Files) -> None:
    words = {"sv": "Nio av tio skift hölls.", "en": "Nine of ten shifts were kept."}
    said = {**whole().commitments[0], "goal": words}
    sites.publish(files, [whole(commitments=(said,))])
    assert audit.site(files).safe
