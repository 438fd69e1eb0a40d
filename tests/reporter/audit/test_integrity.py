"""audit.integrity: what was changed, added or taken away since publication is told by its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.audit import audit
from reporter.paths import Files
from reporter.records import Finding, Record, archive, register
from survey import quarter
from survey.ballots import receipts
from tests.support import sites
from tests.support.audits import Q1, Q2, change, others, page, refused, whole

# A file that is not as it was built


@pytest.mark.parametrize(
    "typed", ["sju av tio", "högst 2 av 31", "medel 3,5 av 5", "<script>alert(1)</script>", " "]
)
def test_anything_typed_into_a_built_page_is_refused_even_if_no_figure_gives_it_away(
    site: Files, typed: str
) -> None:
    change(page(site, "sv/2026-q1/why"), "</h1>", f"</h1><p>{typed}</p>")
    assert "sv/2026-q1/why: was changed after it was built" in refused(site)


def test_a_file_that_is_gone_and_one_that_nobody_built_are_refused(site: Files) -> None:
    page(site, "sv/2026-q1/why").rename(page(site, "sv/2026-q1/why").with_name("old.html"))
    told = refused(site)
    assert "sv/2026-q1/why: is missing" in told
    assert "sv/2026-q1/why/old.html: was not built from any record" in told


@pytest.mark.parametrize("stray", ["sv/all/index.html", "assets/x/y.js", "summary.html"])
def test_what_lies_beside_the_editions_is_refused_even_while_one_is_published(
    site: Files, stray: str
) -> None:
    path = site.project.site / "public" / stray
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("8 av 11", encoding="utf-8")
    assert f"{stray}: was not built from any record. Take it away" in refused(site)
    aside = {("sv", "2026-q1"): site.project.site / "public/sv/2026-q1"}
    found = audit.site(site, aside=aside).refusals
    assert stray in {one.where for one in found}


@pytest.mark.parametrize("name", [".2026-q4-sv/index.html", ".hidden", "sv/.note", "fr/2026-q1/x"])
def test_a_stray_is_told_whatever_its_name(site: Files, name: str) -> None:
    path = site.public / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("8 av 11", encoding="utf-8")
    assert f"{name}: was not built from any record. Take it away" in refused(site)


def test_a_folder_of_strays_is_told_once_and_an_empty_one_too(site: Files) -> None:
    for number in range(9):
        page(site, f"sv/.2026-q4-sv/{number}").parent.mkdir(parents=True)
        page(site, f"sv/.2026-q4-sv/{number}").write_text("8 av 11", encoding="utf-8")
    (site.public / "2026-q4").mkdir()
    told = refused(site).splitlines()
    assert [line.partition(":")[0] for line in told] == ["2026-q4/", "sv/.2026-q4-sv/"]


@pytest.mark.parametrize("place", ["more", "sv/more", "sv/latest", "sv/2026-q3", ".more"])
def test_a_link_that_leads_out_of_the_site_is_told(site: Files, tmp_path: Path, place: str) -> None:
    (site.public / place).symlink_to(tmp_path)
    assert f"{place}: was not built from any record" in refused(site)


def test_a_link_within_an_edition_is_told_even_if_it_shows_what_was_built(site: Files) -> None:
    built = page(site, "sv/2026-q1/why")
    built.rename(site.project.root / "why.html")
    built.symlink_to(site.project.root / "why.html")
    built.with_name("all").symlink_to(site.project.root)
    told = refused(site)
    assert "sv/2026-q1/why/index.html: is a link" in told
    assert "sv/2026-q1/why/all: is a link" in told


def test_strays_are_told_where_nothing_is_published_yet(files: Files) -> None:
    (files.public / ".2026-q4-sv").mkdir(parents=True)
    assert ".2026-q4-sv/: was not built" in refused(files)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("low,high\n", "low,high,exact\n", "is not the head of the table of figures"),
        ("reasons,pay,31,12,12\n", "reasons,pay,31,12,12,12.0\n", "differs from its record"),
        ("reasons,pay,31,12,12\n", "reasons,pay\n", "differs from its record"),
        ("2026-q1,area,area-1,north", "2026-q1,area,area-1,south", "differs from its record"),
    ],
)
def test_a_table_of_figures_with_more_or_less_than_the_record_is_refused(
    site: Files, old: str, new: str, told: str
) -> None:
    change(site.project.site / "public/en/2026-q1/data/2026-q1.csv", old, new)
    sites.listed(site)
    assert told in refused(site)


def test_a_front_door_that_was_changed_is_refused(site: Files) -> None:
    change(site.project.site / "public/index.html", "Svenska", "Nio av tio")
    assert "index.html: was changed after it was built" in refused(site)


def test_a_site_without_its_lists_is_refused_and_says_how_to_write_them(site: Files) -> None:
    shutil.rmtree(site.editions / "built")
    told = refused(site)
    assert "sv/2026-q1/: has no list of what was built. Run `reporter build`" in told


def test_half_a_list_is_no_list(site: Files) -> None:
    path = site.editions / "built/2026-q1.json"
    path.write_text(path.read_text(encoding="utf-8")[:99], encoding="utf-8")
    assert "built/2026-q1.json: is no whole list of what was built" in refused(site)


# A record that was changed


def test_a_figure_changed_in_an_old_record_is_refused_even_when_all_pages_follow(
    site: Files,
) -> None:
    changed = others(whole("2026-q1"), Finding("all", "reasons", "pay", 31, 13, 13))
    site.edition(Q1).write_text(archive.dump(changed), encoding="utf-8")
    told = refused(site)
    assert "site/editions/2026-q1.json: was changed after it was published" in told
    assert "sv/2026-q1/data/2026-q1.json: “" in told
    sites.show(site, [changed, whole("2026-q2")])
    assert "site/editions/2026-q1.json: was changed after it was published" in refused(site)


def test_a_register_rewritten_with_the_record_has_the_other_editions_against_it(
    site: Files,
) -> None:
    changed = others(whole("2026-q1"), Finding("all", "reasons", "pay", 31, 13, 13))
    (site.editions / register.NAME).unlink()
    archive.write(changed, site.edition(Q1))
    archive.write(whole("2026-q2"), site.edition(Q2))
    told = refused(site)
    assert "data/register.json: “2026-q1” was published with other figures" in told


def test_an_entry_changed_in_the_register_breaks_the_chain(site: Files) -> None:
    path = site.editions / register.NAME
    first = register.read(site.editions)[0]
    change(path, first.sha256, "0" * 64)
    assert "register.json: “2026-q1” was changed in the register" in refused(site)


def test_a_record_that_is_gone_is_missed(site: Files) -> None:
    site.edition(Q1).unlink()
    told = refused(site)
    assert "site/editions/2026-q1.json: the record is missing" in told
    assert "sv/2026-q1/: has no record" in told


def test_a_record_that_nobody_published_is_refused(site: Files) -> None:
    text = archive.dump(whole("2026-q3"))
    site.edition(quarter.parse("2026-q3")).write_text(text, encoding="utf-8")
    assert "2026-q3.json: is in no register" in refused(site)


def test_an_edition_without_its_pages_is_missed(site: Files) -> None:
    (site.project.site / "public/en/2026-q1").rename(site.project.root / "aside")
    assert "en/2026-q1/: is missing" in refused(site)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("2026-q1.json", '"pay", 31, 12, 12', '"pay", 31, 12, 13'),
        ("2026-q1.csv", "reasons,pay,31,12,12", "reasons,pay,31,12,13"),
        ("2026-q1-receipts.txt", "a", "b"),
    ],
)
def test_a_figure_changed_in_one_languages_data_file_is_refused(
    site: Files, name: str, old: str, new: str
) -> None:
    change(site.project.site / "public/en/2026-q1/data" / name, old, new)
    assert f"en/2026-q1/data/{name}: " in refused(site)


TAMPERED: list[tuple[Callable[[Record], Record], str]] = [
    (lambda one: replace(one, leaves=one.leaves[1:]), "the list of receipts is not the one"),
    (lambda one: replace(one, root="00" * 32), "the list of receipts is not the one"),
    (lambda one: replace(one, withdrawn=3), "the numbers do not add up"),
    (lambda one: replace(one, k=4), "published with k = 4"),
]


@pytest.mark.parametrize(("tamper", "fault"), TAMPERED)
def test_a_record_that_does_not_add_up_is_refused(
    files: Files, tamper: Callable[[Record], Record], fault: str
) -> None:
    sites.publish(files, [tamper(whole())])
    assert fault in refused(files)


def test_an_answer_counted_in_two_editions_is_refused(files: Files) -> None:
    first, second = whole("2026-q1"), whole("2026-q2")
    twice = replace(second, leaves=first.leaves, root=first.root)
    sites.publish(files, [first, twice])
    assert "2026-q2.json: an answer counted in 2026-q1 is counted here again" in refused(files)


# A recount: the same people once more


def _recounted() -> Record:
    fresh = sorted(receipts.leaf(f"again {n}".encode()) for n in range(31))
    root = receipts.root(fresh).hex()
    return whole("2026-q1", leaves=tuple(one.hex() for one in fresh), root=root)


def test_a_second_count_of_a_published_edition_is_refused_before_it_is_frozen(site: Files) -> None:
    verdict = audit.site(site, fresh=[_recounted()])
    assert any(
        "site/editions/2026-q1.json: “root" in str(one) and "another count" in str(one)
        for one in verdict.refusals
    )


def test_a_second_count_that_was_entered_in_a_new_register_is_refused(site: Files) -> None:
    (site.editions / register.NAME).unlink()
    for one in (_recounted(), whole("2026-q2")):
        archive.write(one, site.edition(one.edition))
    told = refused(site)
    assert "sv/2026-q2/data/register.json: “2026-q1” was published with other figures" in told


def test_an_edition_that_left_the_register_is_told_by_the_others(site: Files) -> None:
    site.edition(Q1).unlink()
    (site.editions / register.NAME).unlink()
    archive.write(whole("2026-q2"), site.edition(Q2))
    assert "sv/2026-q2/data/register.json: “2026-q1” was published" in refused(site)


def test_a_quarter_that_is_counted_again_in_a_later_edition_is_refused(files: Files) -> None:
    again = replace(_recounted(), edition=Q2, quarters=(Q1, Q2))
    sites.publish(files, [whole("2026-q1"), again])
    assert "counts people whom 2026-q1 counts too" in refused(files)
