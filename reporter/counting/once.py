"""A quarter is opened once: which responses a draft was made of, kept when the draft is gone.

Whoever drafts a quarter, and again when a little has been added or left out, sees in what is new
(or gone) the answers of those few. So what was opened is remembered, and another batch is refused
unless whatever tells it from an earlier one is itself a batch that may be opened.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter import private
from survey import documents
from survey.problems import Problem

FORMAT = 1
Leaves = Sequence[str]
"""What proves each response of a batch, in hexadecimal: it tells batches apart, and no answer."""


@dataclass(frozen=True)
class Given:
    """One box of a batch that is about to be drafted."""

    name: str
    present: int
    id: str


@dataclass(frozen=True)
class Opened:
    """One batch that was opened: its leaves, and the ids of its boxes."""

    leaves: Leaves
    boxes: frozenset[str] = frozenset()


def check(
    past: Sequence[Opened], leaves: Leaves, boxes: Sequence[Given], least: int, k: int
) -> bool:
    """Whether this very batch was opened before; a Problem if it must not stand beside one.

    `least` is how many answers a batch must hold, `k` how many a box must that is opened later.
    """
    now = Counter(leaves)
    related = [one for one in past if now & Counter(one.leaves)]
    if any(Counter(one.leaves) == now for one in related):
        return True
    messages = [message for one in related for message in _against(Counter(one.leaves), now, least)]
    if related:
        messages += _small(related, boxes, k)
    if messages:
        raise Problem(*dict.fromkeys(messages))
    return False


def _against(old: Counter[str], now: Counter[str], least: int) -> Iterator[str]:
    sizes = [part.total() for part in (now - old, old - now, old & now)]
    if any(0 < size < least for size in sizes):
        few = min(size for size in sizes if size)
        yield (
            f"this batch and one that was drafted before differ by {few} answers or share no more, "
            f"fewer than {least}: side by side they would show what those few answered. "
            "Draft the batch that was drafted first."
        )


def _small(related: Sequence[Opened], boxes: Sequence[Given], k: int) -> Iterator[str]:
    known = frozenset[str]().union(*(one.boxes for one in related))
    for one in boxes:
        if one.id not in known and one.present < k:
            yield (
                f"{one.name}: holds {one.present} answers, fewer than {k}, and was not there when "
                "the others were opened. It is not opened beside them any more."
            )


def read(path: Path) -> list[Opened]:
    """Every batch that was opened here, the first one first."""
    if not path.exists():
        return []
    try:
        found = json.loads(documents.text_of(path))["opened"]
        return [Opened(one["leaves"], frozenset(one["boxes"])) for one in found]
    except (ValueError, KeyError, TypeError):
        mend = "Put it back from a copy: without it nothing tells what was opened before."
        raise Problem(f"{path}: cannot be read. {mend}") from None


def keep(path: Path, past: Sequence[Opened], leaves: Leaves, boxes: Sequence[Given]) -> None:
    """Remember that this batch was opened, before anything is shown of it."""
    now = Opened(sorted(leaves), frozenset(one.id for one in boxes))
    if now in past:
        return
    rows = [{"boxes": sorted(one.boxes), "leaves": sorted(one.leaves)} for one in [*past, now]]
    text = json.dumps({"avstamp": FORMAT, "opened": rows}, indent=1)
    private.write(path, text + "\n")
