"""codebook.yaml: which words suggest which theme. Read once, checked whole, changed word by word.

A suggestion is never counted: a person confirms it. HR owns the words, and a change to one list
leaves the rest of the file, comments and all, as it was written.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

from reporter.comments.matching import Entry, Matcher, parts
from survey import documents, durable
from survey.problems import Complaints, Problem
from survey.project import Project
from survey.questions import LANGUAGES, Choice

PACKAGED = Path(__file__).with_name("codebook.yaml")

Lists = Mapping[str, tuple[str, ...]]
"""Language → words."""

_WORD = re.compile(r"\*?[^\W_][\w'’]*\*?(?:[ -]\*?[^\W_][\w'’]*\*?)*")
_LEAST_WILD = 2
"""A wildcard on fewer letters would hit half the language."""


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
    own = _own(project)
    return own if own.exists() else PACKAGED


def _own(project: Project) -> Path:
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
    complaints.stop()


# Changing: the project's own copy, one list at a time


def write_words(
    project: Project, theme: str, language: str, words: Sequence[str], themes: Sequence[Choice]
) -> None:
    """Replace one list of a theme in the project's own codebook, which is made if need be."""
    _rewrite(project, ("themes", theme, language), words, themes)


def write_not_a_theme(project: Project, word: str, themes: Sequence[Choice]) -> None:
    """Remember that a frequent word is of no theme, so that it is not brought up again."""
    known = read(project, themes).not_a_theme
    if word.lower() not in known:
        _rewrite(project, ("not_a_theme",), [*known, word.lower()], themes)


def _rewrite(
    project: Project, place: tuple[str, ...], words: Sequence[str], themes: Sequence[Choice]
) -> None:
    file = _own(project)
    text = replaced(documents.text_of(path(project)), place, words)
    parse(text, file.name, [theme.id for theme in themes], own=file.exists())
    file.parent.mkdir(parents=True, exist_ok=True)
    durable.write(file, text)


def replaced(text: str, place: Sequence[str], words: Sequence[str]) -> str:
    """The file's text with another list at that place, and nothing else changed."""
    node = _node(text, place)
    indent = " " * (2 * len(place))
    lines = textwrap.wrap(", ".join(words), 100 - len(indent), break_on_hyphens=False)
    body = ">\n" + "".join(f"{indent}{line}\n" for line in lines) if lines else "[]\n"
    start = node.start_mark.index
    return text[:start] + body + text[_end(text, start) :]


def _end(text: str, start: int) -> int:
    """Where the list ends: at a blank line, or at one that is not further in than its key."""
    line = text.rfind("\n", 0, start) + 1
    depth = len(text[line:start]) - len(text[line:start].lstrip())
    end = text.find("\n", start) + 1 or len(text)
    for one in text[end:].splitlines(keepends=True):
        inner = len(one) - len(one.lstrip())
        if not one.strip() or (inner <= depth and not one.lstrip().startswith("- ")):
            break
        end += len(one)
    return end


def _node(text: str, place: Sequence[str]) -> yaml.Node:
    node: Any = yaml.compose(text, yaml.SafeLoader)
    for key in place:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
        if node is None:
            raise Problem(f"codebook.yaml: has no `{key}:`. Add it, with its list under it.")
    return cast("yaml.Node", node)
