"""The sheet a chart is drawn on: shapes and tokens in, one clean `<svg>` out.

What it hands out has no style attribute, no style sheet and no id of its own, so that it lives
under a strict Content-Security-Policy and cannot restyle the page around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from textwrap import shorten, wrap
from typing import Literal

from reporter.records.findings import WITHHELD

Dot = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

LEADING = 14
"""Units from one line of a text to the next."""
ROOM = 46
"""Characters that fit on a line across the sheet."""
OPTIONAL = "?"
"""Begins the token of a text that may be left out."""


class Paint(Enum):
    """What a shape is for: its colour variable, and its stroke (none: it is filled).

    The order is the order of drawing, the first at the bottom.
    """

    TRACK = ("track", "")
    SOFT = ("soft", "")
    UNFAVOURABLE = ("unfavourable", "")
    NEUTRAL = ("neutral", "")
    FAVOURABLE = ("favourable", "")
    STRONG = ("strong", "")
    HATCH = ("muted", 'stroke-width="1"')
    RULE = ("rule", 'stroke-width="1"')
    BASE = ("muted", 'stroke-width="1.2"')
    EDGE = ("strong", 'stroke-width="1"')
    MARK = ("mark", 'stroke-width="1.5" stroke-dasharray="4 3"')
    LINE = ("strong", 'stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"')
    AIM = ("muted", 'stroke-width="1.5" stroke-dasharray="1 4" stroke-linecap="round"')
    RING = ("mark", 'stroke-width="2"')
    SQUARE = ("mark", "")
    PERSON = ("strong", 'stroke-width="12" stroke-linecap="round"')
    ABSENT = ("muted", 'stroke-width="4" stroke-linecap="round"')
    SPECK = ("muted", 'stroke-width="2" stroke-linecap="round"')
    DOT = ("strong", 'stroke-width="7" stroke-linecap="round"')

    @property
    def attributes(self) -> str:
        """Presentation attributes; the page's variables have a value for light and for dark."""
        variable, stroke = self.value
        paint = f'"var(--avstamp-{variable})"'
        return f'fill="none" stroke={paint} {stroke}' if stroke else f"fill={paint}"


class Ink(Enum):
    """What a text is for: its SVG class and its size."""

    LABEL = ("label", 13.5)
    FIGURE = ("figure", 12.5)
    TITLE = ("title", 12.5)
    AXIS = ("axis", 11.5)
    MARK = ("mark", 12)
    AIM = ("aim", 11.5)


@dataclass(frozen=True)
class Written:
    """Words on a sheet, and where they stand."""

    ink: Ink
    words: str
    at: Dot
    anchor: Anchor


@dataclass
class Sheet:
    """A sheet of `width` by `height` units, y downwards, as SVG counts."""

    width: float
    height: float
    shapes: dict[Paint, list[tuple[Sequence[Dot], bool]]] = field(default_factory=dict)
    texts: list[Written] = field(default_factory=list)

    def line(self, paint: Paint, *dots: Dot) -> None:
        """A line through the dots."""
        self.shapes.setdefault(paint, []).append((dots, False))

    def area(self, paint: Paint, *dots: Dot) -> None:
        """The area within the dots."""
        self.shapes.setdefault(paint, []).append((dots, True))

    def box(self, paint: Paint, left: float, top: float, right: float, bottom: float) -> None:
        """An upright rectangle; one without width is not drawn."""
        if right > left:
            self.area(paint, (left, top), (right, top), (right, bottom), (left, bottom))

    def dash(self, at: Dot, anchor: Anchor = "middle") -> None:
        """The sign of what is not told, the same for every reason."""
        self.texts.append(Written(Ink.AXIS, WITHHELD, at, anchor))

    def token(self, ink: Ink, key: str, at: Dot, anchor: Anchor = "start", chars: int = 0) -> None:
        """A place for a label. With `chars` it may take two lines, upwards from `at`."""
        wide = f"|{chars}" if chars else ""
        self.texts.append(Written(ink, f"«{key}{wide}»", at, anchor))

    def svg(self) -> str:
        """The drawing as one `<svg>`, identical for identical sheets."""
        size = f"0 0 {self.width:g} {self.height:g}"
        # matplotlib takes a third of a second to import, and few commands draw anything.
        from reporter.charts import canvas

        inside = "".join(canvas.drawn(self))
        return f'<svg role="img" viewBox="{size}" width="100%" fill="currentColor">{inside}</svg>'


def worded(svg: str, labels: Mapping[str, str]) -> str:
    """The drawing with each token replaced by its label, escaped and fitted to its room."""
    return _TOKEN.sub(lambda found: _label(found, labels), svg)


_TOKEN = re.compile(r"<text (?P<at>[^>]*)>«(?P<key>[^»|]+)(?:\|(?P<chars>\d+))?»</text>")
_X = re.compile(r'\bx="[^"]*"')


def _label(found: re.Match[str], labels: Mapping[str, str]) -> str:
    key = found["key"]
    if key.startswith(OPTIONAL) and key[1:] not in labels:
        return ""
    label = labels[key.removeprefix(OPTIONAL)]
    lines = _lines(label, int(found["chars"] or 0), ROOM - len(labels.get(f"{key}:value", "")))
    return f"<text {found['at']}>{_spans(lines, found['at'])}</text>"


def _lines(label: str, chars: int, room: int) -> list[str]:
    if len(label) <= (min(chars, room) if chars else room):
        return [label]  # as it is: shortening would part the thousands of a number
    if not chars or len(label) <= chars:
        return [shorten(label, room, placeholder="…")]
    return wrap(label, chars, max_lines=2, placeholder="…")


def _spans(lines: Sequence[str], at: str) -> str:
    if len(lines) == 1:
        return escape(lines[0])
    column = _X.search(at)
    over, under = (escape(line) for line in lines)
    again = column.group() if column else ""
    return f'<tspan dy="-{LEADING}">{over}</tspan> <tspan {again} dy="{LEADING}">{under}</tspan>'
