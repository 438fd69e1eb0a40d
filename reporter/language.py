"""The words of the reporting host: one folder of catalogues, that everything here speaks from."""

from __future__ import annotations

from pathlib import Path

from survey import words
from survey.words import Words

LOCALE = Path(__file__).parent / "locale"
"""A catalogue a language, `<language>.po`: pages, desk, and the auditor that reads them back."""


def words_in(language: str) -> Words:
    """The words of a language: `"sv"` or `"en"`."""
    return words.load(LOCALE, language)
