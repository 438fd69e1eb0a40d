"""The codebook in forms: what each word hits is seen before a list is saved, never after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from reporter.comments import codebook, private_file, uncovered, wordlists
from reporter.comments.codebook import Codebook, Rate
from reporter.desk import context, meanwhile
from reporter.desk.meanwhile import Differing
from reporter.host import Host
from survey.questions import LANGUAGES, Choice

pages = Blueprint("codebook", __name__)

_MOST = 40


@dataclass(frozen=True)
class Tried:
    """A list as it would be: what each of its words hits, and what it changes."""

    rates: Mapping[str, Rate | None]
    """Word → how often it hits, None for never."""

    @property
    def hitting(self) -> list[tuple[str, Rate]]:
        """The words that hit, the most frequent first."""
        found = [(word, rate) for word, rate in self.rates.items() if rate]
        return sorted(found, key=lambda pair: -pair[1].comments)

    @property
    def silent(self) -> list[str]:
        """The words that hit nothing."""
        return [word for word, rate in self.rates.items() if not rate]

    before: int
    """Comments that the saved list suggests the theme for."""
    after: int


@pages.get("/codebook/")
def listed() -> Response:
    """Every theme, with its words and how many of the drafted comments they hit."""
    host = context.host()
    book, texts = _read(host), _texts(host)
    hits = {theme: sum(theme in book.suggested(text) for text in texts) for theme in book.themes}
    k = host.policy.k
    found = uncovered.words(book, texts, k)[:_MOST]
    shown = {"book": book, "hits": hits, "texts": len(texts), "uncovered": found, "k": k}
    themes = host.questionnaire.themes
    return context.page("codebook.html", 200, themes=themes, **shown)


@pages.post("/codebook/")
def no_theme() -> Response:
    """Remember that a word is of no theme, so that it is not brought up again."""
    host = context.host()
    wordlists.write_not_a_theme(host.files.project, request.form.get("word", ""), _themes(host))
    return redirect(url_for("codebook.listed", _anchor="uncovered"), 303)


@pages.route("/codebook/<theme>/<language>", methods=["GET", "POST"])
def words(theme: str, language: str) -> Response:
    """One list: edit it, look at what it would hit, and save what was looked at."""
    host = context.host()
    book = _read(host)
    choice = next((one for one in host.questionnaire.themes if one.id == theme), None)
    if choice is None or theme not in book.themes or language not in LANGUAGES:
        abort(404)
    saved = book.themes[theme].get(language, ())
    asked = _asked(saved)
    if faults := list(_faults(asked, language)):
        return _page(choice, language, asked, None, faults, saved)
    tried = _tried(host, book, theme, language, asked)
    if meanwhile.overtaken(meanwhile.mark(tuple(saved))) and asked != list(saved):
        return _page(choice, language, asked, tried, (), saved, overtaken=True)
    if request.method == "POST" and request.form.get("seen") == ", ".join(asked):
        wordlists.write_words(host.files.project, theme, language, asked, _themes(host))
        return redirect(url_for("codebook.listed", _anchor=theme), 303)
    return _page(choice, language, asked, tried, (), saved)


def _page(
    theme: Choice,
    language: str,
    asked: Sequence[str],
    tried: Tried | None,
    problems: Sequence[str],
    saved: Sequence[str],
    overtaken: bool = False,
) -> Response:
    looked = request.method == "POST" and tried is not None
    shown: dict[str, Any] = {"theme": theme, "language": language, "tried": tried, "looked": looked}
    now = meanwhile.mark(tuple(saved))
    label = context.spoken()("desk.codebook.words")
    shown["differing"] = [Differing(label, ", ".join(saved), ", ".join(asked))] if overtaken else []
    shown["base"] = now if overtaken else meanwhile.base(now)
    status = 409 if overtaken else 422 if problems else 200
    return context.page("words.html", status, asked=", ".join(asked), problems=problems, **shown)


def _read(host: Host) -> Codebook:
    return codebook.read(host.files.project, _themes(host))


def _themes(host: Host) -> Sequence[Choice]:
    return host.questionnaire.themes


def _texts(host: Host) -> list[str]:
    """The comments of every draft that waits here, in no order that tells anything."""
    drafts = sorted((host.files.project.responses / "drafts").glob("????-*.comments.json"))
    return [one.text for path in drafts for one in private_file.read(path).comments]


def _asked(saved: Sequence[str]) -> list[str]:
    if request.method != "POST":
        return list(saved)
    wanted = (" ".join(word.split()) for word in request.form.get("words", "").split(","))
    return list(dict.fromkeys(word for word in wanted if word))


def _faults(asked: Sequence[str], language: str) -> Iterator[str]:
    """Every word that no list can take, in the reader's words."""
    for word in asked:
        try:
            codebook.trial(word, language, ())
        except codebook.Unusable as fault:
            yield context.spoken()(f"desk.codebook.{fault.why}", word=fault.word)


def _tried(host: Host, book: Codebook, theme: str, language: str, asked: Sequence[str]) -> Tried:
    texts = _texts(host)
    lists = {**book.themes[theme], language: tuple(asked)}
    changed = replace(book, themes={**book.themes, theme: lists})
    found = {one.word: one for one in codebook.rates(changed, texts) if one.theme == theme}
    before, after = (sum(theme in one.suggested(text) for text in texts) for one in (book, changed))
    return Tried({word: found.get(word) for word in asked}, before, after)
