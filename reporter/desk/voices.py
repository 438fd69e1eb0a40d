"""Paraphrases and quotes: who wrote, who approved, and what to look at before it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from reporter.comments import (
    Paraphrase,
    Quote,
    Side,
    State,
    decisions,
    moderation,
    paraphrases,
    private_file,
)
from reporter.comments.faults import Broken, Fault, Warned
from reporter.desk import context, meanwhile, voiced
from reporter.desk.meanwhile import Overtaken
from reporter.host import Host
from reporter.records import archive
from survey import plain
from survey.problems import Problem
from survey.quarter import Quarter

pages = Blueprint("voices", __name__)


@pages.get("/q/<name>/voices")
def listed(name: str) -> Response:
    """Each theme and side that enough wrote about, what is written of it, and what still waits."""
    return _page(context.of(name), 200, ())


@pages.post("/q/<name>/voices")
def tell(name: str) -> Response:
    """Write, approve or drop a paraphrase or a quote, as the commands do."""
    of, host = context.of(name), context.host()
    if request.form.get("do") not in _STEPS:
        abort(400)
    try:
        private_file.change(
            host.files.comments(of),
            lambda state: voiced.unless_overtaken(state, _step(state, host)),
        )
    except Overtaken:
        return _page(of, 409, (), overtaken=True)
    except Broken as broken:
        return _page(of, 422, [_fault(one, host) for one in broken.faults])
    except Problem as problem:
        return _page(of, 422, problem.messages)
    return redirect(url_for("voices.listed", name=of, _anchor=_field("theme")), 303)


def _fault(one: Fault, host: Host) -> str:
    """A broken rule in the reader's language, with the theme's own name."""
    spoken = context.spoken()
    named = {theme.id: theme.words for theme in host.questionnaire.themes}
    theme = named[one.theme][spoken.language] if one.theme in named else one.theme
    at = spoken("desk.quote.of", theme=theme) if one.comment else f"{theme}, {_side(one.side)}"
    return one.told(spoken, at, _warning(one.warned) if one.warned else "")


def _side(side: str) -> str:
    return context.spoken()(f"desk.side.{side}")


def _warning(one: Warned) -> str:
    spoken = context.spoken()
    values = {"language": spoken(f"desk.in.{one.language}"), "words": one.words}
    if one.kind == "shared":
        return spoken("desk.warned.shared", **values)
    return spoken("desk.warned.hint", kind=spoken(f"desk.kind.{one.kind}"), **values)


_STEPS = ("save", "approve", "drop", "quote", "read", "unquote")


def _field(name: str) -> str:
    return plain.line(request.form.get(name, ""))


def _step(state: State, host: Host) -> State:
    match request.form["do"]:
        case "save":
            return _save(state, host)
        case "approve":
            languages = host.questionnaire.languages
            return paraphrases.approve(state, *_at(host), _field("approver"), languages)
        case "drop":
            return paraphrases.drop(state, *_at(host))
        case "quote" | "read":
            return _quote(state, host)
        case _:
            return paraphrases.unquote(state, _field("comment"))


def _at(host: Host) -> tuple[str, Side]:
    theme, side = _field("theme"), _field("side")
    if theme not in [one.id for one in host.questionnaire.themes] or side not in list(Side):
        abort(400)
    return theme, Side(side)


def _save(state: State, host: Host) -> State:
    theme, side = _at(host)
    languages = host.questionnaire.languages
    words = {one: _field(f"words_{one}") for one in languages}
    seen = tuple(request.form.getlist("acknowledged"))
    return paraphrases.save(
        state, Paraphrase(theme, side, words, _field("writer"), "", seen), languages
    )


def _quote(state: State, host: Host) -> State:
    if request.form["do"] == "read":
        found = next((one for one in state.quotes if one.comment == _field("comment")), None)
        if found is None:
            abort(404)
        return paraphrases.quote(state, replace(found, reader=_field("reader")))
    theme, _ = _at(host)
    text = _field("text") or state.comment(_field("comment")).text
    return paraphrases.quote(state, Quote(_field("comment"), theme, text, _field("approver")))


def _page(of: Quarter, status: int, problems: Sequence[str], overtaken: bool = False) -> Response:
    host = context.host()
    if not host.files.comments(of).exists():
        return context.page("comments.html", of=of, progress=None)
    state = private_file.read(host.files.comments(of))
    known = {theme.id: theme.words for theme in host.questionnaire.themes}
    written = {(one.theme, one.side): one for one in state.paraphrases}
    places = _places(state, list(known))
    shown = {
        "known": known,
        "places": [
            one for one in places if one.n >= paraphrases.LEAST_WRITERS or _begun(one, state)
        ],
        "few": [one for one in places if one.n < paraphrases.LEAST_WRITERS],
        "least": paraphrases.LEAST_WRITERS,
        "written": written,
        "warned": _warned(state, problems),
        "quotes": state.quotes,
        "quoted": {one.comment: one for one in state.quotes},
        "quotable": [one for one in state.comments if _quotable(one)],
        "texts": {one.id: one.text for one in state.comments},
        "missing": list(_missing(host, of, state)),
        "kept": bool(problems) or overtaken,
        "differing": voiced.differing(voiced.standing(state)) if overtaken else None,
        "mark": lambda one, here: (
            meanwhile.base(meanwhile.mark(one)) if here and problems else meanwhile.mark(one)
        ),
    }
    return context.page(
        "voices.html", status, of=of, problems=problems, posted=request.form, **shown
    )


def _quotable(one: decisions.Comment) -> bool:
    return one.consent == "quote" and bool(one.themes) and one.held is None and not one.open_stop


@dataclass(frozen=True)
class Place:
    """A theme and side that may be told of: how many surely wrote, and what they wrote."""

    theme: str
    side: Side
    n: int
    texts: tuple[str, ...]


def _places(state: State, themes: Sequence[str]) -> list[Place]:
    """Every theme and side that anybody may be told of; most texts first."""
    found = [
        Place(one, side, paraphrases.writers(state, one, side), _texts(state, one, side))
        for one in themes
        for side in Side
    ]
    return sorted((place for place in found if place.n), key=lambda place: -place.n)


def _texts(state: State, theme: str, side: Side) -> tuple[str, ...]:
    """In the order of the alphabet: the order of the ids is theirs on every page."""
    return tuple(sorted(one.text for one in paraphrases.sources(state, theme, side)))


def _begun(place: Place, state: State) -> bool:
    return (place.theme, place.side) in {(one.theme, one.side) for one in state.paraphrases}


def _missing(host: Host, of: Quarter, state: State) -> Iterator[str]:
    """What would not be told if it was published now, and why."""
    spoken, items = context.spoken(), host.questionnaire.items
    for one in moderation.unread(archive.read(host.files.draft(of)), state):
        asked = items[one].words[spoken.language] if one in items else one
        yield spoken("desk.voices.unread", question=asked)
    named = {theme.id: theme.words[spoken.language] for theme in host.questionnaire.themes}
    for told in state.paraphrases:
        if not told.approver:
            at = f"{named.get(told.theme, told.theme)}, {_side(told.side)}"
            yield spoken("desk.voices.unapproved", at=at)
    for quoted in state.quotes:
        if not quoted.reader:
            theme = named.get(quoted.theme, quoted.theme)
            yield spoken("desk.voices.unseconded", at=spoken("desk.quote.of", theme=theme))


def _warned(state: State, problems: Sequence[str]) -> list[tuple[str, str]]:
    """The warnings of what was just sent, to be acknowledged one by one: as kept, and in words."""
    if not problems or request.form.get("do") != "save":
        return []
    words = {
        name.removeprefix("words_"): " ".join(text.split())
        for name, text in request.form.items()
        if name.startswith("words_")
    }
    side = Side(_field("side"))
    found = paraphrases.warnings(state, Paraphrase(_field("theme"), side, words, _field("writer")))
    return [(str(one), _warning(one)) for one in found]
