"""Charts of shares over editions: one line with its band, and small multiples of many."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.charts.line import Plot, Point
from reporter.charts.shares import PERCENTS, WIDTH, Chart
from reporter.charts.svg import Ink, Sheet


def trend(
    name: str,
    ticks: Sequence[str],
    points: Sequence[Point | None],
    marks: Sequence[float] = (),
    aim: float | None = None,
) -> Chart:
    """One share over editions: line, band, and a dash in a gap where nothing is told.

    A mark may lie between two editions; `aim` is the share to reach. Tokens: `ticks` (first, middle
    and last are shown; 9 characters), `PERCENTS`, `mark` if there are marks, `aim` if there is one;
    optional `last`, the figure of the last point.
    """
    sheet = Sheet(WIDTH, 196)
    plot = Plot(40, 28, WIDTH, 168, len(points))
    plot.scale(sheet, dict(zip((0, 0.5, 1), PERCENTS, strict=True)))
    plot.mark(sheet, marks)
    if aim is not None:
        plot.aim(sheet, aim)
    plot.draw(sheet, points)
    plot.ticks(sheet, ticks)
    plot.last(sheet, points)
    return Chart(name, sheet.svg())


def multiples(
    name: str, ticks: Sequence[str], panels: Sequence[tuple[str, Sequence[Point | None]]]
) -> Chart:
    """Small trends on one scale, two beside each other.

    Tokens: the panels' keys (two lines of 21 characters), the first and last of `ticks`, `pct0`
    and `pct100`.
    """
    down = -(-len(panels) // 2)
    sheet = Sheet(WIDTH, down * _PANEL + 16)
    for index, (key, points) in enumerate(panels):
        plot = _place(index, len(points))
        sheet.token(Ink.TITLE, key, (plot.left, plot.top - 9), chars=21)
        plot.scale(sheet, {0: "pct0", 1: "pct100"} if index % 2 == 0 else {0: "", 1: ""})
        plot.draw(sheet, points)
        if index >= len(panels) - 2:
            plot.ticks(sheet, ticks)
    return Chart(name, sheet.svg())


_PANEL = 118.0


def _place(index: int, count: int) -> Plot:
    down, right = divmod(index, 2)
    left = 36.0 + right * 158
    top = down * _PANEL + 40
    return Plot(left, top, left + 146, top + 60, count)
