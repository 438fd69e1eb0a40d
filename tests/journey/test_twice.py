"""Our own commands done twice, on copies, by whoever runs the reporting host: nobody stands out."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from reporter import cli as reporter
from survey import cli as survey
from survey import init, quarter, settings
from survey.project import Project
from survey.settings import Settings
from survey.web import app
from tests.support import company, demo, replay

NOW = quarter.of(date.today())


@pytest.fixture
def addresses(here: Settings) -> list[str]:
    """The links of an open quarter, thirty-one of which are used."""
    found = demo.open_quarter(here, NOW, 45)
    for address, one in zip(found, company.quarter_answers(NOW, 4, 31), strict=False):
        _answer(here, address, one)
    return found


def _answer(here: Settings, address: str, answers: dict[str, object]) -> None:
    client = app.create(here, date.today).test_client()
    assert replay.answer(demo.InProcess(client), address, answers)


@pytest.fixture
def hr(here: Settings, addresses: list[str], tmp_path: Path) -> Project:
    """The reporting host: secrets of its own, the quarter's private key, and no box yet."""
    assert addresses, "the keys are made with them"
    project = Project(tmp_path / "hr")
    project.root.mkdir()
    init.project(project)
    for path in (here.project.secrets / f"{NOW}.key", here.project.responses / f"{NOW}.pub"):
        shutil.copyfile(path, project.root / path.relative_to(here.project.root))
    return project


def _run(project: Project, *words: str) -> int:
    command = survey.main if words[0] == "close" else reporter.main
    return command(["--project", str(project.root), *words])


def _fetch(here: Settings, hr: Project, name: str = "") -> Path:
    target = hr.responses / f"{NOW}{name}.box"
    shutil.copyfile(here.project.box(NOW), target)
    return target


def test_a_copy_of_an_open_box_can_be_neither_closed_nor_drafted(
    here: Settings, hr: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was: and drafted again one answer later it laid that person's four texts bare."""
    _fetch(here, hr)
    assert _run(hr, "close", str(NOW)) == 1
    assert "was opened by another host" in capsys.readouterr().err
    assert _run(hr, "draft", str(NOW)) == 1
    assert f"On the host that serves it: survey close {NOW}" in capsys.readouterr().err
    assert not hr.responses.joinpath("drafts").exists()


def _comments(hr: Project) -> dict[str, str]:
    path = hr.responses / "drafts" / f"{NOW}.comments.json"
    return {one["id"]: one["text"] for one in json.loads(path.read_text("utf-8"))["comments"]}


def test_two_drafts_of_one_batch_have_no_id_in_common(here: Settings, hr: Project) -> None:
    assert _run(here.project, "close", str(NOW)) == 0
    _fetch(here, hr)
    seen = []
    for _ in range(2):
        assert _run(hr, "draft", str(NOW)) == 0
        seen.append(_comments(hr))
    assert not set(seen[0]) & set(seen[1])
    assert sorted(seen[0].values()) == sorted(seen[1].values())


def test_a_backup_closed_after_one_more_answer_is_not_drafted_beside_the_first(
    here: Settings,
    hr: Project,
    addresses: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The collecting host's own commands, on a box that was put back from a copy."""
    backup = tmp_path / "backup"
    shutil.copyfile(here.project.box(NOW), backup)
    assert _run(here.project, "close", str(NOW)) == 0
    _fetch(here, hr)
    assert _run(hr, "draft", str(NOW)) == 0
    before = _comments(hr)
    shutil.copyfile(backup, here.project.box(NOW))
    _answer(here, addresses[31], company.quarter_answers(NOW, 5, 1)[0])
    assert _run(here.project, "close", str(NOW)) == 0
    _fetch(here, hr)
    for draft in (*hr.responses.joinpath("drafts").glob("*.json"), None):
        assert _run(hr, "draft", str(NOW)) == 1
        assert "differ by 1 answers" in capsys.readouterr().err
        if draft and draft.name.endswith(".comments.json"):
            assert _comments(hr) == before
        if draft:
            draft.unlink()  # also when the first draft is gone


def test_a_box_of_one_answer_is_not_added_to_what_was_drafted_without_it(
    here: Settings, hr: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Project(tmp_path / "other")
    other.root.mkdir()
    init.project(other)
    there = settings.load(other, {})
    shutil.copyfile(hr.responses / f"{NOW}.pub", other.responses / f"{NOW}.pub")
    opening = ("--project", str(other.root), "open", str(NOW), "--key")
    assert survey.main([*opening, str(other.responses / f"{NOW}.pub")]) == 0
    address = demo.issuing.issue(there, NOW, 5)[0].url
    _answer(there, address, company.quarter_answers(NOW, 5, 1)[0])
    for host in (here, there):
        assert _run(host.project, "close", str(NOW)) == 0
    first, second = _fetch(here, hr), _fetch(there, hr, ".oslo")
    assert _run(hr, "draft", str(NOW), str(first)) == 0
    assert _run(hr, "draft", str(NOW), str(first), str(second)) == 1
    said = capsys.readouterr().err
    assert "differ by 1 answers" in said
    assert f"{second}: holds 1 answers, fewer than 7" in said
