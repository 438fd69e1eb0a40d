"""reporter.drafts: what HR is told while there is a draft is gone once it is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter import drafts, report
from survey.problems import Problem
from survey.settings import Settings
from tests.support import boxes, company
from tests.support.boxes import Q1


def test_a_drafts_file_is_gone_after_publication(here: Settings, tmp_path: Path) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    host = boxes.reporting(here)
    report.draft(host, Q1, here.project.boxes())
    twin = tmp_path / "same-inode"
    twin.hardlink_to(host.files.comments(Q1))
    before = twin.read_bytes()
    report.publish_edition(host, Q1)
    assert twin.read_bytes() != before


def test_why_figures_are_withheld_is_told_while_there_is_a_draft_and_never_after(
    here: Settings,
) -> None:
    answers: list[dict[str, object]] = [{"area": "sales", "kind": "own"}] * 28
    answers += [{"area": "people", "kept": "probably"}] * 3
    boxes.answered(here, Q1, answers)
    host = boxes.reporting(here)
    report.draft(host, Q1, here.project.boxes())
    told = drafts.withheld(host, Q1)
    assert "all  kept: too few answered" in told
    assert not any(line.startswith("all  kind") for line in told)
    assert host.files.withheld(Q1).stat().st_mode & 0o777 == 0o600
    report.publish_edition(host, Q1)
    assert not host.files.withheld(Q1).exists()
    public = host.files.project.site / "public"
    pages = (path.read_text("utf-8") for path in public.rglob("*.html"))
    assert not any("too few answered" in page for page in pages)
    with pytest.raises(Problem, match="is published already"):
        drafts.withheld(host, Q1)
