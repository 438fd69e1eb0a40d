"""The values behind the files of tests/vectors/: what code reads them to, and writes them from.

These are printed or frozen, so a red test over them means that old slips, receipts or records would
stop working. Mend the code, never the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from reporter.records import Asked, Block, Finding, Note, Record
from reporter.records.record import Source, Voice
from survey.quarter import Quarter
from survey.questions import Choice, Kind
from tests.support.places import VECTORS

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)


def vector(name: str) -> bytes:
    """The file's bytes."""
    return (VECTORS / name).read_bytes()


def text(name: str) -> str:
    """The file's text; its line ends are as they stand."""
    return vector(name).decode("utf-8")


def leaves(count: int) -> list[bytes]:
    """So many prints of receipts, sorted as an edition publishes them."""
    given = [hashlib.sha256(f"receipt {n}".encode()).digest()[:16] for n in range(count)]
    return sorted(hashlib.sha256(b"leaf" + one).digest() for one in given)


_PAY = Choice("pay", {"sv": "Lön & ”förmåner”", "en": 'Pay, "benefits"'}, "terms")
_TEAM = Choice("team", {"sv": "Kollegor", "en": "The team"}, "people")
_AREAS = (
    Choice("north", {"sv": "Norr", "en": "North"}),
    Choice("south", {"sv": "Söder", "en": "S"}),
)
_POINTS = tuple(Choice(str(n), {"sv": f"{n} poäng", "en": f"{n} points"}) for n in range(1, 6))

RECORD = Record(
    edition=Q4,
    quarters=(Q3, Q4),
    published=date(2027, 2, 3),
    k=7,
    minimum=30,
    issued=60,
    answered=9,
    withdrawn=2,
    counted=7,
    languages=("sv", "en"),
    themes=(_PAY, _TEAM),
    members={"area": _AREAS, "tenure": ()},
    asked=(
        Asked("reasons", Kind.MANY, "none", {"sv": "Varför?", "en": "Why?"}, (_PAY, _TEAM), most=4),
        Asked("rate_pay", Kind.SCALE, "area", {"sv": "Lön?", "en": "Pay?"}, _POINTS, "pay"),
    ),
    blocks=(
        Block("all", "none", (), 7),
        Block("area-1", "area", ("north",), 4),
        Block("area-2", "area", ("south", ""), 3),
    ),
    findings=(
        Finding("all", "reasons", "pay", 7, 5, 5),
        Finding("all", "reasons", "team", 7, 0, 2),
        Finding("area-1", "rate_pay", "favourable", 4, 2, 4),
        Finding("area-1", "rate_pay", "sum", 4, 13, 15),
    ),
    withheld=(("area-2", "rate_pay"),),
    leaves=tuple(one.hex() for one in leaves(7)),
    root="03bda2bf4070765ec282c662541754b436e04abcc95cac5ca671f09ed7669831",
    commitments=({"id": "pay-review", "due": "2027-06-30", "history": [{"sv": "Å", "en": "A"}]},),
    holders=2,
    destroyed=1,
    goals=({"words": {"sv": "Mål", "en": "Goal"}, "weight": 2, "themes": ["pay"]},),
    voices=(
        Voice("pay", "problem", "paraphrase", {"sv": "Lönen är låg.", "en": "Pay is low."}),
        Voice("team", "strength", "quote", {"sv": "<b>Ni!</b>", "en": "<b>Ni!</b>"}),
    ),
    moderation=(("came", 20, 22), ("held", 0, 2)),
)
"""An edition with all that a record of a ballot box can hold."""

NOTE = Note(
    Q4, "all", "reasons", "pay", date(2027, 3, 4), {"sv": "Fel grupp.", "en": "The wrong group."}
)
"""A figure withdrawn since; it stands in the data file that readers take, not in the frozen one."""

_OWN = Asked("own_bus", Kind.ONE, "none", {"sv": "Bussen?", "en": "The bus?"}, _AREAS, page="why")
PAGED = replace(RECORD, asked=(*RECORD.asked, _OWN))
"""An edition with a question of the organisation's own, which names the page it stands on."""

APART = replace(RECORD, apart=1)
"""An edition whose second key was made by its holder elsewhere."""

IMPORTED = replace(
    RECORD,
    edition=Quarter(2024, 1),
    quarters=(Quarter(2024, 1),),
    issued=0,
    answered=0,
    withdrawn=0,
    leaves=(),
    root=hashlib.sha256(b"").hexdigest(),
    commitments=(),
    holders=0,
    destroyed=0,
    goals=(),
    imported=Source(
        {"sv": "Enkäten 2024", "en": "The survey of 2024"}, {"sv": "Egen", "en": "Own"}
    ),
    voices=(),
    moderation=(),
)
"""An edition of an earlier survey: without links, receipts, promises or anything of free text."""
