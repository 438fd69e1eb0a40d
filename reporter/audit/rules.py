"""The display rules as the auditor knows them: written a second time, so that one mistake shows."""

from __future__ import annotations

from collections.abc import Iterator

from reporter.records import Asked, Finding, Record
from reporter.records.findings import NEUTRAL, SUM

LEAST_K, FEW = 5, 2
"""The smallest k there may be, and how near nobody or everybody a count becomes a range."""


def broken(record: Record) -> Iterator[tuple[Finding, str]]:
    """Every figure that the rules would not have shown in this way, and why."""
    whole = {one.block: one for one in record.findings}
    for one in record.findings:
        asked = record.question(one.question)
        for what in _faults(record, one, asked):
            yield one, what
    for what, one in _bases(record):
        yield one, what
    yield from _whole(record)
    if record.k < LEAST_K and whole:
        first = min(record.findings, key=lambda one: one.n)
        yield first, f"is published with k = {record.k}; under {LEAST_K} people can be worked out"


def _faults(record: Record, one: Finding, asked: Asked | None) -> Iterator[str]:
    if asked is None:
        yield "belongs to no question that was asked"
        return
    if one.n < max(record.k, LEAST_K):
        yield f"is of {one.n} people, fewer than {max(record.k, LEAST_K)}"
    elif one.answer == SUM:
        yield from _sum(record, one)
    elif not _count(one):
        yield "is told too exactly: so near nobody or everybody only a range may stand"
    cut = _breakdown(record, one)
    if cut not in ("none", asked.breakdown):
        yield f"is shown by {cut}, but the question is divided by {asked.breakdown}"


def _breakdown(record: Record, one: Finding) -> str:
    return next((block.breakdown for block in record.blocks if block.id == one.block), "none")


def _count(one: Finding) -> bool:
    few, most = (0, FEW), (one.n - FEW, one.n)
    exact = one.low == one.high and FEW < one.low < one.n - FEW
    return exact or (one.low, one.high) in (few, most)


def _sum(record: Record, one: Finding) -> Iterator[str]:
    """A mean is high, low, or all sums that one decimal stands for; never beside many neutrals."""
    n = one.n
    ends = (n, n + 6), (5 * n - 6, 5 * n)
    if (one.low, one.high) not in ends:
        tenth = (20 * one.low + n) // (2 * n)
        alike = [s for s in range(n + 7, 5 * n - 6) if (20 * s + n) // (2 * n) == tenth]
        if not alike or (one.low, one.high) != (alike[0], alike[-1]):
            yield "is a mean told too exactly"
    neutral = next((f for f in record.parts(one.question, NEUTRAL) if f.block == one.block), None)
    if neutral and neutral.high >= n - FEW and neutral.low >= n - FEW:
        yield "is a mean where nearly all answered in the middle"


def _whole(record: Record) -> Iterator[tuple[Finding, str]]:
    """A figure of everyone is of no fewer people than the blocks beside it."""
    members = {block.id: block.members for block in record.blocks}
    first: dict[tuple[str, str], Finding] = {}
    for one in record.findings:
        first.setdefault((one.question, one.block), one)
    for (question, block), one in first.items():
        parts = [f.n for (q, b), f in first.items() if q == question and members.get(b)]
        if not members.get(block) and parts and sum(parts) > one.n:
            yield one, f"is of {one.n} people, but the groups beside it hold {sum(parts)}"


def _bases(record: Record) -> Iterator[tuple[str, Finding]]:
    """Of one question in one block all figures are of the same people, no more than it holds."""
    sizes = {block.id: block.n for block in record.blocks}
    first: dict[tuple[str, str], Finding] = {}
    for one in record.findings:
        base = first.setdefault((one.block, one.question), one)
        if base.n != one.n:
            yield (
                f"is of {one.n} people where another figure of the same question is of {base.n}",
                one,
            )
        elif one.n > sizes.get(one.block, 0):
            yield f"is of {one.n} people in a group of {sizes.get(one.block, 0)}", one
