"""HR's disk after publication, free blocks and journal and all: no private key is on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest

from reporter import keys, private, report
from reporter.records import archive
from survey import durable, init, settings
from survey.ballots import store
from survey.project import Project
from survey.settings import Settings
from tests.support import boxes
from tests.support.boxes import Q1


def _project(folder: Path) -> Settings:
    made = Project(folder / "project")
    made.root.mkdir()
    init.project(made)
    return settings.load(made, {})


def _carved(image: tuple[Path, Path], secrets: Sequence[bytes]) -> list[bool]:
    """Which of the keys somebody who takes the disk finds on it, in any way they are written."""
    disk, folder = image
    store.let_go()
    subprocess.run(["umount", str(folder)], check=True)
    raw = disk.read_bytes()
    return [any(form in raw for form in _forms(secret)) for secret in secrets]


def _forms(secret: bytes) -> tuple[bytes, ...]:
    text = secret.hex()
    return secret, text.encode(), text.upper().encode(), urlsafe_b64encode(secret).rstrip(b"=")


def _moved(path: Path, stick: Path) -> Path:
    """What `mv` does to a file that goes to another disk, with the first one synced before."""
    os.sync()
    return Path(shutil.move(path, stick))


@pytest.mark.parametrize("synced", [True, False])
def test_no_private_key_is_on_hrs_disk_once_an_edition_is_published(
    large_image: tuple[Path, Path], tmp_path: Path, synced: bool
) -> None:
    """Neither the one that was made there, nor the second holder's, which was read from a stick."""
    here = _project(large_image[1])
    host, own = boxes.two_holders(here, tmp_path / "elsewhere")
    secrets = [keys.private(path) for path in (host.files.private_keys(Q1)[0], own)]
    stick = Path(shutil.copyfile(own, tmp_path / "stick.key"))
    if synced:
        os.sync()
    report.draft(host, Q1, [here.project.box(Q1)], [stick])
    report.publish_edition(host, Q1, [stick])
    frozen = archive.read(host.files.edition(Q1))
    assert (frozen.holders, frozen.destroyed, frozen.apart) == (2, 1, 1)
    assert _carved(large_image, secrets) == [False, False]


def test_a_key_that_was_moved_away_is_carved_from_free_blocks_and_not_told_as_destroyed(
    image: tuple[Path, Path], tmp_path: Path
) -> None:
    """As earlier versions made it: the stick is overwritten, and the disk still has the key."""
    files = boxes.made_together(_project(image[1]), 0).files
    secrets = [keys.private(path) for path in files.private_keys(Q1)]
    stick = _moved(files.private_keys(Q1)[1], tmp_path / "stick.key")
    doomed = keys.doomed(files, [Q1], [stick])
    for path in doomed.paths:
        private.destroy(path)
    os.sync()
    assert (doomed.keys, len(doomed.warnings)) == (1, 1)
    assert not stick.exists()
    assert _carved(image, secrets) == [False, True]


def test_a_second_key_that_lies_beside_the_first_is_overwritten_there(
    image: tuple[Path, Path], tmp_path: Path
) -> None:
    here = _project(image[1])
    files = boxes.files_in(here.project.root)
    own, _, half = keys.second(boxes.files_in(tmp_path / "elsewhere"), Q1)
    keys.join(files, Q1, boxes.POLICY, half, half.fingerprint)
    beside = Path(shutil.copyfile(own, here.project.responses / "brought.key"))
    secrets = [keys.private(path) for path in (files.private_keys(Q1)[0], own)]
    os.sync()
    for path in keys.doomed(files, [Q1], []).paths:
        private.destroy(path)
    assert not beside.exists()
    assert _carved(image, secrets) == [False, False]


def test_a_key_that_is_written_aside_as_a_copy_and_removed_is_found(
    image: tuple[Path, Path],
) -> None:
    """With the defence off: a key goes through a temporary copy, which lives on."""
    files = boxes.files_in(image[1])
    path, _ = keys.make(files, Q1, boxes.POLICY)
    secret = keys.private(path)
    copy = Path(shutil.copyfile(path, image[1] / "copy"))
    os.sync()
    copy.unlink()
    private.destroy(path)
    assert _carved(image, [secret]) == [True]


def test_what_a_killed_write_of_a_private_file_left_is_overwritten_by_the_next(
    image: tuple[Path, Path],
) -> None:
    """Such as comments half sorted: unlinked, they would live on in free blocks."""
    path = image[1] / "2026-q1.comments.json"
    durable.aside(path, "Anna was bad", 0o600)
    os.sync()
    private.write(path, "Anna was sorted")
    private.destroy(path)
    assert _carved(image, [b"Anna was bad", b"Anna was sorted"]) == [False, False]
