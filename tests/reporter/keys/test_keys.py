"""reporter.keys: no holder opens a box alone, and a key is found by what it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reporter import keys, report
from survey.ballots import box, pledge, seal
from survey.problems import Problem
from survey.settings import Settings
from tests.support import boxes, company
from tests.support.boxes import POLICY, Q1, Q2, Q4


def test_another_quarters_key_opens_nothing(here: Settings) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    host = boxes.reporting(here)
    keys.make(host.files, Q2, host.policy)
    host.files.private_keys(Q2)[0].replace(host.files.private_keys(Q1)[0])
    with pytest.raises(Problem, match="private key of holder 1 of 1 is missing"):
        report.draft(host, Q1, here.project.boxes())


def test_of_two_holders_neither_opens_alone(here: Settings, tmp_path: Path) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    first = host.files.private_keys(Q1)[0]
    with pytest.raises(Problem, match=r"holder 2 of 2 is missing\. Let its holder"):
        report.draft(host, Q1, [here.project.box(Q1)])
    pocket = first.rename(tmp_path / "pocket.key")
    with pytest.raises(Problem, match="private key of holder 1 of 2 is missing"):
        report.draft(host, Q1, [here.project.box(Q1)], [own])
    frozen = report.draft(host, Q1, [here.project.box(Q1)], [own, pocket])
    assert (frozen.counted, frozen.holders, frozen.apart) == (31, 2, 1)


def test_each_holder_has_a_key_that_alone_opens_nothing(here: Settings, tmp_path: Path) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    with box.opened(here.project.box(Q1)) as ballots:
        bodies = ballots.bodies()
    first, second = map(keys.private, [host.files.private_keys(Q1)[0], own])
    for found in ([first], [second], [second, first], [first, first]):
        with pytest.raises(seal.CannotOpen):
            seal.open_all(bodies, found)
    assert len(seal.open_all(bodies, [first, second])) == 31


def test_keys_fit_under_whatever_name_they_come(here: Settings, tmp_path: Path) -> None:
    host = boxes.made_together(here)
    first, second = host.files.private_keys(Q1)
    first.rename(tmp_path / "a")
    first.write_bytes(second.read_bytes())
    (tmp_path / "a").rename(second)
    assert report.draft(host, Q1, [here.project.box(Q1)]).counted == 31


def test_the_same_key_twice_is_not_two_holders(here: Settings, tmp_path: Path) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    copy = tmp_path / "copy.key"
    shutil.copyfile(host.files.private_keys(Q1)[0], copy)
    with pytest.raises(Problem, match="private key of holder 2 of 2 is missing"):
        report.draft(host, Q1, [here.project.box(Q1)], [copy])
    report.draft(host, Q1, [here.project.box(Q1)], [own])
    frozen = report.publish_edition(host, Q1, [copy])
    assert (frozen.holders, frozen.destroyed) == (2, 1)
    assert not copy.exists()
    assert own.exists()


def test_a_wrong_key_is_named(here: Settings, tmp_path: Path) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    other, _ = keys.make(host.files, Q2, host.policy)
    with pytest.raises(Problem, match=r"2026-q2\.key: is no key of this box of 2026-q1"):
        report.draft(host, Q1, [here.project.box(Q1)], [other])
    report.draft(host, Q1, [here.project.box(Q1)], [own])
    with pytest.raises(Problem, match=r"2026-q2\.key: is no key of this edition"):
        report.publish_edition(host, Q1, [other])
    assert keys.private(other)
    assert not host.files.edition(Q1).exists()


def test_an_overwritten_key_on_a_stick_leaves_nothing_to_read(
    here: Settings, tmp_path: Path
) -> None:
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    twin = tmp_path / "same-inode"
    twin.hardlink_to(own)
    secret = keys.private(own).hex().encode()
    report.draft(host, Q1, [here.project.box(Q1)], [own])
    report.publish_edition(host, Q1, [own])
    assert secret not in twin.read_bytes()


def test_the_public_file_carries_the_pledge_and_the_private_one_stays(tmp_path: Path) -> None:
    private, public = keys.make(boxes.files_in(tmp_path), Q4, POLICY)
    given = pledge.read(public)
    assert (given.quarter, given.k, given.minimum) == (Q4, 7, 30)
    assert given.publics == (seal.public_of(keys.private(private)),)
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.read_bytes() not in public.read_bytes()


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    private, _ = keys.make(boxes.files_in(tmp_path), Q4, POLICY)
    before = private.read_bytes()
    with pytest.raises(Problem, match="never overwritten"):
        keys.make(boxes.files_in(tmp_path), Q4, POLICY)
    assert private.read_bytes() == before


def test_a_missing_or_damaged_key_is_told_in_words(tmp_path: Path) -> None:
    path = boxes.files_in(tmp_path).private_keys(Q4)[0]
    with pytest.raises(Problem, match="the private key is not here"):
        keys.private(path)
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Problem, match="is not a private key file"):
        keys.private(path)
