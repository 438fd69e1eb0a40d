"""Whoever looks before and after one invited person comes does not see whether they answered."""

from __future__ import annotations

from datetime import date

import pytest

from survey import cli as survey
from survey import quarter
from survey.ballots import box
from survey.project import Project
from survey.settings import Settings
from survey.web import app
from tests.support import company, demo, desks, replay

NOW = quarter.of(date.today())


def _status(project: Project, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert survey.main(["--project", str(project.root), "status", str(NOW)]) == 0
    return capsys.readouterr().out


def test_two_calls_of_status_around_one_answer_tell_the_same(
    here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = demo.open_quarter(here, NOW, 12)
    client = app.create(here, date.today).test_client()
    seen = []
    for address, one in zip(addresses, company.quarter_answers(NOW, 4, 8), strict=False):
        seen.append(_status(here.project, capsys))
        replay.answer(demo.InProcess(client), address, one)
    assert len(set(seen[:5])) == len(set(seen[5:])) == 1
    assert "answered fewer than 5" in seen[0]
    assert "answered 5 or more" in seen[7]


def test_the_desk_tells_steps_while_a_box_is_open_and_then_the_count(project: Project) -> None:
    """Exact once its host has closed it: a clock set forward tells nothing."""
    here = desks.answered(project, leavers=31, close=False)
    for told in ("20 or more", "31"):
        desk = desks.desk(project)
        desk.sign_in()
        page = desk.get(f"/q/{desks.OF}/?lang=en").html
        assert f"<dt>answers in</dt><dd>{told}</dd>" in page
        assert ("31 answers" in page) == (told == "31")
        box.close(project.box(desks.OF), here.ledger_key, desks.OF.closes)


def test_a_handful_of_links_is_warned_of(
    here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.open_quarter(here, NOW, 12)
    invite = ["--project", str(here.project.root), "invite", str(NOW), "--count"]
    assert survey.main([*invite, "1"]) == 0
    assert "1 at a time is few" in capsys.readouterr().err
    assert survey.main([*invite, "5"]) == 0
    assert "few" not in capsys.readouterr().err
