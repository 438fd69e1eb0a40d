"""Which people the figures can tell apart: blocks, what is between them, and who came later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.records import Asked, Block, Record


@dataclass(frozen=True)
class Slice:
    """People whom the published figures can tell apart: a block, or what is between two."""

    name: str
    block: str
    n: int


@dataclass(frozen=True)
class Seen:
    """The figures of one block: of all the people in these slices."""

    slices: tuple[Slice, ...]
    ranges: Mapping[str, tuple[int, int]]


def seen(asked: Asked, records: Sequence[Record]) -> list[Seen]:
    """What is shown of a question, each figure with the slices of people it counts."""
    views = [_views(record, asked.id) for record in records]
    views = [view for view in views if view]
    if len(views) > 1:
        return list(_layers(views))
    return list(_parted(views[0])) if views else []


_View = dict[str, tuple[Block, int, dict[str, tuple[int, int]]]]


def _views(record: Record, question: str) -> _View:
    """Block → itself, its base, and its figures."""
    blocks = {block.id: block for block in record.blocks}
    found: _View = {}
    for one in record.findings:
        if one.question == question:
            block = blocks.get(one.block, Block(one.block, "", (one.block,), one.n))
            found.setdefault(one.block, (block, one.n, {}))[2][one.answer] = (one.low, one.high)
    return found


def _parted(view: _View) -> Iterator[Seen]:
    """Blocks side by side; the whole batch beside its parts is those parts and the rest."""
    parts: list[Slice] = []
    for ident, (block, n, ranges) in view.items():
        if block.members or len(view) == 1:
            parts.append(Slice(ident, ident, n))
            yield Seen((parts[-1],), ranges)
    for ident, (block, n, ranges) in view.items():
        if not block.members and len(view) > 1:
            yield from _around(ident, n, ranges, parts)


def _around(
    ident: str, n: int, ranges: dict[str, tuple[int, int]], parts: Sequence[Slice]
) -> Iterator[Seen]:
    """The whole batch over its parts. Parts that do not fit in it stand alone: see `_overlaps`."""
    rest = n - sum(part.n for part in parts)
    if rest < 0:
        yield Seen((Slice(ident, ident, n),), ranges)
        return
    others = (Slice(f"{ident} (the rest)", ident, rest),) if rest else ()
    yield Seen((*parts, *others), ranges)


def _layers(views: Sequence[_View]) -> Iterator[Seen]:
    """The same block in several publications: the smaller batch, and who came to it later."""
    for ident in dict.fromkeys(ident for view in views for ident in view):
        told = sorted((view[ident] for view in views if ident in view), key=lambda one: one[1])
        slices: list[Slice] = []
        for _, n, ranges in told:
            more = n - sum(one.n for one in slices)
            if more:
                late = f"{ident} ({more} more)" if slices else ident
                slices.append(Slice(f"{late} {len(slices)}", ident, more))
            yield Seen(tuple(slices), ranges)
