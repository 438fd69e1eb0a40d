"""reporter.private: what is destroyed is overwritten, and what is there is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter import keys
from reporter.private import destroy, write_once
from tests.support import boxes
from tests.support.boxes import POLICY, Q4


def test_a_destroyed_key_is_overwritten_first(tmp_path: Path) -> None:
    private, _ = keys.make(boxes.files_in(tmp_path), Q4, POLICY)
    secret = private.read_bytes()
    twin = tmp_path / "same-inode"
    twin.hardlink_to(private)
    destroy(private)
    assert not private.exists()
    assert len(twin.read_bytes()) == len(secret)
    assert secret[20:60] not in twin.read_bytes()


def test_a_key_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = boxes.files_in(tmp_path).private_keys(Q4)[0]
    path.parent.mkdir()
    path.write_text("another", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_once(path, "private")
    assert path.read_text(encoding="utf-8") == "another"


def test_a_key_lies_in_one_file_under_one_name_and_half_of_one_is_not_left(tmp_path: Path) -> None:
    path = tmp_path / ".secrets" / "2026-q4.key"
    with pytest.raises(UnicodeEncodeError):
        write_once(path, "half a key \ud800")
    assert list(path.parent.iterdir()) == []
    write_once(path, "a key")
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_nlink == 1
    assert path.stat().st_mode & 0o777 == 0o600
