"""Whether two questions ask the same: in the same words of any language, or nearly.

One question under two ids, divided in two ways, is two cuts of the same people. The policy's reader
and the auditor refuse that, and `survey check` tells of the pair.

Nearly means nine tenths of the letters, in their order. Of the packaged questions no two share more
than 0.73. Of pairs that people would hold apart ("my first week", "my last week") the nearest share
0.88; a changed ending, a word more, or another tense leave 0.94 to 0.97.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, product

from survey.questions import Item, Questionnaire, Texts

NEARLY = 0.9
"""So great a part of two questions' letters is the same, and in the same order."""


def alike(one: Texts, other: Texts) -> bool:
    """Whether any wording of one is, or nearly is, any wording of the other."""
    ours, theirs = _letters(one.values()), _letters(other.values())
    return any(_near(*sorted(pair)) for pair in product(ours, theirs))


def pairs(questionnaire: Questionnaire, apart: Sequence[str] = ()) -> list[tuple[Item, Item]]:
    """Every two questions that ask the same. Follow-ups share their words, and so may `apart`."""
    asked = [one for one in questionnaire.items.values() if not one.under]
    both = [one.id for one in asked if one.id in apart]
    return [
        (one, other)
        for one, other in combinations(asked, 2)
        if not {one.id, other.id} <= {*both} and alike(one.words, other.words)
    ]


def _letters(texts: Iterable[str]) -> set[str]:
    """The texts without case, signs and blanks."""
    plain = (unicodedata.normalize("NFKC", text).casefold() for text in texts)
    return {"".join(filter(str.isalnum, text)) for text in plain} - {""}


@lru_cache(maxsize=4096)
def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    quick = matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY
    return quick and matcher.ratio() >= NEARLY
