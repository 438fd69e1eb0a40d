"""What one record accounts for: its figures by name and theme, its means, and its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reporter.audit import views
from reporter.audit.parser import Tongue
from reporter.audit.spelling import counts, plain
from reporter.audit.views import View
from reporter.records import Finding, Record
from reporter.records.findings import SUM
from survey import config

Triple = tuple[float, float, int]
"""Low, high, and of how many."""

_WORDED = ("commitments", "asked", "themes", "members", "voices", "imported")


@dataclass(frozen=True)
class Account:
    """One record, read in one language."""

    record: Record
    tongue: Tongue

    @cached_property
    def frozen(self) -> View:
        """The record as pages of earlier versions tell it."""
        return views.frozen(self.record)

    @cached_property
    def narrowed(self) -> View:
        """The record as it is told now."""
        return views.narrowed(self.record)

    @cached_property
    def figures(self) -> frozenset[Triple]:
        """Every range that may be told."""
        return frozenset(_triple(one) for one in self._told)

    @cached_property
    def _told(self) -> list[Finding]:
        """Every displayed figure, and for everyone the sum of the displayed blocks.

        Pages tell what subtraction leaves of a range; those of earlier versions told it as frozen.
        """
        return [*_with_sums(self.frozen.findings), *_with_sums(self.narrowed.findings)]

    @cached_property
    def means(self) -> frozenset[Triple]:
        """Every mean that may be told, of a block or of everyone."""
        parts: dict[str, list[Finding]] = {}
        for one in self.record.findings:
            if one.answer == SUM:
                parts.setdefault(one.question, []).append(one)
        found = [one for many in parts.values() for one in (*many, _added(many))]
        return frozenset(mean for one in found for mean in _means_of(one))

    @cached_property
    def by_name(self) -> Mapping[str, set[Triple]]:
        """What a table's row or column may tell when it is named after something here."""
        found: dict[str, set[Triple]] = {}
        for one in self._told:
            for name in self._names(one):
                found.setdefault(fold(name), set()).add(_triple(one))
        return found

    def _names(self, one: Finding) -> Iterator[str]:
        """A theme, an answer, a question, a block, a class, the edition: all it may stand under."""
        asked = self.record.question(one.question)
        if asked is None:
            return
        answers = {answer.id: answer.words for answer in asked.answers}
        themes = self._themes
        for texts in (themes.get(asked.theme), answers.get(one.answer), themes.get(one.answer)):
            yield from (texts or {}).values()
        if not asked.theme:
            yield from asked.words.values()
        yield from self._blocks.get(one.block, ())
        yield from self.tongue.classes.get(one.answer, ())
        yield self.tongue.short(self.record.quarters)

    @cached_property
    def _themes(self) -> Mapping[str, Mapping[str, str]]:
        return {theme.id: theme.words for theme in self.record.themes}

    @cached_property
    def _blocks(self) -> Mapping[str, list[str]]:
        """A block of one area or tenure by that name; a joined one has none of its own."""
        words = {
            (breakdown, one.id): list(one.words.values())
            for breakdown, many in self.record.members.items()
            for one in many
        }
        single = [block for block in self.record.blocks if len(block.members) == 1]
        return {one.id: words.get((one.breakdown, one.members[0]), []) for one in single}

    @cached_property
    def by_theme(self) -> Mapping[str, set[Triple]]:
        """What a theme's own page may tell: its rating, and itself as an answer."""
        found: dict[str, set[Triple]] = {theme.id: set() for theme in self.record.themes}
        for one in self._told:
            asked = self.record.question(one.question)
            for theme in {one.answer, asked.theme if asked else ""} & found.keys():
                found[theme].add(_triple(one))
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids that look like numbers, such as "1-3m": they stand alone in the tables of ids."""
        found = _strings((self.record.asked, self.record.members))
        return frozenset(one for one in found if not one.isdigit())

    @cached_property
    def words(self) -> frozenset[str]:
        """What the record says in words that hold a digit: a promise, a question, an area."""
        parts = [getattr(self.record, name, ()) for name in _WORDED]
        found = {plain(one) for one in _strings(parts) if counts(one)} | {self.record.root}
        return frozenset(one for one in found if counts(one) and _WORD.search(one))


def named(config_at: Path) -> frozenset[str]:
    """What mkdocs.yml says of the organisation in words that hold a number: “3M Sverige”."""
    if not config_at.exists():
        return frozenset()
    found = config.read(config_at)
    own = (found.get("extra") or {}).get("avstamp", {})
    told = {plain(one) for one in _strings((found.get("site_name", ""), own))}
    return frozenset(one for one in told if counts(one) and _WORD.search(one))


_WORD = re.compile(r"[^\W\d_]")


def fold(text: str) -> str:
    """A name as it is looked up."""
    return plain(text).casefold()


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


def _with_sums(findings: Iterable[Finding]) -> list[Finding]:
    sums: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.answer != SUM:
            sums.setdefault((one.question, one.answer), []).append(one)
    parts = [one for many in sums.values() for one in many]
    return parts + [_added(many) for many in sums.values()]


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
