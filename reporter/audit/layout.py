"""Where a chart's shapes lie, from public ranges: the drawing's rules, written a second time.

Longer than most: the kinds share their boxes, and are read side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from reporter.audit.geometry import NEAR, Drawing, Shape
from survey.quarter import Quarter

Range = tuple[float, float]

WIDTH, ROW, BAR = 340.0, 44.0, 13.0
BASE, RULE, EDGE, HATCH, RING = "muted 1.2", "rule 1", "strong 1", "muted 1", "mark 2"
LINE, DOT, MARK, AIM = "strong 2.4", "strong 7", "mark 1.5", "muted 1.5"
UNTOLD = "untold"
"""Not drawn itself: where slanted lines may lie."""


def _box(paint: str, left: float, top: float, right: float, bottom: float) -> Iterator[Shape]:
    if right > left:
        yield Shape(paint, (left, top, right, top, right, bottom, left, bottom))


# Bars


def bars(rows: Sequence[Range]) -> Iterator[Shape]:
    """A row each: solid to the low end, pale to the high one."""
    for index, (low, high) in enumerate(rows):
        yield from _bar((low, high), (0.0, WIDTH), index * ROW + 21, BAR, rule=WIDTH / 2)


def _bar(
    share: Range, sides: tuple[float, float], top: float, tall: float, rule: float
) -> Iterator[Shape]:
    left, right = sides
    low, high = (left + end * (right - left) for end in share)
    yield from _box("track", left, top, right, top + tall)
    yield from _box("strong", left, top, low, top + tall)
    if high > low:
        yield from _box("soft", low, top, high - 0.5, top + tall)
        over, under = top + 0.5, top + tall - 0.5
        edge = (low, over, high - 0.5, over, high - 0.5, under, low, under)
        yield Shape(EDGE, edge)
    yield Shape(RULE, (rule, top - 2, rule, top + tall + 2))
    yield Shape(BASE, (left + 0.6, top - 2, left + 0.6, top + tall + 2))


# Three classes beside each other


def split(rows: Sequence[Sequence[Range] | None]) -> Iterator[Shape]:
    """A row each, or a line where nothing is told; above them the three paints."""
    for index, paint in enumerate(("unfavourable", "neutral", "favourable")):
        left = index * (WIDTH / 3 + 3)
        yield from _box(paint, left, 17, left + 12, 29)
    for index, parts in enumerate(rows):
        yield from _stack(parts, index * ROW + 63)


def _stack(parts: Sequence[Range] | None, top: float) -> Iterator[Shape]:
    if parts is None:
        yield Shape(RULE, (0, top + BAR, WIDTH, top + BAR))
        return
    (bad, worse), (some, more), (good, better) = parts
    ends, ended = max(bad, 1 - more - better), min(worse, 1 - some - good)
    begins, begun = max(1 - better, bad + some), min(1 - good, worse + more)
    untold = [(ends, ended), (begins, begun)] if ended < begins else [(ends, begun)]
    told = {"unfavourable": (0, ends), "neutral": (ended, begins), "favourable": (begun, 1)}
    for paint, (left, right) in told.items():
        yield from _box(paint, left * WIDTH + 0.5, top, right * WIDTH - 0.5, top + BAR)
    for left, right in untold:
        yield Shape(UNTOLD, (left * WIDTH, top, right * WIDTH, top + BAR))
    over, under = top + 0.5, top + BAR - 0.5
    yield Shape(HATCH, (0.5, over, WIDTH - 0.5, over, WIDTH - 0.5, under, 0.5, under))


def hatched(one: Shape, expected: Sequence[Shape]) -> bool:
    """Whether it is a slanted line within what is not told."""
    if one.paint != HATCH or len(one.dots) != 4:
        return False
    x, y, end, over = one.dots
    slanted = abs((end - x) - (y - over)) <= 3 * NEAR
    return slanted and any(_within(one, area) for area in expected if area.paint == UNTOLD)


def _within(one: Shape, area: Shape) -> bool:
    left, top, right, bottom = area.dots
    across, down = one.dots[::2], one.dots[1::2]
    sides = all(left - NEAR <= x <= right + NEAR for x in across)
    return sides and all(top - NEAR <= y <= bottom + NEAR for y in down)


# A dot a person


def people(answered: int, invited: int) -> Iterator[Shape]:
    """Large dots for those who answered; of more than 400 a bar."""
    if invited > 400:
        yield from bars([(answered / invited, answered / invited)])
        return
    across = 20 if invited <= 120 else 40
    step = WIDTH / across
    paints = ("strong 12", "muted 4") if across == 20 else (DOT, "muted 2")
    for index in range(invited):
        x, y = (index % across + 0.5) * step, (index // across + 0.5) * step
        yield Shape(paints[index >= answered], (x, y, x, y))


# Themes with two bars


_HALF, _GAP, _TALL, _SQUARE = 132.0, 12.0, 12.0, 7.0


def ranked(rows: Sequence[tuple[Range, Range, int]], rings: Sequence[Shape]) -> Iterator[Shape]:
    """Two bars a row, squares for its goals; a ring lies beside a row, or in the legend."""
    legend = 34 + len(rows) * 46 + 46 - 4.0
    places = [legend - 4.5]
    for index, (named, doubted, weight) in enumerate(rows):
        top = 34 + index * 46 + 21.0
        places.append(top + _TALL / 2)
        for left, share in ((0.0, named), (_HALF + _GAP, doubted)):
            yield from _bar(share, (left, left + _HALF), top, _TALL, left + _HALF / 2)
        for place in range(min(weight, 4)):
            yield _square(2 * (_HALF + _GAP) + 19 + place * (_SQUARE + 2), top + 2.5)
    yield _square(_HALF + _GAP, legend - 8)
    yield from (one for one in rings if _ringed(one, places))


def _square(left: float, top: float) -> Shape:
    (one,) = _box("mark", left, top, left + _SQUARE, top + _SQUARE)
    return one


def _ringed(ring: Shape, places: Sequence[float]) -> bool:
    """Whether a ring is in a place for rings: whether a theme returns is told beside it."""
    sides = (6.0, 2 * (_HALF + _GAP) + 7)
    return any(ring.like(_ring(x, y)) for x in sides for y in places)


def _ring(x: float, y: float) -> Shape:
    corners = ((-1, -2.4), (1, -2.4), (2.4, -1), (2.4, 1), (1, 2.4), (-1, 2.4), (-2.4, 1))
    around = (*corners, (-2.4, -1))
    return Shape(RING, tuple(end for dx, dy in around for end in (x + 2 * dx, y + 2 * dy)))


# Lines


def editions(drawing: Drawing) -> int:
    """How many editions a line runs over: as many as it has strokes under its base."""
    strokes = [one for one in drawing.shapes if one.paint == BASE and one.dots[0] == one.dots[2]]
    lowest = max((one.dots[1] for one in strokes), default=0.0)
    left = [one for one in strokes if one.dots[1] == lowest]
    panels = sum(one.ink == "title" for one in drawing.labels)
    two = panels > 1 and panels % 2 == 0
    return max(1, len(left) // (2 if two else 1))


def marks(covered: Sequence[Sequence[Quarter]], made: Sequence[str]) -> list[float]:
    """Where along the editions days lie, an edition's quarters being centred on its point."""
    found = []
    for day in map(date.fromisoformat, made):
        for index, quarters in enumerate(covered):
            first, last = quarters[0].first, quarters[-1].last
            if first <= day <= last:
                place = index - 0.5 + (day - first) / (last - first)
                found.append(min(max(place, 0.0), len(covered) - 1.0))
    return found


