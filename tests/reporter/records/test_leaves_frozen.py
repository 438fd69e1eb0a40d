"""records.leaves: the list that whoever answered looks a code up in, under its RFC 6962 root.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from reporter.records import leaves
from survey.ballots import receipts
from tests.support import frozen

COUNTS = [0, 1, 2, 3, 7]


@pytest.mark.parametrize("count", COUNTS)
def test_a_list_is_told_byte_for_byte(count: int) -> None:
    prints = frozen.leaves(count)
    root = receipts.root(prints).hex()
    record = replace(frozen.RECORD, leaves=tuple(one.hex() for one in prints), root=root)
    assert leaves.listed(record).encode() == frozen.vector(f"receipts-{count}.txt")


@pytest.mark.parametrize("count", COUNTS)
def test_its_root_follows_from_its_lines_and_hashlib_alone(count: int) -> None:
    head, *lines = frozen.text(f"receipts-{count}.txt").splitlines()
    root = _root([bytes.fromhex(line) for line in lines]).hex()
    assert head == f"# 2026-q4: {count} receipts. Root (RFC 6962): {root}"
    assert lines == sorted(lines)
    assert len(lines) == count


def _root(prints: list[bytes]) -> bytes:
    """From the leaves up, a level at a time; one left over goes up as it is.

    RFC 6962 is told from the top down. Both make the same tree, and share no line.
    """
    level = [hashlib.sha256(b"\0" + one).digest() for one in prints]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        joined = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs]
        level = joined + level[2 * len(joined) :]
    return level[0] if level else hashlib.sha256(b"").digest()
