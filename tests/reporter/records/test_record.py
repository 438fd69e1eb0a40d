"""records.record: the line for everyone is the sum of what blocks show."""

from __future__ import annotations

from reporter.records import Finding
from reporter.records.findings import total
from survey.quarter import Quarter
from tests.support.records import a_record

Q1 = Quarter(2026, 1)


def test_the_company_line_is_the_sum_of_what_the_blocks_show() -> None:
    parts = (
        Finding("area-1", "rate_pay", "favourable", 19, 11, 11),
        Finding("area-2", "rate_pay", "favourable", 12, 0, 2),
    )
    line = a_record(Q1, parts).company("rate_pay", "favourable")
    assert line == Finding("all", "rate_pay", "favourable", 31, 11, 13)
    assert line is not None
    assert not line.exact
    assert line.shares == (11 / 31, 13 / 31)


def test_where_no_block_shows_it_there_is_no_company_line() -> None:
    assert a_record(Q1).company("rate_pay", "neutral") is None
    assert total([]) is None
