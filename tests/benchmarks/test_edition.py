"""What an edition costs: CPU-seconds of a whole process, against bare builds of the same pages."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from reporter.records import archive
from survey.project import Project
from tests.support.memory import PEAK
from tests.support.records import history

ROUNDS = 5
FLOOR = 2.0
"""Building an edition costs at most so many times two bare builds of its pages."""

MANY = 40
SECOND = 1.1
"""An edition after many others costs at most so many times what it does after one."""

pytestmark = pytest.mark.bench

SHOW = """
import sys
from datetime import date
from pathlib import Path
from reporter.publishing import staging
from reporter.records import archive
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from survey.questionnaire import read_questionnaire
from survey.project import Project
project = Project(Path("."))
asked = read_questionnaire(project.questionnaire)
host = Host(
    Files(project), asked, read_policy(project, asked), date(2026, 11, 24), lambda _: None
)
records = archive.read_all(host.files.editions)[-int(sys.argv[1]):]
staging.swapped(host, records, staging.prepared(host, records))
"""


AGAIN = """
from pathlib import Path
from reporter import cli
assert cli.main(["build"]) == 0
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
    _kept(project, 8)
    _cpu(project.root, "-c", SHOW, "8")
    rounds = []
    for _ in range(ROUNDS):
        bare = _bare(project.root, "sv") + _bare(project.root, "en")
        rounds.append((_cpu(project.root, "-c", SHOW, "8"), bare))
    ratio = statistics.median(ours / bare for ours, bare in rounds)
    ours, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"\nan edition {ours:.2f} CPU s, two bare builds {bare:.2f} CPU s: {ratio:.2f} times")
    assert ratio <= FLOOR


def _kept(project: Project, editions: int) -> None:
    for one in history(editions):
        archive.write(one, project.site / "editions" / f"{one.edition}.json")


def test_the_fortieth_edition_costs_what_it_would_as_the_second(project: Project) -> None:
    """The same edition after 39 others and after one: what differs is the past alone."""
    _kept(project, MANY)
    _cpu(project.root, "-c", SHOW, "2")
    rounds = []
    for _ in range(ROUNDS):
        late, early = (_cpu(project.root, "-c", SHOW, str(n)) for n in (MANY, 2))
        rounds.append((late, early))
    ratio = statistics.median(late / early for late, early in rounds)
    late, early = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(
        f"\nas edition {MANY}: {late:.2f} CPU s, as edition 2: {early:.2f} CPU s: {ratio:.2f} times"
    )
    assert ratio <= SECOND


def test_what_it_takes_to_build_forty_editions_again(project: Project) -> None:
    """Stated, not bounded: builds, audit and swap of everything ever published."""
    _kept(project, MANY)
    told = project.root / "peak"
    spent = _cpu(project.root, "-c", f"{AGAIN}\nPath({str(told)!r}).write_text(str({PEAK}))")
    peak = float(told.read_text())
    print(f"\n{MANY} editions built again: {spent:.0f} CPU s, {peak:.0f} MiB at most")
    assert len(list((project.site / "public" / "sv").glob("????-q?"))) == MANY
