"""What leads and what returns, told no more surely than overlapping ranges allow. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporter.analysis.trends import line, rating
from reporter.records import Asked, Finding, Record
from reporter.records.findings import FAVOURABLE, REASONS

TOP = 3
"""How many reasons or themes are named as leading."""

WINDOW, OFTEN = 4, 3
"""A theme returns when it leads in at least OFTEN of the last WINDOW editions."""

_READABLE = 4
"""A longer list of answers is shown in the order of its figures."""


@dataclass(frozen=True)
class Leading:
    """The findings at one end of a ranking; `clear` if nothing else could stand among them."""

    findings: tuple[Finding, ...]
    clear: bool


@dataclass(frozen=True)
class Recurring:
    """A theme that led in `times` of the last `editions` editions, whatever the ranges hide."""

    theme: str
    times: int
    editions: int


def reasons(record: Record) -> Leading:
    """The reasons most people named."""
    return most(record, REASONS, TOP)


def most(record: Record, question: str, size: int) -> Leading:
    """The answers most people gave. One that perhaps nobody gave is none of them."""
    asked = record.question(question)
    pairs = [(question, answer.id) for answer in asked.answers] if asked else []
    return _leading([one for one in _company(record, pairs) if one.low], size)


def shown(record: Record, asked: Asked) -> list[Finding]:
    """The question's answers in the order to show: as asked, and reasons by how many named them."""
    found = _company(record, [(asked.id, answer.id) for answer in asked.answers])
    by_count = asked.kind.several or len(asked.answers) > _READABLE
    return sorted(found, key=_middle, reverse=True) if by_count else found


def best(record: Record) -> Leading:
    """The themes with the highest shares of favourable ratings."""
    found = _ratings(record)
    return _leading(found, min(TOP, len(found) // 2))


def worst(record: Record) -> Leading:
    """The themes with the lowest shares of favourable ratings."""
    found = [_mirrored(one) for one in _ratings(record)]
    leading = _leading(found, min(TOP, len(found) // 2))
    return Leading(tuple(_mirrored(one) for one in leading.findings), leading.clear)


def _ratings(record: Record) -> list[Finding]:
    scales = (rating(record, theme.id) for theme in record.themes)
    return _company(record, [(asked.id, FAVOURABLE) for asked in scales if asked])


def _company(record: Record, pairs: Iterable[tuple[str, str]]) -> list[Finding]:
    found = (record.company(question, answer) for question, answer in pairs)
    return [one for one in found if one]


def _mirrored(one: Finding) -> Finding:
    return Finding(one.block, one.question, one.answer, one.n, one.n - one.high, one.n - one.low)


def _middle(finding: Finding) -> float:
    return sum(finding.shares)


def _leading(found: list[Finding], size: int) -> Leading:
    ranked = sorted(found, key=_middle, reverse=True)
    chosen, others = ranked[:size], ranked[size:]
    least = min((one.shares[0] for one in chosen), default=0.0)
    clear = all(other.shares[1] < least for other in others)
    return Leading(tuple(chosen), clear)


def recurring(records: Sequence[Record]) -> tuple[Recurring, ...]:
    """The themes that surely were among the most named in OFTEN of the last WINDOW editions."""
    window = records[-WINDOW:]
    themes = window[-1].themes if window else ()
    told = (_recurring(window, theme.id) for theme in themes)
    often = [one for one in told if one.times >= OFTEN]
    return tuple(sorted(often, key=lambda one: -one.times))


def _recurring(window: Sequence[Record], theme: str) -> Recurring:
    spots = line(window, REASONS, theme).spots
    alike = window[len(window) - len(spots) :]
    return Recurring(theme, sum(_leads(record, theme) for record in alike), len(window))


def _leads(record: Record, theme: str) -> bool:
    """Whether fewer than TOP other themes can have been named by more people."""
    mine = record.company(REASONS, theme)
    pairs = [(REASONS, other.id) for other in record.themes if other.id != theme]
    if not mine or not mine.low:
        return False
    ahead = [one for one in _company(record, pairs) if one.shares[1] > mine.shares[0]]
    return len(ahead) < TOP
