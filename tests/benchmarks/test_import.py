"""What counting a million imported rows costs, against `pandas.read_csv` of the same file."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from survey.project import Project
from tests.support.memory import PEAK
from tests.support.places import ROOT

ROWS = 1_000_000
MOST = 4
"""From the file to frozen records: at most so many times as long as reading it with pandas."""

DETE = ROOT.parent / "shared" / "data" / "dete-exit-survey-2014-01.csv"

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not DETE.exists(), reason="the real surveys are not at hand"),
]

IMPORT = """
import sys
from datetime import date
from pathlib import Path
from reporter.history import importing
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from survey.questionnaire import read_questionnaire
from survey.project import Project
project, file, by = Project(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3])
asked = read_questionnaire(project.questionnaire)
policy = read_policy(project, asked)
host = Host(Files(project), asked, policy, date(2026, 11, 24), lambda _: None)
plan = importing.plan(host, file, by)
print(plan.rows.read, sum(one.counted for one in importing.records(host, plan)), PEAK)
""".replace("PEAK", PEAK)


def _many(path: Path, dated: bool) -> Path:
    """The file's rows, again and again; `dated` gives every row a month."""
    head, *lines = DETE.read_bytes().splitlines(keepends=True)
    if dated:
        cells = [one.split(b",") for one in lines]
        lines = [b",".join([*row[:2], b"08/2013", *row[3:]]) for row in cells]
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
    command = [sys.executable, "-c", IMPORT, str(project.root), str(path)]
    command.append(str(ROOT / "docs/maps/dete.yaml"))
    begun = time.perf_counter()
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    taken = time.perf_counter() - begun
    *counts, peak = told.split()
    print(
        f"\nread_csv {bare:.1f} s, import {taken:.1f} s: {taken / bare:.2f} times",
        f"{float(peak):.0f} MiB",
    )
    read, counted = map(int, counts)
    assert read == ROWS
    assert counted == ROWS if dated else counted < ROWS
    assert taken <= MOST * bare
