"""Commitments: every mistake is told at once, and nothing published is ever rewritten."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reporter.commitments import Status, commitment, published, reading, snapshot
from reporter.commitments.commitment import Step
from survey.problems import Problem
from survey.project import PACKAGED
from survey.questionnaire import read_questionnaire
from tests.support.editions import PROMISE

QUESTIONNAIRE = read_questionnaire(PACKAGED / "questionnaire.yaml")
GOOD = """---
title: {sv: Se över lönerna, en: Review pay}
theme: pay
goal: {sv: Alla löner jämförda., en: All pay compared.}
measure: {question: rate_pay, answer: favourable, baseline: 40, target: 60}
owner: {sv: HR-chefen, en: Head of HR}
made: 2025-08-01
due: 2026-03-31
status: under_way
history:
  - {date: 2025-09-01, status: under_way, sv: Vi har börjat., en: We began.}
---
"""


def read(folder: Path, text: str, name: str = "pay-review.md") -> tuple[commitment.Commitment, ...]:
    (folder / name).write_text(text, encoding="utf-8")
    return reading.read(folder, QUESTIONNAIRE)


def test_a_file_is_read_whole_and_its_name_is_its_id(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == (PROMISE,)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("theme: pay", "theme: lunch", "`theme` is 'lunch'"),
        ("en: Review pay", "fr: Revoir", "`title` has no text in 'en'"),
        ("en: Review pay", "fr: Revoir", "unknown key 'fr'"),
        ("question: rate_pay", "question: area", "the question 'area'"),
        ("question: rate_pay", "question: keep", "the question 'keep'"),
        ("answer: favourable", "answer: sum", "the answer 'sum'"),
        ("baseline: 40", "baseline: 40.5", "`baseline` is '40.5'"),
        ("target: 60", "target: 101", "`target` is '101'"),
        ("target: 60", "target: 40", "target at its baseline"),
        ("sv: HR-chefen", "sv: anna@example.se", "holds an address"),
        ("made: 2025-08-01", "made: 1 aug 2025", "`made` is '1 aug 2025'"),
        ("made: 2025-08-01", "made: 2025-02-30", "`made` is '2025-02-30'"),
        ("due: 2026-03-31", "due: 2025-08-01", "`due` is not after `made`"),
        ("date: 2025-09-01", "date: 2025-07-01", "begins before `made`"),
        ("status: under_way\n", "status: soon\n", "`status` is 'soon'"),
        ("status: under_way\n", "status: done\n", "is done and the history says under_way"),
        ("status: under_way\n", "status: dropped\n", "dropped without a `reason`"),
        (
            "status: under_way\n",
            "status: under_way\nreason: {sv: a, en: b}\n",
            "nothing was dropped",
        ),
        ("status: under_way\n", "status: under_way\nlevel: 3\n", "unknown key 'level'"),
        ("history:\n", "history: none\nold:\n", "`history` is no list"),
        ("---\ntitle", "title", "does not begin with keys"),
        ("en: We began.}\n---\n", "en: We began.}\n---\nMore words.\n", "text below"),
    ],
)
def test_each_mistake_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(Problem, match=r"pay-review\.md") as problem:
        read(tmp_path, GOOD.replace(old, new))
    assert said in str(problem.value)


def test_mistakes_in_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(GOOD.replace("theme: pay", "theme: lunch"), encoding="utf-8")
    with pytest.raises(Problem) as problem:
        read(tmp_path, GOOD.replace("target: 60", "target: x"), "Two Words.md")
    assert "one.md" in str(problem.value)
    assert "`target`" in str(problem.value)
    assert "a name that is no id" in str(problem.value)


def test_history_stands_in_the_order_of_its_dates(tmp_path: Path) -> None:
    later = "  - {date: 2025-08-15, status: under_way, sv: Mer., en: More.}\n---\n"
    with pytest.raises(Problem, match="order of its dates"):
        read(tmp_path, GOOD.removesuffix("---\n") + later)


@pytest.mark.parametrize("name", ["made", "goal", "theme"])
def test_what_was_published_of_a_promise_stays(name: str) -> None:
    changed: dict[str, Any] = {
        "made": date(2025, 8, 2),
        "goal": {"sv": "Annat.", "en": "Else."},
        "theme": "team",
    }
    with pytest.raises(Problem, match=f"`{name}` differs"):
        published.check_history([replace(PROMISE, **{name: changed[name]})], [snapshot(PROMISE)])


def test_what_nobody_sees_is_no_part_of_a_promise_and_no_other_promise(tmp_path: Path) -> None:
    hidden = GOOD.replace("Review pay", "Re\u200bview\u202e pay").replace(
        "We began", "We\u00ad began"
    )
    assert read(tmp_path, hidden) == (PROMISE,)
    before = replace(PROMISE, goal={**PROMISE.goal, "en": "All\u202e pay compared."})
    published.check_history([PROMISE], [snapshot(before)])


def test_a_target_is_not_lowered_afterwards() -> None:
    easier = replace(PROMISE, measure=replace(PROMISE.measure, target=45))
    with pytest.raises(Problem, match="`measure` differs"):
        published.check_history([easier], [snapshot(PROMISE)])


def test_a_published_promise_does_not_vanish() -> None:
    with pytest.raises(Problem, match="is gone"):
        published.check_history([], [snapshot(PROMISE), snapshot(PROMISE)])


def test_a_line_of_history_is_never_changed_or_removed() -> None:
    (step,) = PROMISE.history
    other = replace(step, words={"sv": "Klart.", "en": "Done."})
    for history in ((), (other,)):
        with pytest.raises(Problem, match="`history` lacks or changes"):
            published.check_history([replace(PROMISE, history=history)], [snapshot(PROMISE)])


def test_a_deadline_moves_only_with_a_word_about_it() -> None:
    moved = replace(PROMISE, due=date(2026, 12, 31))
    with pytest.raises(Problem, match="`due` was changed without a word"):
        published.check_history([moved], [snapshot(PROMISE)])
    why = Step(date(2026, 2, 1), Status.UNDER_WAY, {"sv": "Försenat.", "en": "Late."})
    told = replace(moved, history=(*PROMISE.history, why))
    published.check_history([told], [snapshot(PROMISE)])
