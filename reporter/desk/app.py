"""The desk as a WSGI application: its pages, its headers, and what it refuses."""

from __future__ import annotations

import secrets

from flask import Flask
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from reporter.desk import (
    codebook,
    comments,
    commitments,
    context,
    invite,
    pressing,
    publish,
    quarter,
    signin,
    voices,
)
from reporter.desk.context import Context
from reporter.desk.signin import Door
from survey.problems import Problem

LARGEST_BODY = 1_000_000

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # `no-referrer` would make the browser send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
NOTICES = {401: "outside", 403: "foreign", 404: "missing", 405: "missing", 421: "foreign"}
"""Which page a status is told with; any other is "broken" or, from 500 on, "failed"."""


def create(here: Context, door: Door) -> Flask:
    """The desk. Its secret key lives as long as the process: a restart signs everybody out."""
    app = Flask("reporter.desk")
    port = here.address.rpartition(":")[2]
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        # A cookie is sent to every port of a host: each desk has a name of its own.
        SESSION_COOKIE_NAME=f"avstamp-desk-{port}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["avstamp-desk"], app.extensions["avstamp-door"] = here, door
    app.before_request(signin.guard)
    app.before_request(context.choose_language)
    CSRFProtect(app)
    pressing.watch(app)
    for part in (signin, quarter, invite, commitments, publish, comments, voices, codebook):
        app.register_blueprint(part.pages)
    _calm(app)
    app.after_request(_guarded)
    return app


def _calm(app: Flask) -> None:
    """Every failure is a page in plain words."""
    app.register_error_handler(CSRFError, lambda _: context.notice("forged", 400))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Problem, lambda one: context.notice("problem", 409, *one.messages))


def _refused(error: HTTPException) -> Response:
    code = error.code or 500
    return context.notice(NOTICES.get(code, "broken" if code < 500 else "failed"), code)


def _guarded(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
