"""Real answers of a real exit survey, replayed over HTTP into eight editions, where they are found.

The file is not part of the project: 822 surveys of Queensland's Department of Education, as answers
to this questionnaire's ids, in batches 1 to 8, with areas a1 to a8.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reporter import report
from reporter.records import Record, archive
from survey import init, settings
from survey.project import Project
from survey.quarter import Quarter
from tests.support import boxes, demo, replay
from tests.support.places import DATA

FOUND = DATA / "dete-answers.jsonl"

pytestmark = pytest.mark.skipif(not FOUND.exists(), reason="the real answers are not at hand")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Record]]:
    """Eight quarters from 2024-q1 on, each answered over HTTP, drafted and published."""
    root = tmp_path_factory.mktemp("real")
    project = fresh_project(root)
    here = settings.load(project, {})
    lines = replay.read_answers(FOUND)
    of = Quarter(2024, 1)
    with demo.served(here) as address:
        for batch in range(1, 9):
            _publish(project, of, address, [one for one in lines if one["batch"] == batch])
            of = of.next
    return root, archive.read_all(project.site / "editions")


def fresh_project(root: Path) -> Project:
    """A project whose questionnaire asks for eight areas."""
    project = Project(root)
    init.project(project)
    text = project.questionnaire.read_text(encoding="utf-8")
    areas = "".join(f"\n          a{n}: {{sv: Område {n}, en: Area {n}}}" for n in range(1, 9))
    text = re.sub(r"(id: area.*?answers:)(\n {10}[^\n]*)*", rf"\1{areas}", text, flags=re.S)
    project.questionnaire.write_text(text, encoding="utf-8")
    return project


def _publish(project: Project, of: Quarter, address: str, answers: list[dict[str, Any]]) -> None:
    here = settings.load(project, {})
    far = of.closes.replace(year=of.closes.year + 40)
    links = demo.open_quarter(here, of, len(answers), closes=far)
    for link, one in zip(links, answers, strict=True):
        replay.send(re.sub(r"^http://[^/]+", address, link), one)
    boxes.closed(here, project.box(of))
    host = demo.host(here, far + timedelta(days=1))
    report.draft(host, of, [project.box(of)])
    report.publish_edition(host, of)


def test_every_response_is_counted_once(editions: tuple[Path, list[Record]]) -> None:
    _, records = editions
    assert len(records) == 8
    assert sum(one.counted for one in records) == 822
    bases = [one.company("kind", "own") for one in records]
    assert sum(base.n for base in bases if base) == 822


def test_blocks_of_each_edition_hold_everyone_once(editions: tuple[Path, list[Record]]) -> None:
    for one in editions[1]:
        for breakdown in ("area", "tenure"):
            blocks = [block for block in one.blocks if block.breakdown == breakdown]
            assert sum(block.n for block in blocks) in (0, one.counted)
            assert all(block.n >= one.k for block in blocks)


def test_both_languages_of_every_edition_are_published(
    editions: tuple[Path, list[Record]],
) -> None:
    root, records = editions
    for language in ("sv", "en"):
        for one in records:
            page = root / "site" / "public" / language / str(one.edition) / "index.html"
            assert str(one.counted) in page.read_text(encoding="utf-8")
