"""Which numbers may stand on an edition's pages: those its records account for, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from reporter.audit import points as merits
from reporter.audit.html import Page
from reporter.audit.parser import GONE, Digest, Told, Tongue
from reporter.audit.reading import Segment
from reporter.audit.sources import Account, Triple, fold
from reporter.audit.spelling import counts
from reporter.records import Record
from reporter.records.findings import REASONS

_AXIS = re.compile(r"(?:0|50|100) ?%")
_NO_PAGES = ("search", "404.html")
"""What the engine makes of all pages, and for none."""

LEDGER = "moderation"
"""The page that tells what became of the comments, a row each."""

_NEAR = 0.03 + 1e-9
"""How far a range may reach from the share that words say it is."""

_POINTS = 5
"""The length of a scale whose mean is told."""

_WINDOW = (3, 4, 12)
"""How many themes lead, in how many editions, how far lines reach: rules, not figures."""


@dataclass(frozen=True)
class Frame:
    """The records that an edition may tell from: itself and those before it."""

    accounts: Sequence[Account]
    tongue: Tongue
    names: frozenset[str] = frozenset()
    """What the organisation calls itself, its site and its contacts, where a number is in it."""

    def faults(self, page: Page, by_hand: bool = False) -> Iterator[tuple[str, str]]:
        """Every number on the page that no record accounts for: (as it stands, what is wrong).

        On a page written by hand only figures are looked at: "x of y".
        """
        strict = not by_hand and page.name not in _NO_PAGES
        theme = page.name.removeprefix("themes/") if page.name.startswith("themes/") else ""
        points = self._points if page.name == "priorities" else frozenset[int]()
        for segment in page.segments:
            if page.name == LEDGER and segment.row:
                yield from self._kept(segment)
            else:
                yield from self._segment(segment, strict and not segment.free, theme, points)

    def _kept(self, segment: Segment) -> Iterator[tuple[str, str]]:
        """A row of the ledger says, word for word, what the record has under that name."""
        if segment.text != self._ledger.get(segment.row):
            yield segment.text, f"is not what became of the comments: {segment.row}"

    @cached_property
    def _ledger(self) -> Mapping[str, str]:
        rows = self._now.moderation
        return {self.tongue.became(what): self.tongue.spread(*ends) for what, *ends in rows}

    def figures(self, page: Page) -> Iterator[Told]:
        """Every figure on the page."""
        for segment in page.segments:
            yield from self.tongue.figures(self._unknown(segment.text))

    def _segment(
        self, segment: Segment, strict: bool, theme: str, points: frozenset[int]
    ) -> Iterator[tuple[str, str]]:
        text = self._unknown(segment.text)
        for one in self.tongue.spelled(text) if strict else ():
            yield one, "is a share in words, with no figure of a record beside it"
        if not any(map(str.isdigit, text)) or text in self._ids:
            return
        if not strict:
            told = self.tongue.figures(text)
            yield from self._told(told, (), "")
            return
        digest = self.tongue.digest(text)
        yield from self._told(digest.told, (segment.row, segment.column), theme)
        yield from self._numbers(digest, text, points)

    def _told(
        self, told: Iterable[Told], names: Sequence[str], theme: str
    ) -> Iterator[tuple[str, str]]:
        for one in told:
            if not self._known(one, names, theme):
                yield one.text, "stands in no record"
            elif one.share is not None and not _near(one, one.share):
                yield one.text, "is not what the words before it say"

    def _known(self, told: Told, names: Sequence[str], theme: str) -> bool:
        triple = (told.low, told.high, told.n)
        if told.mean or (told.n == _POINTS and told.low == told.high):
            return triple in self._means or triple in self._all
        narrow = [known for known in map(self._by_name.get, map(fold, names)) if known]
        narrow += [self._by_theme[theme]] if theme in self._by_theme else []
        return triple in self._all and all(triple in known for known in narrow)

    @cached_property
    def _all(self) -> frozenset[Triple]:
        return frozenset().union(*(one.figures for one in self.accounts))

    @cached_property
    def _means(self) -> frozenset[Triple]:
        return frozenset().union(*(one.means for one in self.accounts))

    @cached_property
    def _by_name(self) -> Mapping[str, set[Triple]]:
        return _joined(one.by_name for one in self.accounts)

    @cached_property
    def _by_theme(self) -> Mapping[str, set[Triple]]:
        return _joined(one.by_theme for one in self.accounts)

    @cached_property
    def _points(self) -> frozenset[int]:
        return merits.told([one.record for one in self.accounts])

    def _numbers(
        self, digest: Digest, text: str, points: frozenset[int]
    ) -> Iterator[tuple[str, str]]:
        for phrase, field, number in digest.fields:
            if _value(number) not in self._fields(phrase, field) | points:
                yield number, "is not the number that this sentence is about"
        if digest.whole and digest.rest:
            rest = [one for one in digest.rest if _value(one) not in self._counts | points]
        elif _AXIS.fullmatch(text) or text in self.tongue.labels:
            rest = []
        else:
            rest = [one for one in digest.rest if _value(one) not in points]
        for one in rest:
            yield one, "stands in no record"

    @property
    def _now(self) -> Record:
        return self.accounts[-1].record

    @cached_property
    def _counts(self) -> set[int]:
        """Numbers that may stand alone in a table or a sentence: sizes, thresholds, goals."""
        now = self._now
        counts = {getattr(now, one) for one in _HEAD}
        counts |= {block.n for block in now.blocks}
        return counts | {one.n for one in now.findings}

    def _fields(self, phrase: str, field: str) -> set[int]:
        """Which numbers a phrase's field may hold."""
        now, promised = self._now, len(self._now.commitments)
        name = phrase.rpartition(".")[2]
        if field in _HEAD or (field == "count" and name in _HEAD):
            return {getattr(now, field if field in _HEAD else name)}
        if field in ("baseline", "target"):
            return {int(one["measure"][field]) for one in now.commitments}
        if phrase.startswith("promised."):
            return set(range(promised + 1))
        if field == "n":
            return {*self._counts, self._watched, now.holders, now.destroyed}
        return {
            *self._counts,
            *_WINDOW,
            2,
            self._watched,
            now.destroyed,
            *range(len(self.accounts) + 1),
        }

    @cached_property
    def _watched(self) -> int:
        """How many figures are compared with the last edition."""
        scales = sum(asked.kind.rated for asked in self._now.asked)
        reasons = self._now.question(REASONS)
        return scales + len(reasons.answers if reasons else ())

    # What is no figure: words that stand in a record

    def _unknown(self, text: str) -> str:
        """The text without what a record says in words: a promise, a question, an area's name."""
        if not counts(text):
            return text
        if self._shortened(text):
            return GONE
        for known in self._words:
            if known in text:
                text = _whole(known).sub(GONE, text)
        return text

    def _shortened(self, text: str) -> bool:
        """Whether it is the beginning of such words, as a chart has room for them: "Plan 3 o…"."""
        begun = text.removesuffix("…").rstrip()
        return begun != text and any(known.startswith(begun) for known in self._words)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset().union(*(one.ids for one in self.accounts))

    @cached_property
    def _words(self) -> list[str]:
        """The longest first, for one may be part of another."""
        found = set(self.names).union(*(one.words for one in self.accounts))
        return sorted(found, key=len, reverse=True)


@cache
def _whole(known: str) -> re.Pattern[str]:
    """The words where nothing goes on before or behind them: “A2” is no part of “A25”."""
    return re.compile(rf"(?<!\w){re.escape(known)}(?!\w)")


def _joined(many: Iterable[Mapping[str, set[Triple]]]) -> dict[str, set[Triple]]:
    found: dict[str, set[Triple]] = {}
    for one in many:
        for name, triples in one.items():
            found.setdefault(name, set()).update(triples)
    return found


_HEAD = ("issued", "answered", "withdrawn", "counted", "k", "minimum", "holders", "destroyed")


def _near(told: Told, share: float) -> bool:
    return share - _NEAR <= told.low / told.n and told.high / told.n <= share + _NEAR


def _value(number: str) -> int:
    digits = re.sub(r"[\u202f.,]", "", number)
    return int(digits) if digits.isdigit() else -1
