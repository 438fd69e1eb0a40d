"""Finds a codebook's words in a text: stems, wildcards and phrases, compiled once.

Each distinct word of the comments is stemmed and compared once and then remembered, so that what a
comment costs is one look-up a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import snowballstemmer

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PATTERN = re.compile(r"\*?[^\W_]+(?:['’][^\W_]+)*\*?")
_STEMMERS = {"sv": "swedish", "en": "english"}
_REMEMBERED = 100_000
"""So many words are remembered, about 50 MiB; then it starts afresh."""


@dataclass(frozen=True)
class Entry:
    """One line of a codebook: the word as written, in a language, under a theme ("" for none)."""

    theme: str
    language: str
    word: str


@dataclass(frozen=True)
class Found:
    """An entry that occurs in a text, and where."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class _Known:
    """What a token of a text matches."""

    atoms: frozenset[int]
    begins: tuple[tuple[Entry, tuple[int, ...]], ...]


def tokens(text: str) -> Iterable[re.Match[str]]:
    """The words of a text; a hyphen parts them, an apostrophe does not."""
    return _TOKEN.finditer(text)


def parts(word: str) -> list[str]:
    """A codebook word as the patterns that must follow each other: "work-life" is two."""
    return _PATTERN.findall(word.lower())


def stems(token: str) -> tuple[str, ...]:
    """The token's stem in each language."""
    return tuple(one.stem(token) for one in _stemmers().values())


class _Stemmer:
    """One language's stems. A token with a digit, or beyond any word's length, is its own stem."""

    def __init__(self, name: str) -> None:
        self._stem = snowballstemmer.stemmer(name).stemWord

    def stem(self, token: str) -> str:
        return str(self._stem(token)) if token.isalpha() and len(token) < 40 else token


_made: dict[str, _Stemmer] = {}


def _stemmers() -> dict[str, _Stemmer]:
    if not _made:
        _made.update({language: _Stemmer(name) for language, name in _STEMMERS.items()})
    return _made


class Matcher:
    """All entries of a codebook, ready to be found."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._atoms: dict[tuple[str, str, str], int] = {}
        self._within: list[tuple[str, int]] = []
        self._begins: dict[int, list[tuple[Entry, tuple[int, ...]]]] = {}
        self._known: dict[str, _Known] = {}
        for entry in entries:
            atoms = tuple(self._atom(entry.language, part) for part in parts(entry.word))
            self._begins.setdefault(atoms[0], []).append((entry, atoms))

    def _atom(self, language: str, part: str) -> int:
        bare = part.strip("*")
        kind = "*" * part.startswith("*") + "x" + "*" * part.endswith("*")
        if kind == "x":
            key = (kind, language, _stemmers()[language].stem(bare))
        else:
            key = (kind, language if kind == "*x" else "", bare)
        if key not in self._atoms:
            self._atoms[key] = len(self._atoms)
            if kind == "*x*":
                self._within.append((bare, self._atoms[key]))
        return self._atoms[key]

    def find(self, text: str) -> tuple[Found, ...]:
        """Every entry in the text, in order; one inside a longer one does not count."""
        seen = [(one.start(), one.end(), self._know(one[0])) for one in tokens(text)]
        found = [hit for at in range(len(seen)) if seen[at][2].begins for hit in _at(seen, at)]
        return tuple(_outer(found)) if found else ()

    def _know(self, token: str) -> _Known:
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[token] = self._compared(token.lower().replace("’", "'"))
        return known

    def _compared(self, token: str) -> _Known:
        keys = [("x*", "", token[:end]) for end in range(1, len(token) + 1)]
        for language, stemmer in _stemmers().items():
            stem = stemmer.stem(token)
            keys.append(("x", language, stem))
            for whole in {token, stem}:
                keys += [("*x", language, whole[start:]) for start in range(len(whole))]
        atoms = {self._atoms[key] for key in keys if key in self._atoms}
        atoms |= {atom for bare, atom in self._within if bare in token}
        begins = [one for atom in sorted(atoms) for one in self._begins.get(atom, ())]
        return _Known(frozenset(atoms), tuple(begins))


_Seen = Sequence[tuple[int, int, _Known]]


def _at(seen: _Seen, at: int) -> Iterable[Found]:
    """The entries that begin with the token at that place."""
    start, end, known = seen[at]
    for entry, atoms in known.begins:
        if len(atoms) == 1:
            yield Found(entry, start, end)
        elif len(seen) >= at + len(atoms) and all(
            atom in seen[at + step][2].atoms for step, atom in enumerate(atoms)
        ):
            yield Found(entry, start, seen[at + len(atoms) - 1][1])


def _outer(found: list[Found]) -> Iterable[Found]:
    """All but those that lie inside a longer one: they come in order of their start."""
    for one in found:
        length = one.end - one.start
        if not any(
            other.start <= one.start and one.end <= other.end and other.end - other.start > length
            for other in found
        ):
            yield one
