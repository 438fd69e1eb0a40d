"""A commitment as a value: what was promised, by when, by which role, and its snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from survey.questions import Texts


class Status(StrEnum):
    """Where a promise stands. Only a person sets it."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


OPEN = (Status.PLANNED, Status.UNDER_WAY)

ORDER = ("overdue", Status.UNDER_WAY, Status.PLANNED, Status.DONE, Status.DROPPED)
"""In which order promises are listed, on the site and on the desk."""


@dataclass(frozen=True)
class Measure:
    """The published share that the promise wants to move, in whole per cents."""

    question: str
    answer: str
    baseline: int
    target: int


@dataclass(frozen=True)
class Step:
    """A dated line of the history, written by a person. It is never changed again."""

    date: date
    status: Status
    words: Texts


@dataclass(frozen=True)
class Commitment:
    """One promise. `owner` is a role; `id` is the file's name."""

    id: str
    title: Texts
    theme: str
    goal: Texts
    measure: Measure
    owner: Texts
    made: date
    due: date
    status: Status
    reason: Texts
    """Why it was dropped; empty otherwise."""
    history: tuple[Step, ...]


def overdue(commitment: Commitment, day: date) -> bool:
    """Whether the deadline has passed with the promise still open."""
    return commitment.status in OPEN and commitment.due < day


def snapshot(commitment: Commitment) -> dict[str, Any]:
    """The commitment as JSON values, for an edition's record."""
    raw = {**vars(commitment), "measure": dict(vars(commitment.measure))}
    raw |= {name: dict(getattr(commitment, name)) for name in ("title", "goal", "owner", "reason")}
    raw |= {name: getattr(commitment, name).isoformat() for name in ("made", "due")}
    history = [
        {"date": step.date.isoformat(), "status": str(step.status), **step.words}
        for step in commitment.history
    ]
    return {**raw, "status": str(commitment.status), "history": history}


def from_snapshot(raw: Mapping[str, Any]) -> Commitment:
    """The commitment as it stood in an edition."""
    days = {name: date.fromisoformat(raw[name]) for name in ("made", "due")}
    history = tuple(_step(step) for step in raw["history"])
    measure = Measure(**raw["measure"])
    status = Status(raw["status"])
    return Commitment(**{**raw, **days, "history": history, "measure": measure, "status": status})


def _step(raw: Mapping[str, str]) -> Step:
    words = {key: text for key, text in raw.items() if key not in ("date", "status")}
    return Step(date.fromisoformat(raw["date"]), Status(raw["status"]), words)
