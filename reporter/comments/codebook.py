"""codebook.yaml: which words suggest which theme. Read once, checked whole, changed word by word.

A suggestion is never counted: a person confirms it. HR owns the words, and a change to one list
leaves the rest of the file, comments and all, as it was written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reporter.comments.matching import Entry, Matcher, parts
from survey import documents
from survey.problems import Complaints, Problem
from survey.project import Project
from survey.questions import LANGUAGES, Choice

PACKAGED = Path(__file__).with_name("codebook.yaml")

Lists = Mapping[str, tuple[str, ...]]
"""Language → words."""

_WORD = re.compile(r"\*?[^\W_][\w'’]*\*?(?:[ -]\*?[^\W_][\w'’]*\*?)*")
_LEAST_WILD = 2
"""A wildcard on fewer letters would hit half the language."""


class Unusable(Problem):
    """A new word that no list can take; `why` is "letters" or "wild"."""

    def __init__(self, word: str, why: str, *messages: str) -> None:
        super().__init__(*messages)
        self.word, self.why = word, why


@dataclass(frozen=True)
class Hit:
    """A word of the codebook in a text: `text[start:end]` suggests the theme."""

    theme: str
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Codebook:
    """Theme → language → words, the phrases that hit nothing, and the words found to be none."""

    themes: Mapping[str, Lists]
    ignore: Lists
    not_a_theme: tuple[str, ...]

    @cached_property
    def matcher(self) -> Matcher:
        """All its words, ready to be found."""
        return Matcher(self._entries())

    def _entries(self) -> Iterable[Entry]:
        for theme, lists in {**self.themes, "": self.ignore}.items():
            for language, words in lists.items():
                yield from (Entry(theme, language, word) for word in words)

    def suggest(self, text: str) -> tuple[Hit, ...]:
        """Where the text speaks of a theme, whatever language it is in."""
        found = self.matcher.find(text)
        hits = (Hit(one.entry.theme, one.entry.word, one.start, one.end) for one in found)
        return tuple(dict.fromkeys(hit for hit in hits if hit.theme))

    def suggested(self, text: str) -> tuple[str, ...]:
        """The themes that the text is suggested to, in the codebook's order."""
        hit = {one.theme for one in self.suggest(text)}
        return tuple(theme for theme in self.themes if theme in hit)


@dataclass(frozen=True)
class Rate:
    """How often a word hits: in `comments` comments, a `share` of all."""

    theme: str
    word: str
    comments: int
    share: float


def rates(codebook: Codebook, texts: Sequence[str]) -> list[Rate]:
    """Each word that hits, the most frequent first: one that hits too much is seen."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        counts.update({(hit.theme, hit.word) for hit in codebook.suggest(text)})
    return [Rate(*key, count, count / len(texts)) for key, count in counts.most_common()]


def trial(word: str, language: str, texts: Sequence[str]) -> list[str]:
    """The texts that one word would hit, before it is added to any list."""
    _check_new(word)
    matcher = Matcher([Entry("trial", language, word)])
    return [text for text in texts if matcher.find(text)]


# Reading


def path(project: Project) -> Path:
    """The project's own codebook if it has one, else the packaged one."""
    own = own_path(project)
    return own if own.exists() else PACKAGED


def own_path(project: Project) -> Path:
    """Where the project's own codebook lies, or will lie."""
    return project.root / "reporter" / "codebook.yaml"


def read(project: Project, themes: Sequence[Choice]) -> Codebook:
    """The codebook for these themes, or a Problem that lists every mistake in it."""
    file = path(project)
    known = [theme.id for theme in themes]
    return parse(documents.text_of(file), file.name, known, own=file != PACKAGED)


def parse(text: str, name: str, themes: Sequence[str], own: bool = True) -> Codebook:
    """The codebook in the text. The packaged one may know themes that a questionnaire has not."""
    complaints = Complaints(name)
    document = documents.parse(text, name)
    complaints.unknown_keys("", document, {"themes", "ignore", "not_a_theme"})
    raw = _keys(complaints, "themes", document.get("themes"))
    if own:
        complaints.unknown_keys("themes", raw, themes)
    lists = {
        theme: _lists(complaints, f"theme '{theme}'", raw[theme])
        for theme in themes
        if theme in raw
    }
    if own:
        _check_missing(complaints, themes, lists)
    ignore = _lists(complaints, "ignore", document.get("ignore", {}))
    none = _words(complaints, "not_a_theme", document.get("not_a_theme", []))
    complaints.stop()
    return Codebook(lists, ignore, none)


def _check_missing(complaints: Complaints, themes: Sequence[str], found: Iterable[str]) -> None:
    for theme in themes:
        if theme not in found:
            mend = f"Add `{theme}:` with words under `sv:` and `en:`."
            complaints.say("themes", f"has no words for '{theme}'", mend)


def _keys(complaints: Complaints, place: str, raw: object) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    complaints.say(place, "holds no keys", "Indent `key: words` lines under it.")
    return {}


def _lists(complaints: Complaints, place: str, raw: object) -> Lists:
    found = _keys(complaints, place, raw)
    complaints.unknown_keys(place, found, LANGUAGES)
    return {
        language: _words(complaints, f"{place}, {language}", found[language])
        for language in LANGUAGES
        if language in found
    }


def _words(complaints: Complaints, place: str, raw: object) -> tuple[str, ...]:
    """The words of one list, checked; they stand as a YAML list, or in a text between commas."""
    words = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(words, list):
        complaints.say(place, "is no list of words", "Write words with commas between them.")
        return ()
    kept = [" ".join(str(word).split()) for word in words]
    kept = [word for word in kept if word]
    for word in kept:
        _check(complaints, place, word)
    for word, times in Counter(word.lower() for word in kept).items():
        if times > 1:
            complaints.say(place, f"has '{word}' twice", "Remove one of them.")
    return tuple(kept)


def _check(complaints: Complaints, place: str, word: str) -> None:
    if not _WORD.fullmatch(word):
        mend = "Write letters and digits, with * only where a word begins or ends."
        complaints.say(place, f"has the word '{word}'", mend)
    elif any("*" in part and len(part.strip("*")) < _LEAST_WILD for part in parts(word)):
        mend = f"Write at least {_LEAST_WILD} letters beside a *."
        complaints.say(place, f"has '{word}', which would hit nearly everything", mend)


def _check_new(word: str) -> None:
    complaints = Complaints("codebook")
    _check(complaints, "a new word", word)
    if complaints.messages:
        why = "wild" if _WORD.fullmatch(word) else "letters"
        raise Unusable(word, why, *complaints.messages)
