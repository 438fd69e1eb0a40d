"""comments.decisions: people read; every decision can be undone, and no crash loses one."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reporter import private
from reporter.comments import decisions, paraphrases, private_file
from reporter.comments.decisions import Why
from survey.problems import Problem
from tests.support import written
from tests.support.written import LANGUAGES, PROBLEM, STRENGTH, THEMES


def test_a_follow_up_comes_coded_and_a_side_comes_from_its_question() -> None:
    state = written.decided(
        written.comment(question="follow_pay", theme="pay"),
        written.comment(question="keep"),
        written.comment(),
    )
    found = {one.question: one for one in state.comments}
    assert found["follow_pay"].themes == ("pay",)
    assert found["keep"].side is STRENGTH
    assert found["improve"].side is PROBLEM
    assert decisions.progress(state).decided == 1


def test_ids_are_chance_and_the_order_is_theirs() -> None:
    given = [written.comment(str(n)) for n in range(20)]
    first, second = written.decided(*given), written.decided(*given)
    assert not {one.id for one in first.comments} & {one.id for one in second.comments}
    assert [one.id for one in first.comments] == sorted(one.id for one in first.comments)
    assert [one.text for one in first.comments] != [one.text for one in second.comments]


def test_every_decision_can_be_undone() -> None:
    before = written.decided(written.comment())
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
    state = written.decided(written.comment())
    with pytest.raises(Problem, match="'lunch'"):
        decisions.confirm(state, state.comments[0].id, ["lunch"], THEMES)
    with pytest.raises(Problem, match="'nobody'"):
        decisions.flip(state, "nobody")


def test_a_new_draft_keeps_what_was_decided() -> None:
    before = written.decided(written.comment("a"), written.comment("a"), theme="pay")
    after = decisions.begin(
        [written.comment("b"), written.comment("a"), written.comment("a")], before
    )
    assert sorted(one.text for one in after.comments if one.themes == ("pay",)) == ["a", "a"]
    assert [one.text for one in after.comments if one.themes is None] == ["b"]
    assert len({one.id for one in after.comments}) == 3


def test_the_file_is_private_reads_back_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "drafts" / "2026-q4.comments.json"
    text = "<script> | 🎉\n\x1b[31m"
    state = paraphrases.save(written.five(), written.said(), LANGUAGES)
    state = decisions.hold(state, state.comments[0].id, Why.HARM)
    state = replace(
        state, comments=(*state.comments, *written.decided(written.comment(text)).comments)
    )
    private_file.write(path, state)
    assert private_file.read(path) == state
    assert path.stat().st_mode & 0o777 == 0o600
    private_file.change(path, decisions.undo)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_crash_while_writing_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2026-q4.comments.json"
    private_file.write(path, written.five())
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        private_file.change(path, decisions.undo)
    assert path.read_bytes() == before
    monkeypatch.undo()
    private.destroy(path)
    assert not list(tmp_path.iterdir()), "what the crash left is destroyed too"


def test_what_stood_in_the_file_before_is_wiped(tmp_path: Path) -> None:
    path = tmp_path / "2026-q4.comments.json"
    private_file.write(path, written.five())
    with path.open("rb") as old:
        private_file.write(path, written.decided())
        assert b"low pay" not in old.read()


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"comments": [{}]}'])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "2026-q4.comments.json"
    path.write_text(damage, encoding="utf-8")
    with pytest.raises(Problem, match=r"comments\.json: is damaged"):
        private_file.read(path)
