"""A project that an earlier version left goes on: its box, draft, records, register and pages.

`tests/support/projects/<version>.tar.xz` is a small project as that version left it: two published
editions with a commitment, a quarter drafted and sorted, a quarter open with a link unused. Its
people, keys and answers are made up. None is ever made again: each version that changes what lies
in a project adds its own.
"""

from __future__ import annotations

import tarfile
from datetime import timedelta
from pathlib import Path

import pytest

from reporter import cli as reporter
from reporter import drafts, keys, report
from reporter.comments import decisions
from reporter.records import archive, register
from survey import cli as survey
from survey import settings
from survey.ballots import Stage, box, seal
from survey.project import Project
from survey.quarter import Quarter
from survey.web import app
from tests.support import company, demo, replay

PROJECTS = sorted((Path(__file__).parents[1] / "support" / "projects").glob("*.tar.xz"))
PUBLISHED = (Quarter(2025, 4), Quarter(2026, 1))
DRAFTED, OPEN = Quarter(2026, 2), Quarter(2026, 3)
LATER = DRAFTED.closes + timedelta(days=6)


@pytest.fixture(params=PROJECTS, ids=lambda path: path.name.removesuffix(".tar.xz"))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """The project, unpacked."""
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path / "exits", filter="data")
    return Project(tmp_path / "exits")


def _reporter(project: Project, *arguments: str) -> int:
    return reporter.main(["--project", str(project.root), *arguments])


def test_its_editions_pass_the_audit_as_they_were_built(old: Project) -> None:
    assert _reporter(old, "audit") == 0


def test_an_unused_link_of_its_open_box_still_takes_an_answer(old: Project) -> None:
    here = settings.load(old, {})
    (address,) = (old.root / "links.txt").read_text(encoding="utf-8").split()
    client = app.create(here, lambda: OPEN.last).test_client()
    (answers,) = company.quarter_answers(OPEN, seed=9, leavers=1)
    assert replay.answer(demo.InProcess(client), address, answers)
    with box.opened(old.box(OPEN), here.ledger_key) as one:
        assert one.tally().answered == 2
    assert survey.main(["--project", str(old.root), "status", str(OPEN)]) == 0


def test_its_draft_reads_as_it_was_and_drafting_again_tells_the_same(old: Project) -> None:
    host = demo.host(settings.load(old, {}), LATER)
    before, sorted_by_hr = drafts.counted(host, DRAFTED), drafts.comments(host, DRAFTED)
    assert decisions.progress(sorted_by_hr).decided > 0
    again = report.draft(host, DRAFTED, [old.box(DRAFTED)])
    assert again.findings == before.findings
    assert (again.asked, again.blocks, again.leaves) == (before.asked, before.blocks, before.leaves)
    kept = drafts.comments(host, DRAFTED)
    assert decisions.progress(kept) == decisions.progress(sorted_by_hr)


def test_drafting_its_closed_box_tells_what_it_lacks(
    old: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also in a pipe: whoever reads it may know the leavers."""
    assert _reporter(old, "draft", str(DRAFTED)) == 0
    assert "mind: was made by an earlier version" in capsys.readouterr().err


def test_its_open_box_is_closed_by_its_host_and_tells_what_was_before(old: Project) -> None:
    test_an_unused_link_of_its_open_box_still_takes_an_answer(old)
    assert survey.main(["--project", str(old.root), "close", str(OPEN)]) == 0
    with box.opened(old.box(OPEN)) as one:
        assert one.sealed() is Stage.CLOSED
        sealed = one.bodies(), one.leaves()
    private = keys.private(old.secrets / f"{OPEN}.key")
    responses = seal.open_all(sealed[0], [private])
    beside = [one.leaf for one in responses if one.leaf]
    assert (len(beside), len(seal.open_leaves(sealed[1], [private]))) == (1, 1)


def test_its_draft_is_published_beside_editions_that_keep_their_bytes(old: Project) -> None:
    folder = old.site / "editions"
    frozen = {path.name: path.read_bytes() for path in folder.glob("????-q?.json")}
    entries = register.read(folder)
    assert _reporter(old, "publish", str(DRAFTED)) == 0
    assert _reporter(old, "audit") == 0
    assert {name: (folder / name).read_bytes() for name in frozen} == frozen
    assert register.read(folder)[: len(entries)] == entries
    assert [one.edition for one in archive.read_all(folder)] == [*PUBLISHED, DRAFTED]
    assert not (old.secrets / f"{DRAFTED}.key").exists()


def test_all_its_pages_are_made_again_from_its_records(old: Project) -> None:
    assert _reporter(old, "build") == 0
    assert _reporter(old, "audit") == 0
    for edition in PUBLISHED:
        assert (old.site / "public" / "sv" / str(edition) / "index.html").exists()
