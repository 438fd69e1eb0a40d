"""policy.toml: the thresholds of publication, each with its reason; read and checked whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.planning import NAMES
from reporter.records.findings import MAIN, OTHERS, REASONS
from survey import documents
from survey.alike import pairs
from survey.period import Length
from survey.problems import Complaints, Problem
from survey.project import Project
from survey.questions import BREAKDOWNS, Questionnaire

HIDDEN = "hidden"
LEAST_K = 5
_NUMBERS = ("k", "minimum", "merge_below")
_PACKAGED = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True)
class Policy:
    """The thresholds of publication, and each question's one breakdown."""

    k: int
    minimum: int
    merge_below: int
    breakdown: Mapping[str, str]
    months: Length = Length.QUARTER
    """What an edition tells of; one is drafted when such a period is over."""


_PERIODS = {name: length for length, name in NAMES.items()}


def read_policy(project: Project, questionnaire: Questionnaire) -> Policy:
    """The project's own policy if it has one, else the packaged; every mistake is told at once."""
    own = project.root / "reporter" / "policy.toml"
    path = own if own.exists() else _PACKAGED
    complaints = Complaints(path.name)
    found = _toml(path)
    complaints.unknown_keys("", found, {*_NUMBERS, "breakdown", "period"})
    numbers = {name: _number(complaints, found, name) for name in _NUMBERS}
    _check_numbers(complaints, _divides(found.get("breakdown")), **numbers)
    breakdowns = breakdown_of(complaints, found.get("breakdown"), questionnaire)
    months = _months(complaints, found.get("period", "quarter"))
    complaints.stop()
    return Policy(**numbers, breakdown=breakdowns, months=months)


def _months(complaints: Complaints, told: object) -> Length:
    known = _PERIODS.get(told) if isinstance(told, str) else None
    if known is None:
        complaints.say("`period`", f"is {told}", f"Write one of {', '.join(_PERIODS)}.")
    return known or Length.QUARTER


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(documents.text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{path.name}: cannot be read: {error}. Mend it and try again.") from None


def _number(complaints: Complaints, found: Mapping[str, Any], name: str) -> int:
    value = found.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    complaints.say(f"`{name}`", "is missing or no whole number", f"Write `{name} = ` and a number.")
    return 0


def _divides(table: object) -> bool:
    """Whether any question is cut into blocks: without one, the whole batch is the only block."""
    return isinstance(table, dict) and any(one in BREAKDOWNS for one in table.values())


def _check_numbers(
    complaints: Complaints, divided: bool, k: int, minimum: int, merge_below: int
) -> None:
    if 0 < k < LEAST_K:
        complaints.say("`k`", f"is {k}", f"Below {LEAST_K} people can be worked out: raise it.")
    least, said = (3 * k, f"3 k = {3 * k}") if divided else (k, f"k = {k}")
    if 0 < minimum < least:
        complaints.say("`minimum`", f"is {minimum}", f"Write at least {said}.")
    if 0 < merge_below < k:
        complaints.say("`merge_below`", f"is {merge_below}", f"Write at least k = {k}.")


def breakdown_of(
    complaints: Complaints, found: object, questionnaire: Questionnaire
) -> dict[str, str]:
    """Each question's one breakdown, as written under `breakdown`; mistakes go to `complaints`."""
    table = found if isinstance(found, dict) else {}
    known = published(questionnaire)
    complaints.unknown_keys("[breakdown]", table, known)
    values = ("none", *BREAKDOWNS, HIDDEN)
    for question in known:
        if table.get(question) not in values:
            what = f"has `{question} = {table.get(question)}`"
            complaints.say("[breakdown]", what, f"Write one of {', '.join(values)}.")
    found = {question: str(table.get(question)) for question in known}
    _check_related(complaints, found)
    _check_alike(complaints, found, questionnaire)
    return found


def _check_related(complaints: Complaints, found: Mapping[str, str]) -> None:
    """A main reason is also a named one: two cuts of the two would be two cuts of one question.

    Of the reasons named, the main ones and the others, two tell the third.
    """
    main, others = found.get(MAIN, HIDDEN), found.get(OTHERS, HIDDEN)
    if found.get(REASONS, HIDDEN) == HIDDEN:
        return
    if main not in (found[REASONS], HIDDEN):
        what = f"divides `{MAIN}` by {main} and `{REASONS}` by {found[REASONS]}"
        complaints.say("[breakdown]", what, "Give both the same, or hide one: people would show.")
    if others != HIDDEN:
        what = f"has `{OTHERS} = {others}` beside `{REASONS}`"
        complaints.say("[breakdown]", what, f"Hide one of them: with `{MAIN}` they tell too much.")


def _check_alike(
    complaints: Complaints, found: Mapping[str, str], questionnaire: Questionnaire
) -> None:
    """One question under two ids is one question: two breakdowns would be two cuts of it."""
    for one, other in pairs(questionnaire, (MAIN, OTHERS)):
        first, second = (found.get(item.id, HIDDEN) for item in (one, other))
        if HIDDEN in (first, second) or first == second or one.kind.written or other.kind.written:
            continue
        what = f"divides `{one.id}` by {first} and `{other.id}`, which asks the same, by {second}"
        complaints.say("[breakdown]", what, "Give both the same, or hide one: people would show.")


def published(questionnaire: Questionnaire) -> list[str]:
    """Every question that needs a place in the policy: all but the two facts and follow-ups."""
    asked = [item.id for item in questionnaire.items.values() if _counts(item.id, item.under)]
    has_reasons = {MAIN, OTHERS} <= set(asked)
    return [*asked, REASONS] if has_reasons else asked


def _counts(ident: str, under: str) -> bool:
    return ident not in BREAKDOWNS and not under


def wrote(questionnaire: Questionnaire) -> list[str]:
    """The texts that are no follow-up: of these the edition tells how many wrote one."""
    items = questionnaire.items.values()
    return [item.id for item in items if item.kind.written and not item.under]
