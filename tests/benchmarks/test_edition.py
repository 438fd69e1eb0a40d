"""What an edition costs: CPU-seconds of a whole process, against bare builds of the same pages."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from records import history

from reporter import record
from survey.project import Project

ROUNDS = 5
FLOOR = 3.5
"""Building an edition costs at most so many times two bare builds of its pages."""

pytestmark = pytest.mark.bench

SHOW = """
from datetime import date
from pathlib import Path
from reporter import record, report, settings
from reporter.settings import Files
from survey import questions
from survey.project import Project
project = Project(Path("."))
asked = questions.read(project.questionnaire)
house = report.House(
    Files(project), asked, settings.policy(project, asked), date(2026, 11, 24), lambda _: None
)
records = record.read_all(house.files.editions)
report.swapped(house, records, report.prepared(house, records))
"""


def _cpu(folder: Path, *arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _bare(folder: Path, language: str) -> float:
    """`mkdocs build` of the pages that the edition was made of, with the same theme."""
    config = folder / f"bare-{language}.yml"
    lines = [f"INHERIT: {folder / 'mkdocs.yml'}", f"docs_dir: {folder / 'build/pages' / language}"]
    config.write_text("\n".join([*lines, f"site_dir: {folder / 'build/bare'}", ""]))
    return _cpu(folder, "-m", "mkdocs", "build", "-q", "-f", config.name)


def test_an_edition_costs_little_more_than_two_bare_builds(project: Project) -> None:
    for one in history(8):
        record.write(one, project.site / "editions" / f"{one.edition}.json")
    _cpu(project.root, "-c", SHOW)
    rounds = []
    for _ in range(ROUNDS):
        bare = _bare(project.root, "sv") + _bare(project.root, "en")
        rounds.append((_cpu(project.root, "-c", SHOW), bare))
    ratio = statistics.median(ours / bare for ours, bare in rounds)
    ours, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"\nan edition {ours:.2f} CPU s, two bare builds {bare:.2f} CPU s: {ratio:.2f} times")
    assert ratio <= FLOOR
