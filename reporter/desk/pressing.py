"""A button pressed twice is one wish: a form carries a token, and its first result is kept.

What a token was used for is kept in this process alone, as the sign-in is. One change is made at a
time, by whichever desk or command of this project: the second waits a little, and then sees what
the first has done, or is told what is at work.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request, current_app, g, request, session
from werkzeug.wrappers import Response

from reporter.desk import context
from reporter.working.alone import held
from survey.problems import Problem

KEPT = 200
"""Results kept: far more than the pages that anybody has open."""
_APART = ("csrf_token", "press")
"""Fields that say nothing of what is wished."""


@dataclass(frozen=True)
class Pressed:
    """What a form was used for, and the answer it got."""

    wish: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    session: dict[str, Any]
    """What the answer left in the cookie: a browser that gave up waiting never took it."""


class Presses:
    """Which forms were used, and for what; the oldest are forgotten."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Pressed] = OrderedDict()

    def find(self, token: str) -> Pressed | None:
        """What the form of this token was used for, if it was."""
        return self._found.get(token)

    def keep(self, token: str, pressed: Pressed) -> None:
        """Remember what a form was used for."""
        self._found[token] = pressed
        while len(self._found) > KEPT:
            self._found.popitem(last=False)


def watch(app: Flask) -> None:
    """Have every form of the desk recognised; called after whatever refuses a request."""
    app.extensions["avstamp-presses"] = Presses()
    app.jinja_env.globals["press"] = lambda: secrets.token_urlsafe(16)
    app.before_request(_begin)
    app.after_request(_keep)
    app.teardown_request(_end)


def used() -> bool:
    """Whether this form was used already, for another wish: somebody went back and typed anew."""
    return request.method == "POST" and _presses().find(_token()) is not None


def led() -> str:
    """Where the form's first use led to: the address of what it made."""
    found = _presses().find(_token())
    headers = dict(found.headers) if found else {}
    return headers.get("Location", "")


def _begin() -> Response | None:
    """Wait for one's turn; answer a second press as the first."""
    if request.method != "POST":
        return None
    g.turn = ExitStack()
    try:
        g.turn.enter_context(held(context.host().files, "HR's desk"))
    except Problem as busy:
        return context.notice("waits", 409, *busy.messages)
    found = _presses().find(_token())
    if found is None or found.wish != _wish(request):
        return None
    session.update(found.session)
    return Response(found.body, found.status, found.headers)


def _keep(response: Response) -> Response:
    """Remember what was done; what was refused may be tried again."""
    fresh = "turn" in g and _token() and not _presses().find(_token())
    if fresh and response.status_code < 400:
        headers = tuple(response.headers.items())
        body = response.get_data()
        done = Pressed(_wish(request), response.status_code, headers, body, dict(session))
        _presses().keep(_token(), done)
    return response


def _end(_: BaseException | None) -> None:
    if "turn" in g:
        g.pop("turn").close()


def _token() -> str:
    return request.form.get("press", "")


def _wish(asked: Request) -> str:
    """The address and every field, told apart from any other wish."""
    fields = [pair for pair in asked.form.items(multi=True) if pair[0] not in _APART]
    told = json.dumps([asked.path, fields])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _presses() -> Presses:
    found: Presses = current_app.extensions["avstamp-presses"]
    return found
