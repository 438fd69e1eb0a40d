"""reporter.language: both catalogues have the same phrases with the same fields."""

from __future__ import annotations

import string

from survey import words
from tests.support.told import EN, SV


def test_both_catalogues_have_the_same_phrases_with_the_same_fields() -> None:
    assert SV.phrases.keys() == EN.phrases.keys()
    for key in SV.phrases:
        assert _fields(SV, key) == _fields(EN, key), key


def _fields(spoken: words.Words, key: str) -> set[str]:
    phrase = spoken.phrases[key]
    forms = [phrase] if isinstance(phrase, str) else phrase
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}
