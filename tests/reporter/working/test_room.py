"""working.room: a full or read-only disk is told in words; any other failure is shown as it is."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from reporter.paths import Files
from reporter.working import room
from survey.problems import Problem
from survey.project import Project


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "is full"), (errno.EROFS, "is read-only")],
)
def test_a_disk_that_takes_nothing_is_told_by_the_file(number: int, told: str) -> None:
    with pytest.raises(Problem, match=rf"site/x: .*{told}\. .* run the same command"), room.room():
        raise OSError(number, "words of the system", "site/x")


def test_any_other_failure_shows_where_it_was() -> None:
    with pytest.raises(OSError, match="Permission denied"), room.room():
        raise PermissionError(errno.EACCES, "Permission denied", "site/x")


def test_a_box_on_a_read_only_disk_is_told(tmp_path: Path) -> None:
    path = tmp_path / "box"
    sqlite3.connect(path).close()
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with pytest.raises(Problem, match="the ballot box: the disk is read-only"), room.room():
        db.execute("CREATE TABLE t(x)")
    db.close()


def test_room_is_kept_until_it_is_given_back(project: Project) -> None:
    files = Files(project)
    room.keep(files)
    (spare,) = files.building.iterdir()
    assert spare.stat().st_blocks * 512 >= room.KEPT
    room.give_back(files)
    assert list(files.building.iterdir()) == []
