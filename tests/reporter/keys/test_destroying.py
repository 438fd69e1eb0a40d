"""keys.destroying: a key counts as destroyed only where it was made, and every copy goes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reporter import keys, report
from reporter.keys import destroying
from reporter.records import archive
from survey.ballots import box
from survey.problems import Problem
from survey.settings import Settings
from tests.support import boxes
from tests.support.boxes import Q1


def _published(host: boxes.Host, here: Settings, *given: Path) -> tuple[int, int, int]:
    """Holders, destroyed and apart as the edition tells them for ever."""
    report.draft(host, Q1, [here.project.box(Q1)], given)
    report.publish_edition(host, Q1, given)
    frozen = archive.read(host.files.edition(Q1))
    return frozen.holders, frozen.destroyed, frozen.apart


def test_the_second_holders_key_is_overwritten_where_it_is_brought_and_not_counted(
    here: Settings, tmp_path: Path
) -> None:
    """It was made elsewhere: of what its holder keeps there nobody here can tell."""
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    stick = tmp_path / "stick.key"
    shutil.copyfile(own, stick)
    assert _published(host, here, stick) == (2, 1, 1)
    assert not stick.exists()
    assert not host.files.private_keys(Q1)[0].exists()
    assert destroying.destroy_own(boxes.files_in(tmp_path / "elsewhere"), Q1, []) == [own]
    assert not own.exists()


def test_both_keys_of_an_earlier_version_are_destroyed_where_they_were_made(
    here: Settings,
) -> None:
    host = boxes.made_together(here)
    assert _published(host, here) == (2, 2, 0)


@pytest.mark.parametrize("moved", [0, 1])
def test_a_key_that_was_moved_away_is_overwritten_but_not_told_as_destroyed(
    here: Settings, tmp_path: Path, moved: int
) -> None:
    """Moved to another disk, it is carved from free blocks of the first for years."""
    host = boxes.made_together(here)
    said: list[str] = []
    host = replace(host, warn=said.append)
    path = host.files.private_keys(Q1)[moved]
    stick = path.rename(tmp_path / "stick.key")
    assert _published(host, here, stick) == (2, 1, 0)
    assert not stick.exists()
    told = [line for line in said if "stick.key: was made on this machine and moved away" in line]
    assert len(told) == 2, "at the draft, while it may still be mended, and at publication"


def test_the_second_holders_key_on_a_stick_was_never_here_and_nothing_is_said_of_it(
    here: Settings, tmp_path: Path
) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    terms = box.terms(here.project.box(Q1))
    assert keys.moved(host.files, [terms], [own]) == ()
    stick = host.files.private_keys(Q1)[0].rename(tmp_path / "first.key")
    assert len(keys.moved(host.files, [terms], [own, stick])) == 1


def test_a_copy_of_a_key_that_is_here_goes_too_and_nothing_is_said_to_have_moved(
    here: Settings, tmp_path: Path
) -> None:
    host = boxes.made_together(here)
    copy = tmp_path / "copy.key"
    shutil.copyfile(host.files.private_keys(Q1)[0], copy)
    doomed = keys.doomed(host.files, [Q1], [copy])
    assert (doomed.keys, doomed.warnings) == (2, ())
    assert set(doomed.paths) == {copy, *host.files.private_keys(Q1)}


@pytest.mark.parametrize("when", ["before the draft", "after the draft"])
def test_an_edition_does_not_say_held_by_two_where_both_keys_lay_in_one_place(
    here: Settings, tmp_path: Path, when: str
) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    beside = host.files.project.responses / "brought.key"
    if when == "after the draft":
        report.draft(host, Q1, [here.project.box(Q1)], [own])
    shutil.copyfile(own, beside)
    if when == "before the draft":
        report.draft(host, Q1, [here.project.box(Q1)], [own])
    frozen = report.publish_edition(host, Q1)
    assert (frozen.holders, frozen.destroyed, frozen.apart) == (2, 1, 0)
    assert not beside.exists()


def test_held_apart_is_told_of_a_quarter_only_if_all_its_boxes_say_so(
    here: Settings, tmp_path: Path
) -> None:
    host, _ = boxes.two_holders(here, tmp_path / "elsewhere")
    terms = box.terms(here.project.box(Q1))
    assert keys.apart(host.files, [terms]) == 1
    assert keys.apart(host.files, [terms, replace(terms, apart=False)]) == 0
    assert keys.apart(host.files, [terms, replace(terms, quarter=Q1.next)]) == 2


def test_the_holders_own_command_destroys_no_key_of_an_earlier_version_and_no_other_file(
    here: Settings, tmp_path: Path
) -> None:
    host = boxes.made_together(here)
    with pytest.raises(Problem, match="reporter publish 2026-q1"):
        destroying.destroy_own(host.files, Q1, [])
    elsewhere = boxes.files_in(tmp_path / "elsewhere")
    with pytest.raises(Problem, match="there is no key to destroy"):
        destroying.destroy_own(elsewhere, Q1, [])
    letter = tmp_path / "letter.txt"
    letter.write_text("dear", "ascii")
    with pytest.raises(Problem, match="is not a private key file"):
        destroying.destroy_own(elsewhere, Q1, [letter])
    assert letter.read_text("ascii") == "dear"


def test_the_holders_own_command_overwrites(tmp_path: Path) -> None:
    elsewhere = boxes.files_in(tmp_path)
    own, _, _ = keys.second(elsewhere, Q1)
    twin = tmp_path / "same-inode"
    twin.hardlink_to(own)
    secret = keys.private(own).hex().encode()
    destroying.destroy_own(elsewhere, Q1, [])
    assert secret not in twin.read_bytes()
