"""What is asked, as frozen values: themes, sections, items and their kinds. Knows no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import assert_never

Texts = Mapping[str, str]
"""Language → words."""

LANGUAGES = ("sv", "en")
BREAKDOWNS = ("area", "tenure")
"""The two coarse facts: the only items an answer may ever be broken down by."""

SIDES = ("strength", "problem")
"""What a text asks for: what is good, or what is not."""

PAGES = ("why", "ahead")
"""The pages of an edition on which a question that rates no theme may stand."""

WHY = ("reasons", "main_reason", "considered", "event", "kept", "pull", "kind")
"""What stands on why.md without saying so, and in which order: files that know no `page:`."""

STRENGTHS = ("keep",)
"""What asks for what is good without saying so: files that know no `side:`."""

CONSENTS = ("count", "paraphrase", "quote")
"""What a leaver allows for a text; the first is the default."""


NA = "na"
"""For a scale, rather not say or does not apply: kept apart from the neutral middle."""


class Kind(StrEnum):
    """How an item is answered.

    Whoever asks, counts, hides, shows or attacks by kind uses a property of it, or `match` with
    `assert_never`: then mypy names every place that must know a new kind.
    """

    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    TEXT = "text"

    @property
    def written(self) -> bool:
        """Whether the answer is a person's own words: a table only tells how many wrote any."""
        match self:
            case Kind.TEXT:
                return True
            case Kind.ONE | Kind.MANY | Kind.SCALE:
                return False
            case _:
                assert_never(self)

    @property
    def rated(self) -> bool:
        """Whether the answer is a point of a scale, told in three classes, watched for change."""
        match self:
            case Kind.SCALE:
                return True
            case Kind.ONE | Kind.MANY | Kind.TEXT:
                return False
            case _:
                assert_never(self)

    @property
    def several(self) -> bool:
        """Whether one person may choose several answers: their counts overlap."""
        match self:
            case Kind.MANY:
                return True
            case Kind.ONE | Kind.SCALE | Kind.TEXT:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Choice:
    """One answer, theme or reason; `group` names what it merges into in a small batch."""

    id: str
    words: Texts
    group: str = ""


@dataclass(frozen=True)
class Item:
    """One question. `choices` is empty for a text; a scale's choices are its points in order."""

    id: str
    kind: Kind
    words: Texts
    choices: tuple[Choice, ...] = ()
    most: int = 0
    """For `many`: how many may be chosen."""
    limit: int = 0
    """For `text`: characters."""
    theme: str = ""
    under: str = ""
    """For a follow-up: the scale whose low ratings (1 or 2) it follows."""
    ends: tuple[Texts, ...] = ()
    """For a scale shown as numbers: the words at its two ends."""
    side: str = ""
    """For a text: one of `SIDES`."""
    page: str = ""
    """One of `PAGES`, as the file says; else `default_page` tells."""

    @property
    def points(self) -> tuple[int, ...]:
        """A scale's points as numbers."""
        return tuple(int(choice.id) for choice in self.choices)


def default_page(ident: str) -> str:
    """The page of a question that names none."""
    return "why" if ident in WHY else "ahead"


def default_side(ident: str) -> str:
    """What a text asks for that does not say."""
    return "strength" if ident in STRENGTHS else "problem"


@dataclass(frozen=True)
class Section:
    """A part of the form under one heading."""

    id: str
    words: Texts
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Everything that is asked, in order, in every language."""

    languages: tuple[str, ...]
    groups: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    """The fourteen themes, then the reasons that are no theme."""
    themes: tuple[Choice, ...]
    sections: tuple[Section, ...]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its id, in the order of the form."""
        return {item.id: item for section in self.sections for item in section.items}
