"""Which numbers may stand on an edition's pages: those its records account for, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reporter.findings import SUM, Finding
from reporter.phrases import GONE, Digest, Told, Tongue
from reporter.reading import Page, Segment, plain
from reporter.record import Record
from survey.questions import Kind

Triple = tuple[float, float, int]

_AXIS = re.compile(r"(?:0|50|100) ?%")
_STRICT = re.compile(
    r"|why|areas|ahead|trends|commitments|method|data|receipt|corrections|themes(?:/.*)?"
)
"""Pages made from records. On pages written by hand only figures are looked at: "x of y"."""

_NEAR = 0.03 + 1e-9
"""How far a range may reach from the share that words say it is."""

_WINDOW = (3, 4, 12)
"""How many themes lead, in how many editions, how far lines reach: rules, not figures."""


@dataclass(frozen=True)
class Frame:
    """The records that an edition may tell from: itself and those before it."""

    records: Sequence[Record]
    tongue: Tongue
    language: str

    def faults(self, page: Page) -> Iterator[tuple[str, str]]:
        """Every number on the page that no record accounts for: (as it stands, what is wrong)."""
        strict = bool(_STRICT.fullmatch(page.name))
        theme = page.name.removeprefix("themes/") if page.name.startswith("themes/") else ""
        for segment in page.segments:
            yield from self._segment(segment, strict and not segment.free, theme)

    def figures(self, page: Page) -> Iterator[Told]:
        """Every figure on the page."""
        for segment in page.segments:
            yield from self.tongue.figures(self._unknown(segment.text))

    def _segment(self, segment: Segment, strict: bool, theme: str) -> Iterator[tuple[str, str]]:
        text = self._unknown(segment.text)
        if not any(map(str.isdigit, text)) or text in self._idents:
            return
        if not strict:
            told = self.tongue.figures(text)
            yield from self._told(told, "", "")
            return
        digest = self.tongue.digest(text)
        yield from self._told(digest.told, segment.row, theme)
        yield from self._numbers(digest, text)

    def _told(self, told: Iterable[Told], row: str, theme: str) -> Iterator[tuple[str, str]]:
        for one in told:
            if not self._known(one, row, theme):
                yield one.text, "stands in no record"
            elif one.share is not None and not _near(one, one.share):
                yield one.text, "is not what the words before it say"

    def _known(self, told: Told, row: str, theme: str) -> bool:
        triple = (told.low, told.high, told.n)
        if told.mean or (told.n in self._scales and told.low == told.high):
            return triple in self._means or triple in self._all
        narrow = self._by_name.get(_name(row))
        if theme in self._by_theme and triple not in self._by_theme[theme]:
            return False
        return triple in (self._all if narrow is None else narrow)

    def _numbers(self, digest: Digest, text: str) -> Iterator[tuple[str, str]]:
        for phrase, field, number in digest.fields:
            if _value(number) not in self._fields(phrase, field):
                yield number, "is not the number that this sentence is about"
        if digest.whole and digest.rest:
            rest = [one for one in digest.rest if _value(one) not in self._counts]
        elif _AXIS.fullmatch(text) or text in self.tongue.labels:
            rest = []
        else:
            rest = list(digest.rest)
        for one in rest:
            yield one, "stands in no record"

    # What the records account for

    @cached_property
    def _all(self) -> set[Triple]:
        return {_triple(one) for _, one in self._told_by_records()}

    def _told_by_records(self) -> Iterator[tuple[Record, Finding]]:
        """Every displayed figure, and for everyone the sum of the displayed blocks."""
        for record in self.records:
            sums: dict[tuple[str, str], list[Finding]] = {}
            for one in record.findings:
                if one.answer != SUM:
                    yield record, one
                    sums.setdefault((one.question, one.answer), []).append(one)
            for parts in sums.values():
                yield record, _added(parts)

    @cached_property
    def _means(self) -> set[Triple]:
        found: set[Triple] = set()
        for record in self.records:
            parts: dict[str, list[Finding]] = {}
            for one in record.findings:
                if one.answer == SUM:
                    parts.setdefault(one.question, []).append(one)
                    found |= _means_of(one)
            for many in parts.values():
                found |= _means_of(_added(many))
        return found

    @cached_property
    def _scales(self) -> set[int]:
        return {5} if self._means else set()

    @cached_property
    def _by_name(self) -> Mapping[str, set[Triple]]:
        """What a table's row may tell when its first cell names a theme, an answer or a block."""
        found: dict[str, set[Triple]] = {}
        for record, one in self._told_by_records():
            for name in self._names(record, one):
                found.setdefault(_name(name), set()).add(_triple(one))
        return found

    def _names(self, record: Record, one: Finding) -> Iterator[str]:
        asked = record.question(one.question)
        if asked is None:
            return
        themes = {theme.id: theme.words for theme in record.themes}
        answers = {answer.id: answer.words for answer in asked.answers}
        for texts in (themes.get(asked.theme), answers.get(one.answer), themes.get(one.answer)):
            yield from (texts or {}).values()
        if not asked.theme:
            yield from asked.words.values()
        yield from self._block_names(record, one.block)

    def _block_names(self, record: Record, ident: str) -> Iterator[str]:
        block = next((one for one in record.blocks if one.id == ident), None)
        if block and len(block.members) == 1:
            members = record.members.get(block.breakdown, ())
            yield from (
                text for one in members if one.id == block.members[0] for text in one.words.values()
            )

    @cached_property
    def _by_theme(self) -> Mapping[str, set[Triple]]:
        """What a theme's own page may tell: its rating, and itself as an answer."""
        found: dict[str, set[Triple]] = {
            theme.id: set() for record in self.records for theme in record.themes
        }
        for record, one in self._told_by_records():
            asked = record.question(one.question)
            for theme in {one.answer, asked.theme if asked else ""} & found.keys():
                found[theme].add(_triple(one))
        return found

    @property
    def _now(self) -> Record:
        return self.records[-1]

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
        if field == "count" and name in _HEAD:
            return {getattr(now, name)}
        if field in ("baseline", "target"):
            return {int(one["measure"][field]) for one in now.commitments}
        if field in ("k", "minimum"):
            return {getattr(now, field)}
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
            *range(len(self.records) + 1),
        }

    @cached_property
    def _watched(self) -> int:
        """How many figures are compared with the last edition."""
        scales = sum(asked.kind == Kind.SCALE for asked in self._now.asked)
        reasons = self._now.question("reasons")
        return scales + len(reasons.answers if reasons else ())

    # What is no figure: words that stand in a record

    def _unknown(self, text: str) -> str:
        """The text without what a record says in words: a promise, a question, an area's name."""
        if not any(map(str.isdigit, text)):
            return text
        for known in self._strings:
            if known in text:
                text = text.replace(known, GONE)
        return text

    @cached_property
    def _idents(self) -> set[str]:
        """Ids that look like numbers, such as "1-3m": they stand alone in the tables of ids."""
        found = (one for record in self.records for one in _strings((record.asked, record.members)))
        return {one for one in found if not one.isdigit()}

    @cached_property
    def _strings(self) -> list[str]:
        found = {
            plain(one)
            for record in self.records
            for part in (getattr(record, name, ()) for name in _WORDED)
            for one in _strings(part)
        }
        found |= {record.root for record in self.records}
        kept = (one for one in found if re.search(r"\d", one) and re.search(r"[^\W\d]{2}", one))
        return sorted(kept, key=len, reverse=True)


