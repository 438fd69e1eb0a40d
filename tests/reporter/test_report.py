"""reporter.report: from sealed boxes to a frozen record, and from a draft to what readers find."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date

import pytest

from reporter import drafts, preflight, private, report, status
from reporter.comments import decisions, private_file
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import Note, archive, corrections
from survey.problems import Problem
from survey.project import Project
from survey.questions import Questionnaire
from survey.settings import Settings
from tests.support import boxes, company, drafted
from tests.support.boxes import Q1, Q2
from tests.support.drafted import Q3


def test_a_small_quarter_stays_sealed_and_the_next_edition_covers_both(here: Settings) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 12))
    boxes.answered(here, Q2, company.quarter_answers(Q2, 4, 25))
    host = boxes.reporting(here)
    with pytest.raises(Problem, match="12 of at least 30"):
        report.draft(host, Q1, here.project.boxes())
    frozen = report.draft(host, Q2, here.project.boxes())
    assert (frozen.quarters, frozen.counted, frozen.issued) == ((Q1, Q2), 37, 47)
    report.publish_edition(host, Q2)
    for of in (Q1, Q2):
        assert not host.files.private_keys(of)[0].exists()


def test_a_stricter_policy_than_pledged_is_welcome(here: Settings) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 40))
    host = boxes.reporting(here)
    stricter = replace(host, policy=replace(host.policy, k=10))
    frozen = report.draft(stricter, Q1, here.project.boxes())
    assert frozen.k == 10
    assert all(block.n >= 10 for block in frozen.blocks)


def test_a_draft_changes_nothing_that_is_published(here: Settings) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    report.draft(boxes.reporting(here), Q1, here.project.boxes())
    assert archive.read_all(here.project.site / "editions") == []
    assert not (here.project.site / "public").exists()


def test_the_figures_are_those_of_the_answers(here: Settings) -> None:
    answers: list[dict[str, object]] = [{"kind": "own"}] * 20 + [{"kind": "contract"}] * 11
    boxes.answered(here, Q1, answers)
    frozen = report.draft(boxes.reporting(here), Q1, here.project.boxes())
    shown = {one.answer: (one.low, one.high) for one in frozen.parts("kind", "own")}
    shown |= {one.answer: (one.low, one.high) for one in frozen.parts("kind", "contract")}
    assert shown == {"own": (20, 20), "contract": (11, 11)}


def test_the_reporting_host_needs_none_of_the_collecting_hosts_secrets(here: Settings) -> None:
    boxes.answered(here, Q1, [{"kind": "own"}] * 31)
    for name in ("link.keys", "ledger.key", "flask.key"):
        (here.project.secrets / name).unlink()
    report.draft(boxes.reporting(here), Q1, here.project.handed_over())
    report.publish_edition(boxes.reporting(here), Q1)


def test_publishing_freezes_the_record_and_destroys_key_and_working_files(host: Host) -> None:
    drafted.draft(host)
    report.publish_edition(host, Q3)
    frozen = archive.read(host.files.edition(Q3))
    assert frozen.published == host.today
    assert not host.files.private_keys(Q3)[0].exists()
    assert not host.files.draft(Q3).exists()
    assert not host.files.comments(Q3).exists()
    assert list(host.files.draft(Q3).parent.rglob("*.*")) == [], "nothing private is left"
    assert [(one.theme, one.kind) for one in frozen.voices] == [("pay", "paraphrase")]
    assert frozen.company("said_improve_problem", "pay").low == 12
    assert "AB" not in archive.dump(frozen), "who moderated is nobody's business"
    shown = host.files.project.site / "public" / "sv" / "2026-q3"
    page = (shown / "themes" / "pay" / "index.html").read_text(encoding="utf-8")
    assert "Lågt <b>nu</b>." in html.unescape(page)
    assert "<b>nu" not in page
    assert (shown / "moderation" / "index.html").exists()


def test_comments_are_told_once_however_often_publishing_is_begun(host: Host) -> None:
    drafted.draft(host)
    once = report.reviewed(host, Q3)
    private.write(host.files.draft(Q3), archive.dump(once))
    assert report.reviewed(host, Q3) == once


def test_what_is_published_is_never_made_again(host: Host) -> None:
    drafted.draft(host)
    report.publish_edition(host, Q3)
    before = host.files.edition(Q3).read_bytes(), drafted.digest(host.files.public)
    assert report.publish_edition(host, Q3) == archive.read(host.files.edition(Q3))
    assert (host.files.edition(Q3).read_bytes(), drafted.digest(host.files.public)) == before


def test_without_a_draft_it_says_how_to_make_one(host: Host) -> None:
    with pytest.raises(Problem, match="Run: reporter draft 2026-q3"):
        report.publish_edition(host, Q3)


def test_a_crash_while_keys_are_destroyed_is_mended_and_the_record_tells_the_truth(
    host: Host,
) -> None:
    drafted.draft(host)
    (key,) = host.files.private_keys(Q3)[:1]
    key.with_suffix(".part").mkdir()  # it is looked for once the key itself is gone
    with pytest.raises(OSError, match="Is a directory"):
        report.publish_edition(host, Q3)
    assert not key.exists()
    assert not host.files.edition(Q3).exists()
    key.with_suffix(".part").rmdir()
    report.publish_edition(host, Q3)
    assert archive.read(host.files.edition(Q3)).destroyed == 1


def test_a_key_that_a_crash_left_half_overwritten_is_destroyed(host: Host) -> None:
    drafted.draft(host)
    host.files.private_keys(Q3)[0].write_bytes(b"noise, and then")
    report.publish_edition(host, Q3)
    assert not host.files.private_keys(Q3)[0].exists()
    assert archive.read(host.files.edition(Q3)).destroyed == 1


def test_an_edition_that_cannot_be_built_costs_no_key(host: Host) -> None:
    drafted.draft(host)
    (host.files.pages / "sv" / "why.md").write_text("# Mitt", encoding="utf-8")
    with pytest.raises(Problem, match="a generated page has this name"):
        report.publish_edition(host, Q3)
    assert host.files.private_keys(Q3)[0].exists()
    assert not host.files.edition(Q3).exists()


def test_a_promise_rewritten_since_the_draft_is_noticed(host: Host) -> None:
    """Every edition keeps its commitments, and history is only ever added to."""
    promise = host.files.commitments / "valbara-skift.md"
    text = promise.read_text(encoding="utf-8").replace("target: 65", "target: 60")
    promise.write_text(text, encoding="utf-8")
    drafted.draft(host)
    with pytest.raises(Problem, match="valbara-skift"):
        report.publish_edition(host, Q3)


def test_building_without_an_edition_says_what_to_do_first(
    project: Project, questionnaire: Questionnaire
) -> None:
    policy = read_policy(project, questionnaire)
    empty = Host(Files(project), questionnaire, policy, date(2026, 11, 24), lambda _: None)
    with pytest.raises(Problem, match="no edition is published yet"):
        report.build(empty)


def test_a_withdrawal_that_was_cut_off_before_its_pages_is_run_again(host: Host) -> None:
    note = Note(Q2, "all", "kind", "", host.today, {"sv": "Fel.", "en": "Wrong."})
    corrections.keep(host.files.editions, [note])
    report.withdraw(host, note)
    assert corrections.notes(host.files.editions) == (note,)
    data = host.files.public / "en" / str(Q2) / "data" / f"{Q2}.json"
    assert '"notes"' in data.read_text(encoding="utf-8")


_UNREAD = {
    "text": "pay",
    "question": "improve",
    "theme": "",
    "consent": "paraphrase",
    "side": "problem",
}


def test_a_draft_leads_to_its_comments_then_to_the_audit_and_to_publishing_last(
    host: Host,
) -> None:
    drafted.draft(host)
    read = drafts.comments(host, Q3)
    unread = decisions.begin([_UNREAD])
    private_file.write(host.files.comments(Q3), unread)
    assert status.after_draft(host, Q3) == "reporter comments 2026-q3"
    private_file.write(host.files.comments(Q3), read)
    assert status.after_draft(host, Q3) == "reporter audit 2026-q3"
    preflight.audited(host, Q3)
    assert status.after_draft(host, Q3) == "reporter publish 2026-q3"
