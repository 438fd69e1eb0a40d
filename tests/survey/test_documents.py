"""survey.documents: a file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey import durable


def test_a_crash_while_writing_leaves_what_was_there_and_nothing_to_be_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.md"
    durable.write(path, "old")

    def crash(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", crash)
        with pytest.raises(OSError, match="no space"):
            durable.write(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.glob("*.md")) == [path]
    durable.write(path, "new")
    assert [one.read_text(encoding="utf-8") for one in tmp_path.iterdir()] == ["new"]
