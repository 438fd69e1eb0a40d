"""Editions to audit: one that is whole, ways to spoil it by hand, and what is said against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.audit import audit
from reporter.counting import disclosure
from reporter.paths import Files
from reporter.records import Asked, Block, Finding, Record
from reporter.records.findings import FAVOURABLE, NEUTRAL, SUM, UNFAVOURABLE, WROTE
from survey import quarter
from survey.ballots import receipts
from survey.problems import Problem
from survey.questions import Kind
from tests.support.editions import PROMISE, THEMES, asked, record

Q1, Q2 = quarter.parse("2026-q1"), quarter.parse("2026-q2")
REASONS = {"pay": (31, 12, 12), "team": (31, 0, 2), "growth": (31, 18, 18)}
CLASSES = (UNFAVOURABLE, NEUTRAL, FAVOURABLE)
AREAS = (Block("area-1", "area", ("north",), 20), Block("area-2", "area", ("south", ""), 11))


def whole(edition: str = "2026-q1", **changes: object) -> Record:
    """An edition of 31 answers: reasons for everyone, and pay rated in two areas."""
    rate = next(one for one in record().asked if one.id == "rate_pay")
    cut = replace(rate, breakdown="area")
    found = [Finding("all", "reasons", key, *told) for key, told in REASONS.items()]
    found += rated("area-1", 20, (4, 3, 13), 70) + rated("area-2", 11, (1, 3, 7), 40)
    leaves = sorted(receipts.leaf(f"{edition} {n}".encode()) for n in range(31))
    made = record(
        edition,
        promises=[PROMISE],
        asked=(asked("reasons", "many", THEMES), cut),
        blocks=(Block("all", "none", (), 31), *AREAS),
        findings=tuple(found),
        leaves=tuple(leaf.hex() for leaf in leaves),
        root=receipts.root(leaves).hex(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def rated(block: str, n: int, counts: tuple[int, int, int], points: int) -> list[Finding]:
    """Pay as one area rated it, each class and the sum as the gate shows them."""
    shown = [
        Finding(block, "rate_pay", one, n, *disclosure.display(count, n))
        for one, count in zip(CLASSES, counts, strict=True)
    ]
    bounds = disclosure.display_sum(points, counts[1], n)
    return shown + ([Finding(block, "rate_pay", SUM, n, *bounds)] if bounds else [])


def others(made: Record, *new: Finding) -> Record:
    """The same edition with these figures in place of those of their (block, question)."""
    keys = {(one.block, one.question) for one in new}
    kept = [one for one in made.findings if (one.block, one.question) not in keys]
    places = {one.id: number for number, one in enumerate(made.asked)}
    blocks = {one.id: number for number, one in enumerate(made.blocks)}
    rows = sorted((*kept, *new), key=lambda one: (places[one.question], blocks[one.block]))
    return replace(made, findings=tuple(rows))


LEDGER = (("came", 20, 20), ("paraphrased", 12, 12), ("quoted", 0, 0), ("held", 0, 2))
"""What became of the comments: a row each, as the gate shows a count."""


def refused(files: Files) -> str:
    """What the auditor says against what is published."""
    with pytest.raises(Problem) as caught:
        audit.site(files).stop()
    return str(caught.value)


def page(files: Files, address: str) -> Path:
    """A built page."""
    return files.project.site / "public" / address / "index.html"


def change(path: Path, old: str, new: str) -> None:
    """Edit a built file by hand."""
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def unanimous(display: Callable[[int, int], tuple[int, int]]) -> Record:
    """An edition in which all eleven of one area agree, shown by another gate."""
    counts = zip(CLASSES, (0, 0, 11), strict=True)
    south = [Finding("area-2", "rate_pay", one, 11, *display(count, 11)) for one, count in counts]
    return others(whole(), *south)


TEXT = Asked("improve", Kind.TEXT, "none", {"sv": "Mer?", "en": "More?"}, ())


def told(wrote: tuple[int, int], *named: Finding) -> Record:
    """An edition of 31 in which so many wrote, and what is told of their themes."""
    made = whole()
    derived = replace(TEXT, id="said_improve_problem", kind=Kind.MANY, answers=made.themes)
    base = Finding("all", "improve", WROTE, 31, *wrote)
    return replace(
        made, asked=(*made.asked, TEXT, derived), findings=(*made.findings, base, *named)
    )


def named(n: int, low: int, high: int, theme: str = "pay") -> Finding:
    """So many of n name the theme."""
    return Finding("all", "said_improve_problem", theme, n, low, high)
