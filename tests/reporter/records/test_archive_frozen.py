"""records.archive: editions frozen by an earlier version are read, and written byte for byte.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from reporter.records import Asked, Record, archive
from tests.support import frozen
from tests.support.frozen import APART, IMPORTED, NOTE, PAGED, RECORD
from tests.support.places import VECTORS

NOTED = replace(RECORD, notes=(NOTE,))
WRITTEN = [
    ("record.json", RECORD),
    ("record-noted.json", NOTED),
    ("record-imported.json", IMPORTED),
    ("record-paged.json", PAGED),
    ("record-apart.json", APART),
]


@pytest.mark.parametrize(("name", "record"), WRITTEN)
def test_a_record_is_written_byte_for_byte(name: str, record: Record) -> None:
    assert archive.dump(record).encode() == frozen.vector(name)


@pytest.mark.parametrize(("name", "record"), WRITTEN)
def test_a_record_reads_back_to_the_same_value(name: str, record: Record) -> None:
    """Notes are kept in a file of their own: a copy that tells them reads as it was frozen."""
    assert archive.read(VECTORS / name) == replace(record, notes=())


def test_an_edition_from_before_goals_voices_and_most_is_read() -> None:
    asked = tuple(replace(one, most=0) for one in RECORD.asked)
    early = replace(RECORD, goals=(), voices=(), moderation=(), asked=asked)
    assert archive.read(VECTORS / "record-early.json") == early


def test_the_vectors_leave_no_field_of_a_record_out() -> None:
    """A field that is new must be added to the value and to a file beside these."""
    told = (NOTED, IMPORTED, APART)
    assert [one.name for one in fields(Record) if not any(getattr(t, one.name) for t in told)] == []
    assert [
        one.name for one in fields(Asked) if not any(getattr(a, one.name) for a in PAGED.asked)
    ] == []


def test_a_file_holds_one_row_a_line_and_its_keys_in_this_order() -> None:
    text = frozen.text("record-noted.json")
    head = "avstamp edition quarters published k minimum issued answered withdrawn counted keys"
    rows = "languages themes members asked blocks findings withheld leaves root commitments"
    assert list(json.loads(text)) == f"{head} {rows} notes goals voices moderation".split()
    lines = text.splitlines()
    assert [line for line in lines if line.startswith("  ") and line.strip()[0] not in '["{'] == []
    assert text.endswith("\n}\n")
    assert '  ["area-1", "rate_pay", "sum", 4, 13, 15]\n' in text
    assert '"keys": {"holders": 2, "destroyed": 1},\n' in text


def test_keys_that_were_made_apart_are_one_more_key_of_the_file() -> None:
    told = '"keys": {"holders": 2, "destroyed": 1, "apart": 1}'
    plain = frozen.text("record.json").replace('"keys": {"holders": 2, "destroyed": 1}', told)
    assert frozen.text("record-apart.json") == plain
