"""Charts: shares as SVG, drawn once without words and worded once per language.

A drawing carries tokens such as `«pay»`; `worded` puts a language's labels in their place. Nothing
is told by colour alone: a class has its place and its lightness, a range its outline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from reporter.charts import svg as paper
from reporter.charts.svg import OPTIONAL, Anchor, Ink, Paint, Sheet

Range = tuple[float, float]

PERCENTS = ("pct0", "pct50", "pct100")
"""The tokens of an axis: "0 %", "50 %", "100 %" as the language writes them."""
CLASSES = ("unfavourable", "neutral", "favourable")
"""The tokens of a split's legend, 14 characters a line, two lines at most."""

WIDTH = 340.0
"""Units across: as narrow as a small phone, so that text is never scaled down to dust."""


@dataclass(frozen=True)
class Chart:
    """A drawing without words: one `<svg>` with tokens. `name` is unique on its page."""

    name: str
    svg: str


@dataclass(frozen=True)
class Bar:
    """A share between `low` and `high`; `key` is the token of its label."""

    key: str
    low: float
    high: float


@dataclass(frozen=True)
class Split:
    """Ranges of the three classes, unfavourable first; None is withheld and shown as a dash."""

    key: str
    parts: tuple[Range, ...] | None


def bars(name: str, rows: Sequence[Bar]) -> Chart:
    """Horizontal bars, solid to `low` and pale to `high`, each label above its bar.

    Tokens: the rows' keys, `PERCENTS`; optional `<key>:value`, a figure at the right (11 chars).
    """
    sheet = Sheet(WIDTH, len(rows) * _ROW + 22)
    for index, row in enumerate(rows):
        _heading(sheet, row.key, index * _ROW)
        _bar(sheet, row, index * _ROW + 21)
    _percents(sheet)
    return Chart(name, sheet.svg())


def split(name: str, rows: Sequence[Split]) -> Chart:
    """Stacked rows of three classes; hatched where the border between two is not told.

    Tokens: the rows' keys, `CLASSES`, `PERCENTS`; optional `<key>:value` (11 characters).
    """
    sheet = Sheet(WIDTH, len(rows) * _ROW + 64)
    _legend(sheet)
    for index, row in enumerate(rows):
        _heading(sheet, row.key, index * _ROW + 42)
        _stack(sheet, row.parts, index * _ROW + 63)
    _percents(sheet)
    return Chart(name, sheet.svg())


def worded(chart: Chart, labels: Mapping[str, str], title: str, description: str) -> str:
    """The chart as one line of HTML in the language of `labels`, every text escaped.

    A label that is missing is a KeyError, unless its token is optional.
    """
    ids = [escape(f"{chart.name}-{part}") for part in ("title", "desc")]
    named = f'<svg aria-labelledby="{" ".join(ids)}" '
    words = f'<title id="{ids[0]}">{escape(title)}</title>'
    words += f'<desc id="{ids[1]}">{escape(description)}</desc>'
    opening, rest = paper.worded(chart.svg, labels).split(">", 1)
    svg = f"{opening.replace('<svg ', named)}>{words}{rest}"
    # Markdown leaves a block of one line alone; a no-break space is a label's own and stays.
    return f'<figure class="chart" data-search-exclude>{_SPACES.sub(" ", svg)}</figure>'


_SPACES = re.compile(r"[ \t\r\n]+")
_ROW = 44.0
_BAR = 13.0
_SLANT = 5.0


def _heading(sheet: Sheet, key: str, top: float) -> None:
    sheet.token(Ink.LABEL, key, (0, top + 14))
    sheet.token(Ink.FIGURE, f"{OPTIONAL}{key}:value", (WIDTH, top + 14), "end")


_AXIS: tuple[tuple[str, float, Anchor], ...] = (
    ("pct0", 0, "start"),
    ("pct50", WIDTH / 2, "middle"),
    ("pct100", WIDTH, "end"),
)


def _percents(sheet: Sheet) -> None:
    for key, x, anchor in _AXIS:
        sheet.token(Ink.AXIS, key, (x, sheet.height - 4), anchor)


def _track(sheet: Sheet, top: float) -> None:
    """The whole, from 0 to 100 %, with a notch at the half."""
    sheet.box(Paint.TRACK, 0, top, WIDTH, top + _BAR)
    sheet.line(Paint.RULE, (WIDTH / 2, top - 2), (WIDTH / 2, top + _BAR + 2))


def _bar(sheet: Sheet, row: Bar, top: float) -> None:
    low, high = row.low * WIDTH, row.high * WIDTH
    _track(sheet, top)
    sheet.box(Paint.STRONG, 0, top, low, top + _BAR)
    if high > low:
        _outlined(sheet, low, top, high - 0.5)
    sheet.line(Paint.BASE, (0.6, top - 2), (0.6, top + _BAR + 2))


def _outlined(sheet: Sheet, left: float, top: float, right: float) -> None:
    """The soft end: pale within an edge, so that it is seen on any screen and on paper."""
    sheet.box(Paint.SOFT, left, top, right, top + _BAR)
    _edge(sheet, Paint.EDGE, left, top, right)


def _edge(sheet: Sheet, paint: Paint, left: float, top: float, right: float) -> None:
    over, under = top + 0.5, top + _BAR - 0.5
    sheet.area(paint, (left, over), (right, over), (right, under), (left, under))


_FILLS = (Paint.UNFAVOURABLE, Paint.NEUTRAL, Paint.FAVOURABLE)


def _legend(sheet: Sheet) -> None:
    for index, (key, fill) in enumerate(zip(CLASSES, _FILLS, strict=True)):
        left = index * (WIDTH / 3 + 3)
        sheet.box(fill, left, 17, left + 12, 29)
        sheet.token(Ink.AXIS, key, (left + 17, 28), chars=14)


def _stack(sheet: Sheet, parts: Sequence[Range] | None, top: float) -> None:
    if parts is None:
        sheet.line(Paint.RULE, (0, top + _BAR), (WIDTH, top + _BAR))
        sheet.dash((2, top + _BAR - 3), "start")
        return
    (ends, ended), (begins, begun) = _borders(parts)
    untold = [(ends, ended), (begins, begun)] if ended < begins else [(ends, begun)]
    told = [(0.0, ends), (ended, begins), (begun, 1.0)]
    for fill, (left, right) in zip(_FILLS, told, strict=True):
        sheet.box(fill, left * WIDTH + 0.5, top, right * WIDTH - 0.5, top + _BAR)
    for left, right in untold:
        _hatch(sheet, left * WIDTH, top, right * WIDTH)
    _edge(sheet, Paint.HATCH, 0.5, top, WIDTH - 0.5)


def _hatch(sheet: Sheet, left: float, top: float, right: float) -> None:
    """Slanted lines, each cut where it meets the sides."""
    start = left - _BAR
    for step in range(int((right - start) / _SLANT)):
        foot = start + (step + 1) * _SLANT
        low, high = max(foot, left), min(foot + _BAR, right)
        sheet.line(
            Paint.HATCH, (low, top + _BAR - (low - foot)), (high, top + _BAR - (high - foot))
        )


def _borders(parts: Sequence[Range]) -> tuple[Range, Range]:
    """Where unfavourable ends and where favourable begins, each as the range still possible."""
    (bad, worse), (some, more), (good, better) = parts
    return (
        (max(bad, 1 - more - better), min(worse, 1 - some - good)),
        (max(1 - better, bad + some), min(1 - good, worse + more)),
    )
