"""records.corrections: a figure withdrawn leaves nothing it could be worked out from."""

from __future__ import annotations

from datetime import date

from reporter.records import Note, corrections
from reporter.records.findings import NEUTRAL, SUM
from tests.support.audits import CLASSES, Q1, whole


def test_answers_that_add_up_to_everybody_are_withdrawn_together() -> None:
    note = Note(Q1, "area-1", "rate_pay", NEUTRAL, date(2026, 11, 24), {})
    gone = corrections.withdrawn(whole(), note)
    assert {one.answer for one in gone} == {*CLASSES, SUM}
    left = corrections.visible(whole(), [note])
    assert ("area-1", "rate_pay") in left.withheld
