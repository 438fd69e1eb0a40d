"""HR of the made-up company: reads a draft's comments and tells of them what the rules allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from reporter.comments import (
    Comment,
    Paraphrase,
    Quote,
    Side,
    State,
    decisions,
    paraphrases,
    private_file,
)
from reporter.comments.decisions import Why
from reporter.host import Host
from survey import documents
from survey.quarter import Quarter
from tests.support import company
from tests.support.places import SAMPLES

WRITER, APPROVER = "EL", "MS"
_HELD = {"name": Why.NAMES, "mail": Why.WRITER, "rare": Why.WRITER}


def read(host: Host, of: Quarter) -> None:
    """Decide about every comment of a draft, and tell what company/told.yaml has for it."""
    known = [theme.id for theme in host.questionnaire.themes]
    languages = host.questionnaire.languages
    path = host.files.comments(of)
    private_file.change(path, lambda state: told(decided(state, known), of, languages))


def decided(state: State, known: list[str]) -> State:
    """Every comment under the theme that its inventor had in mind; what says too much is held."""
    for one in state.comments:
        if one.themes is None:
            themes = [company.theme_of(one.question, one.text)]
            state = decisions.confirm(state, one.id, [t for t in themes if t in known], known)
        if one.text in company.hinted():
            state = decisions.hold(state, one.id, _HELD[company.hinted()[one.text]])
    return state


def told(state: State, of: Quarter, languages: tuple[str, ...]) -> State:
    """With the quarter's paraphrases, each by two people, and its quote."""
    telling = _told().get(str(of), {})
    for one in telling.get("paraphrases", ()):
        side = Side(one["side"])
        words = {language: one[language] for language in languages}
        written = Paraphrase(one["theme"], side, words, WRITER)
        state = paraphrases.save(state, written, languages)
        state = paraphrases.approve(state, one["theme"], side, APPROVER, languages)
    for source in _quoted(state, telling.get("quote")):
        wanted = Quote(source.id, telling["quote"]["theme"], source.text, WRITER, APPROVER)
        state = paraphrases.quote(state, wanted)
    return state


def _quoted(state: State, quote: Mapping[str, str] | None) -> Iterator[Comment]:
    """The first comment of those words whose writer lets them be quoted."""
    found = [one for one in state.comments if quote and one.text == quote["text"]]
    yield from [one for one in found if one.consent == paraphrases.QUOTE][:1]


@cache
def _told() -> Mapping[str, Any]:
    return documents.read(SAMPLES / "told.yaml")
