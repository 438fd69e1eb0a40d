"""A delimited file as bytes: its encoding, delimiter and header found, each row's width checked.

A row that lacks a cell has all later answers under the wrong question, and a scale would not show
it. So a row of another width is refused, never padded.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reporter.damage import REPLACED, plain
from survey.problems import Problem

Array = np.ndarray[Any, Any]

_CHUNK = 1 << 22
_BEGIN = 1 << 20
_DEEPEST = 20
"""The header stands among so many first rows."""
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
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
    data, known = _bytes(path.name, raw, encoding)
    marks = [delimiter] if delimiter else [",", ";", "\t", "|"]
    ends = _first_ends(data)
    texts = [data[start:end].decode(known) for start, end in zip([0, *ends], ends, strict=False)]
    row, mark, names = _header(texts, marks, columns)
    places = _places(path.name, row, names, columns)
    widths = _widths(path.name, memoryview(data)[ends[row - 1] :], mark, row, names)
    while names and not names[-1]:
        names = names[:-1]
    return Found(data, known, mark, row, ends[row - 1], widths, tuple(names), places)


def _bytes(name: str, raw: bytes, encoding: str) -> tuple[bytes, str]:
    """The file without its mark, its lines ended as Unix ends them, and its encoding."""
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if raw.startswith(mark):
            raw, encoding = _decoded(name, raw, "utf-16").encode(), "utf-8"
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\0" in raw:
        row = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise Problem(f"{name}: row {row} holds a NUL byte: the file is damaged. Export it again.")
    if b"\r" in raw and b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return raw, _encoding(name, raw, encoding)


def _encoding(name: str, raw: bytes, told: str) -> str:
    """UTF-8 if it can be; a file that is not was written by an older Windows program."""
    if told == "utf-8" or (not told and _is(raw, "utf-8")):
        _decoded(name, raw, "utf-8")
        return "utf-8"
    encoding = told or "cp1252"
    _decoded(name, raw, encoding)
    return encoding


def _is(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(name: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        row = before.count(b"\n") + 1
        line = before.rpartition(b"\n")[2]
        column = max(line.count(mark) for mark in (b",", b";", b"\t")) + 1
        what = f"row {row}, column {column}: is no {encoding} text"
        raise Problem(f"{name}: {what}. Say its encoding in the map, or export it again.") from None


def _first_ends(data: bytes) -> list[int]:
    """Where each of the first rows ends; a row may hold line breaks between quotes."""
    begin = np.frombuffer(data, np.uint8, min(len(data), _BEGIN))
    ends = (np.flatnonzero((begin == _NEWLINE) & ~_quoted(begin, 0)[0])[:_DEEPEST] + 1).tolist()
    return ends if ends and (len(ends) == _DEEPEST or ends[-1] == len(data)) else [*ends, len(data)]


def _quoted(chunk: Array, parity: int) -> tuple[Array, int]:
    """Which bytes lie between quotes; a doubled quote closes and opens again."""
    inside = (np.cumsum(chunk == _QUOTE, dtype=np.uint8) & 1) ^ parity
    return inside.astype(bool), int(inside[-1]) if len(inside) else parity


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
    counts = np.concatenate([np.zeros(0, np.int64), *_scanned(body, ord(mark))])
    told = counts[counts > 0]
    if not len(told):
        raise Problem(f"{file}: row {header} is the header, and no row follows it.")
    width = int(np.bincount(told).argmax())
    wrong = np.flatnonzero((counts != width) & (counts > 0)).tolist()
    refuse([_other_width(file, header + 1 + one, int(counts[one]), width) for one in wrong])
    extra = [name for name in names[width:] if name]
    if extra:
        what = f"the header goes on to '{extra[0]}', the rows end at column {width}"
        raise Problem(f"{file}: row {header}, column {width + 1}: {what}. Export the file again.")
    return counts


def _other_width(file: str, row: int, count: int, width: int) -> str:
    mend = "A cell is missing, added, or a quote stands open. Mend it, or export the file again."
    column = min(count, width) + 1
    return f"{file}: row {row}, column {column}: has {count} cells, the others {width}. {mend}"


def _scanned(body: memoryview, mark: int) -> Iterator[Array]:
    """Cells of each row, in parts; 0 for a row with nothing but delimiters in it."""
    parity, cells, length = 0, 1, 0
    for start in range(0, len(body), _CHUNK):
        chunk = np.frombuffer(body, np.uint8, min(_CHUNK, len(body) - start), start)
        seps = (chunk == _NEWLINE) | (chunk == mark)
        if parity or (chunk == _QUOTE).any():
            inside, parity = _quoted(chunk, parity)
            seps &= ~inside
        places = np.flatnonzero(seps)
        lines = np.flatnonzero(chunk[places] == _NEWLINE)
        ends = places[lines]
        yield _counted(chunk, lines, ends, cells - 1, length)
        cells = 1 + len(places) - (int(lines[-1]) + 1) if len(lines) else cells + len(places)
        length = len(chunk) - (int(ends[-1]) + 1) if len(ends) else length + len(chunk)
    if length:
        yield np.array([cells if length >= cells else 0])


def _counted(chunk: Array, lines: Array, ends: Array, cells: int, length: int) -> Array:
    """Delimiters between line ends, plus one. `cells` and `length` lie in the chunks before."""
    counts, lengths = np.diff(lines, prepend=-1), np.diff(ends, prepend=-1)
    if len(counts):
        counts[0] += cells
        lengths[0] += length
        returns = (chunk[ends - 1] == _RETURN) & (ends > 0)
        counts[lengths - returns == counts] = 0
    return counts
