"""reporter.preflight: a draft is audited as it would be published, and nothing stays of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reporter import preflight, report
from reporter.comments import decisions, private_file
from reporter.host import Host
from tests.support import drafted
from tests.support.drafted import Q3


def test_a_draft_is_audited_as_it_would_be_published_and_nothing_stays_of_it(host: Host) -> None:
    report.build(host)
    before = drafted.digest(host.files.project.site)
    drafted.draft(host)
    assert preflight.last(host, Q3) is None, "nobody has asked the auditor"
    assert preflight.audited(host, Q3).passed
    assert drafted.digest(host.files.project.site) == before, "a web server shows what lies there"
    found = preflight.last(host, Q3)
    assert found
    assert "3 editions" in found.told
    assert host.files.verdict(Q3).stat().st_mode & 0o777 == 0o600


def test_what_the_auditor_said_of_a_draft_holds_until_something_changes(host: Host) -> None:
    drafted.draft(host)
    preflight.audited(host, Q3)
    assert preflight.last(replace(host, today=date(2026, 12, 1)), Q3), "a day changes nothing"
    private_file.change(host.files.comments(Q3), decisions.undo)
    assert preflight.last(host, Q3) is None
    host.files.verdict(Q3).write_text("{", encoding="utf-8")
    assert preflight.last(host, Q3) is None
