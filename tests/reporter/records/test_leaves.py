"""records.leaves: a list of receipts that was changed does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reporter.records import Record, leaves
from survey.ballots import receipts
from survey.quarter import Quarter
from tests.support.records import a_record

Q1 = Quarter(2026, 1)


def _root(leaves: Sequence[str]) -> str:
    return receipts.root([bytes.fromhex(leaf) for leaf in leaves]).hex()


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
