"""working.alone: the second command waits or is told who is there; what was cut off is cleared."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from reporter import cli, report
from reporter.host import Host
from reporter.paths import Files
from reporter.working import leftovers
from reporter.working.alone import held, tidied
from survey.problems import Problem
from survey.project import Project
from tests.support import desks, drafted
from tests.support.boxes import files_in
from tests.support.desks import OF
from tests.support.drafted import Q3


@pytest.fixture
def files(project: Project) -> Files:
    """Where a fresh project keeps its files."""
    return Files(project)


def _elsewhere(files: Files, what: str, until: threading.Event) -> threading.Thread:
    """Somebody else at work; it has begun when this returns."""
    begun = threading.Event()

    def work() -> None:
        with held(files, what):
            begun.set()
            until.wait(20)

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(5)
    return thread


def test_whoever_comes_second_is_told_what_is_at_work(files: Files) -> None:
    until = threading.Event()
    other = _elsewhere(files, "reporter draft 2026-q4", until)
    with pytest.raises(Problem, match="`reporter draft 2026-q4` is at work"):
        held(files, "reporter build", wait=0.1).__enter__()
    until.set()
    other.join()


def test_whoever_waits_goes_on_when_the_other_has_ended(files: Files) -> None:
    until = threading.Event()
    other = _elsewhere(files, "reporter build", until)
    threading.Timer(0.3, until.set).start()
    began = time.monotonic()
    with held(files, "reporter draft", wait=10):
        assert time.monotonic() - began > 0.2
    other.join()


def test_a_step_within_a_step_does_not_wait_for_itself(files: Files) -> None:
    with held(files, "reporter draft"), held(files, "the preview", wait=0):
        assert files.building.stat().st_mode & 0o777 == 0o700
    assert not files.building.exists()


def test_clearing_up_leaves_alone_what_somebody_is_building(files: Files) -> None:
    until = threading.Event()
    other = _elsewhere(files, "reporter build", until)
    (files.building / "half").mkdir()
    tidied(files)
    assert (files.building / "half").exists()
    until.set()
    other.join()
    assert not files.building.exists()


def test_a_folder_that_is_no_project_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="--project DIR"):
        held(files_in(tmp_path / "nowhere"), "reporter build").__enter__()


@pytest.mark.parametrize("name", ["status", "audit", "withheld", "keys"])
def test_any_command_clears_what_an_earlier_version_left_below_public(
    files: Files, name: str
) -> None:
    """Drafts under audit lay there, and stayed after a kill."""
    draft = files.public / f".{OF}-sv"
    draft.mkdir(parents=True)
    (draft / "index.html").write_text("a draft", encoding="utf-8")
    (files.public / "sv").mkdir()
    (files.public / "sv" / ".latest").symlink_to(str(OF))
    text = files.project.root / "build" / "pages" / "sv"
    text.mkdir(parents=True)
    words = [name] if name == "audit" else [name, str(OF)]
    cli.main(["--project", str(files.project.root), *words])
    assert not draft.exists()
    assert not text.exists()
    assert list((files.public / "sv").iterdir()) == []


def test_half_a_private_file_is_destroyed_once_nobody_can_be_writing_it(files: Files) -> None:
    half = files.draft_folder / f".{OF}.json.part"
    half.parent.mkdir(parents=True)
    half.write_text("half a draft", encoding="utf-8")
    leftovers.clear(files, now=half.stat().st_mtime + 5)
    assert half.exists()
    leftovers.clear(files, now=half.stat().st_mtime + 15)
    assert not half.exists()


def test_a_key_that_came_to_its_name_is_not_overwritten_through_its_other_name(
    files: Files,
) -> None:
    key = files.private_keys(OF)[0]
    key.write_text("a key", encoding="utf-8")
    half = key.with_name(f".{key.name}.part")
    half.hardlink_to(key)
    leftovers.clear(files, now=half.stat().st_mtime + 15)
    assert not half.exists()
    assert key.read_text(encoding="utf-8") == "a key"


def test_a_step_of_an_edition_is_refused_while_another_command_is_at_work(host: Host) -> None:
    drafted.draft(host)
    until = threading.Event()
    other = _elsewhere(host.files, "reporter history import", until)
    with pytest.raises(Problem, match="`reporter history import` is at work"):
        report.publish_edition(host, Q3)
    assert host.files.private_keys(Q3)[0].exists()
    until.set()
    other.join()


def test_the_desk_changes_nothing_while_a_command_is_at_work_and_shows_its_pages(
    project: Project,
) -> None:
    desk = desks.desk(project)
    desk.sign_in()
    token, until = desk.token(), threading.Event()
    files = desk.host().files
    before = desks.files(desk.project.root)
    other = _elsewhere(files, "reporter build", until)
    reply = desk.post(f"/q/{OF}/keys", token)
    assert reply.status == 409
    assert "reporter build" in reply.html
    assert desk.get(f"/q/{OF}/").status == 200
    until.set()
    other.join()
    assert desks.files(desk.project.root) == before
