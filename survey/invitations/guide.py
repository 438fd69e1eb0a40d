"""The questionnaire as an interview guide to print, for those who would rather talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from survey import words
from survey.project import PACKAGED, Organisation
from survey.questions import Item, Questionnaire
from survey.words import Words

_MOST = 3
"""Curious questions for a theme, at most."""


def html(questionnaire: Questionnaire, organisation: Organisation, languages: Sequence[str]) -> str:
    """A page to print: every question in order, one guide after the other in each language."""
    page = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("guide.html")
    spoken = [words.load(PACKAGED / "locale", language) for language in languages]
    return page.render(
        questionnaire=questionnaire,
        organisation=organisation,
        spoken=spoken,
        asked=asked,
        curious=curious,
    )


def asked(items: Sequence[Item]) -> list[Item]:
    """What is read aloud: a follow-up of the form has the curious questions in its place."""
    return [item for item in items if not item.under]


def curious(spoken: Words, item: Item) -> list[str]:
    """What to ask after a rating: the theme's own questions, or those that fit any theme."""
    if not item.theme:
        return []
    found = list(_phrases(spoken, item.theme))
    return found or list(_phrases(spoken, "any"))


def _phrases(spoken: Words, theme: str) -> Iterator[str]:
    keys = (f"guide.{theme}.{number}" for number in range(1, _MOST + 1))
    yield from (spoken(key) for key in keys if key in spoken)
