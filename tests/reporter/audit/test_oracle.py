"""The solver's ranges of hidden cells against those of tau-Argus, where `pytauargus` is installed.

It is for development only: pip install pytauargus
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from reporter.audit.intruder import People, Shown, System, reach
from reporter.audit.solver import clock

engine = pytest.importorskip("pytauargus._tauargus")

Cell = tuple[int, int]
Values = list[list[int]]


@pytest.mark.parametrize("seed", range(20))
def test_every_hidden_cell_of_a_table_has_the_range_that_tau_argus_finds(
    seed: int, tmp_path: Path
) -> None:
    values, hidden = _table(Random(seed))
    system, columns = _system(values, hidden), len(values[0]) + 1
    path = tmp_path / "table.jj"
    path.write_text(_jj(values, hidden), encoding="ascii")
    rows = engine.audit_jj(str(path))
    assert len(rows) == len(hidden)
    for row in rows:
        name = _name(divmod(row["cell"], columns))
        low, high = reach(system, {name: 1}, clock(20))
        assert (low, high) == pytest.approx((row["min"], row["max"]))


def _table(chance: Random) -> tuple[Values, set[Cell]]:
    """Small counts are hidden, and one more in each line that would hide a single one."""
    height, width = chance.randint(3, 5), chance.randint(3, 5)
    values = [
        [chance.choice((0, 1, 2, 3, 4, 6, 9, 15)) for _ in range(width)] for _ in range(height)
    ]
    every = [(i, j) for i in range(height) for j in range(width)]
    hidden = {(i, j) for i, j in every if 0 < values[i][j] < 5}
    for line in [*([c for c in every if c[0] == i] for i in range(height)),
                 *([c for c in every if c[1] == j] for j in range(width))]:  # fmt: skip
        if len(hidden.intersection(line)) == 1:
            hidden.add(min(set(line) - hidden, key=lambda c: values[c[0]][c[1]]))
    return values, hidden


def _name(cell: Cell) -> str:
    return f"{cell[0]}|{cell[1]}"


def _system(values: Values, hidden: set[Cell]) -> System:
    """Row and column totals less what stands there; people of unknown number."""
    anybody = People("anybody", 10**6, {one: (one,) for one in (*map(_name, hidden), "elsewhere")})
    lines = {(axis, cell[axis]) for axis in (0, 1) for cell in hidden}
    shown = []
    for axis, number in sorted(lines):
        cells = [cell for cell in hidden if cell[axis] == number]
        total = sum(values[i][j] for i, j in cells)
        shown.append(Shown({_name(cell): 1 for cell in cells}, total, total))
    return System((anybody,), tuple(shown))


def _jj(values: Values, hidden: set[Cell]) -> str:
    """The table with its totals in the format that tau-Argus audits."""
    rows = [[*row, sum(row)] for row in values]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    height, width = len(rows), len(rows[0])
    cells = [
        f"{i * width + j} {rows[i][j]} 1 {'u' if (i, j) in hidden else 's'} 0 1000000 1 1 0"
        for i in range(height)
        for j in range(width)
    ]
    lines = [[i * width + j for j in range(width)] for i in range(height)]
    lines += [[i * width + j for i in range(height)] for j in range(width)]
    laws = [
        f"0 {len(line)} : {line[-1]} (-1) " + " ".join(f"{one} (1)" for one in line[:-1])
        for line in lines
    ]
    return "\n".join(["0", str(len(cells)), *cells, str(len(laws)), *laws, ""])
