"""Which charts an edition has. They are drawn once, without words, for all languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import assert_never

from reporter.analysis import priorities, ranking, trends
from reporter.charts import dots, series, shares
from reporter.charts.dots import Row
from reporter.charts.line import Point
from reporter.charts.shares import Bar, Chart, Split
from reporter.commitments import Commitment, from_snapshot
from reporter.records import Asked, Finding, Record
from reporter.records.findings import CLASSES, FAVOURABLE, OTHERS, REASONS
from reporter.records.record import part
from survey.questions import Kind

PEOPLE, PRIORITIES = "people", "priorities"
RATINGS, RATING_LINES, REASON_LINES = "ratings", "rating-lines", "reason-lines"
_FEWEST = 2
"""A line needs as many points to be one."""


def draw(records: Sequence[Record]) -> dict[str, Chart]:
    """Every chart of the newest record's edition by its name."""
    recent = trends.recent(records)
    return {chart.name: chart for chart in _all(recent, recent[-1])}


def _all(recent: Sequence[Record], now: Record) -> Iterator[Chart]:
    if now.issued:
        yield dots.people(PEOPLE, min(now.answered, now.issued), now.issued)
    yield from _leading(now)
    yield from _priorities(recent)
    yield from _ratings(now, [asked for asked in now.asked if _rates(asked)])
    for asked in now.asked:
        if asked.id != OTHERS and not _rates(asked):
            yield from _question(now, asked)
    for one in now.themes:
        yield from _theme(recent, one.id)
    for name, lines in _families(recent).items():
        yield from _multiples(name, recent, lines)
    for commitment in map(from_snapshot, now.commitments):
        yield from _promise(recent, commitment)


def _priorities(recent: Sequence[Record]) -> Iterator[Chart]:
    found = priorities.ranked(recent)
    rows = [
        Row(one.theme, one.named.shares, one.doubted.shares, one.returns, one.weight)
        for one in found
    ]
    if rows:
        yield dots.ranked(PRIORITIES, rows)


def _rates(asked: Asked) -> bool:
    return asked.kind.rated and bool(asked.theme)


def _leading(now: Record) -> Iterator[Chart]:
    for name, leading in leaders(now).items():
        if leading.findings:
            yield shares.bars(top(name), [Bar(key(one), *one.shares) for one in leading.findings])


def _question(now: Record, asked: Asked) -> Iterator[Chart]:
    """A question that rates no theme has a chart of its own; a text has nothing to draw."""
    match asked.kind:
        case Kind.ONE | Kind.MANY:
            yield from _bars(now, asked)
        case Kind.SCALE:
            yield from _by_block(now, asked)
        case Kind.TEXT:
            pass
        case _:
            assert_never(asked.kind)


def leaders(now: Record) -> dict[str, ranking.Leading]:
    """What stands at the ends of the rankings."""
    return {
        REASONS: ranking.reasons(now),
        "best": ranking.best(now),
        "worst": ranking.worst(now),
    }


def top(name: str) -> str:
    """The name of a ranking's chart."""
    return f"top-{name}"


def key(finding: Finding) -> str:
    """A label's token where several questions share a chart."""
    return f"{finding.question}.{finding.answer}"


def question(ident: str) -> str:
    """The name of a question's chart."""
    return f"q-{ident}"


def theme(ident: str) -> str:
    """The name of a theme's line."""
    return f"theme-{ident}"


def block(ident: str) -> str:
    """The name of a block's ratings."""
    return f"ratings-{ident}"


def _ratings(now: Record, rated: Sequence[Asked]) -> Iterator[Chart]:
    """The themes' ratings: for everyone, and for each area that has a block."""
    if rated:
        rows = [_split(asked.theme, _company(now, asked)) for asked in rated]
        yield shares.split(RATINGS, rows)
    blocks = [one for one in now.blocks if one.breakdown == "area"]
    for one in blocks if len(blocks) > 1 else ():
        cut = [asked for asked in rated if asked.breakdown == "area"]
        if cut:
            rows = [_split(asked.theme, _part(now, asked, one.id)) for asked in cut]
            yield shares.split(block(one.id), rows)


