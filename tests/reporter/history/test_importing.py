"""history.importing: an earlier survey becomes records through the gate, or is refused by place.

The real files are no part of the project: where they are not at hand those tests are skipped, and
the same is tested on a made-up file.
"""

from __future__ import annotations

import codecs
import csv
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reporter import cli, report
from reporter.analysis import trends
from reporter.audit import audit
from reporter.history import importing
from reporter.host import Host
from reporter.language import words_in
from reporter.pages import overview
from reporter.pages.context import Edition
from reporter.publishing import feed
from reporter.records import archive, leaves, register
from survey import period, settings
from survey.ballots import receipts
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from tests.support import demo, earlier
from tests.support.earlier import BANDS, DETE, FOUND, MAPS, Cells, real, saved
from tests.support.editions import record as record_of


def test_a_quarter_becomes_a_record_without_receipts_and_with_its_source(
    host: Host, by: Path, tmp_path: Path
) -> None:
    plan = importing.plan(host, earlier.file(tmp_path, earlier.rows()), by)
    (path,) = importing.keep(host, plan)
    made = archive.read(path)
    assert (made.edition, made.counted, made.issued) == (Quarter(2024, 1), 40, 0)
    assert (made.leaves, made.root) == ((), receipts.root(()).hex())
    assert made.imported is not None
    assert made.imported.name["sv"] == "Enkäten 2024"
    assert path.read_text(encoding="utf-8") == archive.dump(made)
    assert leaves.faults(made) == []
    assert leaves.faults(replace(made, issued=3))


def test_the_gate_counts_what_the_file_says(host: Host, by: Path, tmp_path: Path) -> None:
    (made,) = importing.records(
        host, importing.plan(host, earlier.file(tmp_path, earlier.rows(50)), by)
    )
    blocks = {one.members: one.n for one in made.blocks if one.breakdown == "tenure"}
    assert blocks == {(band,): 10 for band in BANDS}
    pay = made.company("old_why", "pay")
    assert pay is not None
    assert (pay.low, pay.high) == (25, 25)


