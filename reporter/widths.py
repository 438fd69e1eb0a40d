"""How many cells each row of a delimited file has, seen in its bytes; and what makes that unsure.

A row that lacks a cell has all later answers under the wrong question, and a scale would not show
it. The parser that reads the rows is lenient: it drops what is too much, and takes a quote within
a cell for a letter. So nothing that it could split otherwise than here is let through to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Place = tuple[int, int, str]
"""A row and a column, both from 1, and what stands there."""

NEWLINE, RETURN, QUOTE = 10, 13, 34
_PART = 1 << 22
"""So many bytes are looked at together; a row is shorter than that."""
_FEW = 100
"""So many strange places are kept."""

_OPEN = "a quote is opened here and never closed"
_WITHIN = "a quote stands within a cell"
_BARE = "a line end of another kind stands outside quotes"


@dataclass(frozen=True)
class Widths:
    """The cells of each row, 0 where a row holds nothing, and what no program writes."""

    cells: Array
    strange: tuple[Place, ...]


def scan(body: memoryview, mark: int) -> Widths:
    """Look at every byte once, in parts that end with a row."""
    parts = [_Part(chunk, mark) for chunk in _parts(body)]
    cells = [np.zeros(0, np.int64), *(part.cells for part in parts)]
    strange: list[Place] = []
    above = 0
    for part in parts:
        strange += [(above + row, column, what) for row, column, what in part.strange]
        above += len(part.cells)
    return Widths(np.concatenate(cells), tuple(strange[:_FEW]))


def quoted(chunk: Array) -> Array:
    """Which bytes of rows lie between quotes; a doubled quote closes and opens again."""
    return (np.cumsum(chunk == QUOTE, dtype=np.uint8) & 1).astype(bool)


def _parts(body: memoryview) -> Iterator[Array]:
    start = 0
    while start < len(body):
        chunk = np.frombuffer(body, np.uint8, min(_PART, len(body) - start), start)
        start += len(chunk)
        ends = np.flatnonzero(chunk == NEWLINE)
        if start < len(body) and len(ends):
            inside = quoted(chunk)[ends]
            last = int(ends[~inside][-1]) + 1 if not inside.all() else len(chunk)
            start -= len(chunk) - last
            chunk = chunk[:last]
        yield chunk


class _Part:
    """Whole rows. What is strange is kept beside the widths; the bytes are not."""

    def __init__(self, chunk: Array, mark: int) -> None:
        if chunk[-1] != NEWLINE:
            chunk = np.append(chunk, np.uint8(NEWLINE))
        inside = quoted(chunk)
        seps = np.flatnonzero(((chunk == NEWLINE) | (chunk == mark)) & ~inside)
        lines = np.flatnonzero(chunk[seps] == NEWLINE)
        ends = seps[lines]
        self.cells = np.diff(lines, prepend=-1)
        if len(ends):
            starts = np.concatenate([[0], ends[:-1] + 1])
            held = np.logical_or.reduceat(_letters(mark)[chunk], starts)
            self.cells[~held] = 0
        self.strange = [_place(seps, ends, at, what) for at, what in _strange(chunk, inside, mark)]


def _letters(mark: int) -> Array:
    """Which bytes are something in a row: not a delimiter, a quote or a blank."""
    found = np.ones(256, bool)
    found[[NEWLINE, RETURN, QUOTE, mark, *b" \t"]] = False
    return found


def _strange(chunk: Array, inside: Array, mark: int) -> list[tuple[int, str]]:
    """Places where another reader of the same bytes would see other cells."""
    after = np.append(chunk[1:], np.uint8(NEWLINE))
    before = np.concatenate([[NEWLINE], chunk[:-1]]).astype(np.uint8)
    bare = (chunk == RETURN) & (after != NEWLINE) & ~inside
    found = [(int(at), _BARE) for at in np.flatnonzero(bare)[:_FEW]]
    quotes = np.flatnonzero(chunk == QUOTE)
    if len(quotes):
        opens = inside[quotes]
        early = np.isin(before[quotes], [mark, NEWLINE, QUOTE])
        late = np.isin(after[quotes], [mark, NEWLINE, RETURN, QUOTE])
        wrong = quotes[np.where(opens, ~early, ~late)]
        found += [(int(at), _WITHIN) for at in wrong[:_FEW]]
        found += [(int(quotes[-1]), _OPEN)] if inside[-1] else []
    return sorted(found)


def _place(seps: Array, ends: Array, at: int, what: str) -> Place:
    row = int(np.searchsorted(ends, at))
    begin = int(ends[row - 1]) + 1 if row else 0
    column = int(np.searchsorted(seps, at) - np.searchsorted(seps, begin))
    return row + 1, column + 1, what
