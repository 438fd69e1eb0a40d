"""Runs the form behind waitress: few threads, bodies in memory, and no word about any request."""

from __future__ import annotations

import logging
from datetime import date

import waitress
from waitress.server import BaseWSGIServer

from survey import app
from survey.settings import Settings

THREADS = 4
_BODY = 4 * 1024 * 1024


def listen(settings: Settings, host: str, port: int) -> BaseWSGIServer:
    """A server that listens, and serves once its `run` is called. TLS belongs in front of it."""
    # waitress names the path, and so the token, of a request that failed.
    logging.getLogger("waitress").disabled = True
    return waitress.create_server(
        app.create(settings, date.today),
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        # Above these sizes waitress would put a body or a page, and with it what somebody typed,
        # in a file on disk. A page repeats what was typed, and escaping makes it longer.
        inbuf_overflow=2 * _BODY,
        outbuf_overflow=8 * _BODY,
        max_request_body_size=_BODY,
    )
