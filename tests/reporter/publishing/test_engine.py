"""publishing.engine: the same bytes every time, and a preview for its owner alone."""

from __future__ import annotations

import pytest

from reporter import report
from reporter.host import Host
from survey.problems import Problem
from tests.support import drafted
from tests.support.drafted import Q3


def test_two_builds_of_the_same_records_are_identical_byte_for_byte(host: Host) -> None:
    public = host.files.project.site / "public"
    report.build(host)
    first = drafted.digest(public)
    report.build(host)
    assert drafted.digest(public) == first
    assert len([path for path in first if path.endswith("index.html")]) > 80


def test_a_preview_is_for_its_owner_alone_and_leaves_no_text_elsewhere(host: Host) -> None:
    drafted.draft(host)
    targets = report.preview(host, report.reviewed(host, Q3))
    drafts = host.files.draft(Q3).parent
    assert all(target.is_relative_to(drafts) for target in targets)
    modes = {path.stat().st_mode & 0o777 for path in drafts.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert not list((host.files.project.root / "build").rglob("*.md"))
    report.publish_edition(host, Q3)
    assert not any(target.exists() for target in targets)


def test_a_site_that_cannot_be_built_leaves_the_published_one(host: Host) -> None:
    report.build(host)
    before = drafted.digest(host.files.project.site / "public")
    config = host.files.project.config
    config.write_text(config.read_text("utf-8").replace("site/theme", "site/gone"), "utf-8")
    with pytest.raises(Problem, match=r"mkdocs\.yml: the site could not be built"):
        report.build(host)
    assert drafted.digest(host.files.project.site / "public") == before
