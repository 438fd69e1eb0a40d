"""A record as pages of one version read it: with its figures as frozen, or what is left of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reporter.audit import remainders
from reporter.records import Finding, Record
from reporter.records.findings import total


@dataclass(frozen=True)
class View:
    """Figures to look up, and the record that says what was asked.

    `Account` makes both views of a record; `charts` holds drawings to either.
    """

    record: Record
    findings: tuple[Finding, ...]

    @cached_property
    def _parts(self) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
        found: dict[tuple[str, str], tuple[Finding, ...]] = {}
        for one in self.findings:
            key = one.question, one.answer
            found[key] = (*found.get(key, ()), one)
        return found

    def parts(self, question: str, answer: str) -> tuple[Finding, ...]:
        """One answer's figures, one a block that shows it."""
        return self._parts.get((question, answer), ())

    def company(self, question: str, answer: str) -> Finding | None:
        """The line for everyone: the shown blocks added."""
        return total(self.parts(question, answer))

    def part(self, block: str, question: str, answer: str) -> Finding | None:
        """What a block shows of an answer."""
        return next((one for one in self.parts(question, answer) if one.block == block), None)


def frozen(record: Record) -> View:
    """As earlier versions told it."""
    return View(record, record.findings)


def narrowed(record: Record) -> View:
    """As it is told now."""
    return View(record, tuple(remainders.left(record)))
