"""What an import of a million rows costs, against reading the same file with pandas in this run."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from survey.project import Project

ROWS = 1_000_000
MOST = 4
"""An import, counted and frozen, costs at most so many times `pandas.read_csv` of its file."""

ROOT = Path(__file__).parents[2]
DETE = ROOT.parent / "shared" / "data" / "dete-exit-survey-2014-01.csv"

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not DETE.exists(), reason="the real surveys are not at hand"),
]


def _many(path: Path, dated: bool) -> Path:
    """The file's rows, again and again; `dated` gives every row a month."""
    head, *lines = DETE.read_bytes().splitlines(keepends=True)
    if dated:
        lines = [
            b",".join([*one.split(b",")[:2], b"08/2013", *one.split(b",")[3:]]) for one in lines
        ]
    with path.open("wb") as file:
        file.write(head + b"".join((lines * (ROWS // len(lines) + 1))[:ROWS]))
    return path


@pytest.mark.parametrize("dated", [False, True], ids=["as it is", "every row in a quarter"])
def test_a_million_rows_cost_at_most_four_times_reading_them(
    dated: bool, project: Project, tmp_path: Path
) -> None:
    path = _many(tmp_path / "many.csv", dated)
    begun = time.perf_counter()
    assert len(pd.read_csv(path)) == ROWS
    bare = time.perf_counter() - begun
    command = [sys.executable, "-m", "reporter", "--project", str(project.root)]
    command += ["history", "import", str(path), "--map", str(ROOT / "docs/maps/dete.yaml")]
    begun = time.perf_counter()
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    taken = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\nread_csv {bare:.1f} s, import {taken:.1f} s: {taken / bare:.2f} times; {peak} MiB")
    assert f"{ROWS} rows read" in told
    assert taken <= MOST * bare
