"""What the auditor says: which page, which figure, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey.problems import Problem

REBUILD = "Run `reporter build`, which makes every page again from its record"
RESTORE = "Restore it from version control: what was published is never changed"
TAKE_AWAY = "Take it away: that folder holds what the reporter builds, and nothing else"
HOLD = "Do not publish it. Raise k, or take the question's breakdown away, and draft again"


@dataclass(frozen=True)
class Refusal:
    """One reason not to publish, in words for whoever publishes."""

    where: str
    """The page or file."""
    figure: str
    """The figure as it stands there; empty where no one figure is meant."""
    what: str
    mend: str

    def __str__(self) -> str:
        figure = f"“{self.figure}” " if self.figure else ""
        return f"{self.where}: {figure}{self.what}. {self.mend}."


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and every reason to refuse; none is a pass."""

    editions: int
    pages: int
    figures: int
    questions: int
    refusals: tuple[Refusal, ...]

    @property
    def safe(self) -> bool:
        """Whether everything may be published."""
        return not self.refusals

    def stop(self) -> None:
        """Raise every refusal at once, if there is any."""
        if self.refusals:
            raise Problem(*map(str, unique(self.refusals)))

    def __str__(self) -> str:
        return (
            f"safe: {self.editions} editions, {self.pages} pages, {self.figures} figures on them. "
            f"All stand in a record, no record was changed, and of {self.questions} questions none "
            f"lets anybody be certain of one person's answer, even who answered themselves"
        )


def unique(refusals: Iterable[Refusal]) -> list[Refusal]:
    """The refusals without repetition, in the order they were found."""
    return list(dict.fromkeys(refusals))
