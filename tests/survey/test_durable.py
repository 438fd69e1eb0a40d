"""survey.durable: whole or not at all, and still there after the power went."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from survey import durable


def test_the_text_and_then_its_name_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def note(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)

    monkeypatch.setattr(os, "fsync", note)
    durable.write(tmp_path / "told.json", "whole")
    assert synced == [".told.json.part", tmp_path.name]
    assert [path.name for path in tmp_path.iterdir()] == ["told.json"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "told.json"
    durable.write(path, "before")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        durable.write(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.glob("*.json")) == [path]


def test_what_a_crash_left_behind_does_not_stop_the_next_writing(tmp_path: Path) -> None:
    path = tmp_path / "told.json"
    durable.leftover(path).write_text("half", encoding="utf-8")
    durable.write(path, "whole", mode=0o600)
    assert path.read_text(encoding="utf-8") == "whole"
    assert path.stat().st_mode & 0o777 == 0o600


def test_rights_that_are_given_hold_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        durable.write(tmp_path / "shown", "for all", mode=0o644)
        durable.write(tmp_path / "plain", "as it comes")
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("shown", "plain")]
    assert modes == [0o644, 0o600]
