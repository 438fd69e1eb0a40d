"""working.clock: what is here already can prove the machine's day wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reporter import preflight, report
from reporter.host import Host
from reporter.records import Note, archive
from reporter.working import clock
from survey.problems import Problem
from tests.support import drafted
from tests.support.drafted import Q2, Q3


def test_a_day_before_the_last_edition_is_refused_by_all_that_would_keep_it(host: Host) -> None:
    drafted.draft(host)
    last = archive.read_all(host.files.editions)[-1].published
    wrong = replace(host, today=last - timedelta(days=1))
    note = Note(Q2, "all", "kind", "", wrong.today, {"sv": "Fel.", "en": "Wrong."})
    for step in (
        lambda: report.publish_edition(wrong, Q3),
        lambda: preflight.audited(wrong, Q3),
        lambda: report.draft(wrong, Q3, []),
        lambda: report.withdraw(wrong, note),
    ):
        with pytest.raises(Problem, match=f"but 2026-q2 was published on {last}. Set this"):
            step()
    assert host.files.private_keys(Q3)[0].exists()


def test_a_day_before_the_draft_or_its_quarter_is_refused(host: Host) -> None:
    drafted.draft(host)
    made = archive.read(host.files.draft(Q3)).published
    with pytest.raises(Problem, match=f"2026-q3 was drafted on {made}"):
        clock.checked(replace(host, today=made - timedelta(days=1)), Q3)
    with pytest.raises(Problem, match="2099-q1 began on 2099-01-01"):
        clock.checked(host, replace(Q3, year=2099, number=1))
    clock.checked(replace(host, today=max(made, date(2026, 11, 24))), Q3)
