"""A desk on a project whose quarter is closed, with answers in its box; and HR's browser at it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flask.testing import FlaskClient

from reporter.comments import decisions, private_file
from reporter.desk import app, serve
from reporter.desk.context import Context
from reporter.desk.signin import Door
from reporter.host import Host
from survey import settings
from survey.ballots import box
from survey.project import Project
from survey.quarter import Quarter
from survey.settings import Settings
from survey.web import app as form
from tests.support import company, demo, replay

OF = Quarter(2026, 3)
ADDRESS = "127.0.0.1:8010"
AFTER = OF.closes + timedelta(days=6)


def answered(project: Project, of: Quarter = OF, leavers: int = 40, close: bool = True) -> Settings:
    """The quarter opened, answered by so many through the form's own code, and closed."""
    here = settings.load(project, {})
    addresses = demo.open_quarter(here, of, leavers + 5)
    client = form.create(here, lambda: of.last).test_client()
    for address, one in zip(addresses, company.quarter_answers(of, 4, leavers), strict=False):
        replay.answer(demo.InProcess(client), address, one)
    if close:
        box.close(project.box(of), here.ledger_key, of.closes)
    return here


@dataclass
class Desk:
    """A desk that no socket leads to, the project it stands in, and a browser in it."""

    project: Project
    client: FlaskClient
    door: Door
    day: date = AFTER

    def host(self) -> Host:
        """The reporting host."""
        return demo.host(settings.load(self.project, {}), self.day)

    def get(self, path: str, **headers: str) -> replay.Reply:
        """A page."""
        answer = self.client.get(path, base_url=f"http://{ADDRESS}", headers=headers)
        return replay.Reply(answer.status_code, answer.location or "", answer.text)

    def post(self, path: str, token: str | None = None, **fields: object) -> replay.Reply:
        """Send a form as a browser does, with the token of the page at `path` if none is given."""
        token = self.token() if token is None else token
        answer = self.client.post(
            path,
            base_url=f"http://{ADDRESS}",
            data={"csrf_token": token, **fields},
            headers={"Origin": f"http://{ADDRESS}", "Sec-Fetch-Site": "same-origin"},
        )
        return replay.Reply(answer.status_code, answer.location or "", answer.text)

    def token(self) -> str:
        """What the desk's own pages carry in every form."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/commitments/").html)
        assert found
        return found[1]

    def sign_in(self) -> None:
        """Follow the address that the terminal shows."""
        assert self.get(f"/in/{self.door.token}").status == 303


def desk(project: Project, day: date = AFTER, *key_files: Path) -> Desk:
    """A desk that nobody has signed in to yet."""
    door = Door()
    made = Desk(project, FlaskClient.__new__(FlaskClient), door, day)
    organisation = settings.load(project, {}).organisation
    here = Context(lambda: made.host(), organisation, ADDRESS, key_files)
    made.client = app.create(here, door).test_client()
    return made


@contextmanager
def served(project: Project, day: date = AFTER) -> Iterator[serve.Desk]:
    """The desk behind its real server."""
    opened = serve.listen(lambda: demo.host(settings.load(project, {}), day), 0)
    thread = threading.Thread(target=demo.run, args=[opened.server], daemon=True)
    thread.start()
    try:
        yield opened
    finally:
        opened.server.close()
        thread.join(timeout=5)


def files(root: Path) -> dict[str, bytes]:
    """Every file below a folder, to see what changed."""
    paths = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


TEXTS = ("<script>alert(1)</script> & pay", "**bold** [x](y) anna@bolaget.se", "\U0001f44d" * 600)
NASTY = tuple(
    decisions.Comment(f"0000000{n}", "keep", "", "quote", text, decisions.Side.STRENGTH)
    for n, text in enumerate(TEXTS)
)


def state(desk: Desk) -> decisions.State:
    """What was decided so far about the quarter's comments."""
    return private_file.read(desk.host().files.comments(OF))
