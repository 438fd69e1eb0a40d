"""A made-up edition of a project's own questionnaire, names and policy, built and audited aside.

What `survey check` passes must be publishable in the end: a quarter's answers would otherwise be
collected for an edition that the auditor refuses. Nothing of the project is read but what people
wrote, and nothing is written into it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, assert_never

from reporter import preflight
from reporter.audit.verdict import Verdict
from reporter.counting import assembly, disclosure, opening, tables
from reporter.counting.batch import Sealed
from reporter.host import Host
from reporter.paths import Files
from reporter.records import Record
from survey import quarter
from survey.ballots import Response, Tally, Terms, receipts
from survey.project import Project
from survey.questions import Item, Kind

_LEFT_OUT = ("responses", ".secrets", "editions", "public", "build", ".git", ".venv", "commitments")


def rehearsed(host: Host, seed: int = 1) -> Verdict:
    """What the auditor says of an edition that everybody in every area answered by chance."""
    with tempfile.TemporaryDirectory(prefix="avstamp-rehearsal-") as folder:
        root = Path(folder) / "project"
        shutil.copytree(host.files.project.root, root, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        for name in ("responses", "site/editions", "site/commitments"):
            (root / name).mkdir(parents=True, exist_ok=True)
        aside = replace(host, files=Files(Project(root)))
        return preflight.verdict(aside, edition(aside, Random(seed)))  # noqa: S311 - made up


def edition(host: Host, chance: Random) -> Record:
    """The record of made-up answers, so many that every group may be shown."""
    asked, policy = host.questionnaire, host.policy
    groups = max((len(one.choices) for one in asked.items.values() if one.id in _FACTS), default=1)
    people = max(policy.minimum, 3 * policy.k * groups)
    found = [_response(host, chance) for _ in range(people)]
    frame = opening.frame(found, asked)
    blocks = disclosure.cuts(tables.sizes(frame, asked), policy.k)
    cleared = disclosure.clear(tables.count(frame, asked, policy), blocks, asked.groups, policy)
    of = quarter.of(host.today).previous
    terms = Terms(of, (bytes(32),), of.closes, policy.k, policy.minimum)
    leaves = sorted(receipts.leaf(chance.randbytes(16)) for _ in found)
    sealed = [Sealed(terms, Tally(people + 5, people, 0), ())]
    return assembly.record(sealed, asked, policy, blocks, cleared, leaves, [], host.today)


_FACTS = ("area", "tenure")


def _response(host: Host, chance: Random) -> Response:
    items = host.questionnaire.items.values()
    answers: Mapping[str, Any] = {item.id: _answer(item, chance) for item in items}
    return Response({ident: one for ident, one in answers.items() if one is not None})


def _answer(item: Item, chance: Random) -> object:
    match item.kind:
        case Kind.ONE:
            return chance.choice(item.choices).id
        case Kind.SCALE:
            return chance.choice(item.points)
        case Kind.MANY:
            many = min(item.most, len(item.choices))
            return [one.id for one in chance.sample(item.choices, chance.randint(1, many))]
        case Kind.TEXT:
            return None
        case _:
            assert_never(item.kind)
