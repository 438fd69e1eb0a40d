"""history.widths: every row's cells are counted as a strict reader would, or its row is told."""

from __future__ import annotations

import csv
import io
import random

import pytest

from reporter.history import widths


def _scan(text: str, mark: str = ",", size: int = widths.PART) -> widths.Widths:
    return widths.scan(memoryview(text.encode()), ord(mark), size)


def _cells(text: str) -> list[int]:
    return [int(one) for one in _scan(text).cells]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\nc,d\n", [2, 2]), ("a,b\r\nc,d", [2, 2]), ('"a,\n""b""",c\nd,e\n', [2, 2]),
        ("a\n\n,,\n", [1, 0, 0]), ('"",""\n" ",\t\n', [0, 0]), ("a,b,\n", [3]), ("", []),
    ],
)  # fmt: skip
def test_cells_are_counted_and_a_row_of_blanks_has_none(text: str, cells: list[int]) -> None:
    assert _cells(text) == cells
    assert not _scan(text).strange


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a,b\nc,d "e, f" g\n', (2, 2, "a quote stands within a cell")),
        ('a,b\nc,"d" e\n', (2, 2, "a quote stands within a cell")),
        ('a,b\nc,"d\ne,f\n', (2, 2, "a quote is opened here and never closed")),
        ("a,b\nc\rd,e\n", (2, 1, "a line end of another kind stands outside quotes")),
    ],
)
def test_what_another_reader_would_split_otherwise_is_told(
    text: str, place: tuple[int, int, str]
) -> None:
    assert _scan(text).strange[0] == place


def test_where_the_parts_end_makes_no_difference() -> None:
    chance = random.Random(5)
    rows = [[chance.choice(["a", "b,c", 'd"e', "f\ng", ""]) for _ in range(4)] for _ in range(60)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    whole = _cells(out.getvalue())
    assert set(whole) <= {0, 4}
    assert len(whole) == 60
    for size in range(40, 90, 7):
        found = _scan(out.getvalue(), size=size)
        assert found.cells.tolist() == whole
        assert not found.strange
