"""The gate: raw tables + policy → findings. What it does not know, it does not let through.

Everything here is a pure function of counts. Which groups are shown depends on how many people are
in them, never on what they answered; and how a histogram is shown depends on it and its base alone.

Longer than most: reviewers want the gate whole, in one file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from reporter.policy import Policy
from reporter.records import Block, Finding
from reporter.records.findings import (
    FAVOURABLE,
    MAIN,
    NEUTRAL,
    NOT_STATED,
    REASONS,
    SUM,
    UNFAVOURABLE,
    WROTE,
)
from survey.questions import Choice, Kind

if TYPE_CHECKING:
    # Tables bring pandas, which takes a quarter of a second; whoever counts has it already.
    from reporter.counting.tables import Counts, Table

MARGIN = 2
"""A count this near to nobody or to everybody is shown as a range: the enumeration rests on it."""

LEAST_WROTE, LEAST_NAMED = 10, 3
"""Themes of free text are shown where so many wrote, and so many name the theme."""

_MOST_CLASSES = 6
_SCALE = (UNFAVOURABLE, NEUTRAL, FAVOURABLE)


class Why(StrEnum):
    """Why a figure is not shown. For HR alone: a reason can say something about the answers."""

    TOO_FEW = "too few answered"
    NO_GROUPS = "too many answers for so few people, and no groups to merge them into"
    MERGED = "shown by groups of answers, for too few answered to show each"
    FULL = "nearly everybody ticked as many answers as they could: what is left would be nobody's"
    NO_MEAN = "shown without its mean, for nearly all answered in the middle"


@dataclass(frozen=True)
class Cleared:
    """What passed the gate, and the (block, question) pairs that did not."""

    findings: tuple[Finding, ...]
    withheld: tuple[tuple[str, str], ...]
    answers: Mapping[str, tuple[Choice, ...]]
    """Question → the answers it is shown with: its own, or their groups in a small batch."""
    why: tuple[tuple[str, str, Why], ...] = ()
    """(block, question, reason) of all that is not shown, or not in full."""


def display(count: int, n: int, margin: int = MARGIN) -> tuple[int, int]:
    """The range a count is shown as: "at most 2", "at least n - 2", or the count itself."""
    if count <= margin:
        return 0, margin
    if count >= n - margin:
        return n - margin, n
    return count, count


def display_sum(points: int, neutral: int, n: int, margin: int = MARGIN) -> tuple[int, int] | None:
    """The range of a five-point scale's sum that its mean is shown as, or None for no mean.

    "High" within 6 points of the most, "low" within 6 of the least; between them all sums that
    round to the same mean with one decimal.
    """
    if neutral >= n - margin:
        return None
    if points >= 5 * n - 6:
        return 5 * n - 6, 5 * n
    if points <= n + 6:
        return n, n + 6
    tenths = (20 * points + n) // (2 * n)
    low, high = -(-(2 * tenths - 1) * n // 20), -(-(2 * tenths + 1) * n // 20) - 1
    return max(low, n + 7), min(high, 5 * n - 7)


@dataclass(frozen=True)
class Ways:
    """How what passes is shown; what is not given is shown in the safe way.

    Code alone can give another way, as an attack does to show what a rule is worth. policy.toml
    and the commands do not lead here.
    """

    display: Callable[[int, int], tuple[int, int]] = display
    display_sum: Callable[[int, int, int], tuple[int, int] | None] = display_sum


SAFE = Ways()


def cuts(sizes: Mapping[str, Counts], k: int) -> dict[str, list[Block]]:
    """Every breakdown's blocks, with the whole batch as the block of "none"."""
    everyone = whole(sum(next(iter(sizes.values())).values()))
    return {"none": [everyone], **{one: cut(one, counts, k) for one, counts in sizes.items()}}


