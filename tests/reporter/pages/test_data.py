"""pages.data: every figure, and every withheld question, as a row to take."""

from __future__ import annotations

import csv
import io

from reporter.pages import edition as pages
from tests.support.told import records


def test_the_csv_holds_every_figure_and_every_withheld_question() -> None:
    made = records()[-1]
    rows = list(csv.DictReader(io.StringIO(pages.csv_of(made))))
    assert len(rows) == len(made.findings) + len(made.withheld)
    assert rows[0]["question"] == "reasons"
    (south,) = [row for row in rows if row["block"] == "area-2"]
    assert (south["members"], south["n"], south["low"]) == ("south -", "", "")
