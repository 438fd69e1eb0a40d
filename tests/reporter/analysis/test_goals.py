"""Strategic goals: optional, checked whole, and frozen with the edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.analysis import goals
from reporter.analysis.goals import Goal
from survey.problems import Problem
from survey.project import PACKAGED
from survey.questionnaire import read_questionnaire
from tests.support.places import SAMPLES

ASKED = read_questionnaire(PACKAGED / "questionnaire.yaml")
GOOD = "- {weight: 3, themes: [growth, pay], sv: Mål, en: Goal}"


def read(folder: Path, *lines: str) -> tuple[Goal, ...]:
    path = folder / "goals.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return goals.read(path, ASKED)


def test_a_goal_has_words_a_weight_and_themes(tmp_path: Path) -> None:
    (goal,) = read(tmp_path, "goals:", GOOD)
    assert goal == Goal({"sv": "Mål", "en": "Goal"}, 3, ("growth", "pay"))
    assert goals.from_snapshot(goals.snapshot(goal)) == goal


def test_without_a_file_there_are_no_goals(tmp_path: Path) -> None:
    assert goals.read(tmp_path / "goals.yaml", ASKED) == ()


def test_the_made_up_company_has_goals() -> None:
    assert len(goals.read(SAMPLES / "goals.yaml", ASKED)) == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- {weight: 4, themes: [pay], sv: a, en: b}", "has the weight '4'"),
        ("- {themes: [pay], sv: a, en: b}", "has the weight 'None'"),
        ("- {weight: 1, themes: [money], sv: a, en: b}", "names the theme 'money'"),
        ("- {weight: 1, themes: [pay, pay], sv: a, en: b}", "names the theme 'pay' twice"),
        ("- {weight: 1, sv: a, en: b}", "names no themes"),
        ("- {weight: 1, themes: [pay], sv: a}", "has no text in 'en'"),
        ("- {weight: 1, themes: [pay], sv: a, en: b, wieght: 2}", "unknown key 'wieght'"),
        ("- just words", "is no list of goals"),
    ],
)
def test_each_mistake_is_told(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(Problem, match=told):
        read(tmp_path, "goals:", line)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read(tmp_path, "goal: x", "goals:", "- {weight: 9, themes: [rent], sv: a}")
    assert len(caught.value.messages) == 4
