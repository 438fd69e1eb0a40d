"""Tiny records for the tests of what is told from them: three themes, one area split, no texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reporter.commitments import Commitment, Status, snapshot
from reporter.commitments.commitment import Measure, Step
from reporter.records import Asked, Block, Finding, Record
from reporter.records.findings import FAVOURABLE, NEUTRAL, SUM, UNFAVOURABLE
from survey import quarter
from survey.ballots import receipts
from survey.questions import Choice, Kind

THEMES = tuple(
    Choice(one, {"sv": one.title(), "en": one.upper()}, group)
    for one, group in {"pay": "terms", "team": "people", "growth": "terms"}.items()
)
GROUPS = tuple(Choice(one, {"sv": one, "en": one}) for one in ("terms", "people"))
POINTS = tuple(Choice(str(n), {"sv": str(n), "en": str(n)}) for n in range(1, 6))
AREAS = tuple(Choice(one, {"sv": one.title(), "en": one.upper()}) for one in ("north", "south"))

LEAVES = [number.to_bytes(32) for number in range(31)]

Told = tuple[int, int, int]
"""A base and a range: n, low, high."""


def record(
    edition: str = "2026-q1",
    reasons: Mapping[str, Told] | None = None,
    ratings: Mapping[str, Told] | None = None,
    promises: Sequence[Commitment] = (),
    **changes: Any,
) -> Record:
    """An edition in which these reasons were named and these themes rated favourably."""
    found = [Finding("all", "reasons", key, *told) for key, told in (reasons or {}).items()]
    found += [
        Finding("all", f"rate_{key}", FAVOURABLE, *told) for key, told in (ratings or {}).items()
    ]
    when = quarter.parse(edition)
    made = Record(
        edition=when,
        quarters=(when,),
        published=date(when.next.year, 3 * when.next.number - 1, 10),
        k=7,
        minimum=30,
        issued=40,
        answered=31,
        withdrawn=0,
        counted=31,
        languages=("sv", "en"),
        themes=THEMES,
        members={"area": AREAS, "tenure": ()},
        asked=(asked("reasons", "many", THEMES), *(rate(theme.id) for theme in THEMES)),
        blocks=(Block("all", "none", (), 31),),
        findings=tuple(found),
        withheld=(),
        leaves=tuple(leaf.hex() for leaf in LEAVES),
        root=receipts.root(LEAVES).hex(),
        holders=1,
        destroyed=1,
        commitments=tuple(map(snapshot, promises)),
    )
    return replace(made, **changes)


def asked(ident: str, kind: str, answers: tuple[Choice, ...], theme: str = "") -> Asked:
    """A question whose words are its id."""
    return Asked(ident, Kind(kind), "none", {"sv": ident, "en": ident}, answers, theme)


def rate(theme: str) -> Asked:
    """The statement on a theme."""
    return asked(f"rate_{theme}", "scale", POINTS, theme)


def reworded(made: Record, question: str) -> Record:
    """The same edition with another wording of one question."""
    other = {"sv": "annorlunda", "en": "otherwise"}
    changed = [replace(one, words=other) if one.id == question else one for one in made.asked]
    return replace(made, asked=tuple(changed))


def by_area(made: Record) -> Record:
    """The same edition with the rating of pay in two areas, one of them withheld."""
    cut = [replace(one, breakdown="area") if one.theme else one for one in made.asked]
    blocks = (Block("area-1", "area", ("north",), 20), Block("area-2", "area", ("south", ""), 11))
    told = {UNFAVOURABLE: (4, 4), NEUTRAL: (0, 2), FAVOURABLE: (14, 14), SUM: (69, 71)}
    found = [Finding("area-1", "rate_pay", key, 20, *ends) for key, ends in told.items()]
    return replace(
        made,
        asked=tuple(cut),
        blocks=(*made.blocks, *blocks),
        findings=(*made.findings, *found),
        withheld=(("area-2", "rate_pay"),),
    )


PROMISE = Commitment(
    id="pay-review",
    title={"sv": "Se över lönerna", "en": "Review pay"},
    theme="pay",
    goal={"sv": "Alla löner jämförda.", "en": "All pay compared."},
    measure=Measure("rate_pay", FAVOURABLE, 40, 60),
    owner={"sv": "HR-chefen", "en": "Head of HR"},
    made=date(2025, 8, 1),
    due=date(2026, 3, 31),
    status=Status.UNDER_WAY,
    reason={},
    history=(
        Step(date(2025, 9, 1), Status.UNDER_WAY, {"sv": "Vi har börjat.", "en": "We began."}),
    ),
)
