"""records.corrections: figures withdrawn by an earlier version stay withdrawn.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from reporter.records import corrections
from tests.support import frozen
from tests.support.frozen import NOTE, RECORD
from tests.support.places import VECTORS

KEPT = (NOTE, replace(NOTE, answer=""))


def test_notes_are_kept_byte_for_byte_and_read_back(tmp_path: Path) -> None:
    corrections.keep(tmp_path, KEPT)
    assert (tmp_path / corrections.NAME).read_bytes() == frozen.vector("notes.json")
    shutil.copy(VECTORS / "notes.json", tmp_path)
    assert corrections.notes(tmp_path) == KEPT


def test_what_readers_take_afterwards_lacks_the_figure() -> None:
    seen = corrections.visible(RECORD, KEPT)
    assert [one.answer for one in seen.findings if one.question == "reasons"] == []
    assert seen.withheld == (("area-2", "rate_pay"), ("all", "reasons"))
