"""What a chart on a page draws: its shapes in units, each with its paint, and its labels.

A bar is a figure like any other: whoever measures it reads it. `charts` holds it to the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.audit.reading import parsed
from reporter.audit.spelling import plain

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NEAR = 0.11
"""Units that rounding may move a dot."""


@dataclass(frozen=True)
class Shape:
    """A line or an area: "strong" is filled, "strong 2.4" a stroke so wide; x and y in turn."""

    paint: str
    dots: tuple[float, ...]

    def like(self, other: Shape) -> bool:
        """Whether nobody could measure a difference."""
        same = self.paint == other.paint and len(self.dots) == len(other.dots)
        return same and all(
            abs(one - two) <= NEAR for one, two in zip(self.dots, other.dots, strict=True)
        )


@dataclass(frozen=True)
class Label:
    """A text of a chart: its class, where it stands, and its words."""

    ink: str
    y: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """A chart by its name; one that has none of ours is called by its first words."""

    name: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]

    def rows(self, ink: str) -> list[Label]:
        """The labels of one kind, from top to bottom."""
        return sorted((one for one in self.labels if one.ink == ink), key=lambda one: one.y)


def drawings(html: str) -> Iterator[Drawing]:
    """Every drawing of a page but for its icons, which are 24 units wide and have no words."""
    for svg in parsed(html).css("svg") if "<svg" in html.casefold() else ():
        named = (svg.attributes.get("aria-labelledby") or "").split()
        if named or not _icon(svg):
            name = named[0].removesuffix("-title") if named else plain(svg.text())[:40]
            yield Drawing(name, tuple(_shapes(svg)), tuple(_labels(svg)))


def _icon(svg: LexborNode) -> bool:
    return svg.attributes.get("viewBox") == "0 0 24 24" and not plain(svg.text())


def _shapes(svg: LexborNode) -> Iterator[Shape]:
    for path in svg.css("path"):
        paint = _paint(path)
        for part in _PART.findall(path.attributes.get("d") or "") or ["?"]:
            numbers = _NUMBER.findall(part)
            whole = not _NUMBER.sub("", part).strip(" LMz,")
            yield Shape(paint if whole else "?", tuple(map(float, numbers)))
    for other in svg.css("rect, circle, ellipse, line, polyline, polygon, image, use"):
        yield Shape(f"<{other.tag}>", ())


_PART = re.compile(r"M[^M]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_VARIABLE = re.compile(r"var\(--avstamp-([a-z]+)\)")


def _paint(path: LexborNode) -> str:
    """Its fill's name, or that of its stroke and how wide it is."""
    named = path.attributes
    stroke = _VARIABLE.fullmatch(named.get("stroke") or "")
    if stroke:
        return f"{stroke[1]} {named.get('stroke-width')}"
    fill = _VARIABLE.fullmatch(named.get("fill") or "")
    return fill[1] if fill else "?"


def _labels(svg: LexborNode) -> Iterator[Label]:
    for text in svg.css("text"):
        above = text.parent
        ink = (above.attributes.get("class") or "") if above else ""
        y = text.attributes.get("y") or ""
        yield Label(
            ink, float(y) if _NUMBER.fullmatch(y) else -1.0, plain(text.text(separator=" "))
        )
