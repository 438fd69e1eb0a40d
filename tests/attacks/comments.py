"""An attacker of what is public of comments, who shares neither code nor model with the auditor.

It reads a record as JSON: themes named by those who wrote, and the ledger's rows against how many
wrote and how many rated low. An insider takes their own answers away first. Whole numbers in ranges
that one sum ties together: the least that one of them can be is what the others, at their most,
leave of the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Own = Mapping[str, Any]
UNTOLD = (0, 2)
"""A theme that is not told was named by so few."""


@dataclass(frozen=True)
class Sure:
    """All of `people` others wrote, named or rated so."""

    about: str
    people: int
    insider: bool


@dataclass(frozen=True)
class Cell:
    """Of n people low to high."""

    about: str
    n: int
    low: int
    high: int

    def less(self, there: bool, inside: bool) -> Cell:
        """The same of the others, for one who is among the n, and among those counted."""
        n = self.n - there
        return Cell(self.about, n, max(0, self.low - inside), min(n, self.high - inside))


def attack(record: Mapping[str, Any], insiders: Iterable[Own] = ()) -> set[Sure]:
    """Everybody of whom an outsider or one of these insiders is certain."""
    views: list[Own | None] = [None, *insiders]
    return {sure for own in views for sure in (*_named(record, own), *_counted(record, own))}


# Themes: of those who wrote, so many named each


def _named(record: Mapping[str, Any], own: Own | None) -> Iterator[Sure]:
    wrote = {row[1]: row for row in record["findings"] if row[2] == "wrote" and row[0] == "all"}
    for asked in record["asked"]:
        rows = [row for row in record["findings"] if row[1] == asked["id"]]
        if not rows or not asked["id"].startswith("said_"):
            continue
        text = asked["id"].removeprefix("said_").rpartition("_")[0]
        assert {row[3] for row in rows} == {wrote[text][4]}, "the base is how many wrote"
        told = {row[2]: (row[4], row[5]) for row in rows}
        mine = set(own["names"].get(text, ())) if own else set()
        there = bool(own and own.get(text) == "wrote")
        for theme, *_ in record["themes"]:
            low, high = told.get(theme, UNTOLD)
            cell = Cell(f"{asked['id']} {theme}", rows[0][3], low, high)
            side_of_mine = theme in mine and bool(own) and asked["id"].endswith(own["sides"][text])
            yield from _sure([cell.less(there, side_of_mine)], own)


def _sure(
    cells: Sequence[Cell], own: Own | None, least: int = 0, most: int = 10**9
) -> Iterator[Sure]:
    """Who is certain when the cells together are at least and at most so many."""
    floors, tops = sum(one.low for one in cells), sum(one.high for one in cells)
    if tops < least or floors > most:
        return  # nobody with these answers can be there
    for one in cells:
        low = max(one.low, least - (tops - one.high))
        high = min(one.high, most - (floors - one.low))
        if one.n and (low >= one.n or (high <= 0 and one.low < 1 and one.about.startswith("said"))):
            yield Sure(one.about, one.n, own is not None)


# The ledger: what its rows leave of how many wrote, and of how many rated low


def _counted(record: Mapping[str, Any], own: Own | None) -> Iterator[Sure]:
    rows = {what: (low, high) for what, low, high in record.get("moderation", ())}
    if not rows:
        return
    texts = [
        (row, Cell(row[1], row[3], row[4], row[5]))
        for row in record["findings"]
        if row[2] == "wrote"
    ]
    mine = [
        bool(own and _within(record, own, row[0]) and own.get(row[1]) == "wrote")
        for row, _ in texts
    ]
    others = [
        cell.less(bool(own and _within(record, own, row[0])), wrote)
        for (row, cell), wrote in zip(texts, mine, strict=True)
    ]
    standing = ("quoted", "paraphrases")
    least = max((low for what, (low, _) in rows.items() if what not in standing), default=0)
    if "came" not in rows:
        most = (
            min(rows[what][1] for what in rows if what in ("texts", "sorted"))
            if "texts" in rows
            else 10**9
        )
        yield from _sure(others, own, least - sum(mine), most - sum(mine))
        return
    rest = rows["came"][0] - sum(cell.low for _, cell in texts)
    follow = sum(
        bool(own and key.startswith("follow_") and own[key] == "wrote") for key in own or ()
    )
    yield from _sure(list(_rated(record, own)), own, rest - follow)


def _rated(record: Mapping[str, Any], own: Own | None) -> Iterator[Cell]:
    """How many others rated each theme low, where it is told; and as many as are not told of."""
    sizes = {ident: n for ident, _, _, n in record["blocks"]}
    for asked in record["asked"]:
        if asked["kind"] != "scale" or not asked["theme"]:
            continue
        for block, question, answer, n, low, high in record["findings"]:
            if (question, answer) == (asked["id"], "unfavourable"):
                there = bool(own and _within(record, own, block) and own.get(question) is not None)
                yield Cell(question, n, low, high).less(there, there and own[question] <= 2)  # type: ignore[index]
        for block, question in record["withheld"]:
            if question == asked["id"]:
                yield Cell(question, 0, 0, min(sizes[block], record["k"] - 1))


def _within(record: Mapping[str, Any], own: Own, block: str) -> bool:
    cut, members = next((b[1], b[2]) for b in record["blocks"] if b[0] == block)
    return cut == "none" or own.get(cut, "") in members
