"""Runs the form behind waitress: few threads, bodies in memory, and no word about any request."""

from __future__ import annotations

import logging
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from survey import app, box, store
from survey.project import Project
from survey.settings import Settings

THREADS = 4
_BODY = 4 * 1024 * 1024
_CONNECTIONS = 400
"""Under what select(2) can watch; a slow client holds one of them, and never a thread."""
_SECONDS = 60


def listen(settings: Settings, host: str, port: int) -> BaseWSGIServer:
    """A server that listens, and serves once its `run` is called. TLS belongs in front of it."""
    # waitress names the path, and so the token, of a request that failed; and when several people
    # are there at once it writes a line for each, which a system log stamps with the second.
    for name in ("waitress", "waitress.queue"):
        logging.getLogger(name).disabled = True
    form = app.create(settings, date.today)
    server = waitress.create_server(
        form,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        connection_limit=_CONNECTIONS,
        channel_timeout=_SECONDS,
        cleanup_interval=10,
        # Above these sizes waitress would put a body or a page, and with it what somebody typed,
        # in a file on disk. A page repeats what was typed, and escaping makes it longer.
        inbuf_overflow=2 * _BODY,
        outbuf_overflow=8 * _BODY,
        max_request_body_size=_BODY,
    )
    server.channel_class = partial(_Channel, form)
    return server


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress carries no types
    """A connection whose refused requests get a calm page of ours."""

    def __init__(self, form: Flask, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.error_task_class = partial(_Refusal, form)


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress carries no types
    """What waitress refuses before the form sees it: too large, or not HTTP at all."""

    def __init__(self, form: Flask, channel: HTTPChannel, request: object) -> None:
        super().__init__(channel, request)
        self._form = form

    def execute(self) -> None:
        """Answer with the page that the form has for this status, and hang up."""
        code = int(self.request.error.code)
        status, headers, body = app.refusal(self._form, code, self.request.headers)
        self.status = status
        self.response_headers += [*headers, ("Connection", "close")]
        self.content_length = len(body)
        self.set_close_on_finish()
        self.write(body)


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Be the only process that serves these boxes; leave them wiped when it ends.

    A memory dump of this process could hold an answer on its way, so it leaves none.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with store.sole(project.responses / ".serving", "the form is served by another process"):
        _tidy(project)
        try:
            yield
        finally:
            _tidy(project)


def _tidy(project: Project) -> None:
    """Opening a box wipes what a killed process left in its journal."""
    for path in project.boxes():
        box.terms(path)
