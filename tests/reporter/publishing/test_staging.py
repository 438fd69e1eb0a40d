"""publishing.engine and report: built aside, swapped in whole, the same bytes every time."""

from __future__ import annotations

import hashlib
import html
import json
import shutil
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporter import keys, preflight, private, report
from reporter.comments import decisions, paraphrases
from reporter.comments.decisions import Paraphrase, Side, State
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.publishing import staging, versions
from reporter.records import archive
from reporter.records.findings import WROTE
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.questions import Questionnaire
from tests.support.places import COMMITMENTS
from tests.support.records import edition, history

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


@pytest.fixture
def host(project: Project, questionnaire: Questionnaire) -> Host:
    """A reporting host with two past editions."""
    policy = read_policy(project, questionnaire)
    shutil.copytree(COMMITMENTS, project.site / "commitments", dirs_exist_ok=True)
    for one in history(2, Q2):
        archive.write(one, project.site / "editions" / f"{one.edition}.json")
    return Host(Files(project), questionnaire, policy, date(2026, 11, 24), lambda _: None)


def _digest(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _draft(host: Host) -> None:
    """A draft of Q3 with its key, as the command leaves them."""
    keys.make(host.files, Q3, host.policy)
    frozen = edition(Q3)
    private.write(host.files.draft(Q3), archive.dump(frozen))
    decisions.write(host.files.comments(Q3), _read())


def _read() -> State:
    """As many comments as there are, read: twelve on pay, and what they come to in other words."""
    (wrote,) = edition(Q3).parts("improve", WROTE)
    rest = {"question": "improve", "theme": "", "consent": "paraphrase", "side": "problem"}
    state = decisions.begin([{**rest, "text": f"pay number {n}"} for n in range(wrote.high)])
    for number, one in enumerate(state.comments):
        state = decisions.confirm(state, one.id, ["pay"] if number < 12 else [], ["pay"])
    told = Paraphrase("pay", Side.PROBLEM, {"sv": "Lågt <b>nu</b>.", "en": "Low."}, "AB")
    languages = ("sv", "en")
    state = paraphrases.save(state, told, languages)
    return paraphrases.approve(state, "pay", Side.PROBLEM, "CD", languages)


def test_two_builds_of_the_same_records_are_identical_byte_for_byte(host: Host) -> None:
    public = host.files.project.site / "public"
    report.build(host)
    first = _digest(public)
    report.build(host)
    assert _digest(public) == first
    assert len([path for path in first if path.endswith("index.html")]) > 80


def test_every_language_has_its_editions_a_list_of_them_and_the_latest(host: Host) -> None:
    report.build(host)
    public = host.files.project.site / "public"
    for language, title in (("sv", "kv 2 2026"), ("en", "Q2 2026")):
        folder = public / language
        versions = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
        assert [one["version"] for one in versions] == ["2026-q2", "2026-q1"]
        assert (versions[0]["title"], versions[0]["aliases"]) == (title, ["latest"])
        assert (folder / "latest").resolve().name == "2026-q2"
        page = (folder / "latest" / "index.html").read_text("utf-8")
        assert f'lang="{language}"' in page
        assert 'aria-label=""' not in page, "every control has a name"
    assert sorted(path.name for path in public.iterdir()) == ["en", "index.html", "sv"]


def test_publishing_freezes_the_record_and_destroys_key_and_working_files(host: Host) -> None:
    _draft(host)
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


def test_a_preview_is_for_its_owner_alone_and_leaves_no_text_elsewhere(host: Host) -> None:
    _draft(host)
    targets = report.preview(host, report.reviewed(host, Q3))
    drafts = host.files.draft(Q3).parent
    assert all(target.is_relative_to(drafts) for target in targets)
    modes = {path.stat().st_mode & 0o777 for path in drafts.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert not list((host.files.project.root / "build").rglob("*.md"))
    report.publish_edition(host, Q3)
    assert not any(target.exists() for target in targets)


def test_a_draft_is_audited_as_it_would_be_published_and_nothing_stays_of_it(host: Host) -> None:
    report.build(host)
    before = _digest(host.files.project.site)
    _draft(host)
    assert preflight.last(host, Q3) is None, "nobody has asked the auditor"
    assert preflight.audited(host, Q3).passed
    assert _digest(host.files.project.site) == before, "a web server shows what lies there"
    found = preflight.last(host, Q3)
    assert found
    assert "3 editions" in found.told
    assert host.files.verdict(Q3).stat().st_mode & 0o777 == 0o600


def test_what_the_auditor_said_of_a_draft_holds_until_something_changes(host: Host) -> None:
    _draft(host)
    preflight.audited(host, Q3)
    assert preflight.last(replace(host, today=date(2026, 12, 1)), Q3), "a day changes nothing"
    decisions.change(host.files.comments(Q3), decisions.undo)
    assert preflight.last(host, Q3) is None
    host.files.verdict(Q3).write_text("{", encoding="utf-8")
    assert preflight.last(host, Q3) is None


def test_an_edition_that_is_refused_leaves_nothing_below_the_web_servers_folder(
    host: Host,
) -> None:
    _draft(host)
    page = host.files.pages / "en" / "more.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# More\n\n3 of 917 people were angry.\n", encoding="utf-8")
    assert not preflight.audited(host, Q3).passed
    with pytest.raises(Problem, match="3 of 917"):
        report.publish_edition(host, Q3)
    assert list((host.files.project.site / "public").iterdir()) == []
    assert host.files.private_keys(Q3)[0].exists()


def test_comments_are_told_once_however_often_publishing_is_begun(host: Host) -> None:
    _draft(host)
    once = report.reviewed(host, Q3)
    private.write(host.files.draft(Q3), archive.dump(once))
    assert report.reviewed(host, Q3) == once


def test_what_is_published_is_never_made_again(host: Host) -> None:
    _draft(host)
    report.publish_edition(host, Q3)
    before = host.files.edition(Q3).read_bytes()
    with pytest.raises(Problem, match="is published already"):
        report.publish_edition(host, Q3)
    assert host.files.edition(Q3).read_bytes() == before


def test_without_a_draft_it_says_how_to_make_one(host: Host) -> None:
    with pytest.raises(Problem, match="Run: reporter draft 2026-q3"):
        report.publish_edition(host, Q3)


def test_a_crash_before_the_swap_is_mended_by_running_it_again(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    _draft(host)

    def crash(*_: object) -> None:
        raise OSError("power loss")

    monkeypatch.setattr(versions, "swap", crash)
    with pytest.raises(OSError, match="power loss"):
        report.publish_edition(host, Q3)
    frozen = host.files.edition(Q3).read_bytes()
    monkeypatch.undo()
    report.publish_edition(host, Q3)
    assert host.files.edition(Q3).read_bytes() == frozen
    assert (host.files.project.site / "public" / "sv" / "2026-q3" / "index.html").exists()


def test_a_crash_while_keys_are_destroyed_is_mended_and_the_record_tells_the_truth(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    _draft(host)

    def crash(path: Path) -> None:
        path.unlink()
        raise OSError("power loss")

    monkeypatch.setattr(private, "destroy", crash)
    with pytest.raises(OSError, match="power loss"):
        report.publish_edition(host, Q3)
    assert not host.files.edition(Q3).exists()
    monkeypatch.undo()
    report.publish_edition(host, Q3)
    assert archive.read(host.files.edition(Q3)).destroyed == 1


def test_a_key_that_a_crash_left_half_overwritten_is_destroyed(host: Host) -> None:
    _draft(host)
    host.files.private_keys(Q3)[0].write_bytes(b"noise, and then")
    report.publish_edition(host, Q3)
    assert not host.files.private_keys(Q3)[0].exists()
    assert archive.read(host.files.edition(Q3)).destroyed == 1


def test_no_page_says_that_a_key_is_destroyed_while_it_is_there(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    _draft(host)
    there: list[bool] = []

    def look(*_: object) -> None:
        there.append(host.files.private_keys(Q3)[0].exists())

    monkeypatch.setattr(staging, "swapped", look)
    report.publish_edition(host, Q3)
    assert there == [False]


def test_an_edition_that_cannot_be_built_costs_no_key(host: Host) -> None:
    _draft(host)
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
    _draft(host)
    with pytest.raises(Problem, match="valbara-skift"):
        report.publish_edition(host, Q3)


def test_building_without_an_edition_says_what_to_do_first(
    project: Project, questionnaire: Questionnaire
) -> None:
    policy = read_policy(project, questionnaire)
    empty = Host(Files(project), questionnaire, policy, date(2026, 11, 24), lambda _: None)
    with pytest.raises(Problem, match="no edition is published yet"):
        report.build(empty)


def test_a_page_by_hand_that_hides_a_generated_one_is_refused(host: Host) -> None:
    (host.files.pages / "sv" / "why.md").write_text("# Mitt", encoding="utf-8")
    with pytest.raises(Problem, match="a generated page has this name"):
        report.build(host)


def test_readers_never_find_a_gap_while_an_edition_is_swapped(tmp_path: Path) -> None:
    live = tmp_path / "2026-q3"
    live.mkdir()
    (live / "index.html").write_text("old", encoding="utf-8")
    missing: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if not (live / "index.html").exists():
                missing.append("gap")

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(300):
        fresh = tmp_path / ".fresh"
        fresh.mkdir()
        (fresh / "index.html").write_text(str(number), encoding="utf-8")
        versions.swap(fresh, live)
    done.set()
    reader.join()
    assert not missing
    assert (live / "index.html").read_text(encoding="utf-8") == "299"
    assert list(tmp_path.iterdir()) == [live]


def test_a_site_that_cannot_be_built_leaves_the_published_one(host: Host) -> None:
    report.build(host)
    before = _digest(host.files.project.site / "public")
    config = host.files.project.config
    config.write_text(config.read_text("utf-8").replace("site/theme", "site/gone"), "utf-8")
    with pytest.raises(Problem, match=r"mkdocs\.yml: the site could not be built"):
        report.build(host)
    assert _digest(host.files.project.site / "public") == before
