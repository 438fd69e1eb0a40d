"""records.archive: a record is frozen whole, reads back, and is refused by name if damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporter.records import archive
from survey import period
from survey.problems import Problem
from survey.quarter import Quarter
from tests.support.records import a_record

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)


def test_a_record_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "2026-q1.json"
    archive.write(a_record(Q1), path)
    assert archive.read(path) == a_record(Q1)
    assert sorted(one.name for one in tmp_path.iterdir()) == [path.name, "register.json"]


def test_equal_records_give_equal_bytes_and_one_figure_a_line() -> None:
    text = archive.dump(a_record(Q1))
    assert text == archive.dump(a_record(Q1))
    assert '\n  ["area-1", "rate_pay", "favourable", 19, 11, 11]\n' in text
    assert json.loads(text)["counted"] == 41


def test_records_come_oldest_first(tmp_path: Path) -> None:
    for of in (Q2, Q1):
        archive.write(a_record(of), tmp_path / f"{of}.json")
    assert [one.edition for one in archive.read_all(tmp_path)] == [Q1, Q2]


def test_a_year_whose_rows_state_no_quarter_stands_after_its_quarters(tmp_path: Path) -> None:
    year = period.parse("2026-y")
    q4 = Quarter(2026, 4)
    for record in (a_record(year, quarters=(year,)), a_record(q4)):
        archive.write(record, tmp_path / f"{record.edition}.json")
    assert [one.edition for one in archive.read_all(tmp_path)] == [q4, year]


def test_two_editions_over_one_quarter_are_refused(tmp_path: Path) -> None:
    archive.write(a_record(Q1), tmp_path / f"{Q1}.json")
    archive.write(a_record(Q2, quarters=(Q1, Q2)), tmp_path / f"{Q2}.json")
    with pytest.raises(Problem, match="cover the same quarter twice"):
        archive.read_all(tmp_path)


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"avstamp": 1}', '{"avstamp": 9}', "\x00"])
def test_a_damaged_record_is_refused_by_name(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "2026-q1.json"
    path.write_text(damage, encoding="utf-8")
    with pytest.raises(Problem, match=r"2026-q1\.json"):
        archive.read(path)


def test_a_question_of_a_later_kind_is_told_and_not_taken_for_another(tmp_path: Path) -> None:
    path = tmp_path / "2026-q1.json"
    text = archive.dump(a_record(Q1))
    path.write_text(text.replace('"kind": "scale"', '"kind": "date"'), encoding="utf-8")
    with pytest.raises(Problem, match=r"'rate_pay' is of kind 'date', .* a newer version"):
        archive.read(path)


def test_half_a_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026-q1.json"
    text = archive.dump(a_record(Q1))
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(Problem, match="not a whole record"):
        archive.read(path)
