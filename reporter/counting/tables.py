"""A data frame → raw counts. It hides, rounds and draws nothing; only the gate may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

import pandas as pd

from reporter.policy import HIDDEN, Policy
from reporter.records.findings import (
    FAVOURABLE,
    MAIN,
    NEUTRAL,
    NOT_STATED,
    OTHERS,
    REASONS,
    UNFAVOURABLE,
    WROTE,
)
from survey.questions import BREAKDOWNS, Choice, Item, Kind, Questionnaire

Counts = Mapping[str, int]
"""Answer → how many gave it."""


@dataclass(frozen=True)
class Table:
    """Raw counts of one question, for each member of its breakdown.

    For an item of kind `many` the answers overlap, and `n` counts those who ticked any.
    """

    question: str
    breakdown: str
    kind: Kind
    answers: tuple[Choice, ...]
    counts: Mapping[str, Counts]
    n: Counts
    sums: Counts | None = None
    """For a scale of five: the sum of points."""
    most: int = 0
    """How many answers one person may tick; 0 where nothing bounds it."""


def sizes(frame: pd.DataFrame, questionnaire: Questionnaire) -> dict[str, Counts]:
    """How many responses each area and each tenure has, in the questionnaire's order.

    "" stands for not stated.
    """
    return {one: _sizes(frame, questionnaire, one) for one in BREAKDOWNS}


def _sizes(frame: pd.DataFrame, questionnaire: Questionnaire, breakdown: str) -> Counts:
    found = _tally(_members(frame, breakdown))
    item = questionnaire.items.get(breakdown)
    known = [choice.id for choice in item.choices] if item else []
    return {member: found.get(member, 0) for member in [*known, NOT_STATED]}


def _members(frame: pd.DataFrame, breakdown: str) -> pd.Series[str]:
    if breakdown not in frame:
        return pd.Series(NOT_STATED, index=frame.index, dtype=object)
    return frame[breakdown].fillna(NOT_STATED)


def count(frame: pd.DataFrame, questionnaire: Questionnaire, policy: Policy) -> list[Table]:
    """Raw counts of every question that the policy publishes, each by its one breakdown."""
    asked = [(one, how) for one, how in policy.breakdown.items() if how != HIDDEN]
    return [_table(frame, _item(questionnaire, one), how) for one, how in asked]


def _item(questionnaire: Questionnaire, question: str) -> Item:
    if question != REASONS:
        return questionnaire.items[question]
    other = questionnaire.items[OTHERS]
    return Item(REASONS, Kind.MANY, other.words, questionnaire.reasons, 1 + other.most)


def _table(frame: pd.DataFrame, item: Item, breakdown: str) -> Table:
    long = _long(frame, item)
    long = long.assign(member=_members(frame, breakdown).reindex(long.index))
    parts = {str(member): part for member, part in long.groupby("member")}
    counts = {member: _tally(part["answer"]) for member, part in parts.items()}
    sums = {member: int(part["points"].sum()) for member, part in parts.items()}
    has_sum = item.kind.rated and item.points == (1, 2, 3, 4, 5)
    n = _tally(long.drop_duplicates("person")["member"])
    return Table(
        item.id,
        breakdown,
        item.kind,
        item.choices,
        counts,
        n,
        sums if has_sum else None,
        item.most,
    )


def _tally(column: pd.Series[str]) -> Counts:
    return {str(value): int(count) for value, count in column.value_counts().items()}


def _long(frame: pd.DataFrame, item: Item) -> pd.DataFrame:
    """One row for each answer given: the person's number in this batch, answer and points."""
    given = _given(frame, item).dropna()
    points = given if item.kind.rated else 0
    answers = given.map(_classes(item)) if item.kind.rated else given
    return pd.DataFrame({"person": given.index, "answer": answers, "points": points})


def _given(frame: pd.DataFrame, item: Item) -> pd.Series[str]:
    if item.id == REASONS:
        both = pd.concat([frame[MAIN], frame[OTHERS].explode()]).dropna()
        pairs = pd.DataFrame({"person": both.index, "answer": both}).drop_duplicates()
        return pairs.set_index("person")["answer"].sort_index()
    match item.kind:
        case Kind.ONE | Kind.SCALE:
            return frame[item.id]
        case Kind.MANY:
            return frame[item.id].explode()
        case Kind.TEXT:
            return frame[item.id].map({True: WROTE, False: "none"})
        case _:
            assert_never(item.kind)


def _classes(item: Item) -> dict[int, str]:
    """A scale's three classes: 1-2, 3 and 4-5 of five; 0-6, 7-8 and 9-10 of eleven.

    A scale of another length is cut alike: its top 2 of 5, its middle 1 of 5.
    """
    points = item.points
    if points == tuple(range(11)):
        cuts = 7, 9
    else:
        below = 2 * len(points) // 5
        cuts = points[below], points[len(points) - below]
    low, high = cuts
    return {
        point: UNFAVOURABLE if point < low else NEUTRAL if point < high else FAVOURABLE
        for point in points
    }
