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

from survey.project import HINTS

"""The object in it is JSON: the leaver's browser finds the very same in a text."""


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
    text = HINTS.read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.JSONDecoder().raw_decode(text, text.index("{"))[0]
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


_BEFORE = 40
"""So many characters before a word tell whether it opens a sentence."""


@cache
def _shapes() -> Mapping[str, re.Pattern[str]]:
    """What a capitalised word is, and what stands before one that opens a sentence or is a place.

    `named` follows a name that is a word too, where it is the name: "Hans på lagret".
    """
    found = {key: re.compile(_data()[key]) for key in ("capital", "opens", "named")}
    return {**found, "at": re.compile(_data()["at"], re.IGNORECASE)}


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(_data()[key].split(" "))


def _names(text: str, known: set[str]) -> Iterable[Hint]:
    """Capitalised words inside a sentence, and given names anywhere."""
    shapes, common = _shapes(), _list("capitals") | known
    for one in shapes["capital"].finditer(text):
        start, end = one.span()
        opens = bool(shapes["opens"].search(text, max(0, start - _BEFORE), start))
        given = _given(one[0], text[end:], opens)
        told = one[0].lower() in common or one[0].isupper()
        if given or not (told or opens):
            place = shapes["at"].search(text, max(0, start - _BEFORE), start) and not given
            yield Hint(Level.LOOK, "place" if place else "name", start, end)


def _given(word: str, after: str, opens: bool) -> bool:
    """Whether it is a given name, its genitive too, and not another word that opens a sentence."""
    low = word.lower()
    if opens and low in _list("words") and not _shapes()["named"].match(after):
        return False
    return bool({low, re.sub(r"['’]s?$|s$", "", low)} & _list("names"))
