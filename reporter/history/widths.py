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
PART = 1 << 22
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


def scan(body: memoryview, mark: int, size: int = PART) -> Widths:
    """Look at every byte once, in parts of at most `size` bytes that end with a row."""
    parts = [_Part(*part, mark) for part in _parts(body, size)]
    cells = [np.zeros(0, np.int64), *(part.cells for part in parts)]
    strange: list[Place] = []
    above = 0
    for part in parts:
        strange += [(above + row, column, what) for row, column, what in part.strange]
        above += len(part.cells)
    return Widths(np.concatenate(cells), tuple(strange[:_FEW]))


def quoted(chunk: Array, quotes: Array) -> Array:
    """Which bytes of rows lie between quotes; a doubled quote closes and opens again."""
    runs = np.diff(quotes, prepend=0, append=len(chunk))
    return np.repeat(np.arange(len(runs)) % 2 == 1, runs)


def ends_of(chunk: Array, quotes: Array) -> Array:
    """Where rows end: line ends outside quotes."""
    found = np.flatnonzero(chunk == NEWLINE)
    return found[np.searchsorted(quotes, found) % 2 == 0] if len(quotes) else found


def quotes_of(chunk: Array) -> Array:
    """Where quotes stand."""
    return np.flatnonzero(chunk == QUOTE)


def _parts(body: memoryview, most: int) -> Iterator[tuple[Array, Array, Array]]:
    """Whole rows as bytes, with their quotes and their ends."""
    start = 0
    while start < len(body):
        chunk = np.frombuffer(body, np.uint8, min(most, len(body) - start), start)
        last = start + len(chunk) == len(body)
        if last and chunk[-1] != NEWLINE:
            chunk = np.append(chunk, np.uint8(NEWLINE))
        quotes = quotes_of(chunk)
        ends = ends_of(chunk, quotes)
        size = len(chunk) if last or not len(ends) else int(ends[-1]) + 1
        yield chunk[:size], quotes[: np.searchsorted(quotes, size)], ends
        start += size


class _Part:
    """Whole rows. What is strange is kept beside the widths; the bytes are not."""

    def __init__(self, chunk: Array, quotes: Array, ends: Array, mark: int) -> None:
        seps = (chunk == mark) | (chunk == NEWLINE)
        if len(quotes):
            seps &= ~quoted(chunk, quotes)
        places = np.flatnonzero(seps)
        self.cells = np.diff(np.searchsorted(places, ends), prepend=-1)
        self.cells[_bare_rows(chunk, ends, mark)] = 0
        strange = _strange(chunk, quotes, mark)
        self.strange = [_place(places, ends, at, what) for at, what in strange]


_FIRST = 8


def _bare_rows(chunk: Array, ends: Array, mark: int) -> list[int]:
    """Rows with nothing in any cell. Most rows show in their first bytes that they have something.

    A delimiter, a quote and a blank are nothing.
    """
    something = np.ones(256, bool)
    something[[NEWLINE, RETURN, QUOTE, mark, *b" \t"]] = False
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])[: len(ends)]
    held = np.zeros(len(ends), bool)
    for step in range(_FIRST):
        held |= something[chunk[np.minimum(starts + step, ends)]]
    rest = np.flatnonzero(~held).tolist()
    return [one for one in rest if not something[chunk[starts[one] : ends[one]]].any()]


def _strange(chunk: Array, quotes: Array, mark: int) -> list[tuple[int, str]]:
    """Places where another reader of the same bytes would see other cells."""
    returns = np.flatnonzero(chunk == RETURN)
    bare = returns[chunk[np.minimum(returns + 1, len(chunk) - 1)] != NEWLINE]
    bare = bare[np.searchsorted(quotes, bare) % 2 == 0]
    found = [(int(at), _BARE) for at in bare[:_FEW]]
    if len(quotes):
        opens = np.arange(len(quotes)) % 2 == 0
        before = np.where(quotes > 0, chunk[quotes - 1], NEWLINE)
        after = chunk[np.minimum(quotes + 1, len(chunk) - 1)]
        early = np.isin(before, [mark, NEWLINE, QUOTE])
        late = np.isin(after, [mark, NEWLINE, RETURN, QUOTE])
        wrong = quotes[np.where(opens, ~early, ~late)]
        found += [(int(at), _WITHIN) for at in wrong[:_FEW]]
        found += [(int(quotes[-1]), _OPEN)] if len(quotes) % 2 else []
    return sorted(found)


def _place(seps: Array, ends: Array, at: int, what: str) -> Place:
    row = int(np.searchsorted(ends, at))
    begin = int(ends[row - 1]) + 1 if row else 0
    column = int(np.searchsorted(seps, at) - np.searchsorted(seps, begin))
    return row + 1, column + 1, what
