"""Records to build tests on: a small one, and editions of the made-up company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reporter.analysis import goals
from reporter.commitments import commitment, reading
from reporter.counting import assembly, disclosure, opening, tables
from reporter.counting.batch import Sealed
from reporter.policy import Policy, read_policy
from reporter.records import Asked, Block, Finding, Record
from survey.ballots import Response, Tally, Terms, receipts
from survey.project import PACKAGED, Project
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.questions import Choice, Kind
from tests.support import company
from tests.support.places import COMMITMENTS, ROOT, SAMPLES

LAST = Quarter(2026, 3)
LEAVES = [number.to_bytes(32) for number in range(41)]
AGREE = tuple(Choice(str(point), {"sv": str(point), "en": str(point)}) for point in range(1, 6))
PAY = Asked("rate_pay", Kind.SCALE, "area", {"sv": "Lön?", "en": "Pay?"}, AGREE, "pay")


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
        "asked": (PAY,),
        "blocks": (Block("all", "none", (), 41), Block("area-1", "area", ("a", ""), 20)),
        "findings": findings or (Finding("area-1", "rate_pay", "favourable", 19, 11, 11),),
        "withheld": (("area-2", "rate_pay"),),
        "leaves": tuple(leaf.hex() for leaf in LEAVES),
        "root": receipts.root(LEAVES).hex(),
        "goals": ({"words": {"sv": "Mål", "en": "Goal"}, "weight": 2, "themes": ["pay"]},),
        "commitments": ({"id": "one", "history": [{"date": "2026-01-02", "sv": "Å"}]},),
    }
    return Record(**{**standing, **others})  # type: ignore[arg-type]


def history(editions: int, last: Quarter = LAST) -> list[Record]:
    """So many editions of the made-up company, through the real gate, without box or form."""
    quarters = [last]
    while len(quarters) < editions:
        quarters.insert(0, quarters[0].previous)
    return [edition(one) for one in quarters]


def edition(of: Quarter) -> Record:
    """One edition of the made-up company, its answers never having been sealed."""
    asked = read_questionnaire(PACKAGED / "questionnaire.yaml")
    answers = company.quarter_answers(of, seed=4)
    return counted(of, answers, read_policy(Project(ROOT), asked))


def counted(of: Quarter, answers: Sequence[dict[str, Any]], policy: Policy) -> Record:
    """The edition of these answers to the packaged questionnaire, as a draft counts them."""
    asked = read_questionnaire(PACKAGED / "questionnaire.yaml")
    frame = opening.frame([Response(one, bytes(32)) for one in answers], asked)
    blocks = disclosure.cuts(tables.sizes(frame, asked), policy.k)
    raw = tables.count(frame, asked, policy)
    cleared = disclosure.clear(raw, blocks, asked.groups, policy)
    terms = Terms(of, (bytes(32),), of.closes, policy.k, policy.minimum)
    sealed = Sealed(terms, Tally(len(answers) + 20, len(answers), 0), [])
    promised = reading.read(COMMITMENTS, asked)
    told = [commitment.snapshot(one) for one in promised if one.made <= of.closes]
    leaves = sorted(receipts.leaf(f"{of} {n}".encode()) for n in range(len(answers)))
    made = assembly.record([sealed], asked, policy, blocks, cleared, leaves, told, of.closes)
    aims = goals.read(SAMPLES / "goals.yaml", asked)
    return replace(made, goals=tuple(map(goals.snapshot, aims)))
