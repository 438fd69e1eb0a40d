"""Charts of things told apart: a dot a person, a row a theme. Drawn once, without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporter.charts.shares import WIDTH, Bar, Chart, Range, bars
from reporter.charts.svg import OPTIONAL, Dot, Ink, Paint, Sheet

MOST_PEOPLE = 400
"""More dots than these are a texture and no count; a bar takes their place."""
_ROOMY = 120


def people(name: str, answered: int, invited: int) -> Chart:
    """A dot for each person invited, a large one if they answered.

    More than `MOST_PEOPLE` are a bar, with the tokens of `bars` and `answered`.
    """
    if invited > MOST_PEOPLE:
        return bars(name, [Bar("answered", answered / invited, answered / invited)])
    across = 20 if invited <= _ROOMY else 40
    step = WIDTH / across
    sheet = Sheet(WIDTH, -(-invited // across) * step)
    for index in range(invited):
        down, right = divmod(index, across)
        dot = ((right + 0.5) * step, (down + 0.5) * step)
        sheet.line(_person(index < answered, across == 20), dot, dot)
    return Chart(name, sheet.svg())


def _person(answered: bool, roomy: bool) -> Paint:
    if roomy:
        return Paint.PERSON if answered else Paint.ABSENT
    return Paint.DOT if answered else Paint.SPECK


@dataclass(frozen=True)
class Row:
    """A theme: two shares beside each other, whether it returns, and the weight of its goals."""

    key: str
    named: Range
    doubted: Range
    returns: bool
    weight: int


_ROW = 46.0
_TOP = 34.0
_BAR = 12.0
_HALF = 132.0
_GAP = 12.0
_SIDE = 2 * (_HALF + _GAP)
_SQUARE = 7.0


def ranked(name: str, rows: Sequence[Row]) -> Chart:
    """Rows of two bars, each from 0 to 100 %; a ring if the theme returns, squares for its goals.

    Tokens: the rows' keys; `named` and `doubted` over the bars (two lines of 20 characters);
    `returns` and `goal` under them; `pct0`, `pct100`; optional `<key>:value` (14).
    """
    sheet = Sheet(WIDTH, _TOP + len(rows) * _ROW + 46)
    sheet.token(Ink.AXIS, "named", (0, 22), chars=20)
    sheet.token(Ink.AXIS, "doubted", (_HALF + _GAP, 22), chars=20)
    for index, row in enumerate(rows):
        _row(sheet, row, _TOP + index * _ROW)
    _axis(sheet, _TOP + len(rows) * _ROW + 14)
    _legend(sheet, sheet.height - 4)
    return Chart(name, sheet.svg())


def _row(sheet: Sheet, row: Row, top: float) -> None:
    sheet.token(Ink.LABEL, row.key, (0, top + 14))
    sheet.token(Ink.FIGURE, f"{OPTIONAL}{row.key}:value", (WIDTH, top + 14), "end")
    for left, share in ((0.0, row.named), (_HALF + _GAP, row.doubted)):
        _share(sheet, share, left, top + 21)
    if row.returns:
        _ring(sheet, (_SIDE + 7, top + 21 + _BAR / 2))
    for index in range(min(row.weight, 4)):
        left = _SIDE + 19 + index * (_SQUARE + 2)
        sheet.box(Paint.SQUARE, left, top + 23.5, left + _SQUARE, top + 23.5 + _SQUARE)


def _share(sheet: Sheet, share: Range, left: float, top: float) -> None:
    """Solid to the low end, pale within an edge to the high one."""
    low, high = (left + end * _HALF for end in share)
    sheet.box(Paint.TRACK, left, top, left + _HALF, top + _BAR)
    sheet.box(Paint.STRONG, left, top, low, top + _BAR)
    if high > low:
        sheet.box(Paint.SOFT, low, top, high - 0.5, top + _BAR)
        corners = ((low, top + 0.5), (high - 0.5, top + 0.5))
        under = ((high - 0.5, top + _BAR - 0.5), (low, top + _BAR - 0.5))
        sheet.area(Paint.EDGE, *corners, *under)
    sheet.line(Paint.RULE, (left + _HALF / 2, top - 2), (left + _HALF / 2, top + _BAR + 2))
    sheet.line(Paint.BASE, (left + 0.6, top - 2), (left + 0.6, top + _BAR + 2))


_OCTAGON = ((-1, -2.4), (1, -2.4), (2.4, -1), (2.4, 1), (1, 2.4), (-1, 2.4), (-2.4, 1), (-2.4, -1))


def _ring(sheet: Sheet, at: Dot) -> None:
    sheet.area(Paint.RING, *((at[0] + 2 * x, at[1] + 2 * y) for x, y in _OCTAGON))


def _axis(sheet: Sheet, y: float) -> None:
    for left in (0.0, _HALF + _GAP):
        sheet.token(Ink.AXIS, "pct0", (left, y))
        sheet.token(Ink.AXIS, "pct100", (left + _HALF, y), "end")


def _legend(sheet: Sheet, y: float) -> None:
    _ring(sheet, (6, y - 4.5))
    sheet.token(Ink.AXIS, "returns", (18, y), chars=20)
    sheet.box(Paint.SQUARE, _HALF + _GAP, y - 8, _HALF + _GAP + _SQUARE, y - 8 + _SQUARE)
    sheet.token(Ink.AXIS, "goal", (_HALF + _GAP + 13, y), chars=26)
