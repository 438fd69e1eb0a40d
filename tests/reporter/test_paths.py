"""reporter.paths: where a draft's working files lie."""

from __future__ import annotations

from pathlib import Path

from tests.support import boxes
from tests.support.boxes import Q4


def test_a_drafts_working_files_lie_under_responses(tmp_path: Path) -> None:
    files = boxes.files_in(tmp_path)
    for path in (files.draft(Q4), files.comments(Q4)):
        assert path.is_relative_to(tmp_path / "responses")
