"""A small record to build tests on."""

from __future__ import annotations

from datetime import date

from reporter.findings import Finding
from reporter.record import Asked, Block, Record
from survey.quarter import Quarter
from survey.questions import Choice

AGREE = tuple(Choice(str(point), {"sv": str(point), "en": str(point)}) for point in range(1, 6))


def a_record(edition: Quarter, findings: tuple[Finding, ...] = (), **others: object) -> Record:
    """An edition of one question over two areas, or of the findings given."""
    standing: dict[str, object] = {
        "edition": edition,
        "quarters": (edition,),
        "published": date(2027, 2, 3),
        "k": 7,
        "minimum": 30,
        "issued": 60,
        "answered": 42,
        "withdrawn": 1,
        "counted": 41,
        "languages": ("sv", "en"),
        "themes": (Choice("pay", {"sv": "Lön", "en": "Pay"}, "conditions"),),
        "members": {"area": (Choice("a", {"sv": "A|B", "en": "<A>"}),), "tenure": ()},
        "asked": (Asked("rate_pay", "scale", "area", {"sv": "Lön?", "en": "Pay?"}, AGREE, "pay"),),
        "blocks": (Block("all", "none", (), 41), Block("area-1", "area", ("a", ""), 20)),
        "findings": findings or (Finding("area-1", "rate_pay", "favourable", 19, 11, 11),),
        "withheld": (("area-2", "rate_pay"),),
        "leaves": ("00" * 32,),
        "root": "ab" * 32,
        "commitments": ({"id": "one", "history": [{"date": "2026-01-02", "sv": "Å"}]},),
    }
    return Record(**{**standing, **others})  # type: ignore[arg-type]
