"""Raw tables to measure on: the made-up company's last eight quarters, and a real survey's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reporter.counting import opening, tables
from reporter.counting.disclosure import Cleared
from reporter.counting.tables import Table
from reporter.policy import read_policy
from reporter.records import Asked
from survey.ballots import Response
from survey.project import PACKAGED, Project
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.questions import Questionnaire
from tests.journey import test_real
from tests.support import company, replay
from tests.support.places import ROOT

Batch = tuple[Sequence[Table], Mapping[str, Mapping[str, int]]]
"""The tables of one batch, and how many people each area and tenure has."""


def made(folder: Path) -> dict[str, list[Batch]]:
    """The demo's batches, and those of DETE if its file is at hand."""
    asked = read_questionnaire(PACKAGED / "questionnaire.yaml")
    of, quarters = Quarter(2026, 3), []
    for _ in range(8):
        quarters.append(company.quarter_answers(of, seed=4))
        of = of.previous
    found = {"the demo": [_batch(asked, answers) for answers in quarters]}
    if test_real.FOUND.exists():
        (folder / "real").mkdir()
        areas = read_questionnaire(test_real.fresh_project(folder / "real").questionnaire)
        lines = replay.read_answers(test_real.FOUND)
        told = [[one for one in lines if one["batch"] == number] for number in range(1, 9)]
        found["DETE"] = [_batch(areas, answers) for answers in told]
    return found


def _batch(asked: Questionnaire, answers: Sequence[dict[str, Any]]) -> Batch:
    policy = read_policy(Project(ROOT), asked)
    frame = opening.frame([Response(one, bytes(32)) for one in answers], asked)
    return tables.count(frame, asked, policy), tables.sizes(frame, asked)


def asked_of(raw: Sequence[Table], cleared: Cleared) -> list[Asked]:
    """The questions as a record would list them, as far as their figures bind each other."""
    return [
        Asked(
            one.question, one.kind, one.breakdown, {}, cleared.answers[one.question], most=one.most
        )
        for one in raw
        if one.question in cleared.answers
    ]
