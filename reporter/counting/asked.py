"""Which questionnaire a batch is counted by: the one that was asked, and no answer is lost.

Each box brings the questionnaire that it was opened with. Boxes of one quarter must agree. Where an
edition covers several quarters, the newest decides, with what only the older ones asked. The whole
must be contained in the project's file, unless HR has looked and says to count as it was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from reporter.counting.batch import Sealed
from reporter.policy import Policy, published
from survey import bound
from survey.bound import Change, Difference
from survey.problems import Problem
from survey.questions import Questionnaire


class Disagreement(Problem):
    """Two questionnaires by which the same answers would be counted differently."""

    def __init__(self, first: str, second: str, found: Sequence[Difference], mend: str) -> None:
        lead = f"{second} differs from {first}"
        super().__init__(*(f"{lead}: {one}. {mend}" for one in found))
        self.first, self.second, self.found = Path(first).name, Path(second).name, found

    @property
    def mends(self) -> bool:
        """Whether HR may count by what was asked: it is the project's file that lost something."""
        return self.second == Path(FILE).name


FILE = "survey/questionnaire.yaml"
_HOSTS = (
    "Answers of the two cannot be counted together. Draft one box alone if it holds enough, or ask "
    "whoever opened it."
)
_AS_ASKED = f"Put it back in {FILE}, or count by what was asked: reporter draft QUARTER --as-asked."


def agreed(covered: Sequence[Sealed], ours: Questionnaire, as_asked: bool = False) -> Questionnaire:
    """What the batch is counted by, or a Problem before anything is opened.

    `covered` is the oldest box first; `ours` is the project's file. With `as_asked` the boxes'
    own questionnaire is taken even where the file has lost something of it.
    """
    known = [one for one in covered if one.asked]
    if not known:
        return ours
    whole = bound.load(known[-1].asked)
    for older, newer in pairwise(known):
        _agree(older, newer)
    for one in reversed(known[:-1]):
        whole = bound.joined(bound.load(one.asked), whole)
    lost = [one for one in bound.differences(whole, ours) if one.change.loses]
    if lost and not as_asked:
        raise Disagreement(known[-1].name, FILE, lost, _AS_ASKED)
    return bound.resolved(bound.dump(whole), ours)


def _agree(older: Sealed, newer: Sealed) -> None:
    """Boxes of one quarter asked the same; of two quarters, nothing of one id in two kinds."""
    first, second = bound.load(older.asked), bound.load(newer.asked)
    found = bound.clashes(first, second)
    if older.terms.quarter == newer.terms.quarter:
        every = bound.differences(first, second)
        found = [one for one in every if one.change is not Change.WORDS]
    if found:
        raise Disagreement(older.name, newer.name, found, _HOSTS)


def newer(covered: Sequence[Sealed], ours: Questionnaire) -> list[str]:
    """What the file has that was not asked, in words: it counts from the next box on."""
    found = [
        (Path(one.name).name, difference)
        for one in covered
        if one.asked
        for difference in bound.differences(bound.load(one.asked), ours)
        if difference.change in (Change.QUESTION_NEW, Change.ANSWER_NEW)
    ]
    return [f"mind: {name} was opened before a change of {FILE}: {one}" for name, one in found]


def policy_for(asked: Questionnaire, policy: Policy) -> Policy:
    """The policy, for the questions that were asked; a Problem names those it does not know."""
    questions = published(asked)
    missing = [one for one in questions if one not in policy.breakdown]
    if missing:
        mend = "Add it under [breakdown] in policy.toml, and to the questionnaire."
        raise Problem(
            *(f"policy.toml: has no place for '{one}', which was asked. {mend}" for one in missing)
        )
    return replace(policy, breakdown={one: policy.breakdown[one] for one in questions})
