"""Words that come often in comments and that no theme covers: what the codebook may be missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reporter.comments import matching
from reporter.comments.codebook import Codebook
from survey import documents

GENERAL = Path(__file__).with_name("general.yaml")
_SHORTEST = 3


@dataclass(frozen=True)
class Word:
    """A word as it is most often written, and in how many comments it stands."""

    word: str
    comments: int


def words(codebook: Codebook, texts: Sequence[str], k: int) -> list[Word]:
    """Words in at least k comments that are neither covered, general, nor said to be no theme.

    A word that fewer used could point at who used it, and is never listed.
    """
    known = _general() | {matching.stems(word) for word in codebook.not_a_theme}
    used: defaultdict[tuple[str, ...], dict[str, set[int]]] = defaultdict(dict)
    for number, text in enumerate(texts):
        for token in _open(codebook, text):
            stems = matching.stems(token)
            if stems not in known:
                used[stems].setdefault(token, set()).add(number)
    found = [_word(forms) for forms in used.values()]
    return sorted((one for one in found if one.comments >= k), key=lambda one: -one.comments)


def _word(forms: dict[str, set[int]]) -> Word:
    most = max(forms, key=lambda form: (len(forms[form]), form))
    return Word(most, len(set().union(*forms.values())))


def _open(codebook: Codebook, text: str) -> Iterable[str]:
    """The text's words that lie in no hit."""
    hits = codebook.matcher.find(text)
    for one in matching.tokens(text):
        token = one[0].lower()
        covered = any(hit.start <= one.start() < hit.end for hit in hits)
        if not covered and len(token) >= _SHORTEST and token.isalpha():
            yield token


@cache
def _general() -> frozenset[tuple[str, ...]]:
    lists = documents.read(GENERAL).values()
    return frozenset(matching.stems(word.strip()) for many in lists for word in many.split(","))
