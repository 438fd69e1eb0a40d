"""The application: built from its settings, with the headers and the silence every page needs."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from survey.ballots.box import SAFE, Ways
from survey.problems import Problem
from survey.settings import Settings
from survey.web import memory, pages
from survey.web.context import Form, notice
from survey.web.mount import Below, Mailed
from survey.web.rate_limit import Bucket
from survey.web.tickets import Tickets

LARGEST_BODY = 1_000_000

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # The address of the first page holds the link: it must not travel on to any other.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
_POSTS = 300, 1000
"""A second, and at once. More than one process can answer: it only meets a flood."""
_WITHDRAWALS = 1, 30
"""Each looks through a whole box, 23 ms at 10,000 links, in which nobody else gets in."""
_AGAIN = (429, 503)
"""What helps by itself when one waits a little."""

CALM = {400: "broken", 404: "missing", 405: "missing", 413: "large"}
"""Which page a status is told with; any other is "broken" or, from 500 on, "failed"."""


class Silent(Flask):
    """A Flask that never writes down what a person did: its own error line shows path and time."""

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)  # `memory` serves what would lie there
        self._told: set[str] = set()

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - Flask's own signature
        """Say the kind of error, once, and no more: a traceback can quote a link or an answer.

        A line each time would tell when somebody was there: a system log stamps every line.
        """
        kind = exc_info[0].__name__
        if kind not in self._told:
            self._told.add(kind)
            sys.stderr.write(f"a page failed: {kind} (said once)\n")


def create(
    settings: Settings,
    today: Callable[[], date],
    clock: Callable[[], float] = time.monotonic,
    ways: Ways = SAFE,
) -> Flask:
    """The form as a WSGI application. `clock` counts seconds and forgets the receipt pages."""
    app = Silent("survey.web")
    app.config.update(
        SECRET_KEY=settings.flask_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=pages.MOST_FIELDS,
        TEMPLATES_AUTO_RELOAD=False,  # or each visit would look at their files
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    limits = Bucket(*_POSTS, clock), Bucket(*_WITHDRAWALS, clock)
    app.extensions["avstamp"] = form = Form(settings, today, Tickets(clock), *limits, ways)
    form.remember()
    app.url_map.converters["mailed"] = Mailed
    app.register_blueprint(pages.pages)
    memory.read(app, settings.organisation.languages)
    app.wsgi_app = Below(app.wsgi_app, settings.organisation.form_url)  # type: ignore[method-assign,assignment]
    _calm(app)
    app.after_request(_guarded)
    # Werkzeug's server, if anybody runs it, would write each address with its link to the log.
    logging.getLogger("werkzeug").disabled = True
    return app


def _calm(app: Flask) -> None:
    """Every failure is a page in plain words. None of them reads the body again."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Problem, lambda _: notice("busy", 503))


def _refused(error: HTTPException) -> Response:
    code = error.code or 500
    page = notice(CALM.get(code, "broken" if code < 500 else "failed"), code)
    for name, value in error.get_headers():
        page.headers.setdefault(name, value)
    return page


def refusal(
    app: Flask, code: int, headers: Mapping[str, str]
) -> tuple[str, list[tuple[str, str]], bytes]:
    """The page for a request that the server refused before the form could see it.

    `headers` are waitress's: upper case, with underscores; they may be missing altogether.
    """
    spoken = {"Accept-Language": headers.get("ACCEPT_LANGUAGE", "")}
    with app.test_request_context("/", headers=spoken):
        page = _guarded(notice(CALM.get(code, "broken"), code))
        return page.status, list(page.headers.items()), page.get_data()


def _guarded(response: Response) -> Response:
    response.headers.update(_HEADERS)
    if response.status_code in _AGAIN:
        response.headers["Retry-After"] = "10"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
