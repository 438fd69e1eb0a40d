"""The plot of a line over editions: its scale, its band, its gaps and its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reporter.charts.svg import OPTIONAL, Anchor, Dot, Ink, Paint, Sheet

_HIGH = 0.9
"""An aim so high is named under its line: over it is the label of a mark."""
_EDGE = 5.0
"""Units that keep a dot within the plot."""
_TEXT = 84.0
"""Units that a short text takes."""
_CROWDED, _ROOMY = 5, 250.0
"""From so many editions, on so wide a plot, the middle one is named too."""


@dataclass(frozen=True)
class Point:
    """One edition's share, between `low` and `high`."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Where the line passes."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Plot:
    """The area of one line: `count` editions across, 0 to 100 % upwards."""

    left: float
    top: float
    right: float
    bottom: float
    count: int

    def at(self, index: float, share: float) -> Dot:
        """Where an edition's share lies; a single edition lies in the middle."""
        part = index / (self.count - 1) if self.count > 1 else 0.5
        inner = self.right - self.left - 2 * _EDGE
        return self.left + _EDGE + part * inner, self.bottom - share * (self.bottom - self.top)

    def scale(self, sheet: Sheet, percents: Mapping[float, str]) -> None:
        """The base line, and thin lines at the half and the whole."""
        for share, key in percents.items():
            _, y = self.at(0, share)
            sheet.line(Paint.RULE if share else Paint.BASE, (self.left, y), (self.right, y))
            if key:
                sheet.token(Ink.AXIS, key, (self.left - 6, y + 4), "end")

    def mark(self, sheet: Sheet, marks: Sequence[float]) -> None:
        """A dashed line where something happened, its label on the side that has room."""
        for index in marks:
            x, _ = self.at(index, 0)
            early = x < (self.left + self.right) / 2
            sheet.line(Paint.MARK, (x, self.top - 14), (x, self.bottom))
            beside = x + 5 if early else x - 5
            sheet.token(Ink.MARK, "mark", (beside, self.top - 6), "start" if early else "end")

    def aim(self, sheet: Sheet, share: float) -> None:
        """A dotted line at the share to reach, named at its left end."""
        _, y = self.at(0, share)
        sheet.line(Paint.AIM, (self.left, y), (self.right, y))
        sheet.token(Ink.AIM, "aim", (self.left + 4, y - 5 if share < _HIGH else y + 14))

    def draw(self, sheet: Sheet, points: Sequence[Point | None]) -> None:
        """Every unbroken run of points; what lies between runs is a gap with a dash."""
        for told, run in groupby(enumerate(points), lambda pair: pair[1] is not None):
            if told:
                self._run(sheet, [(index, point) for index, point in run if point])
            else:
                self._gap(sheet, [index for index, _ in run])

    def _run(self, sheet: Sheet, run: Sequence[tuple[int, Point]]) -> None:
        wide = 4.0 if len(run) == 1 else 0.0
        low = [self.at(index, point.low) for index, point in run]
        high = [self.at(index, point.high) for index, point in run]
        line = [self.at(index, point.middle) for index, point in run]
        if low != high:
            sheet.area(Paint.SOFT, *_widened(low, wide), *reversed(_widened(high, wide)))
        if len(line) > 1:
            sheet.line(Paint.LINE, *line)
        for end in {line[0], line[-1]}:
            sheet.line(Paint.DOT, end, end)

    def _gap(self, sheet: Sheet, indexes: Sequence[int]) -> None:
        half = (self.at(1, 0)[0] - self.at(0, 0)[0]) / 2
        (left, _), (right, _) = self.at(indexes[0], 0), self.at(indexes[-1], 0)
        left, right = max(self.left, left - half), min(self.right, right + half)
        sheet.box(Paint.TRACK, left, self.top, right, self.bottom)
        sheet.dash(((left + right) / 2, (self.top + self.bottom) / 2 + 4))

    def ticks(self, sheet: Sheet, ticks: Sequence[str]) -> None:
        """A stroke an edition; the first and the last are named, and the middle if it fits."""
        for index in range(self.count):
            x, y = self.at(index, 0)
            sheet.line(Paint.BASE, (x, y), (x, y + 4))
        for index, (x, anchor) in self._named().items():
            sheet.token(Ink.AXIS, ticks[index], (x, self.bottom + 17), anchor)

    def _named(self) -> Mapping[int, tuple[float, Anchor]]:
        middle, last = self.count // 2, self.count - 1
        named: dict[int, tuple[float, Anchor]] = {}
        if last > 0:
            named = {0: (self.left, "start"), last: (self.right, "end")}
        if last == 0 or (self.count >= _CROWDED and self.right - self.left >= _ROOMY):
            named[middle] = (self.at(middle, 0)[0], "middle")
        return named

    def last(self, sheet: Sheet, points: Sequence[Point | None]) -> None:
        """The figure of the newest point, clear of the line as far as the text reaches back."""
        if not points or points[-1] is None:
            return
        reach = self.at(len(points) - 1, 0)[0] - _TEXT
        near = [one for i, one in enumerate(points) if one and self.at(i, 0)[0] > reach]
        _, over = self.at(0, max(one.high for one in near))
        _, under = self.at(0, min(one.low for one in near))
        y = over - 9 if over > self.top + 22 else under + 19
        sheet.token(Ink.FIGURE, f"{OPTIONAL}last", (self.right, y), "end")


def _widened(dots: Sequence[Dot], by: float) -> list[Dot]:
    """A lone point's range has no breadth of its own."""
    return [(x + side, y) for x, y in dots for side in ((-by, by) if by else (0.0,))]