def cut(breakdown: str, sizes: Counts, k: int) -> list[Block]:
    """Disjoint blocks of at least k people; one block means that only the whole is shown.

    `sizes` is in the order of the questionnaire. Small groups, and those who stated none, form one
    block; if it is too small the smallest shown group joins it.
    """
    seen = [member for member in sizes if sizes[member] >= k and member != NOT_STATED]
    rest = [member for member in sizes if member not in seen and sizes[member]]
    if 0 < _people(rest, sizes) < k and seen:
        smallest = min(seen, key=lambda member: sizes[member])
        seen.remove(smallest)
        rest.insert(0, smallest)
    groups = [(member,) for member in seen] + ([tuple(rest)] if rest else [])
    if len(groups) < 2:
        return [whole(sum(sizes.values()))]
    return [
        Block(f"{breakdown}-{number}", breakdown, group, _people(group, sizes))
        for number, group in enumerate(groups, start=1)
    ]


def whole(n: int) -> Block:
    """The batch as one block."""
    return Block("all", "none", (), n)


def _people(members: Iterable[str], sizes: Counts) -> int:
    return sum(sizes[member] for member in members)


def clear(
    tables: Sequence[Table],
    blocks: Mapping[str, Sequence[Block]],
    groups: Sequence[Choice],
    policy: Policy,
    ways: Ways = SAFE,
) -> Cleared:
    """Show each table in the blocks of its breakdown, or withhold it there."""
    findings: list[Finding] = []
    withheld: list[tuple[str, str]] = []
    answers: dict[str, tuple[Choice, ...]] = {}
    why: list[tuple[str, str, Why]] = []
    main: _Gate | None = None
    for table in sorted(tables, key=lambda one: one.question == REASONS):
        gate = _Gate(table, blocks[table.breakdown], groups, policy, ways, main)
        main = gate if table.question == MAIN else main
        findings += gate.findings()
        withheld += gate.withheld()
        answers[table.question] = gate.answers
        why += gate.why()
    return Cleared(tuple(findings), tuple(withheld), answers, tuple(why))


def _merges(kind: Kind) -> bool:
    """Whether answers may be told by groups: where they overlap, somebody would count twice."""
    match kind:
        case Kind.ONE:
            return True
        case Kind.MANY | Kind.SCALE | Kind.TEXT:
            return False
        case _:
            assert_never(kind)


