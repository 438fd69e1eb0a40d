"""matplotlib's canvas: a sheet's shapes and words in, clean groups of SVG out.

It alone knows matplotlib and what matplotlib's SVG looks like. `Sheet.svg` imports it when the
first chart is drawn, so that no command pays for a library that it does not use.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Literal
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from reporter.charts.svg import Anchor, Dot, Ink, Paint, Sheet


def drawn(sheet: Sheet) -> Iterator[str]:
    """The sheet's groups, each with presentation attributes alone, identical for equal sheets."""
    return _clean(_drawn(sheet))


def _drawn(sheet: Sheet) -> str:
    """What matplotlib makes of the sheet, each group named after its paint or ink."""
    figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), dpi=72)
    figure.patch.set_visible(False)
    for artist in (*_patches(sheet), *_labels(sheet)):
        figure.add_artist(artist)
    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "avstamp"}):
        # Straight to the canvas: savefig would lay everything out once more before drawing.
        canvas = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata={"Date": None})  # type: ignore[no-untyped-call]
    return out.getvalue()


def _patches(sheet: Sheet) -> Iterator[PathPatch]:
    """One compound path a paint: few artists are what makes it quick."""
    for paint in Paint:
        if paint in sheet.shapes:
            path = Path.make_compound_path(*_paths(sheet.shapes[paint], sheet.height))
            yield PathPatch(path, gid=paint.name, transform=IdentityTransform())


def _paths(shapes: Iterable[tuple[Sequence[Dot], bool]], height: float) -> Iterator[Path]:
    for dots, closed in shapes:
        upright = [(x, height - y) for x, y in (*dots, dots[0])[: len(dots) + closed]]
        yield Path(upright, closed=closed)


def _labels(sheet: Sheet) -> Iterator[Text]:
    for text in sheet.texts:
        yield Text(
            text.at[0],
            sheet.height - text.at[1],
            text.words,
            gid=f"{text.ink.name} {text.anchor}",
            horizontalalignment=_ALIGNED[text.anchor],
            parse_math=False,
            transform=IdentityTransform(),
        )


_ALIGNED: Mapping[Anchor, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}


_SPACE = "{http://www.w3.org/2000/svg}"


def _clean(svg: str) -> Iterator[str]:
    """Only our own groups, with presentation attributes instead of matplotlib's styles."""
    root = ElementTree.fromstring(svg)  # noqa: S314  (matplotlib's own output, nobody's input)
    texts: dict[str, str] = {}
    for group in root.iter(f"{_SPACE}g"):
        gid = group.get("id", "")
        for path in group.findall(f"{_SPACE}path"):
            yield f'<path {Paint[gid].attributes} d="{_short(path.attrib["d"])}"/>'
        for text in group.findall(f"{_SPACE}text"):
            texts[gid] = texts.get(gid, "") + _text(text)
    for gid, inside in texts.items():
        yield f"<g {_typography(gid)}>{inside}</g>"


def _text(text: ElementTree.Element) -> str:
    x, y = _short(text.attrib["x"]), _short(text.attrib["y"])
    return f'<text x="{x}" y="{y}">{escape(text.text or "")}</text>'


def _typography(gid: str) -> str:
    ink, anchor = gid.split()
    name, size = Ink[ink].value
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'class="{name}" font-size="{size}"{side}'


_NUMBER = re.compile(r"-?\d+\.\d+")


_AGAIN = re.compile(r"(?<=\d)L")


_BREAK = re.compile(r"\s*([MLz])\s*")


def _short(numbers: str) -> str:
    """The numbers to a tenth of a unit: no eye sees more, and the page is a third as heavy."""
    rounded = _NUMBER.sub(lambda found: f"{round(float(found.group()), 1):g}", numbers)
    return _AGAIN.sub(" ", _BREAK.sub(r"\1", rounded).strip())
