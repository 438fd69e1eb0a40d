"""What is a label by its place is one, whatever it looks like: areas, answers, the site's name."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from random import Random

import pytest

from reporter import cli as reporter
from reporter import rehearsal
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from survey import cli as survey
from survey import init
from survey.check import Machine
from survey.problems import Problem
from survey.project import Project
from survey.questionnaire import read_questionnaire

NAMES = ("3M Sverige 2030", "24/7 AB", "Bolag 1 & 2", "B3", "Ärlig 100 %", "7-Eleven", "Т1 Центр")
LABELS = ("Lager 2", "A2", "F 7", "26-100 anställda", "1:a linjen", "Plan 3½", "Отдел 5",
          "משרד 4", "倉庫2", "Ny! 5 <b>", "7 av 9-huset", "C++ 20", "H₂O", "Zon ４")  # fmt: skip


def _project(folder: Path, chance: Random) -> Project:
    """A project whose names and areas hold digits, symbols and scripts of all kinds."""
    project = Project(folder)
    folder.mkdir()
    init.project(project)
    name = chance.choice(NAMES)
    _change(project.config, r"(site_name|organisation): .*", rf'\1: "{name}"')
    areas = chance.sample(LABELS, 3)
    lines = "".join(
        f'\n          {chance.choice("abc")}{number}x: {{sv: "{one}", en: "{one}"}}'
        for number, one in enumerate(areas)
    )
    _change(project.questionnaire, r"(id: area.*?answers:)(\n {10}[^\n]*)*", rf"\1{lines}")
    theme = chance.choice(LABELS)
    _change(project.questionnaire, r"(pay: \{group: conditions, sv: )\"[^\"]*\"", rf'\1"{theme}"')
    return project


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(old, new, text, flags=re.DOTALL if "answers" in old else 0), "utf-8")


def _host(project: Project) -> Host:
    asked = read_questionnaire(project.questionnaire)
    policy = read_policy(project, asked)
    return Host(Files(project), asked, policy, date(2026, 12, 1), lambda _: None)


@pytest.mark.parametrize("seed", range(int(os.environ.get("AVSTAMP_REHEARSALS", "3"))))
def test_whatever_is_read_without_a_complaint_can_be_published(tmp_path: Path, seed: int) -> None:
    """It was refused a quarter later, with "run reporter build", which could not help."""
    project = _project(tmp_path / "project", Random(seed))
    before = sorted(path for path in project.root.rglob("*"))
    verdict = rehearsal.rehearsed(_host(project), seed)
    assert verdict.safe, "\n".join(map(str, verdict.refusals))
    assert sorted(path for path in project.root.rglob("*")) == before


BARE = {"2": "a", "26-100": "b", "1 – 5": "c", "½": "d"}


@pytest.mark.parametrize("label", BARE)
def test_a_label_of_a_bare_number_is_refused_by_item_and_with_a_mend(
    tmp_path: Path, label: str
) -> None:
    project = Project(tmp_path)
    init.project(project)
    lines = f'\n          a: {{sv: "{label}", en: "x"}}\n          b: {{sv: Y, en: Y}}'
    _change(project.questionnaire, r"(id: area.*?answers:)(\n {10}[^\n]*)*", rf"\1{lines}")
    with pytest.raises(Problem, match=f"area.*'a' is worded “{re.escape(label)}”, without a word"):
        read_questionnaire(project.questionnaire)


def test_a_bare_number_is_no_id_of_an_answer(tmp_path: Path) -> None:
    project = Project(tmp_path)
    init.project(project)
    lines = "\n          1: {sv: Ett, en: One}\n          2: {sv: Två, en: Two}"
    _change(project.questionnaire, r"(id: area.*?answers:)(\n {10}[^\n]*)*", lambda m: m[1] + lines)
    with pytest.raises(Problem, match="has a number for an id"):
        read_questionnaire(project.questionnaire)


def test_the_check_of_the_collecting_host_can_rehearse_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path)
    init.project(project)
    check = ["--project", str(tmp_path), "check", "--rehearse"]
    assert survey.main(check, lambda: Machine("/dev/vda / ext4 rw 0 0\n", "")) == 0
    _change(project.config, "organisation: .*", "organisation: 2030")
    assert reporter.main(["--project", str(tmp_path), "rehearse"]) in (0, 1)
    assert survey.main(check, lambda: Machine("/dev/vda / ext4 rw 0 0\n", "")) == 1
    assert "a number alone" in capsys.readouterr().err