class _Gate:
    """One question on its way out."""

    def __init__(
        self,
        table: Table,
        blocks: Sequence[Block],
        groups: Sequence[Choice],
        policy: Policy,
        ways: Ways,
        main: _Gate | None = None,
    ) -> None:
        self.table, self.blocks, self.k, self.ways = table, blocks, policy.k, ways
        self.main = main if table.question == REASONS else None
        self.shown = [block for block in blocks if self._n(block) >= policy.k]
        self.merged = (
            _merges(table.kind)
            and len(table.answers) > _MOST_CLASSES
            and any(self._n(block) < policy.merge_below for block in self.shown)
        )
        used = {answer.group for answer in table.answers}
        merge = tuple(group for group in groups if group.id in used)
        self.answers = merge if self.merged else table.answers
        self.unmerged = self.merged and not merge
        if self.unmerged:
            self.shown = []
        self.full = [block for block in self.shown if self._full(block)]
        self.shown = [block for block in self.shown if block not in self.full]

    def findings(self) -> Iterable[Finding]:
        for block in self.shown:
            yield from self._show(block)

    def withheld(self) -> list[tuple[str, str]]:
        return [(block.id, self.table.question) for block in self.blocks if block not in self.shown]

    def why(self) -> Iterable[tuple[str, str, Why]]:
        """What is not shown, or not in full, and why."""
        for block in self.blocks:
            reason = self._why(block)
            if reason:
                yield block.id, self.table.question, reason

    def _why(self, block: Block) -> Why | None:
        if self._n(block) < self.k:
            return Why.TOO_FEW
        if block not in self.shown:
            return Why.FULL if block in self.full else Why.NO_GROUPS
        if self.merged:
            return Why.MERGED
        return Why.NO_MEAN if self.table.sums is not None and not self._sum(block) else None

    def _full(self, block: Block) -> bool:
        """Whether what is told would use up all ticks but those of one person.

        Then whoever made few of them knows that nobody else ticked an answer shown as "at most 2".
        """
        most = self.table.most
        return bool(most) and self._least(block) >= self._room(block) - most

    def _room(self, block: Block) -> int:
        """The most ticks that readers must hold possible: of reasons, the last is for a main one.

        How many gave a main reason is heeded where that is told, else as many as readers can think
        of: one who gave none must not flip a dash.
        """
        n, most = self._n(block), self.table.most
        if self.table.question != REASONS:
            return most * n
        return (most - 1) * n + min(n, self._mains(block))

    def _mains(self, block: Block) -> int:
        """How many main reasons there are in the block, at most, as readers know it."""
        main = self.main
        if main is None or main.unmerged:
            return self._n(block)
        return main._n(block) if block in main.shown else self.k - 1

    def _least(self, block: Block) -> int:
        """The fewest ticks that what is told leaves possible: a main reason told is named too.

        Main reasons told by group, or many that are each "at most 2", use up ticks that no single
        reason shows.
        """
        named, main = self._ranges(block), self.main
        if main is None or block not in main.shown:
            return sum(low for low, _ in named.values())
        least: Counter[str] = Counter()
        for answer in self.answers:
            least[answer.group if main.merged else answer.id] += named[answer.id][0]
        mains = main._ranges(block)
        least |= Counter({answer: low for answer, (low, _) in mains.items()})
        carried = sum(min(least[answer], high) for answer, (_, high) in mains.items())
        return least.total() + max(0, main._n(block) - carried)

    def _ranges(self, block: Block) -> dict[str, tuple[int, int]]:
        n, counts = self._n(block), self._counts(block)
        return {answer: self.ways.display(counts[answer], n) for answer in self._classes()}

    def _sum(self, block: Block) -> tuple[int, int] | None:
        sums = self.table.sums or {}
        points = sum(sums.get(one, 0) for one in self._members(block))
        return self.ways.display_sum(points, self._counts(block)[NEUTRAL], self._n(block))

    def _show(self, block: Block) -> Iterable[Finding]:
        n = self._n(block)
        for answer, (low, high) in self._ranges(block).items():
            yield Finding(block.id, self.table.question, answer, n, low, high)
        if self.table.sums is not None:
            bounds = self._sum(block)
            if bounds:
                yield Finding(block.id, self.table.question, SUM, n, *bounds)

    def _classes(self) -> Sequence[str]:
        match self.table.kind:
            case Kind.ONE | Kind.MANY:
                return [answer.id for answer in self.answers]
            case Kind.SCALE:
                return _SCALE
            case Kind.TEXT:
                return (WROTE,)
            case _:
                assert_never(self.table.kind)

    def _counts(self, block: Block) -> Counter[str]:
        counts: Counter[str] = Counter()
        for member in self._members(block):
            counts.update(self.table.counts.get(member, {}))
        if not self.merged:
            return counts
        group = {answer.id: answer.group for answer in self.table.answers}
        merged: Counter[str] = Counter()
        for answer, count in counts.items():
            merged[group[answer]] += count
        return merged

    def _n(self, block: Block) -> int:
        return sum(self.table.n.get(member, 0) for member in self._members(block))

    def _members(self, block: Block) -> Iterable[str]:
        return block.members or self.table.n


def clear_named(question: str, wrote: Finding | None, named: Counts, k: int) -> tuple[Finding, ...]:
    """Themes that comments on a question name, for the whole batch, as people confirmed them.

    `wrote` is what is public on how many wrote. Where that is a range or withheld, an exact base
    would tell more than it does, and nothing is shown. A theme that is not shown is named by at
    most two, as any count that small is.
    """
    if wrote is None or not wrote.exact or wrote.block != "all" or wrote.high < max(k, LEAST_WROTE):
        return ()
    n = wrote.high
    return tuple(
        Finding("all", question, theme, n, *display(count, n))
        for theme, count in named.items()
        if count >= LEAST_NAMED
    )
