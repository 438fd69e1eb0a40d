"""The replay client does what a browser would, and stops at the first answer not taken."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.support import replay

FORM = """<!doctype html><html lang="sv"><head><title>Dina svar</title></head><body>
<form action="/search"><input name="q"></form>
<form method="post" action="/s">
<input type="hidden" name="token" value="{token}"><input type="hidden" name="receipt" value="ab12">
<input type="hidden" name="lang" value="sv">
<fieldset><legend>Var?</legend><svg><title>pil</title></svg>
<input type="radio" name="area" value="sales"><input type="radio" name="area" value="service">
<input type="radio" name="rate_pay" value="1"><input type="radio" name="rate_pay" value="na">
<input type="checkbox" name="pull" value="pay"><input type="checkbox" name="pull" value="growth">
<textarea name="follow_pay">&lt;input name="trap"&gt;</textarea>
<select name="consent_follow_pay"><option value="count">räkna</option></select>
</fieldset><button name="do" value="send">Skicka</button></form></body></html>"""

DONE = '<title>Tack</title><p>Kvitto: <strong id="receipt">\n 7Q4M-<b>{n:04}</b><br></strong>.</p>'
SPENT = "<title>Länken är\n redan använd</title>"


class Handler(BaseHTTPRequestHandler):
    """A form in three pages; a link is spent once it has been posted."""

    def do_GET(self) -> None:
        """The form, or a receipt, or the page of a spent link."""
        kind, _, token = self.path[1:].partition("/")
        if kind == "done":
            self.page(200, self.fake.done.format(n=int(token)))
        elif token in self.fake.spent:
            self.page(410, SPENT)
        else:
            self.page(200, FORM.format(token=token))

    def do_POST(self) -> None:
        """Keep what came, and spend the link unless this post is to be refused."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.fake.lock:
            self.fake.posts.append(parse_qsl(body, keep_blank_values=True))
            number = len(self.fake.posts)
        if number in self.fake.refused:
            self.page(422, "<title>Fel: Dina svar</title>")
            return
        self.fake.spent.add(dict(self.fake.posts[number - 1])["token"])
        self.page(303, "", ("Location", f"/done/{number}"))

    def page(self, status: int, html: str, *headers: tuple[str, str]) -> None:
        """Answer with a page."""
        self.send_response(status)
        for header in headers:
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(html.encode())

    def log_message(self, *_: object) -> None:
        """Silent."""

    @property
    def fake(self) -> Fake:
        """The server, with what it keeps."""
        assert isinstance(self.server, Fake)
        return self.server


class Fake(ThreadingHTTPServer):
    """Keeps what was posted; `refused` are the numbers of the posts it answers with 422."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.posts: list[list[tuple[str, str]]] = []
        self.spent: set[str] = set()
        self.refused: set[int] = set()
        self.lock = Lock()
        self.done = DONE

    def link(self, token: str) -> str:
        """The address of a leaver's link."""
        return f"http://127.0.0.1:{self.server_port}/s/{token}"


@pytest.fixture
def fake() -> Iterator[Fake]:
    with Fake() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def files(tmp_path: Path, fake: Fake) -> tuple[str, str]:
    """Three lines of answers in two batches, and four links."""
    lines: list[dict[str, Any]] = [
        {"batch": 1, "area": "sales"},
        {"batch": 3, "area": "service", "rate_pay": "na"},
        {"batch": 3, "rate_pay": 1, "follow_pay": "Lönen"},
    ]
    answers, links = tmp_path / "answers.jsonl", tmp_path / "links.csv"
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines) + "\n", "utf-8")
    rows = "".join(f"{n},{fake.link(f't{n}')}\r\n" for n in range(1, 5))
    links.write_text(f"number,url\r\n{rows}", "utf-8-sig")
    return str(answers), str(links)


