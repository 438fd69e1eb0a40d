"""comments.commands: comments are read, decided about and told from a terminal."""

from __future__ import annotations

import pytest

from reporter import cli, private
from reporter.comments import decisions, paraphrases, private_file
from reporter.paths import Files
from reporter.records import archive
from survey.project import Project
from tests.support import written
from tests.support.records import LAST, edition
from tests.support.written import LANGUAGES


def _run(project: Project, *arguments: str) -> int:
    return cli.main(["--project", str(project.root), *arguments])


def test_the_commands_read_confirm_and_undo(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    files = Files(project)
    private_file.write(
        files.comments(LAST), decisions.begin([written.comment("Min lön \x1b[31m, Torbjörn!")])
    )
    private.write(files.draft(LAST), archive.dump(edition(LAST)))
    (one,) = private_file.read(files.comments(LAST)).comments
    assert _run(project, "comments", str(LAST)) == 0
    told = capsys.readouterr().out
    assert "0 of 1 decided" in told
    assert "pay (lön)" in told
    assert "look: Torbjörn" in told
    assert "\x1b" not in told
    assert _run(project, "comments", str(LAST), "--confirm", one.id) == 0
    assert private_file.read(files.comments(LAST)).comment(one.id).themes == ("pay",)
    assert _run(project, "comments", str(LAST), "--undo") == 0
    assert _run(project, "comments", str(LAST), "--confirm", one.id, "--themes", "none") == 0
    assert private_file.read(files.comments(LAST)).comment(one.id).themes == ()
    assert _run(project, "comments", str(LAST), "--flip", "zzz") == 1


def test_the_commands_show_and_change_the_codebook(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    files = Files(project)
    private_file.write(
        files.comments(LAST),
        decisions.begin([written.comment(f"Min lön, gizmo {n}") for n in range(9)]),
    )
    assert _run(project, "codebook", str(LAST)) == 0
    told = capsys.readouterr().out
    assert "100%  pay" in told
    assert "covered by none  gizmo" in told
    assert _run(project, "codebook", str(LAST), "--try", "gizmo", "--add", "process") == 0
    assert "gizmo: 9 of 9" in capsys.readouterr().out
    assert _run(project, "codebook", str(LAST)) == 0
    assert "100%  process" in capsys.readouterr().out


def test_the_commands_paraphrase_and_quote(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Files(project).comments(LAST)
    private_file.write(path, written.five(consent="quote"))
    at = ("paraphrase", str(LAST), "pay", "problem")
    texts = ("--text", "sv=Lönen är låg.", "--text", "en=Pay is low.")
    assert _run(project, *at, *texts, "--writer", "AB") == 0
    assert "waits: pay, problem: is not approved." in capsys.readouterr().out
    assert _run(project, *at, "--approve", "AB") == 1
    assert _run(project, *at, "--approve", "CD") == 0
    one = private_file.read(path).comments[0]
    quoting = ("quote", str(LAST), one.id, "pay", "--approver", "AB")
    assert _run(project, *quoting, "--reader", "AB") == 1
    assert _run(project, *quoting, "--reader", "CD") == 0
    assert len(paraphrases.voices(private_file.read(path), LANGUAGES)) == 2
