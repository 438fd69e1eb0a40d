"""Whether the rows of a page's tables stand in an order that something public explains.

Of two reasons that both stand as "at most 2", the first could be the one that somebody named. So
rows stand as the record lists them or by a column's figures; those alike in it as they are listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from reporter.audit.parser import Told
from reporter.audit.reading import parsed
from reporter.audit.sources import fold
from reporter.audit.spelling import plain
from reporter.records import Record
from reporter.records.findings import SAID

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Rows = tuple[tuple[str, ...], ...]


def tables(html: str) -> Iterator[Rows]:
    """The cells of every table, but for its heads and for places that are counted in front."""
    for table in parsed(html).css("table") if "<table" in html.casefold() else ():
        rows = (tuple(map(_text, row.css("td"))) for row in table.css("tr"))
        found = tuple(row for row in rows if row)
        placed = bool(found) and all(_PLACE.fullmatch(row[0]) and row[1:] for row in found)
        yield tuple(row[placed:] for row in found)


def _text(cell: LexborNode) -> str:
    return plain(cell.text())


def lists(now: Record, language: str) -> list[Mapping[str, int]]:
    """The order of everything that the record lists in this language."""
    many = (
        now.themes,
        *(asked.answers for asked in now.asked),
        *now.members.values(),
    )
    found = [[one.words.get(language, "") for one in choices] for choices in many]
    own = [one for one in now.asked if not one.id.startswith(SAID)]
    words = [fold(one.words.get(language, "")) for one in own]
    # Of two questions in the same words nobody can tell which a row is: either may stand there.
    found.append([one if words.count(one) == 1 else "" for one in words])
    return [{fold(words): place for place, words in reversed([*enumerate(one)])} for one in found]


Lists = Sequence[Mapping[str, int]]
Figures = Callable[[str], Sequence[Told]]


def faults(page: Iterable[Rows], known: Lists, figures: Figures) -> Iterator[str]:
    """The names of rows that nothing public puts where they stand, the first of each table.

    A table may stand in the order of another on its page, as counts beside their points do.
    """
    every = list(page)
    amiss = [_moved(rows, known, figures) for rows in every]
    right = {_names(rows) for rows, name in zip(every, amiss, strict=True) if not name}
    pairs = zip(every, amiss, strict=True)
    yield from (name for rows, name in pairs if name and _names(rows) not in right)


def _names(rows: Rows) -> tuple[str, ...]:
    return tuple(fold(row[0]) for row in rows)


def _moved(rows: Rows, known: Lists, figures: Figures) -> str:
    """The name of a row that nothing public puts where it stands; "" where there is none."""
    names = _names(rows)
    listed = [[one[name] for name in names] for one in known if all(name in one for name in names)]
    if len(names) < 2 or not listed or any(_rises(places) for places in listed):
        return ""
    columns = list(zip_longest(*(row[1:] for row in rows), fillvalue=""))
    keys = [[_key(cell, figures) for cell in column] for column in columns]
    if any(_sorted(column, places) for column in keys for places in listed):
        return ""
    pairs = zip(rows[1:], listed[0], listed[0][1:], strict=False)
    return next(row[0] for row, before, place in pairs if before >= place)


def _rises(places: Sequence[int]) -> bool:
    return all(one <= two for one, two in pairwise(places))


Key = tuple[float, ...]
"""A cell's range and base; what it is sorted by is the middle."""


def _sorted(keys: Sequence[Key | None], places: Sequence[int]) -> bool:
    """Whether rows stand by their figures, up or down.

    Rows with the same figure, and those without one, stand as they are listed.
    """
    told = [(key, place) for key, place in zip(keys, places, strict=True) if key]
    rest = [place for key, place in zip(keys, places, strict=True) if not key]
    orders = (told, [(tuple(-end for end in key), place) for key, place in told])
    return bool(told) and _rises(rest) and any(_up(order) for order in orders)


def _up(told: Sequence[tuple[Key, int]]) -> bool:
    return all(
        place < after if key == other else sum(key) <= sum(other) + _NEAR
        for (key, place), (other, after) in pairwise(told)
    )


_NEAR = 1e-9


def _key(cell: str, figures: Figures) -> Key | None:
    """What a cell is sorted by: its range, as shares where it has a base."""
    for one in figures(cell)[:1]:
        return (one.low / one.n, one.high / one.n)
    numbers = [int(re.sub(r"\D", "", one)) for one in _NUMBER.findall(cell)]
    return (min(numbers), max(numbers)) if numbers else None


_PLACE = re.compile(r"\d+(?: (?:to|till) \d+)?")
_NUMBER = re.compile(r"\d+(?:\u202f\d{3})*")
