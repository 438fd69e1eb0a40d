"""One small linear or integer programme at a time. It alone names the solver."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

Weights = Mapping[int, int]
"""Column → whole-number coefficient."""

Point = tuple[int, ...]

_NEAR = 1e-6


@dataclass(frozen=True)
class Row:
    """`low <= sum of weight times column <= high`."""

    weights: Weights
    low: float
    high: float


class OutOfTime(Exception):
    """The clock ran out before there was a proof; nobody may take that for safety."""


@dataclass(frozen=True)
class Clock:
    """How long an audit may still take, in seconds by `now`."""

    end: float
    now: Callable[[], float] = time.monotonic

    def left(self) -> float:
        """The seconds that remain; OutOfTime if there are none."""
        left = self.end - self.now()
        if left <= 0:
            raise OutOfTime
        return left


def clock(seconds: float) -> Clock:
    """A clock that runs from now."""
    return Clock(time.monotonic() + seconds)


class Outcome(Enum):
    """How a programme ended."""

    FOUND = "found"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Answer:
    """The best value, and the point that reaches it if its columns are whole numbers."""

    outcome: Outcome
    value: float = 0.0
    point: Point | None = None


def _engine() -> Any:  # noqa: ANN401 - the solver's own
    """A fresh solver. The first one prints a banner, which is nobody's to read: not on our page."""
    import highspy

    make: Callable[[], Any] = highspy.Highs
    if _engine_made:
        return make()
    _engine_made.append(True)
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        return make()
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


_engine_made: list[bool] = []


class Programme:
    """Columns of whole numbers from 0 upward under rows; each `best` asks it one thing."""

    def __init__(self, columns: int, rows: Sequence[Row], time_left: Clock) -> None:
        import highspy
        import numpy as np

        self._clock, self._columns = time_left, columns
        self._engine = _engine()
        self._engine.setOptionValue("output_flag", False)
        self._engine.setOptionValue("threads", 1)
        self._kinds = highspy.HighsVarType, highspy.HighsModelStatus
        nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        for _ in range(columns):
            self._engine.addCol(0.0, 0.0, highspy.kHighsInf, 0, *nothing)
        for row in rows:
            places = np.array(list(row.weights), dtype=np.int32)
            weights = np.array(list(row.weights.values()), dtype=np.float64)
            self._engine.addRow(row.low, row.high, len(places), places, weights)
        self._engine.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def best(self, objective: Weights) -> Answer:
        """The most that the objective can be over whole numbers: a relaxation where it suffices."""
        self._price(objective)
        answer = self._solve(whole=False)
        if answer.outcome is Outcome.IMPOSSIBLE or answer.point:
            return answer
        return self._solve(whole=True)

    def _price(self, objective: Weights) -> None:
        for column in range(self._columns):
            self._engine.changeColCost(column, float(objective.get(column, 0)))

    def _solve(self, whole: bool) -> Answer:
        kind, status = self._kinds
        self._set_kind(kind.kInteger if whole else kind.kContinuous)
        self._engine.setOptionValue("time_limit", self._spent() + self._clock.left())
        self._engine.run()
        ended = self._engine.getModelStatus()
        if ended == status.kOptimal:
            value = float(self._engine.getInfo().objective_function_value)
            return Answer(Outcome.FOUND, value, self._point())
        if ended in (status.kInfeasible, status.kUnboundedOrInfeasible):
            return Answer(Outcome.IMPOSSIBLE)
        raise OutOfTime

    def _spent(self) -> float:
        return float(self._engine.getRunTime())

    def _set_kind(self, kind: Any) -> None:  # noqa: ANN401 - the solver's own enumeration
        for column in range(self._columns):
            self._engine.changeColIntegrality(column, kind)

    def _point(self) -> Point | None:
        values = self._engine.getSolution().col_value
        whole = [round(value) for value in values]
        near = all(abs(value - one) < _NEAR for value, one in zip(values, whole, strict=True))
        return tuple(whole) if near else None
