"""publishing.staging: built aside and swapped in whole; what is refused leaves nothing behind."""

from __future__ import annotations

import pytest

from reporter import preflight, report
from reporter.host import Host
from survey.problems import Problem
from tests.support import drafted
from tests.support.drafted import Q3


def test_an_edition_that_is_refused_leaves_nothing_below_the_web_servers_folder(
    host: Host,
) -> None:
    drafted.draft(host)
    page = host.files.pages / "en" / "more.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# More\n\n3 of 917 people were angry.\n", encoding="utf-8")
    assert not preflight.audited(host, Q3).passed
    with pytest.raises(Problem, match="3 of 917"):
        report.publish_edition(host, Q3)
    assert list((host.files.project.site / "public").iterdir()) == []
    assert host.files.private_keys(Q3)[0].exists()


def test_no_page_says_that_a_key_is_destroyed_while_it_is_there(host: Host) -> None:
    """Seen where the swap fails: the key is gone by then, and no page is there yet."""
    drafted.draft(host)
    drafted.in_the_way(host)
    with pytest.raises(OSError, match="Not a directory"):
        report.publish_edition(host, Q3)
    assert not host.files.private_keys(Q3)[0].exists()
    assert not list(host.files.public.rglob(f"??/{Q3}/index.html"))


def test_a_page_by_hand_that_hides_a_generated_one_is_refused(host: Host) -> None:
    (host.files.pages / "sv" / "why.md").write_text("# Mitt", encoding="utf-8")
    with pytest.raises(Problem, match="a generated page has this name"):
        report.build(host)
