"""history.delimited: a file of sound shape is found in any dress; a moved cell is refused."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from reporter.history import importing
from reporter.host import Host
from survey.problems import Problem
from tests.support import earlier
from tests.support.earlier import MAP, MAPS, Cells, real, saved


def test_a_header_that_stands_twice_must_be_numbered(host: Host, tmp_path: Path) -> None:
    by = earlier.written(tmp_path / "old.yaml", MAP.replace('"Pay#2"', "Pay"))
    with pytest.raises(Problem, match=r"column 'Pay' stands 2 times\. Write 'Pay#1' or 'Pay#2'"):
        importing.plan(host, earlier.file(tmp_path, earlier.rows()), by)


def _put(cells: Cells, unquoted: bytes) -> bytes:
    """Bytes that stand in a cell of row 101 as no program writes them."""
    cells[100][8] = "HERE"
    return saved(cells).replace(b"HERE", unquoted)


MENDED: dict[str, Callable[[Cells], bytes]] = {
    "semicolons": lambda cells: saved(cells, delimiter=";"),
    "tabs and bare line feeds": lambda cells: saved(cells, delimiter="\t", lineterminator="\n"),
    "all quoted": lambda cells: b"".join(
        (",".join(f'"{one}"' for one in row) + "\r\n").encode() for row in cells
    ),
    "padding columns": lambda cells: saved([[*row, "", "", ""] for row in cells]),
    "padding rows": lambda cells: saved([*cells, *[[""] * 56] * 40]) + b"\r\n\r\n",
    "titles above": lambda cells: saved([["Exit survey"], [], *cells]),
    "line breaks in cells": lambda cells: saved(
        [cells[0], *[[*row[:8], "a\nb, \"c\"", *row[9:]] for row in cells[1:]]]
    ),
    "columns in another order": lambda cells: saved([row[::-1] for row in cells]),
    "a line that names the delimiter": lambda cells: b"sep=,\r\n" + saved(cells),
    "quoted empty rows": lambda cells: saved(
        [*cells, *[[""] * 56] * 9], quoting=csv.QUOTE_ALL  # type: ignore[arg-type]
    ),
    "a column in front": lambda cells: saved([["", *row] for row in cells]),
    "padding named by a program": lambda cells: saved(
        [[*cells[0], "Unnamed: 56"], *[[*row, ""] for row in cells[1:]]]
    ),
}  # fmt: skip


REFUSED: dict[str, Callable[[Cells], bytes]] = {
    "a cell too few": lambda cells: saved([*cells[:100], cells[100][1:], *cells[101:]]),
    "a cell too many": lambda cells: saved([*cells[:100], ["", *cells[100]], *cells[101:]]),
    "open quote": lambda cells: saved(cells).replace(b"\r\n77,", b'\r\n"77,'),
    "header damaged": lambda cells: saved(cells).replace(b"Cease ", "Cease\ufffd".encode()),
    "a header twice": lambda cells: saved(cells).replace(b"Role Start Date", b"Cease Date"),
    "cut off": lambda cells: saved(cells)[:-70],
    "rows within quotes": lambda cells: b"".join(
        b'"' + ",".join(row).encode() + b'"\r\n' for row in cells
    ),
    "joined to itself": lambda cells: saved([*cells, *cells]),
    "rows pasted twice": lambda cells: saved([*cells, *cells[1:]]),
    "a comma within words within quotes": lambda cells: _put(cells, b'said "yes, no" twice'),
    "quotes within two rows": lambda cells: saved(cells)
    .replace(b"\r\n77,", b'\r\n7"7,').replace(b"\r\n99,", b'\r\n9"9,'),
    "a bare line end within a cell": lambda cells: _put(cells, b"one\rtwo"),
    "two delimiters": lambda cells: saved(cells[:300]) + saved(cells[300:], delimiter=";"),
    "nothing": lambda _: b"",
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


@real
def test_a_lost_cell_within_any_row_is_never_read_as_another_answer(
    host: Host, tmp_path: Path
) -> None:
    """The scales of neighbours are alike: a moved row would look sound, cell by cell."""
    chance = random.Random(7)
    for _ in range(12):
        at, cell = chance.randrange(1, 822), chance.randrange(56)
        path = earlier.damaged(partial(_without, at=at, cell=cell), tmp_path)
        with pytest.raises(Problem, match=rf"row {at + 1}, column 56: has 55 cells"):
            importing.plan(host, path, MAPS / "dete.yaml")


def _without(cells: Cells, at: int, cell: int) -> bytes:
    del cells[at][cell]
    return saved(cells)
