"""The ledger of comments: what its rows let anybody work out about ratings and texts.

A follow-up exists under a low rating only. Records of earlier versions counted them: `came` is how
many wrote, as the pages show it, and the rest, which are follow-ups and texts that are not told. A
rest of 21 where 21 people rated one thing says that all rated it low. Later records tell of the
texts alone whose number is public, and then no row may tell that number closer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.audit.outputs import ROWS
from reporter.audit.remainders import left
from reporter.audit.rules import FEW
from reporter.records import Asked, Block, Finding, Record
from reporter.records.findings import UNFAVOURABLE, WROTE, comments_on

Ends = tuple[int, int]

CAME, TEXTS = "came", "texts"
"""The first row as earlier versions told it, and as it is told now."""

QUOTED, PARAPHRASES = "quoted", "paraphrases"
"""Rows that anybody can count on the pages."""

WHOLE = "paraphrased"
"""How many texts earlier versions said their paraphrases rest on."""


def broken(record: Record) -> Iterator[str]:
    """Every row that tells more than the figures it depends on, and whom it lays bare."""
    rows = {what: (low, high) for what, low, high in record.moderation}
    if len(rows) < len(record.moderation):
        yield "the ledger of comments tells a row twice"
    for what in rows.keys() - {*ROWS}:
        yield f"the ledger of comments tells ‘{what}’, which no equation knows"
    yield from _counted(record, rows)
    if CAME in rows:
        yield from _exact(rows)
        yield from _Rest(record, rows).exposed()
    elif rows:
        yield from _public(record, rows)


def _counted(record: Record, rows: Mapping[str, Ends]) -> Iterator[str]:
    """Whoever reads the pages counts what stands on them."""
    kinds = [voice.kind for voice in record.voices]
    for what, word in ((QUOTED, "quote"), (PARAPHRASES, "paraphrase")):
        standing = kinds.count(word)
        if what in rows and rows[what] != (standing, standing):
            yield f"the ledger of comments tells of {rows[what][0]} {word}s where {standing} stand"


def _others(rows: Mapping[str, Ends]) -> Iterator[tuple[str, Ends]]:
    counted = (CAME, TEXTS, QUOTED, PARAPHRASES)
    return ((what, ends) for what, ends in rows.items() if what not in counted)


# As it is told now: all of it follows from what is public


def _public(record: Record, rows: Mapping[str, Ends]) -> Iterator[str]:
    wrote = _wrote(record)
    low, high = sum(one.low for one in wrote), sum(one.high for one in wrote)
    if rows.get(TEXTS, (low, high)) != (low, high):
        yield f"the ledger of comments tells ‘{TEXTS}’ otherwise than the pages do: {low} to {high}"
    near = low - FEW
    for what, ends in _others(rows):
        allowed = {(low, high)} if what == "sorted" else {(near, high), (0, FEW)}
        exact = what != "sorted" and FEW < ends[0] == ends[1] < near
        if near <= FEW and what != "sorted":
            allowed, exact = {(0, high)}, False
        if ends not in allowed and not exact:
            yield _too_exact(what, ends)


def _too_exact(what: str, ends: Ends) -> str:
    return f"the ledger of comments tells ‘{what}’ too exactly: {ends[0]} to {ends[1]}"


def _wrote(record: Record) -> list[Finding]:
    return [one for one in left(record) if one.answer == WROTE]


# As earlier versions told it


def _exact(rows: Mapping[str, Ends]) -> Iterator[str]:
    came = rows[CAME]
    for what, (low, high) in _others(rows):
        if (low, high) not in (came, (0, FEW)) and not FEW < low == high <= came[0]:
            yield _too_exact(what, (low, high))


@dataclass(frozen=True)
class _Room:
    """So many texts at most, of people who would all be in one class if each wrote."""

    question: str
    high: int
    n: int = 0
    """How many all of them are, of whom it would tell; 0 where it would tell of nobody."""
    lost: int = 0
    """How many fewer one person can make it who knows their own answers."""


class _Rest:
    """The texts that no figure tells of, and the room there is for them."""

    def __init__(self, record: Record, rows: Mapping[str, Ends]) -> None:
        self.record, self.rows = record, rows
        self.figures = left(record)
        wrote = _wrote(record)
        came = rows[CAME]
        self.texts = [_Room(f.question, f.high, f.n, int(f.high == f.n)) for f in wrote]
        self.rest = came[0] - sum(f.low for f in wrote), came[1] - sum(f.high for f in wrote)
        self.least = max([came[0], *(_at_least(ends, came) for _, ends in _others(rows))])

    def exposed(self) -> Iterator[str]:
        """Of whom anybody, or one who answered, could be certain."""
        low, high = self.rest
        if not 0 <= low <= high:
            yield "the ledger of comments contradicts how many wrote"
            return
        rooms = self._rooms(low)
        needed = max(low, self.least - sum(one.high for one in self.texts))
        yield from self._forced(CAME, rooms, needed)
        yield from self._forced(CAME, [*self.texts, _Room("", high)], self.least)
        yield from self._told_again()

    def _rooms(self, low: int) -> list[_Room]:
        """Ratings and untold texts; where they cannot hold the rest, as few hidden questions."""
        rooms = [room for one in self.record.asked for room in self._of(one)]
        missing, n = low - sum(one.high for one in rooms), self.record.counted
        hidden = -(-missing // n) if n and missing > 0 else 0
        return rooms + [_Room("a question that is hidden", n, n, 1)] * hidden

    def _of(self, asked: Asked) -> Iterator[_Room]:
        shown = {one.block: one for one in self.figures if one.question == asked.id}
        if asked.kind.rated and asked.theme:
            low = {f.block: f for f in self.figures if _is(f, asked.id, UNFAVOURABLE)}
            yield from (_Room(asked.id, f.high, f.n, int(f.high > 0)) for f in low.values())
        elif not asked.kind.written or shown:
            return
        lost = int(asked.kind.rated)
        yield from (_Room(asked.id, size, 0, lost) for size in self._withheld(asked, shown) if size)

    def _withheld(self, asked: Asked, shown: Mapping[str, object]) -> Iterator[int]:
        """People of whom nothing is told: fewer than k in a block, for that is why."""
        blocks = _cut(self.record, asked.breakdown)
        pairs = set(self.record.withheld)
        for block in blocks:
            if block.id not in shown:
                most = self.record.k - 1 if (block.id, asked.id) in pairs else block.n
                yield min(block.n, most)

    def _forced(self, what: str, rooms: Sequence[_Room], needed: int) -> Iterator[str]:
        """Where as many are needed as there is room for, everybody is where the room is.

        21 follow-ups and room for seven in each of three areas: all 21 rated it low. One who rated
        low and wrote nothing makes the room one less, so that 20 are enough for them.
        """
        slack = sum(one.high for one in rooms) - needed
        lost: dict[str, int] = {}
        for one in rooms:
            lost[one.question] = max(lost.get(one.question, 0), one.lost)
        for one in rooms:
            close = one.n - one.high
            known = sum(lost.values()) - (lost[one.question] if close else 0)
            if one.n and close in (0, 1) and needed > 0 and slack <= known:
                who = "anybody" if slack <= 0 and not close else "one who answered"
                yield _lays_bare(what, self.rows[what], who, one.question)
                return

    def _told_again(self) -> Iterator[str]:
        """How many texts the paraphrases rest on, against how many named what they tell of."""
        needed = self.rows.get(WHOLE, (0, 0))[0]
        voices = [voice for voice in self.record.voices if voice.kind == "paraphrase"]
        rooms = [room for voice in voices for room in self._behind(voice.theme, voice.side)]
        if needed and voices:
            yield from self._forced(WHOLE, rooms, needed)

    def _behind(self, theme: str, side: str) -> Iterator[_Room]:
        for text in self.texts:
            name = f"{comments_on(text.question)}{side}"
            told = [one for one in self.figures if one.question == name]
            named = next((one for one in told if one.answer == theme), None)
            if named:
                yield _Room(name, named.high, named.n, int(named.high > 0))
            else:
                yield _Room(name, min(FEW, text.high) if told else text.high)
        rated = [one for one in self.record.asked if one.theme == theme and one.kind.rated]
        for room in (room for one in rated for room in self._of(one)):
            yield replace(room, n=0)


def _at_least(ends: Ends, came: Ends) -> int:
    """What a row says of how many came: a range stood there only for a count above its low end."""
    low, high = ends
    return low + 1 if ends == came and low < high else low


def _is(one: Finding, question: str, answer: str) -> bool:
    return (one.question, one.answer) == (question, answer)


def _cut(record: Record, breakdown: str) -> list[Block]:
    """The blocks a question is divided into: where too few groups are, everyone together."""
    mine = [one for one in record.blocks if one.breakdown == breakdown]
    return mine or [one for one in record.blocks if one.id == "all"]


def _lays_bare(what: str, ends: Ends, who: str, question: str) -> str:
    return (
        f"the ledger of comments tells ‘{what}’ ({ends[0]} to {ends[1]}) and lets {who} be certain "
        f"of how all in one group answered ‘{question}’: so many texts can come of nothing else"
    )
