"""Runs the form behind waitress: few threads, bodies in memory, and no word about any request."""

from __future__ import annotations

import ctypes
import logging
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from survey.ballots import box, store
from survey.problems import Problem
from survey.project import Project
from survey.settings import Settings
from survey.web import app

THREADS = 4
MOST_READ = 4 * 1024 * 1024
"""Bytes of a body that are read; what stands in front of the form lets no more through."""
_CONNECTIONS = 400
"""Under what select(2) can watch; a slow client holds one of them, and never a thread."""
_SECONDS = 60
"""In which a whole request must have come."""
_LOOKED_AFTER = 10
_HIGHEST = 65_535
"""The last port there is."""
_PR_SET_DUMPABLE = 4


def listen(
    settings: Settings,
    host: str,
    port: int,
    seconds: int = _SECONDS,
    looked_after: int = _LOOKED_AFTER,
) -> BaseWSGIServer:
    """A server that listens, and serves once its `run` is called. TLS belongs in front of it.

    A request has `seconds` to come; every `looked_after` seconds those that are late are hung up.
    """
    _silence()
    form = app.create(settings, date.today)
    _check_free(host, port)
    server = waitress.create_server(
        form,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        connection_limit=_CONNECTIONS,
        channel_timeout=seconds,
        cleanup_interval=looked_after,
        # Above these sizes waitress would put a body or a page, and with it what somebody typed,
        # in a file on disk. A page repeats what was typed, and escaping makes it longer.
        inbuf_overflow=2 * MOST_READ,
        outbuf_overflow=8 * MOST_READ,
        max_request_body_size=MOST_READ,
    )
    server.channel_class = partial(_Channel, form)
    return server


def _check_free(host: str, port: int) -> None:
    """Say in one line why nothing can listen there, before anything is set up to."""
    try:
        if not 0 <= port <= _HIGHEST:
            raise OverflowError("no such port")
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        mend = "Choose a free port from 1024 to 65535 with --port, and an address of this host."
        raise Problem(f"{host}:{port}: nothing can listen there ({why}). {mend}") from None


def _silence() -> None:
    # waitress names the path, and so the token, of a request that failed; and when several people
    # are there at once it writes a line for each, which a system log stamps with the second.
    for name in ("waitress", "waitress.queue"):
        logging.getLogger(name).disabled = True


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress carries no types
    """A connection that cannot be held by trickling, and whose refusals are calm pages of ours."""

    last_activity: float

    def __init__(self, form: Flask, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.error_task_class = partial(_Refusal, form)

    def handle_read(self) -> None:
        """Read on. The time allowed runs from a request's first byte, not from its last."""
        began: float | None = self.last_activity if self.request is not None else None
        super().handle_read()
        if began is not None and self.request is not None:
            self.last_activity = began


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


def leave_no_dump() -> None:
    """Keep the kernel from writing this process's memory, with answers on their way, to a file.

    The limit alone would not do: it does not hold for a dump that is handed to a program.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel does not let this process forgo dumps")


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Be the only process that serves these boxes; leave them wiped when it ends."""
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
