"""Themes of free text as the auditor knows their rule: of whom, how many wrote, how many named."""

from __future__ import annotations

from collections.abc import Iterator

from reporter.audit.rules import FEW
from reporter.records import Finding, Record
from reporter.records.findings import SAID, WROTE, comments_on

LEAST_WROTE = 10
"""Themes are told where at least so many wrote; their base is how many."""


def broken(record: Record) -> Iterator[tuple[Finding, str]]:
    """Every theme of comments that its rule would not have told, or not of so many.

    `integrity` asks. The base is how many wrote, told exactly on a page of its own: "12 of 29"
    beside "28 to 30 wrote" would tell whoever did not write that the 29 others did.
    """
    for one in record.findings:
        if one.question.startswith(f"{SAID}_"):
            yield from ((one, what) for what in _faults(record, one))


def _faults(record: Record, one: Finding) -> Iterator[str]:
    wrote = _wrote(record, one.question)
    if wrote is None:
        yield "tells what comments name, but no figure tells how many wrote one"
    elif not wrote.low == wrote.high == one.n or one.block != wrote.block:
        told = f"{wrote.low} to {wrote.high}"
        yield f"is of {one.n} people, but pages tell that {told} wrote, and no closer"
    if one.n < LEAST_WROTE:
        yield f"is a theme of {one.n} who wrote, fewer than {LEAST_WROTE}"
    if one.low <= FEW:
        yield f"is a theme that may have been named by fewer than {FEW + 1}"
    if one.answer not in {theme.id for theme in record.themes}:
        yield "is no theme"


def _wrote(record: Record, question: str) -> Finding | None:
    """How many wrote the texts that a derived question is about, everybody together."""
    texts = [one for one in record.findings if one.answer == WROTE and one.block == "all"]
    found = [one for one in texts if question.startswith(comments_on(one.question))]
    return max(found, key=lambda one: len(one.question), default=None)
