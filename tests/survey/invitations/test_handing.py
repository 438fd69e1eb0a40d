"""invitations.handing: a link counts when it is written, and never before."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from survey import cli as survey
from survey import quarter
from survey.ballots import box
from survey.invitations import handing, issuing, slips
from survey.invitations.slips import Slip
from survey.problems import Problem
from survey.settings import Settings
from tests.support import demo
from tests.support.places import ROOT

NOW = quarter.of(date.today())


@pytest.fixture
def opened(here: Settings) -> Settings:
    """A host with an open box and no link."""
    demo.open_quarter(here, NOW, 0)
    return here


def _issued(here: Settings) -> int:
    with box.opened(here.project.box(NOW)) as one:
        return one.tally().issued


def _words(here: Settings, *more: str) -> list[str]:
    return ["--project", str(here.project.root), "invite", str(NOW), "--count", "6", *more]


def _run(
    here: Settings, out: object, *more: str, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """The command as the shell runs it, its output going there."""
    command = [sys.executable, "-m", "survey", *_words(here, *more)]
    return subprocess.run(
        command,
        check=False,
        stdout=out,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **environ},
    )


@pytest.mark.parametrize("look", ["csv", "slips"])
def test_they_are_written_to_a_file_of_their_own(
    opened: Settings, look: str, tmp_path: Path
) -> None:
    out = tmp_path / "links"
    assert survey.main(_words(opened, "--format", look, "--out", str(out))) == 0
    assert (out.stat().st_mode & 0o777, _issued(opened)) == (0o600, 6)
    assert out.read_text("utf-8").count("/s/") == 6
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["links"]


def test_a_file_that_is_there_is_not_written_over(
    opened: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "links"
    out.write_text("earlier links", encoding="utf-8")
    assert survey.main(_words(opened, "--out", str(out))) == 1
    assert "is there already" in capsys.readouterr().err
    assert (out.read_text(encoding="utf-8"), _issued(opened)) == ("earlier links", 0)


def test_no_link_counts_that_could_not_be_written(opened: Settings, tmp_path: Path) -> None:
    """Three counted after `> /dev/full`, and nobody held them."""
    with Path("/dev/full").open("wb") as full:
        done = _run(opened, full)
    assert (done.returncode, _issued(opened)) == (1, 0)
    assert done.stderr.decode().splitlines()[-1].endswith("--out FILE.")
    assert b"No link was made" in done.stderr
    gone = _run(opened, subprocess.DEVNULL, "--out", str(tmp_path / "nowhere" / "links"))
    assert (gone.returncode, _issued(opened)) == (1, 0)
    assert b"Traceback" not in done.stderr + gone.stderr


def test_nor_where_the_pipe_is_closed(opened: Settings) -> None:
    read, write = os.pipe()
    os.close(read)
    done = _run(opened, write)
    os.close(write)
    assert (done.returncode, _issued(opened)) == (1, 0)
    assert b"No link was made" in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_slips_are_utf_8_whatever_the_machine_speaks(
    opened: Settings, encoding: str, tmp_path: Path
) -> None:
    out = tmp_path / "slips.html"
    with out.open("wb") as file:
        done = _run(opened, file, "--format", "slips", PYTHONIOENCODING=encoding)
    assert (done.returncode, _issued(opened)) == (0, 6)
    assert set("åäö") & set(out.read_text("utf-8"))


def test_links_whose_box_fails_are_not_left_behind(tmp_path: Path) -> None:
    out = tmp_path / "links"

    def fails() -> None:
        raise Problem("the box did not take it")

    with pytest.raises(Problem, match="did not take it"):
        handing.write("https://x/s/y", out, fails)
    assert list(tmp_path.glob("*links*")) == []
    assert list(tmp_path.glob(".*links*")) == []


def test_no_more_are_written_than_there_is_room_for(opened: Settings, tmp_path: Path) -> None:
    out = tmp_path / "links"
    many = _words(opened, "--out", str(out))
    many[many.index("6")] = "2000"
    assert survey.main(many) == 1
    assert not out.exists()


def test_excel_reads_a_number_as_it_is() -> None:
    """1-2 would become the first of February."""
    text = slips.excel([Slip("1234-1E10", "https://x/s/1-2")])
    assert text.startswith("\ufeffnumber;url\n")
    (row,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    assert row == {"number": '="1234-1E10"', "url": "https://x/s/1-2"}


def test_a_pile_does_not_count_before_it_is_entered(opened: Settings) -> None:
    pile = issuing.minted(opened, NOW, 5)
    assert _issued(opened) == 0
    pile.enter()
    assert _issued(opened) == 5
