"""Serves the desk on 127.0.0.1, by one thread, so that two clicks never race for one file."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import waitress
from waitress.server import BaseWSGIServer

from reporter.desk.app import create
from reporter.desk.context import Context
from reporter.desk.signin import Door
from reporter.host import Host
from survey import project

HOST = "127.0.0.1"
PORT = 8010


@dataclass(frozen=True)
class Desk:
    """A desk that listens, and serves once its server's `run` is called."""

    server: BaseWSGIServer
    url: str
    """The address that signs one browser in, once."""


def listen(
    enter: Callable[[], Host], port: int | None = None, key_files: Sequence[Path] = ()
) -> Desk:
    """A desk on the port, or on 8010 or else any free one. Nobody else's machine can reach it."""
    # waitress names the path of a request that failed, and the first path holds the token.
    logging.getLogger("waitress").disabled = True
    # A browser asks for several files at once, and one thread answers them in turn: no news.
    logging.getLogger("waitress.queue").disabled = True
    listening = _socket(port)
    address = f"{HOST}:{listening.getsockname()[1]}"
    organisation = project.organisation(enter().files.project)
    here = Context(enter, organisation, address, tuple(key_files))
    door = Door()
    server = waitress.create_server(create(here, door), sockets=[listening], threads=1, ident=None)
    return Desk(server, f"http://{address}/in/{door.token}")


def _socket(port: int | None) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, PORT if port is None else port))
    except OSError:
        if port is not None:
            raise
        listening.bind((HOST, 0))
    return listening
