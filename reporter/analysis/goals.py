"""site/goals.yaml: the organisation's strategic goals, in its own words and weights. Optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey import documents, plain
from survey.problems import Complaints
from survey.questions import Questionnaire, Texts

MOST = 3
"""The heaviest weight of a goal."""


@dataclass(frozen=True)
class Goal:
    """One strategic goal, how much it weighs, and the themes that it needs."""

    words: Texts
    weight: int
    themes: tuple[str, ...]


def read(path: Path, questionnaire: Questionnaire) -> tuple[Goal, ...]:
    """Every goal in the order of the file, none without a file, or a Problem with every mistake."""
    if not path.exists():
        return ()
    complaints = Complaints(path.name)
    document = documents.read(path)
    complaints.unknown_keys("", document, ["goals"])
    raw = document.get("goals")
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        complaints.say("`goals`", "is no list of goals", "Begin each with `- weight:`.")
        raw = []
    found = [_goal(complaints, questionnaire, *pair) for pair in enumerate(raw, start=1)]
    complaints.stop()
    return tuple(found)


def _goal(
    complaints: Complaints, questionnaire: Questionnaire, number: int, raw: Mapping[str, Any]
) -> Goal:
    place = f"goal {number}"
    complaints.unknown_keys(place, raw, ["weight", "themes", *questionnaire.languages])
    words = {one: _text(complaints, place, raw, one) for one in questionnaire.languages}
    themes = _themes(complaints, questionnaire, place, raw.get("themes"))
    return Goal(words, _weight(complaints, place, raw.get("weight")), themes)


def _text(complaints: Complaints, place: str, raw: Mapping[str, Any], language: str) -> str:
    text = raw.get(language)
    if isinstance(text, str) and (seen := plain.text(text)):
        return seen
    complaints.say(place, f"has no text in '{language}'", f"Add `{language}:` under it.")
    return ""


def _weight(complaints: Complaints, place: str, raw: object) -> int:
    weights = [str(one) for one in range(1, MOST + 1)]
    if raw in weights:
        return int(str(raw))
    complaints.say(place, f"has the weight '{raw}'", f"Write one of {', '.join(weights)}.")
    return 0


def _themes(
    complaints: Complaints, questionnaire: Questionnaire, place: str, raw: object
) -> tuple[str, ...]:
    known = [theme.id for theme in questionnaire.themes]
    themes = [str(one) for one in raw] if isinstance(raw, list) else []
    if not themes:
        complaints.say(place, "names no themes", "Write `themes: [...]` with at least one.")
    for theme in themes:
        if theme not in known:
            complaints.say(place, f"names the theme '{theme}'", f"Use one of {', '.join(known)}.")
    for theme in {one for one in themes if themes.count(one) > 1}:
        complaints.say(place, f"names the theme '{theme}' twice", "Remove one of them.")
    return tuple(themes)


def snapshot(goal: Goal) -> dict[str, Any]:
    """The goal as JSON values, for an edition's record."""
    return {"words": dict(goal.words), "weight": goal.weight, "themes": list(goal.themes)}


def from_snapshot(raw: Mapping[str, Any]) -> Goal:
    """The goal as it stood in an edition."""
    return Goal(raw["words"], raw["weight"], tuple(raw["themes"]))
