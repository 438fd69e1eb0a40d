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
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from unicodedata import category

from reporter.comments import addresses, identity, numbers
from survey import documents, plain
from survey.project import HINTS


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
    read = plain.placed(text)
    found = set(_stops(read.text))
    found |= {hint for level in _SHARED for hint in _matched(read.text, level)}
    found |= set(_names(read.text, {_small(name) for name in names})) | set(_foreign(read.text))
    return _placed(read, found)


def stops(text: str) -> tuple[Hint, ...]:
    """What must not be published in any way: addresses, and numbers of people.

    Whoever holds a text back until somebody cleared it asks this: comments, quotes, paraphrases.
    """
    read = plain.placed(text)
    return _placed(read, _stops(read.text))


def _placed(read: plain.Placed, found: Iterable[Hint]) -> tuple[Hint, ...]:
    """The hints where they stand in what was written, however it was spelt."""
    there = (Hint(one.level, one.kind, *read.span(one.start, one.end)) for one in found)
    return tuple(sorted(set(there), key=lambda one: (one.start, one.end, one.kind)))


_SHARED = (Level.LOOK, Level.PERSONAL)
"""What the browser finds by the very same patterns; its own small rule of numbers asks gently."""


def _stops(text: str) -> Iterable[Hint]:
    found = [addresses.find(text)]
    if sum(map(str.isdecimal, text)) >= _LEAST_DIGITS:
        found += [numbers.find(text), identity.find(text)]
    for kind, start, end in chain.from_iterable(found):
        yield Hint(Level.STOP, kind, start, end)


_LEAST_DIGITS = 6
"""No number of anybody's has fewer."""


def _matched(text: str, level: Level) -> Iterable[Hint]:
    for kind, patterns in _patterns()[level].items():
        for pattern in patterns:
            for one in pattern.finditer(text):
                yield Hint(level, kind, *one.span())


@cache
def _data() -> Mapping[str, Any]:
    """The table, which is JSON: the leaver's browser finds the very same in a text."""
    text = HINTS.read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.JSONDecoder().raw_decode(text, text.index("{"))[0]
    return data


@cache
def _patterns() -> Mapping[Level, Mapping[str, list[re.Pattern[str]]]]:
    return {
        level: {
            kind: [_compiled(one, re.IGNORECASE) for one in patterns]
            for kind, patterns in _data()[level].items()
        }
        for level in _SHARED
    }


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of the table; kinds of letters, which browsers know, are spelt out for `re`."""
    return re.compile(_CLASS.sub(lambda one: _ranges()[one[1]], pattern), flags)


_CLASS = re.compile(r"\\p\{(\w+)\}")
_LAST = 0x323B0
"""Beyond it Unicode has no letters."""


@cache
def _ranges() -> Mapping[str, str]:
    """Each kind of letter as the inside of a class: capitals, and letters of scripts without."""
    found: dict[str, str] = dict.fromkeys(("Lu", "Lt", "Lo", "M"), "")
    for kind, many in groupby(map(chr, range(_LAST)), lambda char: category(char)):
        name = kind if kind in found else kind[0]
        if name in found:
            first, *rest = many
            found[name] += f"{first}-{rest[-1]}" if rest else first
    return found


_BEFORE = 40
"""So many characters before a word tell whether it opens a sentence."""


@cache
def _shapes() -> Mapping[str, re.Pattern[str]]:
    """What a capitalised word is, and what stands before one that opens a sentence or is a place.

    `named` follows a name that is a word too, where it is the name: "Hans på lagret".
    """
    found = {key: _compiled(_data()[key]) for key in ("capital", "caseless", "opens", "named")}
    return {**found, "at": re.compile(_data()["at"], re.IGNORECASE)}


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(_data()[key].split(" "))


@cache
def _more(key: str) -> frozenset[str]:
    """What is too much for a leaver's browser: more given names, and words that are merely loud."""
    path = Path(__file__).with_name("names.yaml")
    return frozenset(str(documents.parse(documents.text_of(path), path.name)[key]).split())


def _names(text: str, known: set[str]) -> Iterable[Hint]:
    """Capitalised words inside a sentence, and given names anywhere."""
    shapes, common = _shapes(), _list("capitals") | known
    for one in shapes["capital"].finditer(text):
        start, end = one.span()
        opens = bool(shapes["opens"].search(text, max(0, start - _BEFORE), start))
        given = _given(one[0], text[end:], opens)
        told = _small(one[0]) in common or (one[0].isupper() and _quiet(one[0], text))
        if given or not (told or opens):
            place = shapes["at"].search(text, max(0, start - _BEFORE), start) and not given
            yield Hint(Level.LOOK, "place" if place else "name", start, end)


def _quiet(word: str, text: str) -> bool:
    """Whether a word in capitals is no name: short, or said loudly, or all of the text is loud."""
    loud = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    return loud or len(word) < _LEAST_NAME or _small(word) in _more("loud")


_LEAST_NAME = 4


def _small(word: str) -> str:
    """The word in small letters; of the dotted capital of Turkish no dot is left over."""
    return word.lower().replace("\u0307", "")


def _foreign(text: str) -> Iterable[Hint]:
    """Words of a script without capitals, where most of the text is in one that has them."""
    cased = sum(char.lower() != char.upper() for char in text)
    other = sum(category(char) == "Lo" for char in text) if not text.isascii() else 0
    if 0 < other < cased:
        for one in _shapes()["caseless"].finditer(text):
            yield Hint(Level.LOOK, "name", *one.span())


def _given(word: str, after: str, opens: bool) -> bool:
    """Whether it is a given name, its genitive too, and not another word that opens a sentence."""
    low = _small(word)
    if opens and low in _list("words") and not _shapes()["named"].match(after):
        return False
    return bool({low, re.sub(r"['’]s?$|s$", "", low)} & (_list("names") | _more("names")))
