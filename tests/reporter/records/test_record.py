"""reporter.records.record: what is public, frozen and read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.records import archive, leaves
from reporter.records.findings import Finding, total
from reporter.records.record import Record
from survey.ballots import receipts
from survey.problems import Problem
from survey.quarter import Quarter
from tests.support.records import a_record

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)


def _root(leaves: Sequence[str]) -> str:
    return receipts.root([bytes.fromhex(leaf) for leaf in leaves]).hex()


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


WHOLE = a_record(Q1)
OTHER = "ff" * 32
FEWER, BACK = WHOLE.leaves[:-1], WHOLE.leaves[::-1]
TAMPERED = [
    (replace(WHOLE, leaves=(*FEWER, OTHER)), "the list of receipts is not the one"),
    (replace(WHOLE, root=OTHER), "the list of receipts is not the one"),
    (replace(WHOLE, leaves=("no print", *WHOLE.leaves[1:])), "the list of receipts is not the one"),
    (replace(WHOLE, leaves=BACK, root=_root(BACK)), "the list of receipts is not the one"),
    (replace(WHOLE, leaves=FEWER, root=_root(FEWER)), "41 responses were counted but 40 receipts"),
    (replace(WHOLE, withdrawn=2), "the numbers do not add up"),
    (replace(WHOLE, issued=41), "the numbers do not add up"),
]


@pytest.mark.parametrize(("tampered", "said"), TAMPERED)
def test_a_changed_list_root_or_tally_is_noticed(tampered: Record, said: str) -> None:
    assert leaves.faults(WHOLE) == []
    (fault,) = leaves.faults(tampered)
    assert fault.startswith(said)
    assert not (leaves.whole(tampered) and leaves.adds_up(tampered))


def test_the_list_is_a_print_a_line_under_its_root() -> None:
    head, *prints = leaves.listed(WHOLE).splitlines()
    assert head == f"# 2026-q1: 41 receipts. Root (RFC 6962): {WHOLE.root}"
    assert prints == list(WHOLE.leaves)
