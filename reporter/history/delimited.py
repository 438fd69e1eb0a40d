"""A delimited file: its delimiter and header found, each row's width checked, never padded."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reporter.history import widths
from reporter.history.cells import REPLACED, plain
from reporter.history.encoding import as_text
from reporter.history.widths import Array
from survey.problems import Problem

_BEGIN = 1 << 20
_DEEPEST = 20
"""The header stands among so many first rows."""
_CODE = re.compile(r"([\w-]+(?:\[[^\]]*\])?)\. ")
_NUMBERED = re.compile(r"(.*)#(\d+)")
_MOST = 20
"""So many mistakes are told; the rest are counted."""


@dataclass(frozen=True)
class Found:
    """A file whose shape is sound; rows are numbered as a spreadsheet numbers them, from 1."""

    data: bytes
    encoding: str
    delimiter: str
    header: int
    """The header's row."""
    start: int
    """Where the first byte after the header lies."""
    widths: Array
    """Cells of each row after the header: the same for all, but 0 for an empty one."""
    names: tuple[str, ...]
    columns: tuple[int, ...]
    """Where each column asked for stands, from 0."""

    @property
    def width(self) -> int:
        """Cells in every row that is not empty."""
        return int(self.widths.max())

    @property
    def empty(self) -> Array:
        """Which rows hold nothing in any column."""
        return np.equal(self.widths, 0)

    @property
    def padding(self) -> range:
        """Columns without a header, which must be empty."""
        return range(len(self.names), self.width)


def refuse(messages: Sequence[str]) -> None:
    """Raise what is wrong, if anything is: the first mistakes, and how many more there are."""
    if len(messages) > _MOST:
        raise Problem(*messages[:_MOST], f"and {len(messages) - _MOST} more.")
    if messages:
        raise Problem(*messages)


