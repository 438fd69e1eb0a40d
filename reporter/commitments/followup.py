"""Joins a commitment to its measure's line: what was published before it, and what after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporter.analysis import trends
from reporter.commitments.commitment import Commitment, Measure
from reporter.records import Finding, Record


class Verdict(StrEnum):
    """What the published figures tell of a promise's measure."""

    MOVED = "moved"
    NOT_MOVED = "not_moved"
    WORSE = "worse"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class FollowUp:
    """The measure's last figure from before the promise, its latest from after, and the verdict."""

    before: trends.Spot | None
    after: trends.Spot | None
    verdict: Verdict


def follow_up(commitment: Commitment, records: Sequence[Record]) -> FollowUp:
    """Compare leavers from before the promise with leavers from after it.

    An edition whose quarters hold the day of the promise is neither, and is passed over.
    """
    measure = commitment.measure
    spots = trends.line(records, measure.question, measure.answer).spots
    told = [spot for spot in spots if spot.finding]
    before = [spot for spot in told if spot.quarters[-1].last < commitment.made]
    after = [spot for spot in told if spot.quarters[0].first >= commitment.made]
    if not before or not after:
        return FollowUp(_last(before), _last(after), Verdict.TOO_FEW)
    return FollowUp(before[-1], after[-1], _verdict(measure, before[-1], after[-1]))


def _last(spots: list[trends.Spot]) -> trends.Spot | None:
    return spots[-1] if spots else None


def _verdict(measure: Measure, before: trends.Spot, after: trends.Spot) -> Verdict:
    move = _move(before.finding, after.finding)
    if move is trends.Move.UNSURE:
        return Verdict.NOT_MOVED
    wanted = trends.Move.UP if measure.target > measure.baseline else trends.Move.DOWN
    return Verdict.MOVED if move is wanted else Verdict.WORSE


def _move(before: Finding | None, after: Finding | None) -> trends.Move:
    return trends.moved(before, after) if before and after else trends.Move.UNSURE
