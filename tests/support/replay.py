"""Replays a file of answers through the real form, one link each, as a browser would.

python -m tests.support.replay ANSWERS.jsonl LINKS.csv [--only KEY=VALUE] [--workers N]
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

Answers = Mapping[str, Any]
Fields = list[tuple[str, str]]

ABOUT_THE_LINE = {"batch", "quarter", "language"}
"""Keys of a line that are no answers."""

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+")
"""What a receipt code looks like."""

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
"""Elements that never close."""

PATIENCE = 60
"""Seconds to wait for one page."""


class NotTaken(Exception):
    """An answer could not be sent, or was refused; the message is for a person."""


@dataclass
class Form:
    """What one form of a page offers: where it posts to, its hidden values and its fields."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """Reads a page for its title, its forms and the receipt."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.receipt = ""
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form or a field of it, and remember which elements are open."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(found.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None and found.get("name"):
            _note(self._form, tag, found)
        if tag not in VOID:
            self._open.append((tag, found.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of that name, and those left open in it."""
        if tag == "form":
            self._form = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        """Keep the words of the title and of the receipt."""
        tags = [tag for tag, _ in self._open]
        if tags[-1:] == ["title"] and "svg" not in tags:
            self.title += data
        if any(ident == "receipt" for _, ident in self._open):
            self.receipt += data


def _note(form: Form, tag: str, found: Mapping[str, str]) -> None:
    name = found["name"]
    if tag == "input" and found.get("type") == "hidden":
        form.hidden[name] = found.get("value", "")
    elif tag in {"input", "select", "textarea"}:
        form.names.add(name)
    if tag == "textarea":
        form.texts.add(name)


@dataclass(frozen=True)
class Reply:
    """What came back: its status, where it leads on to, and the page."""

    status: int
    location: str
    html: str


class Visitor(Protocol):
    """Whoever asks for pages: over HTTP, or a test within the process."""

    def ask(self, url: str, sent: Fields | None = None) -> Reply:
        """GET the page at `url`, or POST the fields to it."""


class Browser:
    """One visitor: asks one host for pages over one connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.connection = kind(parts.netloc, timeout=PATIENCE)

    def ask(self, url: str, sent: Fields | None = None) -> Reply:
        """GET the page at `url`, or POST the fields to it."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "none"}
        if sent is not None:
            headers["Sec-Fetch-Site"] = "same-origin"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if sent is None else urlencode(sent)
        self.connection.request("GET" if sent is None else "POST", path, body, headers)
        response = self.connection.getresponse()
        html = response.read().decode("utf-8", "replace")
        return Reply(response.status, response.headers.get("Location", ""), html)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def send(link_url: str, answers: Answers) -> str:
    """Answer the form behind the link; returns the receipt code, or raises NotTaken."""
    browser = Browser(link_url)
    try:
        return answer(browser, link_url, answers)
    except (OSError, HTTPException) as error:
        raise NotTaken(f"no answer from {urlsplit(link_url).netloc}: {error!r}.") from None
    finally:
        browser.close()


def answer(visitor: Visitor, link_url: str, answers: Answers) -> str:
    """What `send` does, by whichever way the visitor asks."""
    opened = visitor.ask(link_url)
    form = _form(opened.html, _expect(opened, 200, "opening the form"))
    action = urljoin(link_url, form.action)
    sent = visitor.ask(action, fields(form, answers))
    _expect(sent, 303, "sending the answers")
    done = visitor.ask(urljoin(action, sent.location))
    return _receipt(_expect(done, 200, "reading the receipt"))


def _expect(reply: Reply, status: int, doing: str) -> Page:
    page = Page(reply.html)
    if reply.status != status:
        title = " ".join(page.title.split()) or "no title"
        raise NotTaken(f"{doing} gave {reply.status}, not {status}: “{title}”.")
    return page


def _form(html: str, page: Page) -> Form:
    for form in page.forms:
        if "token" in form.hidden:
            return form
    raise NotTaken(f"the page “{page.title.strip()}” ({len(html)} characters) has no answer form.")


def _receipt(page: Page) -> str:
    code = " ".join(page.receipt.split())
    if not CODE.fullmatch(code):
        raise NotTaken(f"the page “{page.title.strip()}” has no receipt code but “{code}”.")
    return code


def fields(form: Form, answers: Answers) -> Fields:
    """What a browser would send for these answers: the hidden values, the items, the button."""
    asked = {key: value for key, value in answers.items() if key not in ABOUT_THE_LINE}
    unknown = sorted(set(asked) - form.names)
    if unknown:
        raise NotTaken(f"the form does not ask {', '.join(unknown)}. Check the ids in the file.")
    sent = list(form.hidden.items())
    for name, value in asked.items():
        sent += _text(name, value) if name in form.texts else _choice(name, value)
    return [*sent, ("do", "send")]


def _text(name: str, value: object) -> Fields:
    """A text with its consent; a bare string may only be counted."""
    if isinstance(value, dict):
        consent = value.get("consent", "count")
        return [(name, str(value["text"])), (f"consent_{name}", str(consent))]
    return [(name, str(value)), (f"consent_{name}", "count")]


def _choice(name: str, value: object) -> Fields:
    values = value if isinstance(value, list) else [value]
    return [(name, str(one)) for one in values]


def read_answers(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON-lines file, in order."""
    with path.open(encoding="utf-8") as file:
        return [_line(path, n, line) for n, line in enumerate(file, start=1) if line.strip()]


def _line(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        answers = json.loads(line)
    except ValueError as error:
        raise NotTaken(f"{path.name}, line {number}: is not JSON: {error}.") from None
    if not isinstance(answers, dict):
        raise NotTaken(f"{path.name}, line {number}: is no set of answers.")
    return answers


def read_links(path: Path) -> list[str]:
    """The addresses in a file that `survey invite --format csv` wrote, in order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if "url" not in (rows.fieldnames or ()):
            raise NotTaken(f"{path.name}: has no column `url`. Write it with --format csv.")
        return [row["url"] for row in rows if row["url"]]


@dataclass(frozen=True)
class Sent:
    """One answer on its way: its number, the code it was counted by, and how long it took."""

    number: int
    code: str
    seconds: float


def replay(links: Sequence[str], lines: Sequence[Answers], workers: int = 1) -> Iterator[Sent]:
    """Send each line through the next link; stops at the first that is not taken."""
    jobs = list(zip(range(1, len(lines) + 1), links, lines, strict=False))
    if workers == 1:
        yield from map(_timed, jobs)
        return
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from pool.map(_timed, jobs)
        finally:
            pool.shutdown(cancel_futures=True)


def _timed(job: tuple[int, str, Answers]) -> Sent:
    number, link, answers = job
    begun = time.perf_counter()
    try:
        code = send(link, answers)
    except NotTaken as error:
        raise NotTaken(f"Answer {number} was not taken: {error}") from None
    return Sent(number, code, time.perf_counter() - begun)


def _chosen(lines: list[dict[str, Any]], only: str) -> list[dict[str, Any]]:
    """The lines that `--only KEY=VALUE` names."""
    if not only:
        return lines
    key, _, value = only.partition("=")
    return [line for line in lines if str(line.get(key)) == value]


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Sends each line of a file of answers through the form with its own link.",
        epilog="Example: python -m tests.support.replay answers.jsonl links.csv --only batch=3",
    )
    parser.add_argument("answers", type=Path, help="JSON lines: item id to answer")
    parser.add_argument("links", type=Path, help="CSV from `survey invite --format csv`")
    parser.add_argument("--only", default="", metavar="KEY=VALUE", help="send these lines only")
    parser.add_argument("--workers", type=int, default=1, help="how many visitors at a time")
    arguments = parser.parse_args(argv)
    if arguments.workers < 1 or (arguments.only and "=" not in arguments.only):
        parser.error("--workers must be 1 or more, and --only must read KEY=VALUE")
    return arguments


def _run(arguments: argparse.Namespace) -> None:
    lines = _chosen(read_answers(arguments.answers), arguments.only)
    links = read_links(arguments.links)
    if not lines:
        raise NotTaken(f"{arguments.answers.name}: holds no answers to send.")
    if len(links) < len(lines):
        raise NotTaken(f"{len(lines)} answers but only {len(links)} links. Nothing was sent.")
    begun, sent = time.perf_counter(), []
    try:
        for one in replay(links, lines, arguments.workers):
            sent.append(one)
            _progress(len(sent), len(lines))
    finally:
        _end_of_progress()
        print(_summary(sent, time.perf_counter() - begun))


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="", file=sys.stderr, flush=True)


def _end_of_progress() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _summary(sent: Sequence[Sent], seconds: float) -> str:
    median = statistics.median(one.seconds for one in sent) * 1000 if sent else 0
    counted = len({one.code for one in sent})
    return f"sent {len(sent)}, counted {counted}, {seconds:.1f} s, median {median:.0f} ms"


def main(argv: Sequence[str]) -> int:
    """Run as a program: 0 when every answer was taken, else 1 and the reason in words."""
    try:
        _run(_arguments(argv))
    except (NotTaken, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
