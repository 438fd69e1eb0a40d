"""What every page of the desk stands on: the host, the language, and how a page is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import abort, current_app, make_response, render_template, request, session
from werkzeug.wrappers import Response

from reporter import status
from reporter.host import Host
from reporter.language import words_in
from reporter.status import Standing
from survey import quarter
from survey.problems import Problem
from survey.project import Organisation
from survey.quarter import Quarter
from survey.words import Words


@dataclass(frozen=True)
class Context:
    """One desk: where it stands and whose it is. `enter` reads the host anew, day and files."""

    enter: Callable[[], Host]
    organisation: Organisation
    address: str
    """Host and port as a browser must name them."""
    key_files: tuple[Path, ...] = ()
    """Private keys that lie elsewhere, such as on the second holder's stick."""


def here() -> Context:
    """What this application was built on."""
    found: Context = current_app.extensions["avstamp-desk"]
    return found


def host() -> Host:
    """The reporting host as it is now."""
    return here().enter()


def standing_of(of: Quarter) -> Standing:
    """How far a quarter has come."""
    return status.at(host(), of, here().key_files)


def of(name: str) -> Quarter:
    """The quarter that an address names, or the page that says there is none."""
    try:
        found = quarter.parse(name)
    except Problem:
        abort(404)
    session["quarter"] = str(found)
    return found


def _place() -> str:
    """The quarter looked at last, to which the tabs of a page about none lead back."""
    try:
        return str(session.get("quarter") or status.present(host()))
    except Problem:  # whatever it is, the page that tells of it must be shown
        return ""


def language() -> str:
    """The language chosen last, else the browser's, else the organisation's first."""
    known = here().organisation.languages
    if session.get("language") in known:
        return str(session["language"])
    wanted = (tag.partition("-")[0] for tag, weight in request.accept_languages if weight)
    return next((tag for tag in wanted if tag in known), known[0])


def choose_language() -> None:
    """Remember the language that an address asks for."""
    asked = request.args.get("lang")
    if asked in here().organisation.languages:
        session["language"] = asked


def spoken() -> Words:
    """The reporter's phrases in the reader's language."""
    return load(language())


def load(of: str) -> Words:
    """The reporter's phrases in a language."""
    return words_in(of)


def page(template: str, status: int = 200, **values: object) -> Response:
    """A page in the reader's language."""
    known, signed = here().organisation, bool(session.get("guest"))
    place = values.get("of") or (_place() if signed and status < 500 else "")
    html = render_template(template, words=spoken(), organisation=known, place=place, **values)
    return make_response(html, status)


def notice(key: str, status: int, *problems: str) -> Response:
    """A calm page that says one thing, and below it a Problem's own words."""
    typed = _typed() if status in _TYPED else ""
    return page("notice.html", status, key=key, problems=problems, typed=typed)


_TYPED = (400, 401, 404, 409, 500)
"""Refusals after which somebody has typed in vain; what another page sent (403) is not shown."""


def _typed() -> str:
    """The texts of the form that was refused, to be copied: whatever has more than one word."""
    mine = ("csrf_token", "press")
    texts = [text.strip() for name, text in request.form.items() if name not in mine]
    return "\n\n".join(text for text in texts if " " in text)