class _Plot:
    """The area of one line."""

    def __init__(self, left: float, top: float, right: float, bottom: float, count: int) -> None:
        self.left, self.top, self.right, self.bottom, self.count = left, top, right, bottom, count

    def x(self, index: float) -> float:
        part = index / (self.count - 1) if self.count > 1 else 0.5
        return self.left + 5 + part * (self.right - self.left - 10)

    def y(self, share: float) -> float:
        return self.bottom - share * (self.bottom - self.top)

    def level(self, paint: str, share: float) -> Shape:
        return Shape(paint, (self.left, self.y(share), self.right, self.y(share)))

    def ticks(self) -> Iterator[Shape]:
        for index in range(self.count):
            yield Shape(BASE, (self.x(index), self.bottom, self.x(index), self.bottom + 4))

    def line(self, points: Sequence[Range | None]) -> Iterator[Shape]:
        for told, run in groupby(range(len(points)), lambda index: points[index] is not None):
            indexes = list(run)
            known = [(self.x(index), point) for index in indexes if (point := points[index])]
            yield from self._run(known) if told else self._gap(indexes)

    def _run(self, known: Sequence[tuple[float, Range]]) -> Iterator[Shape]:
        ends = (-4.0, 4.0) if len(known) == 1 else (0.0,)
        low = [(x + by, self.y(point[0])) for x, point in known for by in ends]
        high = [(x + by, self.y(point[1])) for x, point in known for by in ends]
        if any(point[0] != point[1] for _, point in known):
            yield Shape("soft", tuple(part for dot in (*low, *reversed(high)) for part in dot))
        middle = [(x, self.y((point[0] + point[1]) / 2)) for x, point in known]
        if len(middle) > 1:
            yield Shape(LINE, tuple(part for dot in middle for part in dot))
        for dot in dict.fromkeys((middle[0], middle[-1])):
            yield Shape(DOT, (*dot, *dot))

    def _gap(self, indexes: Sequence[int]) -> Iterator[Shape]:
        half = (self.x(1) - self.x(0)) / 2
        left = max(self.left, self.x(indexes[0]) - half)
        right = min(self.right, self.x(indexes[-1]) + half)
        yield from _box("track", left, self.top, right, self.bottom)


def trend(
    points: Sequence[Range | None], marked: Sequence[float], aim: float | None
) -> Iterator[Shape]:
    """One line with its scale, its ticks, its marks and its aim."""
    plot = _Plot(40, 28, WIDTH, 168, len(points))
    yield from (plot.level(BASE, 0), plot.level(RULE, 0.5), plot.level(RULE, 1))
    for index in marked:
        yield Shape(MARK, (plot.x(index), plot.top - 14, plot.x(index), plot.bottom))
    if aim is not None:
        yield plot.level(AIM, aim)
    yield from (*plot.line(points), *plot.ticks())


def multiples(lines: Sequence[Sequence[Range | None]], count: int) -> Iterator[Shape]:
    """Small lines, two beside each other; strokes under the last two."""
    for index, points in enumerate(lines):
        down, right = divmod(index, 2)
        left, top = 36.0 + right * 158, down * 118.0 + 40
        plot = _Plot(left, top, left + 146, top + 60, count)
        yield from (plot.level(BASE, 0), plot.level(RULE, 1))
        yield from plot.line(points)
        if index >= len(lines) - 2:
            yield from plot.ticks()
