"""The one place that names the steps of other modules: reading the comments, and the audit."""

from __future__ import annotations

from dataclasses import dataclass

from reporter import audit, comments, record
from reporter.comments import Progress
from reporter.report import House
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Verdict:
    """What the audit of the drafted edition says."""

    passed: bool
    reasons: tuple[str, ...] = ()


def reviewed(house: House, of: Quarter) -> Progress | None:
    """How far the reading of the draft's comments has come; None without a draft."""
    path = house.files.comments(of)
    return comments.progress(comments.read(path)) if path.exists() else None


def audited(house: House, of: Quarter) -> Verdict | None:
    """The audit of the draft beside every published edition, made anew; None without a draft."""
    path = house.files.draft(of)
    if not path.exists():
        return None
    faults = [f"draft of {of}: {fault}." for fault in record.faults(record.read(path))]
    try:
        audit.site(house.files)
    except Problem as problem:
        faults += problem.messages
    return Verdict(not faults, tuple(faults))
