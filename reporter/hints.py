"""Hints about people in a comment: what must go, what to look at, and whose story it is.

They help whoever reads; they do not vouch for anything. No hint never means that a text is safe.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from survey.project import PACKAGED

PATTERNS = PACKAGED / "hints.json"


class Level(StrEnum):
    """How much a hint weighs: a stop keeps a text from being quoted until somebody cleared it."""

    STOP = "stop"
    LOOK = "look"
    PERSONAL = "personal"


@dataclass(frozen=True)
class Hint:
    """`text[start:end]` may point at a person; `kind` says how (mail, name, date, rare, ...)."""

    level: Level
    kind: str
    start: int
    end: int


def find(text: str, names: Iterable[str] = ()) -> tuple[Hint, ...]:
    """Every hint in the text, in order. `names` are capitalised words that name no person."""
    found = {hint for level in Level for hint in _matched(text, level)}
    found |= set(_names(text, {name.lower() for name in names}))
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end, hint.kind)))


def stops(text: str) -> tuple[Hint, ...]:
    """What must not be published in any way: addresses, phone numbers, personal numbers."""
    return tuple(_matched(text, Level.STOP))


def _matched(text: str, level: Level) -> Iterable[Hint]:
    for kind, patterns in _patterns()[level].items():
        for pattern in patterns:
            for one in pattern.finditer(text):
                yield Hint(level, kind, *one.span())


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(PATTERNS.read_text(encoding="utf-8"))
    return data


@cache
def _patterns() -> Mapping[Level, Mapping[str, list[re.Pattern[str]]]]:
    return {
        level: {
            kind: [re.compile(one, re.IGNORECASE) for one in patterns]
            for kind, patterns in _data()[level].items()
        }
        for level in Level
    }


_CAPITAL = re.compile(r"[A-ZÅÄÖÉÜ][\w'’-]+")
_OPENS = re.compile(r"(?:^|[.!?:;…\n\"”“•(–-])\s*$")
"""What stands before a word that is capital only because a sentence begins."""

_AT = re.compile(r"\b(?:i|på|från|till|vid|in|at|from|to|near|utanför)\s+$", re.IGNORECASE)


def _names(text: str, known: set[str]) -> Iterable[Hint]:
    """Capitalised words inside a sentence, and given names anywhere."""
    given, common = set(_data()["names"]), set(_data()["capitals"]) | known
    for one in _CAPITAL.finditer(text):
        bare = re.sub(r"['’]s?$|s$", "", one[0].lower())
        is_given = one[0].lower() in given or bare in given
        told = one[0].lower() in common or (one[0].isupper() and not is_given)
        before = text[: one.start()]
        if is_given or not (told or _OPENS.search(before)):
            kind = "place" if _AT.search(before) and not is_given else "name"
            yield Hint(Level.LOOK, kind, *one.span())
