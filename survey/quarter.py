"""What a quarter such as "2026-q4" means. It never reads the clock: today is an argument."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from survey import period
from survey.period import Length, Period
from survey.problems import Problem

Quarter: TypeAlias = Period
"""A period of three months: what a ballot box and its keys are for."""


def parse(text: str) -> Quarter:
    """The quarter that `text` names, or a Problem."""
    try:
        found = period.parse(text)
    except Problem:
        found = None
    if found is None or found.length is not Length.QUARTER:
        raise Problem(f"'{text}' is not a quarter. Write it as 2026-q4.")
    return found


def of(day: date) -> Quarter:
    """The quarter that `day` lies in."""
    return period.containing(day, Length.QUARTER)
