"""Which points the page of priorities may tell: its arithmetic, written a second time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.audit.remainders import left
from reporter.records import Finding, Record
from reporter.records.findings import FAVOURABLE, REASONS

_RETURNS, _WEIGHT = 10, 5
"""Points for a theme that returns, and for each unit of a goal's weight."""


def told(records: Sequence[Record]) -> frozenset[int]:
    """Every end of every range of points, the places, the weights, and the rule's own numbers."""
    now = records[-1]
    places = range(len(now.themes) + 1)
    weights = [int(goal["weight"]) for goal in now.goals]
    fixed = (0, _RETURNS, _WEIGHT, 100, *places, *weights)
    views = now.findings, left(now)
    ends = (_ends(now, view, theme.id) for view in views for theme in now.themes)
    return frozenset({*fixed, *(end for many in ends for end in many)})


def _ends(now: Record, view: Sequence[Finding], theme: str) -> Iterator[int]:
    """`view`: the figures as they were frozen, or what subtraction leaves of them."""
    named = _whole(view, REASONS, theme)
    rated = next((one.id for one in now.asked if one.theme == theme and one.kind.rated), "")
    agreed = _whole(view, rated, FAVOURABLE)
    goals = _WEIGHT * sum(int(goal["weight"]) for goal in now.goals if theme in goal["themes"])
    yield goals
    if not named or not agreed:
        return
    n, low, high = agreed
    parts = (_percents(*named), _percents(n, n - high, n - low))
    for end in (0, 1):
        yield from (part[end] for part in parts)
        both = sum(part[end] for part in parts) + goals
        yield from (both, both + _RETURNS)


def _whole(view: Sequence[Finding], question: str, answer: str) -> tuple[int, int, int] | None:
    """Of how many, low and high for everyone: the shown blocks added."""
    parts = [one for one in view if (one.question, one.answer) == (question, answer)]
    if not parts:
        return None
    n, low, high = (sum(getattr(one, key) for one in parts) for key in ("n", "low", "high"))
    return n, low, high


def _percents(n: int, low: int, high: int) -> tuple[int, int]:
    """Whole per cents: an exact share rounded with halves upward, a range widened."""
    nearest = (200 * low + n) // (2 * n)
    return (nearest, nearest) if low == high else (100 * low // n, (100 * high + n - 1) // n)
