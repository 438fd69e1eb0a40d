"""audit.audit: what is safe passes, and nothing is swapped in that the auditor refuses."""

from __future__ import annotations

from datetime import date

import pytest

from reporter import keys, private, report
from reporter.audit import audit
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import Note, archive
from survey.problems import Problem
from survey.questions import Questionnaire
from tests.support.audits import Q1, page, unanimous, whole


def test_what_is_published_as_it_was_frozen_is_safe(site: Files) -> None:
    verdict = audit.site(site)
    assert verdict.safe, verdict.refusals
    assert (verdict.editions, verdict.questions) == (2, 4)
    assert verdict.figures > 50
    assert str(verdict).startswith("safe: 2 editions")


def test_nothing_published_is_safe(files: Files) -> None:
    assert audit.site(files).safe


def test_running_out_of_time_is_a_refusal(site: Files) -> None:
    verdict = audit.site(site, seconds=0)
    assert not verdict.safe
    assert "did not end in time" in str(verdict.refusals[-1])


# The story: nothing is swapped in that the auditor refuses


@pytest.fixture
def host(files: Files, questionnaire: Questionnaire) -> Host:
    """A reporting host."""
    policy = read_policy(files.project, questionnaire)
    return Host(files, questionnaire, policy, date(2026, 11, 24), lambda _: None)


def test_a_refused_edition_is_not_published_its_record_not_frozen_and_its_key_not_lost(
    host: Host,
) -> None:
    key, _ = keys.make(host.files, Q1, host.policy)
    exact = unanimous(lambda count, _: (count, count))
    private.write(host.files.draft(Q1), archive.dump(exact))
    with pytest.raises(Problem, match="is told too exactly"):
        report.publish_edition(host, Q1)
    assert key.exists()
    assert not host.files.edition(Q1).exists()
    assert not (host.files.project.site / "public/sv/2026-q1").exists()


def test_a_withdrawn_figure_leaves_every_page_and_a_notice_stands_in_its_place(
    host: Host,
) -> None:
    first, second = whole("2026-q1"), whole("2026-q2")
    for one in (first, second):
        archive.write(one, host.files.edition(one.edition))
    report.build(host)
    frozen = host.files.edition(Q1).read_bytes()
    said = {"sv": "Fel grupp räknades.", "en": "The wrong group was counted."}
    report.withdraw(host, Note(Q1, "all", "reasons", "pay", host.today, said))
    assert audit.site(host.files).safe
    assert host.files.edition(Q1).read_bytes() == frozen
    data = host.files.project.site / "public/sv/2026-q1/data"
    assert "reasons,pay" not in (data / "2026-q1.csv").read_text(encoding="utf-8")
    assert '"reasons", "pay"' not in (data / "2026-q1.json").read_text(encoding="utf-8")
    for language, words in said.items():
        for edition in ("2026-q1", "2026-q2"):
            told = page(host.files, f"{language}/{edition}/corrections").read_text("utf-8")
            assert words in told
    trend = page(host.files, "sv/2026-q2/themes/pay").read_text("utf-8").replace("\u00a0", " ")
    assert trend.count("12 av 31") < 3, "the first edition's figure is gone from the line"
    with pytest.raises(Problem, match="no figure of 'reasons' is shown in 'area-1'"):
        report.withdraw(host, Note(Q1, "area-1", "reasons", "", host.today, said))
    again = {"sv": "Där stod 12 av 31.", "en": "It said 12 of 31."}
    with pytest.raises(Problem, match="sv/2026-q1/corrections: “12 av 31”"):
        report.withdraw(host, Note(Q1, "all", "reasons", "team", host.today, again))
    assert "Där stod" not in (host.files.editions / "notes.json").read_text("utf-8")


def test_a_withdrawn_figure_that_still_stands_somewhere_is_refused(site: Files) -> None:
    note = Note(Q1, "all", "reasons", "", date(2026, 11, 24), {"sv": "Fel.", "en": "Wrong."})
    verdict = audit.site(site, noted=[note])
    told = [str(one) for one in verdict.refusals]
    assert any(one.startswith("sv/2026-q1/why: “12 av 31”") for one in told)
    assert any(
        one.startswith("en/2026-q1/data/2026-q1.csv: “2026-q1, none, all, , reasons, pay")
        for one in told
    )