def _by_block(now: Record, asked: Asked) -> Iterator[Chart]:
    """A scale that rates no theme: everyone, then each block of its breakdown."""
    blocks = [one for one in now.blocks if one.breakdown == asked.breakdown]
    rows = [_split("all", _company(now, asked))]
    if len(blocks) > 1:
        rows += [_split(one.id, _part(now, asked, one.id)) for one in blocks]
    yield shares.split(question(asked.id), rows)


def _split(key: str, found: list[Finding | None]) -> Split:
    told = [one.shares for one in found if one]
    return Split(key, tuple(told) if len(told) == len(CLASSES) else None)


def _company(now: Record, asked: Asked) -> list[Finding | None]:
    return [now.company(asked.id, one) for one in CLASSES]


def _part(now: Record, asked: Asked, ident: str) -> list[Finding | None]:
    return [part(now, ident, asked.id, one) for one in CLASSES]


def _bars(now: Record, asked: Asked) -> Iterator[Chart]:
    found = ranking.shown(now, asked)
    if found:
        yield shares.bars(question(asked.id), [Bar(one.answer, *one.shares) for one in found])


def _theme(recent: Sequence[Record], ident: str) -> Iterator[Chart]:
    asked = trends.rating(recent[-1], ident)
    if asked is None:
        return
    line = trends.line(recent, asked.id, FAVOURABLE)
    if len(line.told) >= _FEWEST:
        ticks = [str(spot.edition) for spot in line.spots]
        marks = promised(line, recent[-1], ident)
        yield series.trend(theme(ident), ticks, _points(line), marks)


def _promise(recent: Sequence[Record], commitment: Commitment) -> Iterator[Chart]:
    """The measure of a promise over the editions, with its aim and the day it was made."""
    measure = commitment.measure
    line = trends.line(recent, measure.question, measure.answer)
    if len(line.told) >= _FEWEST:
        ticks = [str(spot.edition) for spot in line.spots]
        marks = [place] if (place := when(line, commitment.made)) is not None else []
        points, aim = _points(line), measure.target / 100
        yield series.trend(promise(commitment.id), ticks, points, marks, aim)


def promise(ident: str) -> str:
    """The name of a commitment's line."""
    return f"promise-{ident}"


def promised(line: trends.Line, now: Record, ident: str) -> list[float]:
    """Where along the line promises about the theme were made."""
    made = {date.fromisoformat(one["made"]) for one in now.commitments if one["theme"] == ident}
    places = (when(line, day) for day in sorted(made))
    return [place for place in places if place is not None]


def when(line: trends.Line, day: date) -> float | None:
    """Where a day lies along the line, an edition's quarters being centred on its point.

    None if the line begins later or has not come so far.
    """
    for index, spot in enumerate(line.spots):
        first, last = spot.quarters[0].first, spot.quarters[-1].last
        if first <= day <= last:
            place = index - 0.5 + (day - first) / (last - first)
            return min(max(place, 0.0), len(line.spots) - 1.0)
    return None


def _points(line: trends.Line) -> list[Point | None]:
    return [Point(*spot.finding.shares) if spot.finding else None for spot in line.spots]


def _families(recent: Sequence[Record]) -> dict[str, dict[str, trends.Line]]:
    """The two sets of small lines, theme by theme."""
    now = recent[-1]
    rated = {one.id: trends.rating(now, one.id) for one in now.themes}
    named = [one.id for one in now.themes]
    return {
        RATING_LINES: {
            key: trends.line(recent, asked.id, FAVOURABLE) for key, asked in rated.items() if asked
        },
        REASON_LINES: {key: trends.line(recent, REASONS, key) for key in named},
    }


def _multiples(
    name: str, recent: Sequence[Record], lines: dict[str, trends.Line]
) -> Iterator[Chart]:
    ticks = [str(record.edition) for record in recent]
    drawn = {key: line for key, line in lines.items() if len(line.told) >= _FEWEST}
    panels = [(key, _whole(_points(line), len(ticks))) for key, line in drawn.items()]
    if panels:
        yield series.multiples(name, ticks, panels)


def _whole(points: list[Point | None], size: int) -> list[Point | None]:
    """A line cut short by a new wording begins with a gap."""
    return [None] * (size - len(points)) + points
