"""The one place that names the steps of other modules: coding the comments, and the audit."""

from __future__ import annotations

from dataclasses import dataclass

from reporter.report import House
from survey.quarter import Quarter

CODING, AUDIT = False, False
"""Whether comments can be coded and a draft audited; a step that cannot be taken is not listed."""


@dataclass(frozen=True)
class Progress:
    """How many of a draft's comments a person has looked at."""

    reviewed: int
    total: int


@dataclass(frozen=True)
class Verdict:
    """What the audit of the drafted edition says."""

    passed: bool
    reasons: tuple[str, ...] = ()


def reviewed(_house: House, _of: Quarter) -> Progress | None:
    """How far the coding of the draft's comments has come; None without a draft."""
    return None


def audited(_house: House, _of: Quarter) -> Verdict | None:
    """The verdict on the draft as it is now; None while nobody asked for one."""
    return None


def audit(_house: House, _of: Quarter) -> None:
    """Attack the drafted edition together with every published one."""


def hindered(house: House, of: Quarter) -> bool:
    """Whether the draft must not be published: it was not audited, or the audit refused it."""
    verdict = audited(house, of)
    return AUDIT and (verdict is None or not verdict.passed)
