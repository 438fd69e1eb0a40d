"""The real `survey serve` in a process of its own, and what a visitor and a thief can do to it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from survey import init, quarter, settings
from survey.ballots import Tally, Terms, box, seal
from survey.invitations import links
from survey.project import Project
from survey.quarter import Quarter
from survey.settings import Settings
from tests.support.places import ROOT

NOW: Quarter = quarter.of(date.today())
_FORM = "application/x-www-form-urlencoded"
_ALLOWED = ("--allow", "filesystem", "--allow", "swap")


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where it leads on to."""
        return self.headers.get("Location", "")

    @property
    def code(self) -> str:
        """The receipt that the page shows."""
        found = re.search(rb'<p class="code"[^>]*>([^<]+)', self.body)
        return found[1].decode() if found else ""


@dataclass
class Host:
    """A project with one open box, a holder's private key, and links in the order of leaving."""

    here: Settings
    private: bytes
    tokens: list[str]
    port: int
    output: Path
    """Everything that the server writes to its streams."""
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def path(self) -> Path:
        """The box."""
        return self.here.project.box(NOW)

    @property
    def journal(self) -> Path:
        """Its journal."""
        return Path(f"{self.path}-journal")

    def mark(self, token: str) -> bytes:
        """What the ledger knows the link by."""
        return links.mark(self.here.ledger_key, links.read(self.here.link_keys, token))

    def start(self, fault: str = "") -> None:
        """Run `survey serve`, with a fault built in if one is given, and wait until it listens."""
        told = ["--project", str(self.here.project.root), "serve", "--port", str(self.port)]
        code = f"{fault}\nimport sys; from survey import cli; sys.exit(cli.main(sys.argv[1:]))"
        command = [sys.executable, "-c", code, *told, *_ALLOWED]
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT)
        end = time.monotonic() + 20
        while not _listens(self.port):
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < end
            time.sleep(0.02)

    def stop(
        self, how: signal.Signals = signal.SIGTERM, then: Callable[[], None] = lambda: None
    ) -> None:
        """End it; SIGKILL as a crash would."""
        assert self.process
        os.kill(self.process.pid, how)
        then()
        self.process.wait(20)
        self.process = None

    def ask(self, method: str, path: str, body: bytes | None = None) -> Reply:
        """One request on a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body, {"Content-Type": _FORM} if body is not None else {})
            reply = line.getresponse()
            return Reply(reply.status, dict(reply.getheaders()), reply.read())
        finally:
            line.close()

    def send(self, token: str, receipt: bytes, text: str) -> Reply:
        """Answer one question and press send."""
        sent = {"token": token, "receipt": receipt.hex(), "lang": "en", "do": "send", "keep": text}
        return self.ask("POST", "/s", urlencode(sent).encode())

    def raw(self, request: bytes) -> bytes:
        """Send bytes that need not be HTTP; what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65536), b""))

    def tally(self) -> Tally:
        """What the box counts."""
        with box.opened(self.path) as one:
            return one.tally()

    def responses(self) -> list[seal.Response]:
        """What the box holds, with the private key in hand."""
        with box.opened(self.path) as one:
            return seal.open_all(one.bodies(), [self.private])

    def leaves(self) -> list[bytes]:
        """What proves that they were counted, likewise."""
        with box.opened(self.path) as one:
            return seal.open_leaves(one.leaves(), [self.private])


@contextmanager
def served(folder: Path, count: int) -> Iterator[Host]:
    """A fresh host whose server runs, and is ended however the block ends."""
    one = host(folder, count)
    try:
        one.start()
        yield one
    finally:
        if one.process:
            one.stop(signal.SIGKILL)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def host(folder: Path, count: int) -> Host:
    """A fresh project in the folder, with so many links."""
    project = Project(folder / "project")
    project.root.mkdir(parents=True)
    init.project(project)
    project.responses.chmod(0o750)
    here = settings.load(project, {})
    private, public = seal.new_keys()
    box.create(project.box(NOW), Terms(NOW, (public,), NOW.closes, 5, 8, count), here.ledger_key)
    minted = [links.numbered(here.link_keys[-1], NOW, links.number()) for _ in range(count)]
    with box.opened(project.box(NOW), here.ledger_key) as one:
        one.issue([links.mark(here.ledger_key, link) for link in minted])
    tokens = [links.mint(here.link_keys, link) for link in minted]
    return Host(here, private, tokens, _port(), folder / "output")
