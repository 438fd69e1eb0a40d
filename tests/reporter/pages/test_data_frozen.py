"""pages.data: the table of figures that others compute with keeps its columns and its bytes.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import csv
import io

from reporter.pages import data
from tests.support import frozen

ROWS = [
    "edition,breakdown,block,members,question,answer,n,low,high",
    "2026-q4,none,all,,reasons,pay,7,5,5",
    "2026-q4,none,all,,reasons,team,7,0,2",
    "2026-q4,area,area-1,north,rate_pay,favourable,4,2,4",
    "2026-q4,area,area-1,north,rate_pay,sum,4,13,15",
    "2026-q4,area,area-2,south -,rate_pay,,,,",
]
"""Who did not say where they worked is the member "-"; a withheld question has no figures."""


def test_the_table_is_written_byte_for_byte() -> None:
    assert data.csv_of(frozen.RECORD).encode() == frozen.vector("data.csv")


def test_it_has_a_row_for_each_figure_and_each_withheld_question() -> None:
    assert frozen.text("data.csv") == "\n".join(ROWS) + "\n"
    rows = list(csv.DictReader(io.StringIO(frozen.text("data.csv"))))
    told = [tuple(row[key] for key in ("block", "question", "answer", "n")) for row in rows]
    shown = [(f.block, f.question, f.answer, str(f.n)) for f in frozen.RECORD.findings]
    assert told == [*shown, *((*pair, "", "") for pair in frozen.RECORD.withheld)]
