"""history.rows: what nothing explains is refused with row and column; the rest is read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from reporter.history import importing
from reporter.host import Host
from survey.problems import Problem
from tests.support import earlier
from tests.support.earlier import MAP, Cells, each, real, saved


def test_bands_that_a_spreadsheet_made_dates_of_are_read_back(
    host: Host, by: Path, tmp_path: Path
) -> None:
    damaged = {"1-2": "01-Feb", "3-5": "05-mar", "6-10": "2026-10-06"}
    rows = [[damaged.get(cell, cell) for cell in row] for row in earlier.rows(50)]
    plan = importing.plan(host, earlier.file(tmp_path, rows), by)
    (made,) = importing.records(host, plan)
    assert {one.n for one in made.blocks if one.breakdown == "tenure"} == {10}
    assert "column 'Years': '05-mar' read as 3-5 in 10 row(s)" in plan.rows.mended


def test_two_spellings_that_differ_by_a_blank_are_read_as_one_and_told(
    host: Host, by: Path, tmp_path: Path
) -> None:
    rows = [[*row[:4], row[4] + " " * (n == 5), *row[5:]] for n, row in enumerate(earlier.rows())]
    plan = importing.plan(host, earlier.file(tmp_path, rows), by)
    assert plan.rows.mended == ("column 'Pay#2': 'a' and 'a ' read as one",)


DAYS = MAP.replace('"%Y-%m-%d"', '"%d/%m/%Y"')


def test_days_and_months_that_a_program_swapped_are_never_mixed(host: Host, tmp_path: Path) -> None:
    """A 25th month betrays that "03/04/2024" may be the 4th of March too."""
    by = earlier.written(tmp_path / "old.yaml", DAYS)
    file = earlier.file(
        tmp_path, [*earlier.rows(20, "03/04/2024"), *earlier.rows(20, "04/25/2024")]
    )
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
    rows = earlier.rows()
    rows[17] = spoil(rows[17])
    with pytest.raises(Problem, match=re.escape(said)):
        importing.plan(host, earlier.file(tmp_path, rows), by)


def test_at_most_twenty_mistakes_are_told(host: Host, by: Path, tmp_path: Path) -> None:
    rows = [[*row[:4], f"odd {n}", *row[5:]] for n, row in enumerate(earlier.rows())]
    with pytest.raises(Problem) as caught:
        importing.plan(host, earlier.file(tmp_path, rows), by)
    assert len(caught.value.messages) == 21
    assert caught.value.messages[-1] == "and 20 more."


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


def _swapped(cells: Cells) -> bytes:
    row = cells[100]
    cells[100] = [*row[:20], "\ufffd", *row[21:]]
    return saved(cells)


def _pushed(cells: Cells) -> bytes:
    """One row moved right from its fourth cell on, its last cell lost."""
    cells[100] = [*cells[100][:3], "", *cells[100][3:-1]]
    return saved(cells)


def _padded(cells: Cells) -> bytes:
    """Every row padded with an empty cell, and one row moved into it."""
    wider = [[*row, ""] for row in cells]
    wider[100] = [*cells[100][:30], "A", *cells[100][30:]]
    wider[100][-1] = "N/A"
    return saved(wider)


MENDED: dict[str, Callable[[Cells], bytes]] = {
    "months as a spreadsheet shows them": each(_months),
    "months as serial numbers": each(_serial),
    "months as British days": each(_british),
    "booleans in another case": each(lambda one: one.title() if one in {"TRUE", "FALSE"} else one),
    "blanks around cells": each(lambda one: f" {one}\xa0" if one else one),
    "header again": lambda cells: saved([cells[0], *cells]),
    "header in the middle": lambda cells: saved([*cells[:300], cells[0], *cells[300:]]),
    "rows of blanks": lambda cells: saved([*cells, *[[" "] * 56, ["\xa0"] * 56] * 9]),
    "ids filled down": lambda cells: saved([*cells, *[[f"{n}"] + [""] * 55 for n in range(9)]]),
    "a total": lambda cells: saved([*cells, ["Total", *[""] * 55]]),
    "months with a time": each(_timed),
}  # fmt: skip


REFUSED: dict[str, Callable[[Cells], bytes]] = {
    "replacement character": _swapped,
    "row moved right": _pushed,
    "row moved into the padding": _padded,
    "header moved": lambda cells: saved([["", *cells[0][:-1]], *cells[1:]]),
    "rows moved": lambda cells: saved([cells[0], *[["", *one] for one in cells[1:]]]),
    "years as months": each(_year_as_month),
    "years as days": each(lambda one: f"{one}-01-01" if re.fullmatch(r"20\d\d", one) else one),
    "a second header of other words": lambda cells: saved(
        [cells[0], [f"Q{n}" for n in range(56)], *cells[1:]]
    ),
    "a header without its first cell": lambda cells: saved([cells[0][1:], *cells[1:]]),
}  # fmt: skip


@real
@pytest.mark.parametrize("kind", MENDED)
def test_a_damaged_copy_is_imported_to_the_same_findings(
    kind: str, host: Host, tmp_path: Path
) -> None:
    earlier.check_mended(host, MENDED[kind], tmp_path)


@real
@pytest.mark.parametrize("kind", REFUSED)
def test_a_copy_damaged_beyond_that_is_refused_with_row_and_column(
    kind: str, host: Host, tmp_path: Path
) -> None:
    said = earlier.check_refused(host, REFUSED[kind], tmp_path)
    assert re.search(r"row \d+, column '?[\w ]+", said)
