"""What stops a paraphrase or a quote, in the reader's words; what its writer must look at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reporter.language import words_in
from survey.problems import Problem
from survey.words import Words


@dataclass(frozen=True)
class Warned:
    """What its writer must look at before a paraphrase is told: words shared, or a hint."""

    language: str
    kind: str
    """"shared", or what the hint says they are: name, date, title, ..."""
    words: str

    def __str__(self) -> str:
        """The warning as it is acknowledged, whatever language the reader has."""
        if self.kind == "shared":
            return f"{self.language}: shares five words with a comment: “{self.words}”"
        return f"{self.language}: may point at somebody ({self.kind}): “{self.words}”"


@dataclass(frozen=True)
class Fault:
    """A rule that something breaks: where, which one, and what is filled in where it is told."""

    key: str
    theme: str
    side: str = ""
    comment: str = ""
    """The quoted comment's id, where it is about a quote."""
    values: Mapping[str, object] = field(default_factory=dict)
    warned: Warned | None = None

    @property
    def at(self) -> str:
        """Where it is, in ids."""
        return f"{self.theme}, " + (f"quote of {self.comment}" if self.comment else self.side)

    def told(self, spoken: Words, at: str, warning: str = "") -> str:
        """The fault in words; `warning` is the warning in them, if it is about one."""
        values = {**self.values, "warning": warning} if self.warned else self.values
        return spoken(f"desk.fault.{self.key}", at=at, **values)


class Broken(Problem):
    """Every rule that is broken, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        spoken = words_in("en")
        super().__init__(*(one.told(spoken, one.at, str(one.warned)) for one in faults))
        self.faults = tuple(faults)
