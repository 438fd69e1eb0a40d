"""Whoever takes what the running server leaves: its folder, its output, and what it answers."""

from __future__ import annotations

import itertools
import re
import secrets
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from survey.ballots import receipts, seal
from survey.ballots.slots import row_tag
from tests.attacks import attackers, running
from tests.attacks.running import Host

SHORT, LONG = "kort", "en längre text " * 40

SAID = r"\d{4}-q\d\.box: (open until [0-9-]+|takes no more answers)|the form is at .*"
"""All that the form says as it starts."""


@dataclass
class Taken:
    """A server's folder after its submissions, and the truth about them."""

    host: Host
    tokens: list[str]
    receipts: list[bytes]
    began: float

    @property
    def marks(self) -> list[bytes]:
        """The links, in the order in which they were spent."""
        return [self.host.mark(token) for token in self.tokens]

    @property
    def tags(self) -> list[bytes]:
        """The responses, in the order in which they came: as only the ledger key finds them."""
        return self._rows("pool")

    @property
    def leaf_tags(self) -> list[bytes]:
        """Their leaves, in the same order."""
        return self._rows("leaves")

    def _rows(self, table: str) -> list[bytes]:
        key = self.host.here.ledger_key
        return [row_tag(key, table, receipts.tag(receipt)) for receipt in self.receipts]


def _answered(host: Host, n: int) -> Taken:
    """The server after so many submissions, short and long in turn."""
    taken = Taken(host, host.tokens[:n], [receipts.new() for _ in range(n)], time.time())
    for number, (token, receipt) in enumerate(zip(taken.tokens, taken.receipts, strict=True)):
        assert host.ask("GET", f"/s/{token}").status == 200
        _patiently(host, token, receipt, LONG if number % 2 else SHORT)
    return taken


def _patiently(host: Host, token: str, receipt: bytes, text: str) -> None:
    while (reply := host.send(token, receipt, text)).status == 429:
        time.sleep(0.05)
    assert reply.status == 303


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    """A server that has taken thirty answers, and still runs."""
    with running.served(tmp_path_factory.mktemp("served"), 32) as host:
        yield _answered(host, 30)


# The folder


def _look(taken: Taken) -> None:
    """Every attacker on the folder, with records found = records sent."""
    host, n = taken.host, len(taken.tokens)
    copy = host.output.with_suffix(".copy")
    copy.write_bytes(host.path.read_bytes())
    assert attackers.telling(copy, taken.marks) == attackers.telling(copy, taken.tags) == set()
    assert attackers.telling(copy, taken.leaf_tags) == set()
    for two in itertools.combinations((taken.marks, taken.tags, taken.leaf_tags), 2):
        places = [attackers.by_place_in_file(copy, sorted(one)) for one in two]
        pairs = set(zip(*places, strict=True))
        assert len(pairs) == n
        assert attackers.right(pairs, set(zip(*two, strict=True))) < attackers.CHANCE_PAIRS
    assert not host.journal.read_bytes().strip(b"\x00")
    assert set(host.leaves()) == set(map(receipts.leaf, taken.receipts))
    assert {one.leaf for one in host.responses()} == {b""}
    assert (host.tally().answered, len(host.responses())) == (n, n)


def test_the_folder_of_a_running_server_tells_no_order_and_no_pair(taken: Taken) -> None:
    _look(taken)


def test_only_the_box_and_its_journal_change_when_somebody_answers(taken: Taken) -> None:
    """No other file of the project was written since: none holds a time, an inode or a line."""
    root = taken.host.here.project.root
    late = [path for path in root.rglob("*") if path.is_file()
            and max(path.stat().st_mtime, path.stat().st_ctime) > taken.began]  # fmt: skip
    names = {path.name for path in late}
    assert names <= {taken.host.path.name, taken.host.journal.name, ".serving"}
    assert (root / "responses/.serving").read_bytes() == b""


def test_no_token_receipt_or_text_lies_in_any_file(taken: Taken) -> None:
    asked = [token.encode() for token in taken.tokens]
    asked += [one for receipt in taken.receipts for one in (receipt, receipt.hex().encode())]
    asked += [receipts.leaf(receipt) for receipt in taken.receipts]
    for path in [*taken.host.here.project.root.rglob("*"), taken.host.output]:
        if path.is_file():
            assert attackers.residue(path.read_bytes(), [*asked, LONG.encode()]) == [], path


def test_the_box_is_written_to_though_nobody_comes(taken: Taken) -> None:
    """Every ten seconds on the average: none comes in three minutes once in 65 million times."""
    end, before = time.monotonic() + 180, taken.host.path.read_bytes()
    while taken.host.path.read_bytes() == before:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert taken.host.tally().answered == len(taken.tokens)


# Its output


TROUBLE = [
    b"GARBAGE\r\n\r\n",
    b"GET /s/%s HTTP/9.9\r\n\r\n",
    b"GET /s/%s\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /s/%s/../../etc HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /s/%s HTTP/1.1\r\nHost: [::1\r\n\r\n",
    b"POST /s/%s HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /s HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\ntoken=%s",
    b"POST /s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n%s",
    b"POST /s HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n%s",
    b"POST /s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 4\r\n\r\n%%ff=%s",
]


def _told(host: Host) -> str:
    """What the server wrote beyond its two lines at the start."""
    lines = host.output.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not re.fullmatch(SAID, line))


def test_the_server_says_nothing_of_any_request_however_malformed(taken: Taken) -> None:
    token = taken.tokens[0].encode()
    for request in TROUBLE:
        taken.host.raw(request.replace(b"%s", token))
    for method in ("HEAD", "OPTIONS", "PUT", "TRACE", "BREW"):
        taken.host.ask(method, f"/s/{taken.tokens[0]}")
    taken.host.ask("GET", f"/done/{taken.tokens[0]}")
    assert _told(taken.host) == ""


