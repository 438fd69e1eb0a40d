"""A record's list of receipts: whether it is whole, and how readers take it.

Whoever answered finds the print of their code in it; its root binds the list (RFC 6962).
"""

from __future__ import annotations

import re

from reporter.records.record import Record
from survey.ballots import receipts


def faults(record: Record) -> list[str]:
    """What does not add up about the receipts: the list, its root, and how many were counted."""
    if record.imported:
        given = record.leaves or record.issued or record.answered or record.withdrawn
        return ["it is imported, and yet tells of links or receipts"] if given else []
    faults = []
    if not _rooted(record):
        faults.append("the list of receipts is not the one that its root was made from")
    listed = len(record.leaves)
    if listed != record.counted:
        faults.append(f"{record.counted} responses were counted but {listed} receipts stand")
    if not adds_up(record):
        told = f"{record.answered} answered, {record.withdrawn} withdrew, {record.counted} counted"
        faults.append(f"the numbers do not add up: {told}")
    return faults


def _rooted(record: Record) -> bool:
    """Whether the list is sorted, of prints alone, and has its root."""
    if not all(map(_LEAF.fullmatch, record.leaves)) or list(record.leaves) != sorted(record.leaves):
        return False
    return receipts.root([bytes.fromhex(leaf) for leaf in record.leaves]).hex() == record.root


_LEAF = re.compile(r"[0-9a-f]{64}")


def adds_up(record: Record) -> bool:
    """Whether everyone who answered and did not withdraw was counted, and nobody else."""
    present = record.answered - record.withdrawn
    return 0 <= record.counted == present and record.answered <= record.issued


def whole(record: Record) -> bool:
    """Whether the list of receipts has its root, and one for each response counted."""
    return _rooted(record) and len(record.leaves) == record.counted


def listed(record: Record) -> str:
    """The list of receipts as readers take it: its root, then a print a line."""
    head = f"# {record.edition}: {len(record.leaves)} receipts. Root (RFC 6962): {record.root}"
    return "\n".join([head, *record.leaves]) + "\n"
