"""Record: everything that is public about one edition, as frozen values.

`archive` reads and writes it as a file, `leaves` checks its list of receipts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from reporter.records.findings import Finding, total
from reporter.records.subtraction import narrowed
from survey.quarter import Quarter
from survey.questions import Choice, Kind, Texts, default_page


@dataclass(frozen=True)
class Block:
    """A group of at least k people of the batch; the blocks of one breakdown are disjoint.

    `members` are ids of areas or tenures; the id "" among them stands for "not stated".
    """

    id: str
    breakdown: str
    members: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Asked:
    """A question as it was asked for this edition; later rewording does not reach it.

    Derived questions ("reasons": named as a reason) are `many`.
    """

    id: str
    kind: Kind
    breakdown: str
    words: Texts
    answers: tuple[Choice, ...]
    theme: str = ""
    most: int = 0
    """How many answers one person may tick; 0 where the kind tells it."""
    page: str = ""
    """The page it stands on, where that is not the page of its id."""

    @property
    def shown(self) -> str:
        """The page it stands on: "why" or "ahead"."""
        return self.page or default_page(self.id)


@dataclass(frozen=True)
class Note:
    """A figure withdrawn after publication, and what readers are told about it.

    Without an answer, all that is shown of the question in the block.
    """

    edition: Quarter
    block: str
    question: str
    answer: str
    day: date
    said: Texts


@dataclass(frozen=True)
class Source:
    """The earlier survey that an imported record was counted from."""

    name: Texts
    licence: Texts


@dataclass(frozen=True)
class Voice:
    """What leavers wrote on a theme, as it may be told: a paraphrase of several, or a quote.

    A quote's words are the same in every language: those of whoever wrote it.
    """

    theme: str
    side: str
    kind: str
    words: Texts


@dataclass(frozen=True)
class Record:
    """Everything that is public about one edition."""

    edition: Quarter
    quarters: tuple[Quarter, ...]
    """The quarters it covers: more than one where a batch was carried."""
    published: date
    k: int
    minimum: int
    issued: int
    answered: int
    withdrawn: int
    counted: int
    languages: tuple[str, ...]
    themes: tuple[Choice, ...]
    members: Mapping[str, tuple[Choice, ...]]
    """Breakdown → its areas or tenures with their words."""
    asked: tuple[Asked, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    """Every figure as the gate showed it. What is written of it is `told`."""
    withheld: tuple[tuple[str, str], ...]
    """(block, question) pairs shown as a dash, whatever the reason."""
    leaves: tuple[str, ...]
    """Sorted receipt leaves, hexadecimal, of every response counted."""
    root: str
    """RFC 6962 root over the leaves, hexadecimal."""
    commitments: tuple[Mapping[str, Any], ...]
    """Each commitment as it stood when the edition was published."""
    holders: int = 0
    """How many private keys the batch was sealed to."""
    destroyed: int = 0
    """How many of them were destroyed here, where they were made, when it was published."""
    apart: int = 0
    """How many of them a second holder made elsewhere, and kept apart until it was drafted."""
    notes: tuple[Note, ...] = ()
    """What was withdrawn since; never in the frozen file, which stays as it was published."""
    goals: tuple[Mapping[str, Any], ...] = ()
    """The organisation's strategic goals as they stood when the edition was published."""
    imported: Source | None = None
    """Where the figures come from, if not from a ballot box here. Then nobody knows how many were
    asked: `issued`, `answered` and `withdrawn` are 0 and mean nothing, and there are no receipts.
    """
    voices: tuple[Voice, ...] = ()
    moderation: tuple[tuple[str, int, int], ...] = ()
    """What became of the comments: (what, low, high), a range as the gate shows one."""

    @cached_property
    def told(self) -> tuple[Finding, ...]:
        """The findings as pages and charts tell them: without what subtraction rules out."""
        return narrowed(self.findings, self.asked)

    @cached_property
    def _by_question(self) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
        found: dict[tuple[str, str], tuple[Finding, ...]] = {}
        for finding in self.told:
            key = (finding.question, finding.answer)
            found[key] = (*found.get(key, ()), finding)
        return found

    def question(self, ident: str) -> Asked | None:
        """The question as asked, or None if this edition does not have it."""
        return next((asked for asked in self.asked if asked.id == ident), None)

    def parts(self, question: str, answer: str) -> tuple[Finding, ...]:
        """The findings of one answer, one a block that shows it."""
        return self._by_question.get((question, answer), ())

    def company(self, question: str, answer: str) -> Finding | None:
        """The line for everyone: the sum of the displayed blocks, or None if none is displayed."""
        return total(self.parts(question, answer))


def part(record: Record, block: str, question: str, answer: str) -> Finding | None:
    """What a block shows of an answer."""
    return next((one for one in record.parts(question, answer) if one.block == block), None)