def test_a_crowd_leaves_no_line_either(taken: Taken) -> None:
    """A line for each that had to wait would tell when people were there."""
    with ThreadPoolExecutor(40) as crowd:
        codes = set(crowd.map(lambda _: taken.host.ask("GET", "/").status, range(200)))
    assert codes == {200}
    assert _told(taken.host) == ""


_FAULT = """
from flask import Flask, request
def broken(*_):
    raise RuntimeError(request.get_data(as_text=True) + repr(request.environ))
Flask.dispatch_request = broken
"""


def test_a_forced_exception_says_its_kind_alone(tmp_path: Path) -> None:
    """Its message holds the token, the answers, the receipt and the address."""
    with running.served(tmp_path, 2) as host:
        host.stop()
        host.start(fault=_FAULT)
        assert host.send(host.tokens[0], receipts.new(), SHORT).status == 500
        taken_back = urlencode({"code": receipts.code(receipts.new())}).encode()
        assert host.ask("POST", "/withdraw", taken_back).status == 500
        assert _told(host) == "a page failed: RuntimeError (said once)"


def test_a_box_that_breaks_while_the_server_runs_is_told_to_nobody_else(tmp_path: Path) -> None:
    with running.served(tmp_path, 2) as host:
        host.path.write_bytes(b"\xff" * host.path.stat().st_size)
        assert host.send(host.tokens[0], receipts.new(), SHORT).status == 503
        assert _told(host) == ""


# Its answers


_FRESH = re.compile(rb'(name="receipt" value=")[0-9a-f]{32}')


def test_a_used_and_an_unused_link_open_the_same_bytes(taken: Taken) -> None:
    used, unused = taken.tokens[3], taken.host.tokens[-1]
    pages = []
    for token in (used, unused):
        reply = taken.host.ask("GET", f"/s/{token}")
        head = {name: value for name, value in reply.headers.items() if name != "Date"}
        body = _FRESH.sub(rb"\1", reply.body).replace(token.encode(), b"TOKEN")
        pages.append((reply.status, head, body))
    assert pages[0] == pages[1]


def _spellings(token: str) -> list[str]:
    """Other texts that a lenient reader may take for the same link."""
    signed, _, seal_ = token.rpartition(".")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    ends = [token[:-1] + letter for letter in letters]
    middles = [signed[:-1] + letter + "." + seal_ for letter in letters]
    marked = [
        f"{token}{mark}" for mark in ("=", "==", " ", "\n", "\r\n", "\x00", "/", ".", "\u200b")
    ]
    before = [f"{mark}{token}" for mark in (" ", "\n", ".", "=")]
    dressed = [f"{signed}=.{seal_}", f"{signed}.{seal_}=", token.lower(), token.upper()]
    other = token.replace("-", "+").replace("_", "/")
    return [*ends, *middles, *marked, *before, *dressed, quote(token, safe=""), other]


def test_one_link_gives_one_response_however_it_is_spelled_and_sent(taken: Taken) -> None:
    host, token = taken.host, taken.host.tokens[-1]
    before = host.tally().answered
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        host.ask(method, f"/s/{token}")
    for body in (b"", b"do=send", urlencode({"token": token, "do": "send"}).encode()):
        host.ask("POST", "/s", body)
    host.ask("POST", "/s", urlencode({"token": token, "do": "look", "keep": SHORT}).encode())
    host.ask("HEAD", "/s")
    assert host.tally().answered == before, "nothing but an answer spends a link"
    crowd = [token] * 50 + [one for one in _spellings(token) if one != token]
    with ThreadPoolExecutor(50) as sending:
        codes = list(sending.map(lambda one: host.send(one, receipts.new(), SHORT).status, crowd))
    assert codes.count(303) == 1
    assert set(codes) <= {303, 403, 410, 429}
    assert host.tally().answered == before + 1
    host.tokens.pop()  # used now
    taken.tokens.append(token)


# Heavier, by `make bench`


@pytest.mark.bench
@pytest.mark.parametrize("n", [100, 400])
def test_more_submissions_tell_no_more(tmp_path: Path, n: int) -> None:
    with running.served(tmp_path, n) as host:
        taken = _answered(host, n)
        _look(taken)
        host.stop(signal.SIGKILL)
        host.start()
        _look(taken)


@pytest.mark.bench
def test_a_used_link_is_answered_as_fast_as_an_unused_one(tmp_path: Path) -> None:
    times: list[tuple[float, int]] = []
    with running.served(tmp_path, 2) as host:
        _patiently(host, host.tokens[0], receipts.new(), SHORT)
        for used in secrets.SystemRandom().choices([0, 1], k=3000):
            began = time.perf_counter()
            host.ask("GET", f"/s/{host.tokens[used]}")
            times.append((time.perf_counter() - began, used))
    many, first = len(times), sum(used == 0 for _, used in times)
    ranks = sum(place for place, (_, used) in enumerate(sorted(times), 1) if used == 0)
    deviation = (first * (many - first) * (many + 1) / 12) ** 0.5
    z = (ranks - first * (many + 1) / 2) / deviation
    print(f"\n{many} visits: the rank sum of the used link is off by {z:+.2f} deviations")
    # Mann and Whitney's test: beyond five deviations with probability 6e-7.
    assert abs(z) < 5


def test_the_private_key_opens_what_was_sent(taken: Taken) -> None:
    """The harness itself works: with the key, every text is there."""
    texts = [one.answers["keep"]["text"] for one in taken.host.responses()]
    assert texts.count(LONG.strip()) >= 15
    assert len(seal.open_all([], [taken.host.private])) == 0
