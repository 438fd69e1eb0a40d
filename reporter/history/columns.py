"""An earlier survey's columns, each spelling looked up once, however many rows bear it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd

from reporter.history.cells import plain
from reporter.history.delimited import Found, refuse
from reporter.history.widths import Array
from survey.problems import Problem


def nothing(_: Column, text: str) -> bool:
    """Whether a cell holds nothing: a test for `everywhere`."""
    return not text


def table_of(name: str, found: Found) -> pd.DataFrame:
    """The columns that the map names, as text, or a Problem that says where the file is torn."""
    data = io.BytesIO(found.data)
    data.seek(found.start)
    try:
        table = pd.read_csv(
            data,
            sep=found.delimiter,
            header=None,
            names=list(range(found.width)),
            usecols=sorted({*found.columns, *found.padding}),
            dtype="category",
            encoding=found.encoding,
            keep_default_na=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except pd.errors.ParserError as error:
        what = " ".join(str(error).split())
        raise Problem(f"{name}: cannot be read to its end: {what}. Export it again.") from None
    if len(table) != len(found.widths):
        raise Problem(
            f"{name}: its quotes do not pair, so rows cannot be told apart. Export it again."
        )
    return table


def check_padding(name: str, found: Found, table: pd.DataFrame) -> None:
    """A value under no header is a sign that its row has moved."""
    messages = []
    for at in found.padding:
        for row in np.flatnonzero((table[at] != "").to_numpy() & table[at].notna().to_numpy()):
            where = f"row {found.header + 1 + row}, column {at + 1}"
            what = "a cell has no header above it, so the row may have moved"
            messages.append(f"{name}: {where}: {what}. Mend it, or export the file again.")
    refuse(messages)


@dataclass(frozen=True)
class Column:
    """One column: its spellings, and which of them each row bears (-1: none)."""

    name: str
    title: str
    spellings: tuple[str, ...]
    codes: Array
    rows: Array

    def only(self, kept: Array, rows: Array) -> Column:
        """The column without the other rows; `rows` are the numbers of those kept."""
        return replace(self, codes=self.codes[kept], rows=rows)

    def where(self, test: Callable[[str], bool]) -> Array:
        """Which rows pass, by their plain spelling."""
        return np.array([test(plain(one)) for one in (*self.spellings, "")])[self.codes]

    @cached_property
    def used(self) -> list[tuple[int, str]]:
        """The spellings that some row bears."""
        counts = np.bincount(self.codes + 1, minlength=len(self.spellings) + 1)
        return [(code, one) for code, one in enumerate(self.spellings) if counts[code + 1]]


def column_of(title: str, name: str, cells: pd.Series[Any], rows: Array) -> Column:
    """A column with each spelling once; `rows` are the numbers its cells have in the file."""
    spellings = tuple(map(str, cells.cat.categories))
    return Column(name, title, spellings, cells.cat.codes.to_numpy(), rows)


def everywhere(columns: Mapping[str, Column], test: Callable[[Column, str], bool]) -> Array:
    """Which rows pass in every column. Mostly none do in the first, and that is all to look at."""
    first, *rest = columns.values()
    passing = first.where(partial(test, first))
    for one in rest:
        if not passing.any():
            break
        passing &= one.where(partial(test, one))
    return passing