def find(path: Path, columns: Sequence[str], encoding: str = "", delimiter: str = "") -> Found:
    """The file's shape, or a Problem that names the row, and the column where there is one."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Problem(
            f"{path}: {error.strerror or error}. Check the path and its rights."
        ) from None
    data, known = as_text(path.name, raw, encoding)
    marks = [delimiter] if delimiter else [",", ";", "\t", "|"]
    ends = _first_ends(data)
    texts = [data[start:end].decode(known) for start, end in zip([0, *ends], ends, strict=False)]
    row, mark, names = _header(texts, marks, columns)
    places = _places(path.name, row, names, columns)
    body = memoryview(data)[ends[row - 1] :]
    cells = _widths(path.name, body, mark, row, names)
    _check_once(path.name, row, data[([0, *ends])[row - 1] : ends[row - 1]], body)
    while names and not names[-1]:
        names = names[:-1]
    return Found(data, known, mark, row, ends[row - 1], cells, tuple(names), places)


def _first_ends(data: bytes) -> list[int]:
    """Where each of the first rows ends; a row may hold line breaks between quotes."""
    begin = np.frombuffer(data, np.uint8, min(len(data), _BEGIN))
    found = widths.ends_of(begin, widths.quotes_of(begin))
    ends = (found[:_DEEPEST] + 1).tolist()
    return ends if ends and (len(ends) == _DEEPEST or ends[-1] == len(data)) else [*ends, len(data)]


def _header(
    texts: Sequence[str], marks: Sequence[str], columns: Sequence[str]
) -> tuple[int, str, list[str]]:
    """The first row that names most of the columns, with its delimiter and cells."""
    best = (-1, 1, marks[0], [""])
    for mark in marks:
        for row, text in enumerate(texts, start=1):
            names = _cells(text, mark)
            hits = sum(bool(_matches(names, one)) for one in columns)
            if hits > best[0]:
                best = hits, row, mark, names
    return best[1:]


def _cells(text: str, mark: str) -> list[str]:
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
    except csv.Error:
        return []
    return [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]


def _matches(names: Sequence[str], wanted: str) -> list[int]:
    """Where the header stands: in full, or by the code that LimeSurvey puts before ". "."""
    numbered = _NUMBERED.fullmatch(wanted)
    if numbered and int(numbered[2]):
        found = _matches(names, numbered[1])
        return found[int(numbered[2]) - 1 : int(numbered[2])]
    text = plain(wanted)
    full = [place for place, name in enumerate(names) if plain(name) == text]
    codes = (_CODE.match(name) for name in names)
    coded = [place for place, code in enumerate(codes) if code and plain(code[1]) == text]
    return full or coded


def _places(file: str, row: int, names: Sequence[str], columns: Sequence[str]) -> tuple[int, ...]:
    found = {one: _matches(names, one) for one in columns}
    messages = []
    for one, places in found.items():
        if not places:
            mend = "Check the header against the map; a damaged header is not guessed at."
            what = "a replacement character" if _replaced(names) else "no such header"
            messages.append(f"{file}: row {row}, column '{one}': {what}. {mend}")
        if len(places) > 1:
            mend = f"Write '{one}#1' or '{one}#2' in the map."
            messages.append(f"{file}: row {row}, column '{one}' stands {len(places)} times. {mend}")
    refuse(messages)
    return tuple(places[0] for places in found.values())


def _replaced(names: Sequence[str]) -> bool:
    return any(REPLACED in name for name in names)


def _widths(file: str, body: memoryview, mark: str, header: int, names: Sequence[str]) -> Array:
    """Cells of each row, all alike but 0 for an empty one; or a Problem with those of another."""
    found = widths.scan(body, ord(mark))
    refuse([_odd(file, header + row, column, what) for row, column, what in found.strange])
    told = found.cells[found.cells > 0]
    if not len(told):
        raise Problem(f"{file}: row {header}, column 1: is the header, and no row follows it.")
    named = len(names) - next((n for n, name in enumerate(reversed(names)) if name), 0)
    likely = told[told >= named]
    width = int(np.bincount(likely if len(likely) else told).argmax())
    wrong = np.flatnonzero((found.cells != width) & (found.cells > 0)).tolist()
    refuse([_odd_width(file, header + 1 + one, int(found.cells[one]), width) for one in wrong])
    if named > width:
        what = f"the header goes on to '{names[width]}', the rows end at column {width}"
        raise Problem(f"{file}: row {header}, column {width + 1}: {what}. Export the file again.")
    return found.cells


def _odd(file: str, row: int, column: int, what: str) -> str:
    mend = "So its row may be split wrongly. Mend it, or export the file again."
    return f"{file}: row {row}, column {column}: {what}. {mend}"


def _odd_width(file: str, row: int, count: int, width: int) -> str:
    mend = "A cell is missing, added, or a quote stands open. Mend it, or export the file again."
    column = min(count, width) + 1
    return f"{file}: row {row}, column {column}: has {count} cells, the others {width}. {mend}"


def _check_once(file: str, header: int, head: bytes, body: memoryview) -> None:
    """A file that was pasted or joined to itself would count everybody twice."""
    size = len(body) + (bytes(body[-1:]) != b"\n")
    for between in (b"", head, codecs.BOM_UTF8 + head):
        half, odd = divmod(size - len(between), 2)
        again = half + len(between)
        if (
            odd
            or bytes(body[half:again]) != between
            or body[:half][: len(body) - again] != body[again:]
        ):
            continue
        rows = bytes(body[:half]).count(b"\n")
        if rows > _MOST and not _tiled(body[:half], rows):
            where = f"row {header + rows + 1}, column 1"
            what = "from here on all rows before stand again, so everybody would count twice"
            raise Problem(f"{file}: {where}: {what}. Take them out, or export the file again.")


def _tiled(body: memoryview, rows: int) -> bool:
    """Whether it repeats a part of itself, as the half of no survey would."""
    parts = [one for one in range(2, rows + 1) if rows % one == 0 and len(body) % one == 0]
    sizes = [len(body) // one for one in parts]
    return any(body[size:] == body[:-size] for size in sizes)
