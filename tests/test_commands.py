"""The commands: 0 done, 1 a Problem in words, 2 wrong usage; each help ends with an example."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from reporter import cli as reporter
from survey import cli as survey
from survey import commands, quarter
from survey.ballots import box, fingerprints, pledge, seal
from survey.project import Project
from tests.support.places import ROOT

NOW = quarter.of(date.today())
_REPORTER = ("keys", "draft", "withheld", "publish", "build", "audit", "withdraw-figure", "history")
_DESK = ("desk", "status")
COMMANDS = [
    *((survey.main, name) for name in ("init", "open", "invite", "serve", "status", "check")),
    *((survey.main, name) for name in ("close", "reissue", "guide")),
    *((reporter.main, name) for name in (*_REPORTER, *_DESK)),
]

Main = Callable[[list[str]], int]


def _run(main: Main, project: Project, *arguments: str) -> int:
    return main(["--project", str(project.root), *arguments])


@pytest.fixture
def opened(project: Project) -> Project:
    """A project with this quarter's key and box."""
    assert _run(reporter.main, project, "keys", str(NOW)) == 0
    key = str(project.responses / f"{NOW}.pub")
    assert _run(survey.main, project, "open", str(NOW), "--key", key, "--capacity", "20") == 0
    return project


@pytest.mark.parametrize(("main", "name"), COMMANDS)
def test_every_commands_help_ends_with_an_example(
    main: Main, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert re.match(rf"example: (survey|reporter) {name}", last)


def test_the_help_of_an_import_ends_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        reporter.main(["history", "import", "--help"])
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last.startswith("example: reporter history import ")


@pytest.mark.parametrize(("main", "name"), COMMANDS)
def test_every_command_stands_in_the_readme_or_the_guide(main: Main, name: str) -> None:
    package = main.__module__.split(".")[0]
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(f"{package} {name}" in path.read_text(encoding="utf-8") for path in texts)


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["invite", "2026-q4"], ["invite", "2026-q4", "--count", "0"]]
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        survey.main(arguments)
    assert stopped.value.code == 2