_WORDED = ("commitments", "asked", "themes", "members", "voices", "imported")
_HEAD = ("issued", "answered", "withdrawn", "counted", "k", "minimum", "holders", "destroyed")


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "__dict__"):
        yield from _strings(vars(value))


def _triple(one: Finding) -> Triple:
    return (one.low, one.high, one.n)


def _added(parts: Sequence[Finding]) -> Finding:
    """The line for everyone, added here again."""
    n, low, high = (sum(getattr(one, name) for one in parts) for name in ("n", "low", "high"))
    return Finding("all", parts[0].question, parts[0].answer, n, low, high)


def _means_of(one: Finding) -> set[Triple]:
    """The ways in which a range of sums may be told as a mean with one decimal."""
    low, high = (_tenth(one.low, one.n), _tenth(one.high, one.n))
    wider = (10 * one.low // one.n, -(-10 * one.high // one.n))
    return {(low / 10, high / 10, 5), (wider[0] / 10, wider[1] / 10, 5)}


def _tenth(points: int, n: int) -> int:
    return (20 * points + n) // (2 * n)


def _near(told: Told, share: float) -> bool:
    return share - _NEAR <= told.low / told.n and told.high / told.n <= share + _NEAR


def _value(number: str) -> int:
    digits = re.sub(r"[\u202f.,]", "", number)
    return int(digits) if digits.isdigit() else -1


def _name(text: str) -> str:
    return plain(text).casefold()
