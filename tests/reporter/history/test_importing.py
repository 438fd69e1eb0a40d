"""history.importing: an earlier survey becomes records through the gate, or is refused by place.

The real files are no part of the project: where they are not at hand those tests are skipped, and
the same is tested on a made-up file.
"""

from __future__ import annotations

import codecs
import csv
import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from reporter import cli, report
from reporter.analysis import trends
from reporter.audit import audit
from reporter.history import importing
from reporter.history.importing import Plan
from reporter.host import Host
from reporter.language import words_in
from reporter.pages import overview
from reporter.pages.context import Edition
from reporter.publishing import feed
from reporter.records import archive, leaves, register
from survey import settings
from survey.ballots import receipts
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from tests.support import demo
from tests.support.editions import record as record_of
from tests.support.places import DATA, DOCS

FOUND = DATA
MAPS = DOCS / "maps"
DETE = FOUND / "dete-exit-survey-2014-01.csv"
real = pytest.mark.skipif(not DETE.exists(), reason="the real surveys are not at hand")

MAP = """
source:
  name: {sv: "Enkäten 2024", en: "The survey of 2024"}
  licence: {sv: "Egen.", en: "Our own."}
missing: [M]
when: {column: Left, format: "%Y-%m-%d", undated: ["?"]}
tables:
  agree: {a: 1, b: 2, c: 3, d: 4, e: 5}
same: [tenure]
questions:
  sections:
    - id: old
      sv: "Förr"
      en: "Before"
      items:
        - {id: old_pay, kind: scale, points: agree, theme: pay, sv: "Lön", en: "Pay"}
        - {id: old_why, kind: many, most: 2, sv: "Varför?", en: "Why?",
           answers: {pay: {sv: "Lön", en: "Pay"}, team: {sv: "Laget", en: "Team"}}}
        - {id: old_text, kind: text, limit: 100, sv: "Annat", en: "Else"}
items:
  tenure: {column: Years, values: {lt1: lt1, 1-2: 1-2, 3-5: 3-5, 6-10: 6-10, gt10: gt10}}
  old_pay: {column: "Pay#2", values: agree, other: [x]}
  old_why: {ticks: {pay: [WhyPay], team: [WhyTeam]}, yes: [Y], no: [N]}
  old_text: {column: Said}
breakdown: {old_pay: tenure, old_why: none, old_text: none}
"""
HEAD = ["Id", "Left", "Years", "Pay", "Pay", "WhyPay", "WhyTeam", "Said", "Unit"]
BANDS = ["lt1", "1-2", "3-5", "6-10", "gt10"]


def _row(n: int, left: str = "2024-02-03") -> list[str]:
    tick = ["Y", "N"]
    unit = f"Secret unit {n}"
    return [str(n), left, BANDS[n % 5], "9", "abcde"[n % 5], tick[n % 2], tick[n % 3 > 0], "", unit]


def _rows(count: int = 40, left: str = "2024-02-03") -> list[list[str]]:
    return [_row(n, left) for n in range(count)]


def _file(folder: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEAD) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    path = folder / "old.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


@pytest.fixture
def host(project: Project) -> Host:
    return demo.host(settings.load(project, {}), date(2026, 11, 24))


@pytest.fixture
def by(tmp_path: Path) -> Path:
    path = tmp_path / "old.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_quarter_becomes_a_record_without_receipts_and_with_its_source(
    host: Host, by: Path, tmp_path: Path
) -> None:
    plan = importing.plan(host, _file(tmp_path, _rows()), by)
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
    (made,) = importing.records(host, importing.plan(host, _file(tmp_path, _rows(50)), by))
    blocks = {one.members: one.n for one in made.blocks if one.breakdown == "tenure"}
    assert blocks == {(band,): 10 for band in BANDS}
    pay = made.company("old_why", "pay")
    assert pay is not None
    assert (pay.low, pay.high) == (25, 25)


