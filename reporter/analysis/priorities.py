"""What to begin with: themes ranked by points that anyone can add up from the published ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporter.analysis import ranking, trends
from reporter.analysis.goals import from_snapshot
from reporter.records import Finding, Record
from reporter.records.findings import FAVOURABLE, REASONS

RETURNS = 10
"""Points for a theme that surely returns edition after edition."""
WEIGHT = 5
"""Points for each unit of weight of the strategic goals that need the theme."""


@dataclass(frozen=True)
class Points:
    """Whole points, as a range where the share behind them is one. Rounded outward."""

    low: int
    high: int


@dataclass(frozen=True)
class Priority:
    """A theme with what its points are made of; `first` to `last` are the places it may hold."""

    theme: str
    named: Finding
    doubted: Finding
    """Those who rated the theme and did not agree with its statement."""
    returns: bool
    weight: int
    first: int = 0
    last: int = 0

    @property
    def points(self) -> Points:
        """The sum: a point for each per cent, and what returning and goals add."""
        named, doubted = percent(self.named), percent(self.doubted)
        more = RETURNS * self.returns + WEIGHT * self.weight
        return Points(named.low + doubted.low + more, named.high + doubted.high + more)


def percent(finding: Finding) -> Points:
    """The share in whole per cents: rounded if it is exact, else widened to whole ones."""
    low, high, n = finding.low, finding.high, finding.n
    if finding.exact:
        return Points(*[(200 * low + n) // (2 * n)] * 2)
    return Points(100 * low // n, -(-100 * high // n))


def ranked(records: Sequence[Record]) -> tuple[Priority, ...]:
    """The newest edition's themes, most points first, without those of which too little is told."""
    now = records[-1]
    returning = {one.theme for one in ranking.recurring(records)}
    found = [one for theme in now.themes if (one := _priority(now, theme.id, returning))]
    found.sort(key=lambda one: -(one.points.low + one.points.high))
    return tuple(_placed(one, found) for one in found)


def _priority(now: Record, theme: str, returning: set[str]) -> Priority | None:
    asked = trends.rating(now, theme)
    agreed = now.company(asked.id, FAVOURABLE) if asked else None
    named = now.company(REASONS, theme)
    if not named or not agreed:
        return None
    return Priority(theme, named, _others(agreed), theme in returning, weight(now, theme))


def _others(agreed: Finding) -> Finding:
    n = agreed.n
    return Finding(agreed.block, agreed.question, "others", n, n - agreed.high, n - agreed.low)


def weight(now: Record, theme: str) -> int:
    """The weights of the goals that need the theme, added up."""
    return sum(goal.weight for goal in map(from_snapshot, now.goals) if theme in goal.themes)


def _placed(one: Priority, all_: Sequence[Priority]) -> Priority:
    """With the best and the worst place that the ranges leave open."""
    above = sum(other.points.low > one.points.high for other in all_)
    beside = sum(other.points.high >= one.points.low for other in all_)
    return Priority(
        one.theme, one.named, one.doubted, one.returns, one.weight, above + 1, max(beside, 1)
    )
