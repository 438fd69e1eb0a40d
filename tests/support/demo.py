"""The demo: a made-up company from its first link to its ninth quarter, through the real code.

Eight quarters are answered through the form, drafted and published; the current one is answered
over HTTP and stays open, so that whoever tries it can answer too.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml
from flask.testing import FlaskClient
from waitress.server import BaseWSGIServer
from werkzeug.datastructures import MultiDict

from reporter import keys, report
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from survey import bound, documents, init, quarter, serve, settings
from survey.ballots import Terms, box, pledge
from survey.invitations import issuing
from survey.project import Project
from survey.quarter import Quarter
from survey.settings import Settings
from survey.web import app
from tests.support import company, readers, replay
from tests.support.places import COMMITMENTS, SAMPLES

FIRST = Quarter(2024, 4)
QUARTERS = 8
SEED = 4


@dataclass(frozen=True)
class Ports:
    """Where the demo's two servers listen, on 127.0.0.1 only."""

    form: int
    site: int


def main() -> int:
    """Set everything up, publish eight editions, and serve until interrupted."""
    options = _options()
    began = time.monotonic()
    ports = Ports(_free_port(8000), _free_port(8001))
    project = _set_up(options.folder, ports)
    here = settings.load(project, {})
    editions = list(_quarters())
    for number, of in enumerate(editions, start=1):
        _say(f"{of}: answering, drafting, publishing ({number} of {len(editions)})")
        _publish(here, of)
    current = max(quarter.of(date.today()), editions[-1].next)
    with served(here, ports.form) as address:
        _say(f"{current}: open at {address}")
        fresh = _answer_current(here, current)
        _say(f"done in {time.monotonic() - began:.0f} seconds")
        _tell(project, ports, current, fresh)
        if options.serve:
            _serve(project, ports, options.minutes)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("demo", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/demo"))
    parser.add_argument("--no-serve", dest="serve", action="store_false")
    parser.add_argument("--minutes", type=float, default=120, help="serve so long (default: 120)")
    return parser.parse_args()


def _say(line: str) -> None:
    print(f"· {line}", flush=True)


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _set_up(folder: Path, ports: Ports) -> Project:
    """A fresh project in `folder`, which is the demo's own and is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    project = Project(folder)
    folder.mkdir(parents=True)
    init.project(project)
    shutil.copyfile(SAMPLES / "goals.yaml", folder / "site" / "goals.yaml")
    text = project.config.read_text(encoding="utf-8")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{ports.form}")
    text = text.replace("127.0.0.1:8001", f"127.0.0.1:{ports.site}")
    text = text.replace("Exempelbolaget", company.NAME)
    project.config.write_text(text, encoding="utf-8")
    return project


def _quarters() -> Iterator[Quarter]:
    of = FIRST
    for _ in range(QUARTERS):
        yield of
        of = of.next


def host(here: Settings, today: date) -> Host:
    """The reporting host of the demo, which lies in the same folder."""
    policy = read_policy(here.project, here.questionnaire)
    return Host(Files(here.project), here.questionnaire, policy, today, lambda _: None)


def open_quarter(here: Settings, of: Quarter, links: int, closes: date | None = None) -> list[str]:
    """Make the quarter's keys, open its box, and mint links; their addresses."""
    reporting_host = host(here, of.first)
    keys.make(reporting_host.files, of, reporting_host.policy)
    policy = reporting_host.policy
    public = pledge.read(reporting_host.files.public_key(of)).publics
    last = closes or of.closes
    terms = Terms(of, public, last, policy.k, policy.minimum, capacity=links + 20)
    asked = bound.dump(here.questionnaire)
    box.create(here.project.box(of), terms, here.ledger_key, asked=asked)
    return [slip.url for slip in issuing.issue(here, of, links)]


@dataclass(frozen=True)
class InProcess:
    """A visitor of the form that needs no server: for quarters whose time is past."""

    client: FlaskClient

    def ask(self, url: str, sent: replay.Fields | None = None) -> replay.Reply:
        """GET the page at `url`, or POST the fields to it."""
        if sent is None:
            response = self.client.get(url)
        else:
            response = self.client.post(url, data=MultiDict(sent))
        return replay.Reply(response.status_code, response.location or "", response.text)


def _promises(here: Settings, day: date) -> None:
    """The company's promises as they stood on that day, in its project."""
    for path in sorted(COMMITMENTS.glob("*.md")):
        fields = documents.parse(path.read_text(encoding="utf-8").split("---")[1], path.name)
        told = [one for one in fields["history"] if one["date"] <= day.isoformat()]
        if not told:
            continue
        fields |= {"history": told, "status": told[-1]["status"]}
        if fields["status"] != "dropped":
            fields.pop("reason", None)
        front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
        target = here.project.site / "commitments" / path.name
        target.write_text(f"---\n{front}---\n", encoding="utf-8")


def _publish(here: Settings, of: Quarter) -> None:
    """One past quarter: answered through the form's own code, on its last day."""
    addresses = open_quarter(here, of, company.invited(of, SEED))
    client = app.create(here, lambda: of.last).test_client()
    for address, answers in zip(addresses, company.quarter_answers(of, SEED), strict=False):
        replay.answer(InProcess(client), address, answers)
    box.close(here.project.box(of), here.ledger_key, of.closes)
    closed = host(here, of.closes + timedelta(days=6))
    _promises(here, closed.today)
    report.draft(closed, of, here.project.boxes())
    readers.read(closed, of)
    report.publish_edition(closed, of)


@contextmanager
def served(here: Settings, port: int = 0, **limits: int) -> Iterator[str]:
    """The form as `survey serve` serves it, in a thread; its address."""
    server = serve.listen(here, "127.0.0.1", port, **limits)
    thread = threading.Thread(target=run, args=[server], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=5)
        for visitor in list(server.active_channels.values()):
            visitor.close()


def run(server: BaseWSGIServer) -> None:
    """Serve until the server is closed, from another thread as a rule."""
    with suppress(OSError, ValueError):  # closed while it was waiting for a visitor
        server.run()


def _answer_current(here: Settings, current: Quarter) -> list[str]:
    """Answer most links of the open quarter over HTTP; the three that are left to try."""
    answers = company.quarter_answers(current, SEED)
    *used, first, second, third = open_quarter(here, current, len(answers) + 3)
    for number, (address, one) in enumerate(zip(used, answers, strict=True), start=1):
        replay.send(address, one)
        if number % 10 == 0:
            _say(f"{current}: {number} of {len(answers)} answers sent over HTTP")
    return [first, second, third]


def _tell(project: Project, ports: Ports, current: Quarter, fresh: list[str]) -> None:
    root = project.root
    print("\nThree fresh links, to answer the form yourself:")
    print("\n".join(f"  {address}" for address in fresh))
    print(f"\nThe published site: http://127.0.0.1:{ports.site}/  (files: {root}/site/public)")
    print(f"\nWhen you have answered, make an edition of {current} yourself:")
    for command in (
        "survey --project {} close",
        "reporter --project {} draft",
        "reporter --project {} publish",
    ):
        print(f"  .venv/bin/{command.format(root)} {current}")
    print("\nor close it, and do the rest on HR's desk, where its comments wait to be read:")
    print(f"  .venv/bin/reporter --project {root} desk")


def _serve(project: Project, ports: Ports, minutes: float) -> None:
    """Serve the site as any web server would, and stop by itself in the end."""
    handler = partial(_Quiet, directory=str(project.site / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", ports.site), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"\nServing for {minutes:.0f} minutes; Ctrl-C ends it.", flush=True)
    try:
        time.sleep(minutes * 60)
    except KeyboardInterrupt:
        print()
    server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    """Readers are nobody's business either."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


if __name__ == "__main__":
    sys.exit(main())
