"""What is a label by its place is one, whatever it looks like: areas, answers, the site's name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from survey.project import Project, organisation
from survey.questionnaire import read_questionnaire
from tests.support import wild


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(old, new, text, flags=re.DOTALL if "answers" in old else 0), "utf-8")


def _host(project: Project) -> Host:
    organisation(project)
    asked = read_questionnaire(project.questionnaire)
    policy = read_policy(project, asked)
    return Host(Files(project), asked, policy, date(2026, 12, 1), lambda _: None)


def _read(of: Project) -> Host | None:
    """The host, or None where everything that is wrong was told with a mend."""
    told: list[str] = []
    with suppress(Problem), _noting(told):
        return _host(of)
    assert all(re.search(r": .+ .+\. \w", one) for one in told)
    return None


@contextmanager
def _noting(told: list[str]) -> Iterator[None]:
    try:
        yield
    except Problem as refused:
        told += refused.messages
        raise


@pytest.mark.parametrize("seed", range(int(os.environ.get("AVSTAMP_REHEARSALS", "6"))))
def test_whatever_is_read_without_a_complaint_can_be_published(tmp_path: Path, seed: int) -> None:
    """It was refused a quarter later, with "run reporter build", which could not help."""
    of = Project(tmp_path / "project")
    of.root.mkdir()
    wild.project(of, Random(seed))
    host = _read(of)
    if host is None:
        return
    before = sorted(of.root.rglob("*"))
    verdict = rehearsal.rehearsed(host, seed)
    assert verdict.safe, "\n".join(map(str, verdict.refusals))
    assert sorted(of.root.rglob("*")) == before


def _area(of: Project, *words: str) -> None:
    """The areas of a fresh project, worded so."""
    init.project(of)
    pairs = enumerate(words)
    lines = "".join(f'\n          {"abcd"[n]}: {{sv: "{one}", en: "{one}"}}' for n, one in pairs)
    _change(of.questionnaire, r"(id: area.*?answers:)(\n {10}[^\n]*)*", lambda m: m[1] + lines)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("högst 2", "as a figure is"),
        ("12 of 31", "as a figure is"),
        ("sex av tio", "as a figure is"),
        ("5 people", "as a figure is"),
        ("Lager <b>", "a browser may take “<b” for more"),
        ("R&amp;D", "a browser may take “&amp;” for more"),
        ("Annat", "is worded as 'a' is"),
    ],
)
def test_a_label_that_no_page_can_tell_from_a_figure_is_refused_at_once(
    tmp_path: Path, label: str, told: str
) -> None:
    _area(of := Project(tmp_path), "Annat", label)
    with pytest.raises(Problem) as caught:
        read_questionnaire(of.questionnaire)
    assert told in str(caught.value)
    assert "area" in str(caught.value)


@pytest.mark.parametrize("label", ["Lager 2", "högst 2 dagar", "<1 år", "AT&T", "7 av 9-huset"])
def test_a_label_with_a_number_and_a_word_of_its_own_is_taken(tmp_path: Path, label: str) -> None:
    _area(of := Project(tmp_path), "Annat", label)
    assert read_questionnaire(of.questionnaire).items["area"].choices[1].words["sv"] == label


@pytest.mark.parametrize("ident", ["wrote", "sum", "favourable"])
def test_an_id_that_records_use_themselves_is_refused(tmp_path: Path, ident: str) -> None:
    _area(of := Project(tmp_path), "X", "Y")
    _change(of.questionnaire, r"\n {10}a: ", f"\n          {ident}: ")
    with pytest.raises(Problem, match=f"has the id {ident}"):
        read_questionnaire(of.questionnaire)


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