def test_a_problem_is_1_and_stands_on_a_line_of_its_own(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ledger.key", "flask.key"):
        (project.secrets / name).unlink()
    assert _run(survey.main, project, "check") == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_an_open_box_says_what_it_is(opened: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert box.terms(opened.box(NOW)).closes == NOW.closes
    capsys.readouterr()
    assert _run(survey.main, opened, "status") == 0
    assert capsys.readouterr().out == (
        f"{NOW}  issued 0  answered fewer than 5  withdrawn fewer than 5  until {NOW.closes}\n"
    )


def test_opening_a_box_tells_the_fingerprints_to_compare_and_no_eight_digits(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project.responses / f"{NOW}.pub"
    first, second = (seal.new_keys()[1] for _ in range(2))
    given = pledge.Pledge(NOW, (first, second), 7, 30, apart=True)
    pledge.write(given, path)
    assert _run(survey.main, project, "open", str(NOW), "--key", str(path)) == 0
    told = capsys.readouterr().err
    assert fingerprints.of_pledge(given) in told
    assert fingerprints.of_half(NOW, second) in told
    assert box.terms(project.box(NOW)).apart


def test_another_last_day_can_be_given(project: Project) -> None:
    _run(reporter.main, project, "keys", str(NOW))
    key = str(project.responses / f"{NOW}.pub")
    _run(survey.main, project, "open", str(NOW), "--key", key, "--closes", "2031-05-06")
    assert box.terms(project.box(NOW)).closes == date(2031, 5, 6)


def test_a_box_that_nobody_could_answer_is_not_opened(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(reporter.main, project, "keys", "2024-q1")
    key = str(project.responses / "2024-q1.pub")
    assert _run(survey.main, project, "open", "2024-q1", "--key", key) == 1
    assert "would close on 2024-04-30" in capsys.readouterr().err
    assert not project.boxes()


def test_a_key_of_another_quarter_opens_no_box(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    key = str(opened.responses / f"{NOW}.pub")
    assert _run(survey.main, opened, "open", str(NOW.next), "--key", key) == 1
    assert f"is the key of {NOW}, not {NOW.next}" in capsys.readouterr().err


def test_invitations_come_as_csv_with_a_number_and_an_address(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert _run(survey.main, opened, "invite", str(NOW), "--count", "12") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len({row["url"] for row in rows}) == len({row["number"] for row in rows}) == 12
    assert all(row["url"].startswith("http://127.0.0.1:8000/s/") for row in rows)


def test_invitations_come_as_slips_in_both_languages(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    _run(survey.main, opened, "invite", str(NOW), "--count", "3", "--format", "slips")
    page = capsys.readouterr().out
    assert page.count("<svg") == 3
    assert 'lang="sv"' in page
    assert 'lang="en"' in page


def test_too_many_invitations_are_refused_and_none_is_issued(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert _run(survey.main, opened, "invite", str(NOW), "--count", "21") == 1
    printed = capsys.readouterr()
    assert (printed.out, "21 links do not fit" in printed.err) == ("", True)


def test_an_open_box_grows(opened: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(survey.main, opened, "open", str(NOW), "--capacity", "50") == 0
    assert _run(survey.main, opened, "invite", str(NOW), "--count", "21") == 0
    assert _run(survey.main, opened, "open", str(NOW), "--capacity", "30") == 1
    assert "only grows" in capsys.readouterr().err


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_lost_slip_is_the_same_link_again_also_after_the_key_was_changed(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    _run(survey.main, opened, "invite", str(NOW), "--count", "3")
    slip = _rows(capsys.readouterr().out)[1]
    keys = opened.secrets / "link.keys"
    keys.write_text(keys.read_text("ascii") + "ab" * 32 + "\n", "ascii")
    typed = slip["number"].lower().replace("-", " ")
    assert _run(survey.main, opened, "reissue", str(NOW), "--slip", typed) == 0
    assert _rows(capsys.readouterr().out) == [slip]
    assert _run(survey.main, opened, "reissue", str(NOW), "--slip", "0000-0000") == 1
    assert "no slip of" in capsys.readouterr().err


def test_a_box_can_be_closed_before_its_time(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(reporter.main, opened, "draft", str(NOW)) == 1
    assert f"survey close {NOW}" in capsys.readouterr().err
    assert _run(survey.main, opened, "close", str(NOW)) == 0
    assert box.terms(opened.box(NOW)).closes == date.today() - timedelta(days=1)
    assert _run(reporter.main, opened, "draft", str(NOW)) == 1
    assert "0 of at least 30 responses" in capsys.readouterr().err


def test_a_second_box_or_key_of_a_quarter_is_refused(opened: Project) -> None:
    key = str(opened.responses / f"{NOW}.pub")
    assert _run(survey.main, opened, "open", str(NOW), "--key", key) == 1
    assert _run(reporter.main, opened, "keys", str(NOW)) == 1


def test_init_makes_a_folder_that_is_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert survey.main(["init", str(tmp_path / "exits")]) == 0
    assert "made" in capsys.readouterr().out
    assert survey.main(["--project", str(tmp_path / "exits"), "check"]) == 0
    assert survey.main(["init", str(tmp_path / "exits")]) == 1


def test_the_language_asked_for_stands_first_on_the_slips(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("invite", str(NOW), "--count", "1", "--format", "slips")
    for language in ("en", "sv"):
        capsys.readouterr()
        assert _run(survey.main, opened, *arguments, "--first", language) == 0
        assert f'<html lang="{language}">' in capsys.readouterr().out


def test_a_quarters_status_tells_what_it_wants_next(
    opened: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert _run(reporter.main, opened, "status", str(NOW)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("done   Keys: ")
    at = next(at for at, line in enumerate(lines) if line.startswith("next"))
    assert lines[at].startswith("next   Closed: Open")
    assert lines[at + 1].split() == ["survey", "close", str(NOW)]


def _told(capsys: pytest.CaptureFixture[str]) -> str:
    found = capsys.readouterr()
    return found.out + found.err


def test_two_holders_make_their_keys_apart_with_commands_alone(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second holder has an empty folder, and no project."""
    own = Project(tmp_path / "own")
    own.root.mkdir()
    assert _run(reporter.main, own, "keys", "2026-q4", "--second") == 0
    (heard,) = re.findall(r"fingerprint: (\S+)", _told(capsys))
    half = str(own.root / "2026-q4.second.half")
    join = ("keys", "2026-q4", "--join", half)
    assert _run(reporter.main, project, *join) == 1
    assert heard not in _told(capsys)
    assert _run(reporter.main, project, *join, "--fingerprint", heard.lower()) == 0
    assert "2026-q4.key" in _told(capsys)
    assert pledge.read(project.responses / "2026-q4.pub").apart
    assert [path.name for path in project.secrets.glob("2026*")] == ["2026-q4.key"]
    assert _run(reporter.main, own, "keys", "2026-q4", "--destroy") == 0
    assert "overwritten and removed" in _told(capsys)
    assert not list(own.secrets.iterdir())


def test_two_keys_from_one_place_are_refused_with_words_on_what_to_do(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(reporter.main, project, "keys", "2026-q4", "--holders", "2") == 1
    told = _told(capsys)
    assert "reporter keys 2026-q4 --second" in told
    assert "reporter keys 2026-q4 --join FILE --fingerprint" in told
    assert not list(project.secrets.glob("2026-q4*"))
    assert _run(reporter.main, project, "keys", "2026-q4", "--holders", "1") == 0


@pytest.mark.parametrize("program", ["survey", "reporter"])
def test_a_program_tells_its_version_and_is_quiet_when_nobody_reads(program: str) -> None:
    command = [sys.executable, "-m", program, "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert re.fullmatch(r"avstamp \d+\.\d+\.\d+\S*\n", told.stdout)


def test_a_command_whose_reader_has_gone_says_nothing(opened: Project) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "survey", "--project", str(opened.root), "status"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_host_without_a_library_is_told_which_extra_brings_it() -> None:
    told = commands.lacking(ModuleNotFoundError(name="pandas.core"))
    assert told.endswith("pip install 'avstamp[report]'")
    with pytest.raises(ModuleNotFoundError):
        commands.lacking(ModuleNotFoundError(name="ours.own"))
