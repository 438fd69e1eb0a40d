"""Comments one at a time: themes, sides, what is held back. Every decision is written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from reporter.comments import Comment, State, codebook, decisions, identifiers, private_file
from reporter.comments.codebook import Codebook
from reporter.comments.decisions import Why
from reporter.desk import context, meanwhile
from reporter.desk.meanwhile import Differing, Overtaken
from reporter.host import Host
from survey import documents
from survey.quarter import Quarter
from survey.questions import Choice

pages = Blueprint("comments", __name__)

KEYS = "123456789abdegijklmopqrstvwxyz"
"""The key that toggles each theme; c, f, h, n and u have their own use."""

Step = Callable[[State], State]


@dataclass(frozen=True)
class Piece:
    """A stretch of the text that is marked in one way."""

    text: str
    hit: bool
    level: str
    """The weightiest hint in it, or nothing."""


@pages.get("/q/<name>/comments/")
def start(name: str) -> Response:
    """Leads to the first comment that nobody has decided about, or tells that there is none."""
    of, host = context.of(name), context.host()
    if not host.files.comments(of).exists():
        return context.page("comments.html", of=of, progress=None)
    state = private_file.read(host.files.comments(of))
    if state.next:
        return redirect(url_for("comments.comment", name=of, ident=state.next.id), 303)
    return context.page("comments.html", of=of, progress=decisions.progress(state), state=state)


@pages.get("/q/<name>/comments/<ident>")
def comment(name: str, ident: str) -> Response:
    """One comment, with what was decided about it or what the codebook suggests."""
    of, host = context.of(name), context.host()
    state = private_file.read(host.files.comments(of))
    one, book = _find(state, ident), _book(host)
    chosen = book.suggested(one.text) if one.themes is None else one.themes
    return _page(host, of, state, one, chosen)


@pages.post("/q/<name>/comments/<ident>")
def decide(name: str, ident: str) -> Response:
    """Take one step, write it, and lead on; a step that is not the last shows the comment again."""
    of, host = context.of(name), context.host()
    path = host.files.comments(of)
    _find(private_file.read(path), ident)
    wish, themes = request.form.get("do", ""), request.form.getlist("themes")
    step = _step(wish, ident, themes, host)
    if step is None:
        abort(400)
    before = private_file.read(path)
    if wish == "undo" and not before.undo:
        return context.notice("undone", 409)
    try:
        state = private_file.change(path, lambda state: _unless_overtaken(state, ident, wish, step))
    except Overtaken:
        return _page(host, of, before, before.comment(ident), themes, overtaken=True)
    if wish == "undo":
        return redirect(url_for("comments.comment", name=of, ident=before.undo[-1].id), 303)
    if wish == "confirm":
        following = _following(state, ident)
        if following is None:
            return redirect(url_for("comments.start", name=of), 303)
        return redirect(url_for("comments.comment", name=of, ident=following.id), 303)
    return _page(host, of, state, state.comment(ident), themes)


def _unless_overtaken(state: State, ident: str, wish: str, step: Step) -> State:
    """Take the step if it is about what the page showed, or changes nothing of it."""
    after, one = step(state), state.comment(ident)
    if wish == "undo":
        overtaken = meanwhile.overtaken(_last(state), "last")
    else:
        overtaken = meanwhile.overtaken(meanwhile.mark(one)) and after.comment(ident) != one
    if overtaken:
        raise Overtaken
    return after


def _last(state: State) -> str:
    """What undoing would take back."""
    return meanwhile.mark((len(state.undo), state.undo[-1:]))


def _step(wish: str, ident: str, themes: Sequence[str], host: Host) -> Step | None:
    why = request.form.get("why", "")
    steps: dict[str, Step] = {
        "confirm": lambda state: decisions.confirm(state, ident, themes, _book(host).themes),
        "flip": lambda state: decisions.flip(state, ident),
        "hold": lambda state: decisions.hold(state, ident, Why(why)),
        "release": lambda state: decisions.hold(state, ident, None),
        "clear": lambda state: decisions.clear(state, ident),
        "undo": decisions.undo,
    }
    return None if wish == "hold" and why not in list(Why) else steps.get(wish)


def _find(state: State, ident: str) -> Comment:
    found = next((one for one in state.comments if one.id == ident), None)
    if found is None:
        abort(404)
    return found


def _book(host: Host) -> Codebook:
    """The codebook as its file stands now; an unchanged file is not compiled again."""
    file = codebook.path(host.files.project)
    ids = tuple(theme.id for theme in host.questionnaire.themes)
    return _compiled(documents.text_of(file), file.name, ids, file != codebook.PACKAGED)


_compiled = lru_cache(maxsize=2)(codebook.parse)


def _following(state: State, ident: str) -> Comment | None:
    """The next comment that nobody has decided about, round the end; else None."""
    at = next(n for n, one in enumerate(state.comments) if one.id == ident)
    turned = [*state.comments[at + 1 :], *state.comments[:at]]
    return next((one for one in turned if not one.decided), None)


def _neighbour(state: State, ident: str) -> Comment:
    """Where "next" leads: to one that is undecided, or simply on."""
    at = next(n for n, one in enumerate(state.comments) if one.id == ident)
    return _following(state, ident) or state.comments[(at + 1) % len(state.comments)]


def _page(
    host: Host,
    of: Quarter,
    state: State,
    one: Comment,
    chosen: Sequence[str],
    overtaken: bool = False,
) -> Response:
    book = _book(host)
    hits = book.suggest(one.text)
    themes = [theme for theme in host.questionnaire.themes if theme.id in book.themes]
    shown = {
        "one": one,
        "item": host.questionnaire.items.get(one.question),
        "rated": {theme.id: theme.words for theme in themes}.get(one.theme),
        "pieces": list(_pieces(one, [(hit.start, hit.end) for hit in hits])),
        "themes": list(zip(KEYS, themes, strict=False)),
        "hits": {theme.id: _words(one, theme.id, hits) for theme in themes},
        "chosen": chosen,
        "hinted": _once(one),
        "whys": list(Why),
        "following": _neighbour(state, one.id),
        "progress": decisions.progress(state),
        "undoable": bool(state.undo),
        "base": meanwhile.mark(one),
        "last": _last(state),
        "differing": _differing(one, chosen, themes) if overtaken else None,
    }
    return context.page("comment.html", 409 if overtaken else 200, of=of, **shown)


def _differing(one: Comment, chosen: Sequence[str], themes: Sequence[Choice]) -> list[Differing]:
    """The themes as somebody has decided meanwhile, and as they are ticked here."""
    spoken = context.spoken()
    saved, mine = (
        ", ".join(theme.words[spoken.language] for theme in themes if theme.id in many)
        for many in (one.themes or (), chosen)
    )
    return [Differing(spoken("desk.read.themes"), saved, mine)] if saved != mine else []


def _once(one: Comment) -> list[identifiers.Hint]:
    """Each hint once, however often its words occur: "I" would fill the page."""
    found = {(hint.level, one.text[hint.start : hint.end].lower()): hint for hint in one.hints}
    return list(found.values())


def _words(one: Comment, theme: str, hits: Sequence[codebook.Hit]) -> list[str]:
    found = (one.text[hit.start : hit.end] for hit in hits if hit.theme == theme)
    return list(dict.fromkeys(found))


def _pieces(one: Comment, hits: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The text in stretches that are marked alike; nothing of it is lost or doubled."""
    hints = one.hints
    ends = {0, len(one.text), *(at for hit in hits for at in hit)}
    cuts = sorted(ends | {at for hint in hints for at in (hint.start, hint.end)})

    def marked(piece: tuple[int, int]) -> tuple[bool, str]:
        start, end = piece
        levels = {str(hint.level) for hint in hints if hint.start <= start and end <= hint.end}
        hit = any(first <= start and end <= last for first, last in hits)
        return hit, next((one for one in ("stop", "look", "personal") if one in levels), "")

    for (hit, level), alike in groupby(pairwise(cuts), key=marked):
        yield Piece("".join(one.text[start:end] for start, end in alike), hit, level)