def test_a_dry_run_writes_nothing(
    project: Project, by: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = earlier.file(
        tmp_path, [*earlier.rows(35), *earlier.rows(3, "2024"), *earlier.rows(2, "?")]
    )
    asked = ["--project", str(project.root), "history", "import", str(file), "--map", str(by)]
    assert cli.main([*asked, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "40 rows read" in told
    assert "35 placed in quarters" in told
    assert "3 placed in years" in told
    assert "left out: 3 of 2024-y, fewer than 30" in told
    assert "2 are undated" in told
    assert not list((project.site / "editions").glob("*.json"))
    assert cli.main(asked) == 0
    assert (project.site / "editions" / "2024-q1.json").exists()


def test_too_few_join_the_next_quarter_and_the_last_few_are_left_out() -> None:
    quarters = [Quarter(2024, number) for number in (1, 2, 3, 4)]
    counts = dict(zip(quarters, (12, 25, 30, 29), strict=True))
    batches, rest = importing.batched(counts, 30)
    assert batches == (tuple(quarters[:2]), (quarters[2],))
    assert rest == (quarters[3],)


def test_rows_of_a_year_become_an_edition_of_it_beside_its_quarters(
    host: Host, by: Path, tmp_path: Path
) -> None:
    """546 of the 822 rows of a real file state a year alone, and were thrown away."""
    rows = [*earlier.rows(35), *earlier.rows(40, "2024"), *earlier.rows(31, "2024-H1")]
    importing.keep(host, importing.plan(host, earlier.file(tmp_path, rows), by))
    made = archive.read_all(host.files.editions)
    assert {str(one.edition): one.counted for one in made} == {
        "2024-q1": 35,
        "2024-h1": 31,
        "2024-y": 40,
    }
    assert (host.files.public / "sv" / "2024-y" / "index.html").exists()
    assert audit.site(host.files).safe


def test_years_are_carried_to_years_and_quarters_to_quarters() -> None:
    q1, year = Quarter(2024, 1), period.parse("2024-y")
    counts = {q1: 40, period.parse("2023-y"): 12, year: 29}
    assert importing.batched(counts, 30) == (((q1,), (year.previous, year)), ())


def test_a_quarter_is_never_told_twice(host: Host, by: Path, tmp_path: Path) -> None:
    file = earlier.file(tmp_path, earlier.rows())
    importing.keep(host, importing.plan(host, file, by))
    with pytest.raises(Problem, match="2024-q1 overlaps the edition 2024-q1"):
        importing.plan(host, file, by)


def test_an_import_leaves_the_site_as_a_build_would_make_it(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [*earlier.rows(), *earlier.rows(left="2024-05-03")]
    importing.keep(host, importing.plan(host, earlier.file(tmp_path, rows), by))
    made = _bytes(host.files.project)
    assert [one.edition for one in register.read(host.files.editions)] == _EDITIONS
    assert len([path for path in made if path.name == register.NAME]) == 4
    report.build(host)
    assert _bytes(host.files.project) == made


_EDITIONS = ["2024-q1", "2024-q2"]


def _bytes(project: Project) -> dict[Path, bytes]:
    public = project.site / "public"
    return {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}


def test_an_import_strands_no_ballot_box(host: Host, by: Path, tmp_path: Path) -> None:
    demo.open_quarter(settings.load(host.files.project, {}), Quarter(2023, 4), 1)
    with pytest.raises(Problem, match="2023-q4 has a ballot box that is not published"):
        importing.plan(host, earlier.file(tmp_path, earlier.rows()), by)


def test_a_file_of_answer_codes_is_read_by_the_map_to_start_from(
    host: Host, tmp_path: Path
) -> None:
    """As LimeSurvey exports it: a mark, quotes everywhere, codes, unfinished answers."""
    head = ["id", "submitdate", "lastpage", "TENURE", "RATE[SQ001]", "WHY[SQ001]", "WHY[SQ002]"]
    head += ["WHY[other]", "IMPROVE", "ipaddr"]
    rows = [
        [f"{n}", "2022-03-04 10:11:12", "4", f"A{n % 5 + 1}", f"A{n % 5 + 1}", "Y", "N", "",
         f'a\nlong; "text" {n}', f"10.0.0.{n}"]
        for n in range(50)
    ]  # fmt: skip
    rows[0][3] = "-oth-"
    rows += [["60", "", "1", "A1", *[""] * 6], ["61", "1980-01-01 00:00:00", "4", "A1", *[""] * 6]]
    file = tmp_path / "results.csv"
    mark = codecs.BOM_UTF8
    file.write_bytes(mark + saved([head, *rows], quoting=csv.QUOTE_ALL))  # type: ignore[arg-type]
    plan = importing.plan(host, file, MAPS / "limesurvey.yaml")
    assert earlier.figures(plan) == (52, 50, 0, 2)
    (made,) = importing.records(host, plan)
    assert (made.counted, made.edition) == (50, Quarter(2022, 1))
    assert "10.0.0" not in archive.dump(made)
    assert "long" not in archive.dump(made)
    assert made.parts("ls_reasons", "pay")[0].low == 48


def test_the_dry_run_tells_how_many_answered_each_question(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [*earlier.rows(), ["99", *[""] * 8], ["", "2024-02-01", *["", "9", "", "", "", "", ""]]]
    plan = importing.plan(host, earlier.file(tmp_path, rows), by)
    assert [*importing.answered(plan)][:2] == [
        "  tenure: answered in 40 rows",
        "  old_pay: answered in 40 rows",
    ]
    told = [*importing.told(plan)]
    assert told[0] == "41 rows read by old.yaml"
    assert "passed over: 1 rows with nothing in the columns that are read" in told
    assert told[-1] == "6 columns read, 3 others never"


def test_only_what_the_map_names_is_anywhere_in_the_site(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [[f"id-{1000 + n}", *row[1:7], f"My own words {n}", row[8]] for n, row in
            enumerate(earlier.rows())]  # fmt: skip
    importing.keep(host, importing.plan(host, earlier.file(tmp_path, rows), by))
    texts = _everything(host.files.project)
    assert "Enkäten 2024" in texts
    assert "The survey of 2024" in texts
    for secret in ("Secret unit", "id-10", "My own words", "2024-02-03"):
        assert secret not in texts


def _everything(project: Project) -> str:
    """All that was written and built: records, pages, data, search indexes."""
    files = [*project.site.rglob("*.json"), *project.site.rglob("*.html"),
             *project.site.rglob("*.csv")]  # fmt: skip
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _page(project: Project, language: str, edition: str, name: str) -> str:
    path = project.site / "public" / language / edition / name
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")).split())


def test_pages_of_an_import_say_whence_it_came_and_not_how_many_were_asked(
    host: Host, by: Path, tmp_path: Path
) -> None:
    importing.keep(host, importing.plan(host, earlier.file(tmp_path, earlier.rows()), by))
    for language, comes, counted, links in (
        ("sv", "kommer från en tidigare undersökning: Enkäten 2024", "40 svar räknas", "länkar"),
        ("en", "come from an earlier survey: The survey of 2024", "40 answers are", "Links given"),
    ):
        first = _page(host.files.project, language, "2024-q1", "index.html")
        method = _page(host.files.project, language, "2024-q1", "method/index.html")
        assert comes in first
        assert counted in first
        assert comes in method
        receipts_page = _page(host.files.project, language, "2024-q1", "receipt/index.html")
        assert comes in receipts_page
        assert "receipt-check" not in receipts_page
        assert links not in method.replace("engångslänkar", "")


def test_pages_of_an_import_claim_nothing_of_what_it_did_not_ask(
    host: Host, by: Path, tmp_path: Path
) -> None:
    importing.keep(host, importing.plan(host, earlier.file(tmp_path, earlier.rows()), by))
    first = _page(host.files.project, "en", "2024-q1", "index.html")
    assert "An earlier survey · brought in 24 November 2026" in first
    for claim in ("We have made no commitments", "Most named reasons", "got a link", "receipt"):
        assert claim not in first.split("Nobody should be able", maxsplit=1)[0].split("Search")[-1]
    why = _page(host.files.project, "en", "2024-q1", "why/index.html")
    assert "Questions of an earlier survey, in its own words." in why
    assert "Why?" in why
    promised = _page(host.files.project, "en", "2024-q1", "commitments/index.html")
    assert "Our commitments stand in the editions of our own survey." in promised


def test_an_import_leaves_the_feed_and_the_lines_of_our_own_editions_alone(
    host: Host, by: Path, tmp_path: Path
) -> None:
    (made,) = importing.records(
        host, importing.plan(host, earlier.file(tmp_path, earlier.rows()), by)
    )
    own = [record_of("2025-q3"), record_of("2025-q4")]
    english = words_in("en")
    told = [feed.feed(some, english, "Us", "https://us/") for some in (own, [made, *own])]
    assert told[0] == told[1]
    assert feed.entries_of([made], english) != []
    assert "<entry>" not in feed.feed([made], english, "Us", "https://us/")
    apart = Edition([made, own[0]], {}, english)
    assert [one.edition for one in apart.recent] == [own[0].edition]
    assert [*overview.changes(apart)] == [english("changed.apart")]
    assert len(Edition([*own, made], {}, english).recent) == 3


@real
def test_dete_places_242_in_quarters_546_in_years_and_leaves_out_34_undated(host: Host) -> None:
    plan = importing.plan(host, DETE, MAPS / "dete.yaml")
    assert earlier.figures(plan) == (822, 242, 546, 34)


@real
def test_no_school_and_no_id_of_dete_is_anywhere_in_the_site(host: Host, tmp_path: Path) -> None:
    file = earlier.damaged(_marked, tmp_path)
    importing.keep(host, importing.plan(host, file, MAPS / "dete.yaml"))
    texts = _everything(host.files.project)
    with DETE.open(encoding="ascii", newline="") as source:
        units = {row["Business Unit"] for row in csv.DictReader(source)} - {"", "Other"}
    assert audit.site(host.files).safe
    assert len(units) > 10
    assert "Darling Downs South West" in texts
    assert not [one for one in (*units, "Id of row") if one in texts]


def _marked(cells: Cells) -> bytes:
    """The file with ids that cannot be taken for a count."""
    return saved([cells[0], *[[f"Id of row {row[0]}", *row[1:]] for row in cells[1:]]])


@real
def test_the_order_of_the_rows_leaves_no_trace(host: Host, tmp_path: Path) -> None:
    whole = importing.plan(host, DETE, MAPS / "dete.yaml")
    other = importing.plan(host, earlier.damaged(_mixed, tmp_path), MAPS / "dete.yaml")
    assert list(importing.records(host, other)) == list(importing.records(host, whole))


def _mixed(cells: Cells) -> bytes:
    return saved([cells[0], *random.Random(3).sample(cells[1:], len(cells) - 1)])


@real
@pytest.mark.parametrize(("year", "count"), [(2016, 273), (2017, 253)])
def test_the_rse_files_are_read_whole_and_state_no_quarter(
    year: int, count: int, host: Host
) -> None:
    plan = importing.plan(host, FOUND / f"rse_uk_{year}.csv", MAPS / f"rse-{year}.yaml")
    assert earlier.figures(plan) == (count, 0, 0, count)
    assert plan.batches == ()


@real
def test_no_line_joins_turnover3_across_its_change_of_scale(host: Host, tmp_path: Path) -> None:
    for year, counted in ((2016, 273), (2017, 253)):
        text = (MAPS / f"rse-{year}.yaml").read_text(encoding="utf-8")
        stated = f'when: {{quarter: {year}-q4, stated: "a paper"}}'
        by = earlier.written(tmp_path / "m.yaml", text.replace("\nwhen: unstated", f"\n{stated}"))
        plan = importing.plan(host, FOUND / f"rse_uk_{year}.csv", by)
        assert plan.size(plan.batches[0]) == counted
        importing.keep(host, plan)
    records = archive.read_all(host.files.editions)
    for year, other in ((2016, 2017), (2017, 2016)):
        line = trends.line(records, f"rse_turnover3_{year}", "often")
        told = [spot.edition.year for spot in line.spots if spot.finding]
        assert told == [year]
        assert records[other - 2016].question(f"rse_turnover3_{year}") is None
    assert trends.line(records, "rse_turnover4", "often").cut
    assert len(trends.line(records, "rse_turnover5", "favourable").told) == 2