def test_an_answer_goes_out_as_a_browser_sends_it_and_brings_back_its_receipt(fake: Fake) -> None:
    answers = {
        "quarter": "2026-q4",
        "area": "sales",
        "rate_pay": 1,
        "pull": ["pay", "growth"],
        "follow_pay": {"text": "Åtta år & inget påslag", "consent": "quote"},
    }
    assert replay.send(fake.link("abc"), answers) == "7Q4M-0001"
    assert fake.posts == [
        [
            ("token", "abc"),
            ("receipt", "ab12"),
            ("lang", "sv"),
            ("area", "sales"),
            ("rate_pay", "1"),
            ("pull", "pay"),
            ("pull", "growth"),
            ("follow_pay", "Åtta år & inget påslag"),
            ("consent_follow_pay", "quote"),
            ("do", "send"),
        ]
    ]


def test_a_bare_text_may_only_be_counted(fake: Fake) -> None:
    replay.send(fake.link("abc"), {"follow_pay": "Lönen"})
    assert ("consent_follow_pay", "count") in fake.posts[0]


def test_an_item_the_form_does_not_ask_is_named_and_nothing_is_sent(fake: Fake) -> None:
    with pytest.raises(replay.NotTaken, match="does not ask rate_weather, trap"):
        replay.send(fake.link("abc"), {"area": "sales", "rate_weather": 2, "trap": "x"})
    assert fake.posts == []


def test_a_spent_link_is_told_with_its_status_and_title(fake: Fake) -> None:
    replay.send(fake.link("abc"), {"area": "sales"})
    with pytest.raises(replay.NotTaken, match="gave 410, not 200: “Länken är redan använd”"):
        replay.send(fake.link("abc"), {"area": "sales"})


def test_a_last_page_without_a_receipt_code_is_an_error(fake: Fake) -> None:
    fake.done = '<title>Tack</title><h2 id="receipt">Ditt kvitto</h2>'
    with pytest.raises(replay.NotTaken, match="“Tack” has no receipt code but “Ditt kvitto”"):
        replay.send(fake.link("abc"), {"area": "sales"})


def test_a_host_that_does_not_answer_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(replay.NotTaken, match=f"no answer from 127.0.0.1:{port}"):
        replay.send(f"http://127.0.0.1:{port}/s/abc", {"area": "sales"})


@pytest.mark.parametrize("workers", ["1", "3"])
def test_a_file_is_sent_with_a_link_a_line(
    fake: Fake, files: tuple[str, str], workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay.main([*files, "--workers", workers]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("sent 3, counted 3, ")
    assert err == ""
    assert fake.spent == {"t1", "t2", "t3"}


def test_only_some_lines_can_be_sent(fake: Fake, files: tuple[str, str]) -> None:
    assert replay.main([*files, "--only", "batch=3"]) == 0
    assert [dict(post).get("area") for post in fake.posts] == ["service", None]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_first_refusal_ends_the_run_with_words(
    fake: Fake, files: tuple[str, str], workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.refused = {2, 3}
    assert replay.main([*files, "--workers", workers]) == 1
    out, err = capsys.readouterr()
    assert "was not taken: sending the answers gave 422, not 303: “Fel: Dina svar”." in err
    assert out.startswith(("sent 1, counted 1, ", "sent 0, counted 0, "))
    assert workers == "2" or len(fake.posts) == 2


def test_too_few_links_are_noticed_before_anything_is_sent(
    fake: Fake, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files[1]).write_text(f"number,url\n1,{fake.link('t1')}\n", "utf-8")
    assert replay.main([*files]) == 1
    assert capsys.readouterr().err == "3 answers but only 1 links. Nothing was sent.\n"
    assert fake.posts == []


@pytest.mark.parametrize(
    ("text", "words"),
    [('{"area": "sales"}\n{area}\n', "line 2: is not JSON"), ("[1]\n", "line 1: is no set")],
)
def test_a_damaged_line_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(replay.NotTaken, match=words):
        replay.read_answers(path)


def test_a_file_without_addresses_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("number,link\n1,x\n", "utf-8")
    with pytest.raises(replay.NotTaken, match="no column `url`"):
        replay.read_links(path)


def test_no_line_of_the_wanted_kind_is_an_error(files: tuple[str, str]) -> None:
    assert replay.main([*files, "--only", "batch=9"]) == 1


@pytest.mark.parametrize("wrong", [["--workers", "0"], ["--only", "batch"]])
def test_wrong_usage_ends_with_two(files: tuple[str, str], wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        replay.main([*files, *wrong])
    assert ended.value.code == 2