def test_a_dry_run_writes_nothing(
    project: Project, by: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, [*_rows(35), *_rows(3, "2024"), *_rows(2, "?")])
    asked = ["--project", str(project.root), "history", "import", str(file), "--map", str(by)]
    assert cli.main([*asked, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "40 rows read" in told
    assert "35 placed in quarters" in told
    assert "3 state a year only" in told
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


def test_a_quarter_is_never_told_twice(host: Host, by: Path, tmp_path: Path) -> None:
    file = _file(tmp_path, _rows())
    importing.keep(host, importing.plan(host, file, by))
    with pytest.raises(Problem, match="2024-q1 overlaps the edition 2024-q1"):
        importing.plan(host, file, by)


def test_an_import_leaves_the_site_as_a_build_would_make_it(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [*_rows(), *_rows(left="2024-05-03")]
    importing.keep(host, importing.plan(host, _file(tmp_path, rows), by))
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
        importing.plan(host, _file(tmp_path, _rows()), by)


def test_bands_that_a_spreadsheet_made_dates_of_are_read_back(
    host: Host, by: Path, tmp_path: Path
) -> None:
    damaged = {"1-2": "01-Feb", "3-5": "05-mar", "6-10": "2026-10-06"}
    rows = [[damaged.get(cell, cell) for cell in row] for row in _rows(50)]
    plan = importing.plan(host, _file(tmp_path, rows), by)
    (made,) = importing.records(host, plan)
    assert {one.n for one in made.blocks if one.breakdown == "tenure"} == {10}
    assert "column 'Years': '05-mar' read as 3-5 in 10 row(s)" in plan.rows.mended


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
    file.write_bytes(mark + _saved([head, *rows], quoting=csv.QUOTE_ALL))  # type: ignore[arg-type]
    plan = importing.plan(host, file, MAPS / "limesurvey.yaml")
    assert _figures(plan) == (52, 50, 0, 2)
    (made,) = importing.records(host, plan)
    assert (made.counted, made.edition) == (50, Quarter(2022, 1))
    assert "10.0.0" not in archive.dump(made)
    assert "long" not in archive.dump(made)
    assert made.parts("ls_reasons", "pay")[0].low == 48


def test_the_dry_run_tells_how_many_answered_each_question(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [*_rows(), ["99", *[""] * 8], ["", "2024-02-01", *["", "9", "", "", "", "", ""]]]
    plan = importing.plan(host, _file(tmp_path, rows), by)
    assert [*importing.answered(plan)][:2] == [
        "  tenure: answered in 40 rows",
        "  old_pay: answered in 40 rows",
    ]
    told = [*importing.told(plan)]
    assert told[0] == "41 rows read by old.yaml"
    assert "passed over: 1 rows with nothing in the columns that are read" in told
    assert told[-1] == "6 columns read, 3 others never"


def test_two_spellings_that_differ_by_a_blank_are_read_as_one_and_told(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [[*row[:4], row[4] + " " * (n == 5), *row[5:]] for n, row in enumerate(_rows())]
    plan = importing.plan(host, _file(tmp_path, rows), by)
    assert plan.rows.mended == ("column 'Pay#2': 'a' and 'a ' read as one",)


DAYS = MAP.replace('"%Y-%m-%d"', '"%d/%m/%Y"')


def test_days_and_months_that_a_program_swapped_are_never_mixed(host: Host, tmp_path: Path) -> None:
    """A 25th month betrays that "03/04/2024" may be the 4th of March too."""
    by = _written(tmp_path / "old.yaml", DAYS)
    file = _file(tmp_path, [*_rows(20, "03/04/2024"), *_rows(20, "04/25/2024")])
    with pytest.raises(Problem, match=r"row 22, column 'Left' and 19 more row.*'04/25/2024'"):
        importing.plan(host, file, by)


WRONG = [
    (lambda row: [*row[:4], "f", *row[5:]], "row 19, column 'Pay#2': 'f' is unknown to the map"),
    (lambda row: [*row[:2], "\ufffd", *row[3:]], "row 19, column 'Years': '\ufffd' holds a repl"),
    (
        lambda row: [row[0], "2031-01-01", *row[2:]],
        "row 19, column 'Left': '2031-01-01' is no past",
    ),
    (lambda row: [row[0], "03/04/24", *row[2:]], "row 19, column 'Left': '03/04/24' is unknown"),
    (lambda row: row[:-1], "row 19, column 9: has 8 cells, the others 9"),
    (lambda row: [*row[:3], "", *row[3:]], "row 19, column 10: has 10 cells, the others 9"),
    (lambda row: [*row[:2], "2-6", *row[3:]], "row 19, column 'Years': '2-6' is unknown"),
]


@pytest.mark.parametrize(("spoil", "said"), WRONG)
def test_what_nothing_explains_is_refused_with_row_and_column(
    spoil: Callable[[list[str]], list[str]], said: str, host: Host, by: Path, tmp_path: Path
) -> None:
    rows = _rows()
    rows[17] = spoil(rows[17])
    with pytest.raises(Problem, match=re.escape(said)):
        importing.plan(host, _file(tmp_path, rows), by)


def test_at_most_twenty_mistakes_are_told(host: Host, by: Path, tmp_path: Path) -> None:
    rows = [[*row[:4], f"odd {n}", *row[5:]] for n, row in enumerate(_rows())]
    with pytest.raises(Problem) as caught:
        importing.plan(host, _file(tmp_path, rows), by)
    assert len(caught.value.messages) == 21
    assert caught.value.messages[-1] == "and 20 more."


def test_a_header_that_stands_twice_must_be_numbered(host: Host, tmp_path: Path) -> None:
    by = _written(tmp_path / "old.yaml", MAP.replace('"Pay#2"', "Pay"))
    with pytest.raises(Problem, match=r"column 'Pay' stands 2 times\. Write 'Pay#1' or 'Pay#2'"):
        importing.plan(host, _file(tmp_path, _rows()), by)


MISTAKES = [
    ('format: "%Y-%m-%d"', 'format: "%Y"', "a year alone is never a quarter"),
    ("e: 5", "e: 6", "gives '6' for 'e'"),
    ("same: [tenure]", "same: [tenur]", "names 'tenur'. It is no item"),
    ("old_text: none}", "old_text: age}", "Write one of none, area, tenure, hidden"),
    ("yes: [Y], ", "", "has no list `yes`"),
    ("missing: [M]", "mising: [M]", "has an unknown key 'mising'"),
    ("column: Said", "colum: Said", "names no column"),
    ("points: agree", "points: 1-7", "is a scale of 7 points. Only 5 and 0-10 are told"),
    ('{column: Left, format: "%Y-%m-%d", undated: ["?"]}', "{quarter: 2024-q1}", "on nobody's"),
    ('licence: {sv: "Egen.", ', "licence: {", "source: licence has no text in 'sv'"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_in_the_map_is_told(
    right: str, wrong: str, said: str, host: Host, tmp_path: Path
) -> None:
    assert right in MAP
    by = _written(tmp_path / "old.yaml", MAP.replace(right, wrong))
    with pytest.raises(Problem, match=re.escape(said)):
        importing.plan(host, _file(tmp_path, _rows()), by)


def test_all_mistakes_in_the_map_are_told_at_once(host: Host, tmp_path: Path) -> None:
    text = MAP.replace("e: 5", "e: 6").replace("column: Said", "colum: Said")
    by = _written(tmp_path / "old.yaml", text)
    with pytest.raises(Problem) as caught:
        importing.plan(host, _file(tmp_path, _rows()), by)
    assert len(caught.value.messages) == 3


def test_only_what_the_map_names_is_anywhere_in_the_site(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [[f"id-{1000 + n}", *row[1:7], f"My own words {n}", row[8]] for n, row in
            enumerate(_rows())]  # fmt: skip
    importing.keep(host, importing.plan(host, _file(tmp_path, rows), by))
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
    importing.keep(host, importing.plan(host, _file(tmp_path, _rows()), by))
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
    importing.keep(host, importing.plan(host, _file(tmp_path, _rows()), by))
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
    (made,) = importing.records(host, importing.plan(host, _file(tmp_path, _rows()), by))
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
def test_dete_places_242_and_leaves_out_546_of_a_year_and_34_undated(host: Host) -> None:
    plan = importing.plan(host, DETE, MAPS / "dete.yaml")
    assert _figures(plan) == (822, 242, 546, 34)


def _figures(plan: Plan) -> tuple[int, int, int, int]:
    rows = plan.rows
    return rows.read, sum(rows.quarters.values()), rows.year_only, rows.undated


@real
def test_no_school_and_no_id_of_dete_is_anywhere_in_the_site(host: Host, tmp_path: Path) -> None:
    file = _damaged(_marked, tmp_path)
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
    return _saved([cells[0], *[[f"Id of row {row[0]}", *row[1:]] for row in cells[1:]]])


@real
def test_the_order_of_the_rows_leaves_no_trace(host: Host, tmp_path: Path) -> None:
    whole = importing.plan(host, DETE, MAPS / "dete.yaml")
    other = importing.plan(host, _damaged(_mixed, tmp_path), MAPS / "dete.yaml")
    assert list(importing.records(host, other)) == list(importing.records(host, whole))


def _mixed(cells: Cells) -> bytes:
    return _saved([cells[0], *random.Random(3).sample(cells[1:], len(cells) - 1)])


@real
@pytest.mark.parametrize(("year", "count"), [(2016, 273), (2017, 253)])
def test_the_rse_files_are_read_whole_and_state_no_quarter(
    year: int, count: int, host: Host
) -> None:
    plan = importing.plan(host, FOUND / f"rse_uk_{year}.csv", MAPS / f"rse-{year}.yaml")
    assert _figures(plan) == (count, 0, 0, count)
    assert plan.batches == ()


@real
def test_no_line_joins_turnover3_across_its_change_of_scale(host: Host, tmp_path: Path) -> None:
    for year, counted in ((2016, 273), (2017, 253)):
        text = (MAPS / f"rse-{year}.yaml").read_text(encoding="utf-8")
        stated = f'when: {{quarter: {year}-q4, stated: "a paper"}}'
        by = _written(tmp_path / "m.yaml", text.replace("\nwhen: unstated", f"\n{stated}"))
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


# Kinds of damage. Each is imported to the same counts, or refused with row and column.

Cells = list[list[str]]


def _saved(cells: Cells, encoding: str = "utf-8", **how: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(cells)  # type: ignore[arg-type]
    return out.getvalue().encode(encoding)


def _each(change: Callable[[str], str]) -> Callable[[Cells], bytes]:
    return lambda cells: _saved([cells[0], *[[change(one) for one in row] for row in cells[1:]]])


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _months(cell: str) -> str:
    found = re.fullmatch(r"(\d\d)/20(\d\d)", cell)
    return f"{_MONTHS[int(found[1]) - 1]}-{found[2]}" if found else cell


def _serial(cell: str) -> str:
    found = re.fullmatch(r"(\d\d)/(\d{4})", cell)
    return str((date(int(found[2]), int(found[1]), 1) - date(1899, 12, 30)).days) if found else cell


def _british(cell: str) -> str:
    found = re.fullmatch(r"(\d\d)/(\d{4})", cell)
    return f"01/{found[1]}/{found[2]}" if found else cell


def _timed(cell: str) -> str:
    found = re.fullmatch(r"(\d\d)/(\d{4})", cell)
    return f"{found[2]}-{found[1]}-01T00:00:00.000Z" if found else cell


def _year_as_month(cell: str) -> str:
    """As a spreadsheet shows the number of a year in a column of months."""
    shown = date(1899, 12, 30) + timedelta(int(cell)) if re.fullmatch(r"20\d\d", cell) else None
    return f"{_MONTHS[shown.month - 1]}-{shown.year % 100:02}" if shown else cell


def _put(cells: Cells, unquoted: bytes) -> bytes:
    """Bytes that stand in a cell of row 101 as no program writes them."""
    cells[100][8] = "HERE"
    return _saved(cells).replace(b"HERE", unquoted)


def _swapped(cells: Cells) -> bytes:
    row = cells[100]
    cells[100] = [*row[:20], "\ufffd", *row[21:]]
    return _saved(cells)


def _pushed(cells: Cells) -> bytes:
    """One row moved right from its fourth cell on, its last cell lost."""
    cells[100] = [*cells[100][:3], "", *cells[100][3:-1]]
    return _saved(cells)


def _padded(cells: Cells) -> bytes:
    """Every row padded with an empty cell, and one row moved into it."""
    wider = [[*row, ""] for row in cells]
    wider[100] = [*cells[100][:30], "A", *cells[100][30:]]
    wider[100][-1] = "N/A"
    return _saved(wider)


MENDED: dict[str, Callable[[Cells], bytes]] = {
    "byte-order mark": lambda cells: codecs.BOM_UTF8 + _saved(cells),
    "UTF-16": lambda cells: _saved(cells, "utf-16"),
    "semicolons": lambda cells: _saved(cells, delimiter=";"),
    "tabs and bare line feeds": lambda cells: _saved(cells, delimiter="\t", lineterminator="\n"),
    "old Mac lines": lambda cells: _saved(cells, lineterminator="\r"),
    "all quoted": lambda cells: b"".join(
        (",".join(f'"{one}"' for one in row) + "\r\n").encode() for row in cells
    ),
    "months as a spreadsheet shows them": _each(_months),
    "months as serial numbers": _each(_serial),
    "months as British days": _each(_british),
    "booleans in another case": _each(lambda one: one.title() if one in {"TRUE", "FALSE"} else one),
    "blanks around cells": _each(lambda one: f" {one}\xa0" if one else one),
    "padding columns": lambda cells: _saved([[*row, "", "", ""] for row in cells]),
    "padding rows": lambda cells: _saved([*cells, *[[""] * 56] * 40]) + b"\r\n\r\n",
    "header again": lambda cells: _saved([cells[0], *cells]),
    "header in the middle": lambda cells: _saved([*cells[:300], cells[0], *cells[300:]]),
    "titles above": lambda cells: _saved([["Exit survey"], [], *cells]),
    "line breaks in cells": lambda cells: _saved(
        [cells[0], *[[*row[:8], "a\nb, \"c\"", *row[9:]] for row in cells[1:]]]
    ),
    "columns in another order": lambda cells: _saved([row[::-1] for row in cells]),
    "Windows letters": lambda cells: _saved(
        [cells[0], *[[*row[:8], "Skön", *row[9:]] for row in cells[1:]]], "cp1252"
    ),
    "UTF-16 without its mark": lambda cells: _saved(cells, "utf-16-le"),
    "UTF-32": lambda cells: _saved(cells, "utf-32"),
    "a line that names the delimiter": lambda cells: b"sep=,\r\n" + _saved(cells),
    "line ends doubled": lambda cells: _saved(cells).replace(b"\r\n", b"\r\r\n"),
    "two kinds of line ends": lambda cells: _saved(cells).replace(b"\r\n", b"\n", 400),
    "a DOS end of file": lambda cells: _saved(cells) + b"\x1a",
    "quoted empty rows": lambda cells: _saved(
        [*cells, *[[""] * 56] * 9], quoting=csv.QUOTE_ALL  # type: ignore[arg-type]
    ),
    "rows of blanks": lambda cells: _saved([*cells, *[[" "] * 56, ["\xa0"] * 56] * 9]),
    "ids filled down": lambda cells: _saved([*cells, *[[f"{n}"] + [""] * 55 for n in range(9)]]),
    "a total": lambda cells: _saved([*cells, ["Total", *[""] * 55]]),
    "months with a time": _each(_timed),
    "a column in front": lambda cells: _saved([["", *row] for row in cells]),
    "padding named by a program": lambda cells: _saved(
        [[*cells[0], "Unnamed: 56"], *[[*row, ""] for row in cells[1:]]]
    ),
}  # fmt: skip
REFUSED: dict[str, Callable[[Cells], bytes]] = {
    "replacement character": _swapped,
    "row moved right": _pushed,
    "row moved into the padding": _padded,
    "header moved": lambda cells: _saved([["", *cells[0][:-1]], *cells[1:]]),
    "rows moved": lambda cells: _saved([cells[0], *[["", *one] for one in cells[1:]]]),
    "a cell too few": lambda cells: _saved([*cells[:100], cells[100][1:], *cells[101:]]),
    "a cell too many": lambda cells: _saved([*cells[:100], ["", *cells[100]], *cells[101:]]),
    "open quote": lambda cells: _saved(cells).replace(b"\r\n77,", b'\r\n"77,'),
    "header damaged": lambda cells: _saved(cells).replace(b"Cease ", "Cease\ufffd".encode()),
    "a header twice": lambda cells: _saved(cells).replace(b"Role Start Date", b"Cease Date"),
    "cut off": lambda cells: _saved(cells)[:-70],
    "rows within quotes": lambda cells: b"".join(
        b'"' + ",".join(row).encode() + b'"\r\n' for row in cells
    ),
    "NUL bytes": lambda cells: _saved(cells).replace(b"\r\n77,", b"\r\n\0\0,"),
    "years as months": _each(_year_as_month),
    "years as days": _each(lambda one: f"{one}-01-01" if re.fullmatch(r"20\d\d", one) else one),
    "joined to itself": lambda cells: _saved([*cells, *cells]),
    "rows pasted twice": lambda cells: _saved([*cells, *cells[1:]]),
    "a comma within words within quotes": lambda cells: _put(cells, b'said "yes, no" twice'),
    "quotes within two rows": lambda cells: _saved(cells)
    .replace(b"\r\n77,", b'\r\n7"7,').replace(b"\r\n99,", b'\r\n9"9,'),
    "a bare line end within a cell": lambda cells: _put(cells, b"one\rtwo"),
    "two delimiters": lambda cells: _saved(cells[:300]) + _saved(cells[300:], delimiter=";"),
    "a second header of other words": lambda cells: _saved(
        [cells[0], [f"Q{n}" for n in range(56)], *cells[1:]]
    ),
    "a header without its first cell": lambda cells: _saved([cells[0][1:], *cells[1:]]),
    "a spreadsheet": lambda _: b"PK\x03\x04" + bytes(range(256)),
    "nothing": lambda _: b"",
    "bytes of no encoding": lambda cells: _saved(cells).replace(b"\r\n77,", b"\r\n\x81,"),
}  # fmt: skip


def _damaged(kind: Callable[[Cells], bytes], folder: Path) -> Path:
    with DETE.open(encoding="ascii", newline="") as file:
        cells = list(csv.reader(file))
    path = folder / "damaged.csv"
    path.write_bytes(kind(cells))
    return path


@real
@pytest.mark.parametrize("kind", MENDED)
def test_a_damaged_copy_is_imported_to_the_same_findings(
    kind: str, host: Host, tmp_path: Path
) -> None:
    whole = importing.plan(host, DETE, MAPS / "dete.yaml")
    copy = importing.plan(host, _damaged(MENDED[kind], tmp_path), MAPS / "dete.yaml")
    assert _figures(copy) == (822, 242, 546, 34)
    assert list(importing.records(host, copy)) == list(importing.records(host, whole))


@real
@pytest.mark.parametrize("kind", REFUSED)
def test_a_copy_damaged_beyond_that_is_refused_with_row_and_column(
    kind: str, host: Host, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match=r"row \d+") as caught:
        importing.plan(host, _damaged(REFUSED[kind], tmp_path), MAPS / "dete.yaml")
    assert kind == "NUL bytes" or re.search(r"row \d+, column '?[\w ]+", str(caught.value))


@real
def test_a_lost_cell_within_any_row_is_never_read_as_another_answer(
    host: Host, tmp_path: Path
) -> None:
    """The scales of neighbours are alike: a moved row would look sound, cell by cell."""
    chance = random.Random(7)
    for _ in range(12):
        at, cell = chance.randrange(1, 822), chance.randrange(56)
        path = _damaged(partial(_without, at=at, cell=cell), tmp_path)
        with pytest.raises(Problem, match=rf"row {at + 1}, column 56: has 55 cells"):
            importing.plan(host, path, MAPS / "dete.yaml")


def _without(cells: Cells, at: int, cell: int) -> bytes:
    del cells[at][cell]
    return _saved(cells)
