"""What every step knows of the reporting host: paths, questionnaire, policy and the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reporter.paths import Files
from reporter.policy import Policy
from survey.questions import Questionnaire

Tell = Callable[[str], None]
"""Says a step to whoever waits."""


@dataclass(frozen=True)
class Host:
    """What every step needs to know of the reporting host."""

    files: Files
    questionnaire: Questionnaire
    policy: Policy
    today: date
    tell: Tell
    warn: Tell = print
    """Says what a person must know, also where nobody waits."""
