"""reporter.comments.decisions, paraphrases, moderation: people read; what is told names nobody."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reporter import cli, private
from reporter.audit import rules
from reporter.comments import codebook, decisions, moderation, paraphrases, uncovered, wordlists
from reporter.comments.decisions import Paraphrase, Quote, Side, State, Why
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.paths import Files
from reporter.records import archive
from reporter.records.findings import WROTE, Finding
from reporter.records.record import Record
from survey.problems import Problem
from survey.project import Project
from survey.questions import Questionnaire
from tests.support.records import LAST, edition

LANGUAGES = ("sv", "en")
THEMES = ("pay", "team", "manager")
PROBLEM, STRENGTH = Side.PROBLEM, Side.STRENGTH


def _one(text: str = "x", **other: str) -> dict[str, str]:
    side = "strength" if other.get("question") == "keep" else "problem"
    given = {"question": "improve", "theme": "", "consent": "paraphrase", "text": text}
    return {**given, "side": side, **other}


def _state(*found: dict[str, str], theme: str = "") -> State:
    """The comments, each confirmed as on the theme if one is given."""
    state = decisions.begin(found)
    for one in state.comments if theme else ():
        state = decisions.confirm(state, one.id, [theme], THEMES)
    return state


def _five(**other: str) -> State:
    return _state(*(_one(f"low pay number {n}", **other) for n in range(5)), theme="pay")


def _said(**other: Any) -> Paraphrase:
    told = {"sv": "Lönen är för låg.", "en": "Pay is too low."}
    return replace(Paraphrase("pay", PROBLEM, told, "AB"), **other)


# Reading


def test_a_follow_up_comes_coded_and_a_side_comes_from_its_question() -> None:
    state = _state(_one(question="follow_pay", theme="pay"), _one(question="keep"), _one())
    found = {one.question: one for one in state.comments}
    assert found["follow_pay"].themes == ("pay",)
    assert found["keep"].side is STRENGTH
    assert found["improve"].side is PROBLEM
    assert decisions.progress(state).decided == 1


def test_ids_are_chance_and_the_order_is_theirs() -> None:
    given = [_one(str(n)) for n in range(20)]
    first, second = _state(*given), _state(*given)
    assert not {one.id for one in first.comments} & {one.id for one in second.comments}
    assert [one.id for one in first.comments] == sorted(one.id for one in first.comments)
    assert [one.text for one in first.comments] != [one.text for one in second.comments]


def test_every_decision_can_be_undone() -> None:
    before = _state(_one())
    (one,) = before.comments
    state = decisions.confirm(before, one.id, ["team", "pay"], THEMES)
    assert state.comment(one.id).themes == ("pay", "team")
    state = decisions.hold(decisions.flip(state, one.id), one.id, Why.NAMES)
    assert (state.comment(one.id).side, state.comment(one.id).held) == (STRENGTH, Why.NAMES)
    for _ in range(3):
        state = decisions.undo(state)
    assert state == before
    with pytest.raises(Problem, match="nothing to undo"):
        decisions.undo(state)


def test_an_unknown_theme_or_comment_is_refused() -> None:
    state = _state(_one())
    with pytest.raises(Problem, match="'lunch'"):
        decisions.confirm(state, state.comments[0].id, ["lunch"], THEMES)
    with pytest.raises(Problem, match="'nobody'"):
        decisions.flip(state, "nobody")


def test_a_new_draft_keeps_what_was_decided() -> None:
    before = _state(_one("a"), _one("a"), theme="pay")
    after = decisions.begin([_one("b"), _one("a"), _one("a")], before)
    assert sorted(one.text for one in after.comments if one.themes == ("pay",)) == ["a", "a"]
    assert [one.text for one in after.comments if one.themes is None] == ["b"]
    assert len({one.id for one in after.comments}) == 3


def test_the_file_is_private_reads_back_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "drafts" / "2026-q4.comments.json"
    text = "<script> | 🎉\n\x1b[31m"
    state = paraphrases.save(_five(), _said(), LANGUAGES)
    state = decisions.hold(state, state.comments[0].id, Why.HARM)
    state = replace(state, comments=(*state.comments, *_state(_one(text)).comments))
    decisions.write(path, state)
    assert decisions.read(path) == state
    assert path.stat().st_mode & 0o777 == 0o600
    decisions.change(path, decisions.undo)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_crash_while_writing_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2026-q4.comments.json"
    decisions.write(path, _five())
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        decisions.change(path, decisions.undo)
    assert path.read_bytes() == before
    monkeypatch.undo()
    private.destroy(path)
    assert not list(tmp_path.iterdir()), "what the crash left is destroyed too"


def test_what_stood_in_the_file_before_is_wiped(tmp_path: Path) -> None:
    path = tmp_path / "2026-q4.comments.json"
    decisions.write(path, _five())
    with path.open("rb") as old:
        decisions.write(path, _state())
        assert b"low pay" not in old.read()


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"comments": [{}]}'])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "2026-q4.comments.json"
    path.write_text(damage, encoding="utf-8")
    with pytest.raises(Problem, match=r"comments\.json: is damaged"):
        decisions.read(path)


# Paraphrases


def test_a_paraphrase_of_five_is_written_by_one_and_approved_by_another() -> None:
    state = paraphrases.save(_five(), _said(), LANGUAGES)
    assert not paraphrases.voices(state, LANGUAGES)
    assert paraphrases.waiting(state)
    state = paraphrases.approve(state, "pay", PROBLEM, "CD", LANGUAGES)
    (voice,) = paraphrases.voices(state, LANGUAGES)
    assert (voice.theme, voice.side, voice.kind) == ("pay", "problem", "paraphrase")
    assert paraphrases.waiting(paraphrases.save(state, _said(), LANGUAGES))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (_said(side=STRENGTH), "rests on 0 writers"),
        (_said(words={"sv": "Lönen."}), "no text in 'en'"),
        (_said(writer=" "), "has no writer"),
        (_said(words={"sv": "Skriv a@b.se", "en": "Low."}), "holds an address"),
        (_said(words={"sv": "Se low pay number 3", "en": "so low pay number 3 x"}), None),
        (_said(words={"sv": "Låg.", "en": "It was low in October."}), r"\(date\)"),
        (_said(words={"sv": "Hos gruppchefen.", "en": "Low."}), r"\(title\)"),
        (_said(words={"sv": "Efter 12 år.", "en": "Low."}), r"\(service\)"),
    ],
)
def test_a_paraphrase_that_breaks_a_rule_is_refused(said: Paraphrase, message: str | None) -> None:
    if message is None:
        paraphrases.save(_five(), said, LANGUAGES)
        return
    with pytest.raises(Problem, match=message):
        paraphrases.save(_five(), said, LANGUAGES)


def test_five_words_in_a_row_from_any_comment_must_be_acknowledged() -> None:
    other = _one("Nobody ever told us why, honestly!", question="keep", consent="count")
    state = replace(_five(), comments=(*_five().comments, *_state(other).comments))
    said = _said(words={"sv": "Låg.", "en": "So nobody EVER told us: why?"})
    (warning,) = paraphrases.warnings(state, said)
    assert "nobody ever told us why" in str(warning)
    with pytest.raises(Problem, match="five words"):
        paraphrases.save(state, said, LANGUAGES)
    paraphrases.save(state, replace(said, acknowledged=(str(warning),)), LANGUAGES)


def test_the_writer_cannot_approve() -> None:
    state = paraphrases.save(_five(), _said(), LANGUAGES)
    for who in ("AB", "a.b.", " "):
        with pytest.raises(Problem, match="approve"):
            paraphrases.approve(state, "pay", PROBLEM, who, LANGUAGES)


@pytest.mark.parametrize("other", [{"consent": "count"}, {"question": "stay"}])
def test_four_tellable_comments_on_one_question_are_no_five_writers(other: dict[str, str]) -> None:
    found = [_one(f"low {n}") for n in range(4)] + [_one("low 5", **other)]
    assert paraphrases.writers(_state(*found, theme="pay"), "pay", PROBLEM) == 4


def test_held_texts_and_open_stops_are_no_source() -> None:
    state = _five()
    state = decisions.hold(state, state.comments[0].id, Why.WRITER)
    assert paraphrases.writers(state, "pay", PROBLEM) == 4
    stopped = _state(*(_one(f"a{n}@b.se") for n in range(5)), theme="pay")
    assert paraphrases.writers(stopped, "pay", PROBLEM) == 0
    cleared = decisions.clear(stopped, stopped.comments[0].id)
    assert paraphrases.writers(cleared, "pay", PROBLEM) == 1


def test_what_stops_being_true_stops_publication() -> None:
    state = paraphrases.approve(
        paraphrases.save(_five(), _said(), LANGUAGES), "pay", PROBLEM, "CD", LANGUAGES
    )
    state = decisions.confirm(state, state.comments[0].id, ["team"], THEMES)
    with pytest.raises(Problem, match="rests on 4"):
        paraphrases.voices(state, LANGUAGES)


# Quotes


def _quotable(text: str = "Pay us more", **other: str) -> tuple[State, Quote]:
    state = _state(_one(text, consent="quote", **other), theme="pay")
    return state, Quote(state.comments[0].id, "pay", text, "AB", "CD")


def test_a_quote_with_consent_and_two_readers_is_told() -> None:
    state, wanted = _quotable()
    (voice,) = paraphrases.voices(paraphrases.quote(state, wanted), LANGUAGES)
    assert (voice.kind, voice.words["sv"]) == ("quote", "Pay us more")
    waits = paraphrases.quote(state, replace(wanted, reader=""))
    assert not paraphrases.voices(waits, LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": "Pay me more"}, "not what the comment says"),
        ({"text": " "}, "is empty"),
        ({"theme": "team"}, "not on 'team'"),
        ({"reader": "A B"}, "second reader"),
        ({"approver": ""}, "no approver"),
    ],
)
def test_a_quote_that_breaks_a_rule_is_refused(changes: dict[str, str], message: str) -> None:
    state, wanted = _quotable()
    with pytest.raises(Problem, match=message):
        paraphrases.quote(state, replace(wanted, **changes))


def test_no_consent_a_hold_a_stop_length_or_a_second_quote_forbids_it() -> None:
    state, wanted = _quotable()
    without = replace(state, comments=(replace(state.comments[0], consent="paraphrase"),))
    long, longer = _quotable("a" * 201)
    stop, stopped = _quotable("Mail a@b.se")
    twice = _state(*(_one(f"Pay {n}", consent="quote") for n in range(2)), theme="pay")
    first, second = (Quote(one.id, "pay", one.text, "AB", "CD") for one in twice.comments)
    for refused, one, message in (
        (without, wanted, "consent"),
        (decisions.hold(state, wanted.comment, Why.HARM), wanted, "held back"),
        (long, longer, "longer than 200"),
        (stop, stopped, "address"),
        (paraphrases.quote(twice, first), second, "second on its theme"),
    ):
        with pytest.raises(Problem, match=message):
            paraphrases.quote(refused, one)


# What becomes public


def _record(wrote: int = 30) -> Record:
    """An edition of the made-up company in which so many wrote what to improve."""
    made = edition(LAST)
    told = tuple(one for one in made.findings if one.question != "improve")
    n = made.counted
    return replace(made, findings=(*told, Finding("all", "improve", WROTE, n, wrote, wrote)))


def _named(**counts: int) -> State:
    """Thirty who wrote what to improve, so many of them on each theme."""
    themes: Sequence[str] = [theme for theme, count in counts.items() for _ in range(count)]
    state = _state(*(_one(f"{n}") for n in range(30)))
    for one, theme in zip(state.comments, [*themes, *[""] * (30 - len(themes))], strict=True):
        state = decisions.confirm(state, one.id, [theme] if theme else [], THEMES)
    return state


def test_themes_that_three_of_ten_named_are_told_of_the_whole_company() -> None:
    told = moderation.moderated(_record(), _named(pay=12, team=2, manager=3))
    found = [one for one in told.findings if one.question.startswith("said_")]
    assert found == [
        Finding("all", "said_improve_problem", "manager", 30, 3, 3),
        Finding("all", "said_improve_problem", "pay", 30, 12, 12),
    ]


def test_a_theme_that_nearly_all_named_is_a_range() -> None:
    (one,) = moderation.moderated(_record(), _named(pay=29)).parts("said_improve_problem", "pay")
    assert (one.low, one.high) == (28, 30)


def test_unread_comments_and_an_inexact_base_keep_themes_back() -> None:
    undone = decisions.undo(_named(pay=30))
    assert moderation.unread(_record(), undone) == ["improve"]
    ranged = replace(_record(), findings=(Finding("all", "improve", WROTE, 31, 29, 31),))
    for made, state in ((_record(), undone), (ranged, _named(pay=12)), (_record(9), _named(pay=9))):
        told = moderation.moderated(made, state)
        assert not [one for one in told.findings if one.question.startswith("said_")]


def test_the_ledger_counts_as_the_gate_does() -> None:
    state = _named(pay=12)
    for one in state.comments[:4]:
        state = decisions.hold(state, one.id, Why.NAMES)
    state = decisions.hold(state, state.comments[5].id, Why.HARM)
    rows = {row[0]: row[1:] for row in moderation.moderated(_record(), state).moderation}
    assert rows["held"] == (5, 5)
    assert rows["held.names"] == (4, 4)
    assert rows["held.harm"] == rows["held.beside"] == (0, 2)
    assert rows["quoted"] == (0, 0)


def test_reading_everything_tells_no_closer_how_many_wrote() -> None:
    ranged = replace(_record(), findings=(Finding("all", "improve", WROTE, 31, 29, 31),))
    told = moderation.moderated(ranged, _named(pay=30))
    rows = {what: (low, high) for what, low, high in told.moderation}
    assert rows["sorted"] == rows["came"] == (29, 33)
    exact = tuple(row if row[0] != "sorted" else ("sorted", 30, 30) for row in told.moderation)
    assert list(rules.ledger(told)) == []
    assert "‘sorted’ too exactly" in next(iter(rules.ledger(replace(told, moderation=exact))))


def test_more_follow_ups_than_people_are_counted_as_they_came() -> None:
    people = _record().counted
    follow = [_one(f"{n}", question="follow_pay", theme="pay") for n in range(people + 9)]
    told = moderation.moderated(_record(), decisions.begin(follow))
    rows = {what: (low, high) for what, low, high in told.moderation}
    others = [told.company(one, WROTE) for one in ("keep", "improve", "stay")]
    assert rows["came"] == tuple(
        people + 9 + sum(getattr(one, end) for one in others if one) for end in ("low", "high")
    )
    assert rows["sorted"] == (people + 9, people + 9)
    assert list(rules.ledger(told)) == []


def test_an_edition_without_comments_keeps_its_bytes(tmp_path: Path) -> None:
    made = edition(LAST)
    assert moderation.moderated(made, State(())) == made
    assert "voices" not in archive.dump(made)
    path = tmp_path / "2026-q3.json"
    archive.write(_published(), path)
    assert archive.read(path) == _published()


def _published() -> Record:
    state = _named(pay=12)
    hostile = "<script>alert(1)</script> **fet** [x](y) | `k`"
    state = paraphrases.save(state, _said(words={"sv": hostile, "en": "Low."}), LANGUAGES)
    state = paraphrases.approve(state, "pay", PROBLEM, "CD", LANGUAGES)
    return moderation.moderated(_record(), state)


@pytest.mark.parametrize("language", LANGUAGES)
def test_theme_pages_tell_voices_as_text_and_the_ledger_has_a_page(language: str) -> None:
    spoken = words_in(language)
    made = [_published()]
    found = pages.edition(made, pages.draw(made), spoken)
    assert spoken("voices.title") in found["themes/pay.md"]
    assert "<script" not in found["themes/pay.md"]
    assert "**fet**" not in found["themes/pay.md"]
    assert spoken("moderation.came") in found["moderation.md"]
    assert "](moderation.md)" in found["ahead.md"]
    assert "moderation.md" in str(pages.nav(made, spoken))
    assert "moderation.md" not in pages.edition([edition(LAST)], {}, spoken)


# Words no theme covers


def test_frequent_words_that_no_theme_covers_are_listed_from_k_comments_on(
    project: Project, questionnaire: Questionnaire
) -> None:
    book = codebook.read(project, questionnaire.themes)
    texts = ["The lönelyft and a gizmo"] * 2 + ["gizmos again, zebra", "my gizmo wages"]
    assert uncovered.words(book, texts, 4) == [uncovered.Word("gizmo", 4)]
    wordlists.write_not_a_theme(project, "gizmo", questionnaire.themes)
    book = codebook.read(project, questionnaire.themes)
    assert uncovered.words(book, texts, 2) == []


# Commands


def _run(project: Project, *arguments: str) -> int:
    return cli.main(["--project", str(project.root), *arguments])


def test_the_commands_read_confirm_and_undo(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    files = Files(project)
    decisions.write(files.comments(LAST), decisions.begin([_one("Min lön \x1b[31m, Torbjörn!")]))
    private.write(files.draft(LAST), archive.dump(edition(LAST)))
    (one,) = decisions.read(files.comments(LAST)).comments
    assert _run(project, "comments", str(LAST)) == 0
    told = capsys.readouterr().out
    assert "0 of 1 decided" in told
    assert "pay (lön)" in told
    assert "look: Torbjörn" in told
    assert "\x1b" not in told
    assert _run(project, "comments", str(LAST), "--confirm", one.id) == 0
    assert decisions.read(files.comments(LAST)).comment(one.id).themes == ("pay",)
    assert _run(project, "comments", str(LAST), "--undo") == 0
    assert _run(project, "comments", str(LAST), "--confirm", one.id, "--themes", "none") == 0
    assert decisions.read(files.comments(LAST)).comment(one.id).themes == ()
    assert _run(project, "comments", str(LAST), "--flip", "zzz") == 1


def test_the_commands_show_and_change_the_codebook(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    files = Files(project)
    decisions.write(
        files.comments(LAST), decisions.begin([_one(f"Min lön, gizmo {n}") for n in range(9)])
    )
    assert _run(project, "codebook", str(LAST)) == 0
    told = capsys.readouterr().out
    assert "100%  pay" in told
    assert "covered by none  gizmo" in told
    assert _run(project, "codebook", str(LAST), "--try", "gizmo", "--add", "process") == 0
    assert "gizmo: 9 of 9" in capsys.readouterr().out
    assert _run(project, "codebook", str(LAST)) == 0
    assert "100%  process" in capsys.readouterr().out


def test_the_commands_paraphrase_and_quote(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Files(project).comments(LAST)
    decisions.write(path, _five(consent="quote"))
    at = ("paraphrase", str(LAST), "pay", "problem")
    texts = ("--text", "sv=Lönen är låg.", "--text", "en=Pay is low.")
    assert _run(project, *at, *texts, "--writer", "AB") == 0
    assert "waits: pay, problem: is not approved." in capsys.readouterr().out
    assert _run(project, *at, "--approve", "AB") == 1
    assert _run(project, *at, "--approve", "CD") == 0
    one = decisions.read(path).comments[0]
    quoting = ("quote", str(LAST), one.id, "pay", "--approver", "AB")
    assert _run(project, *quoting, "--reader", "AB") == 1
    assert _run(project, *quoting, "--reader", "CD") == 0
    assert len(paraphrases.voices(decisions.read(path), LANGUAGES)) == 2
