"""The server killed in the middle: what was confirmed is there, and nothing is there twice.

A round starts `survey serve`, sends answers from four leavers at once, and kills it with -9.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import demo
import replay

from survey import box, quarter, receipts, seal, store
from survey.settings import Settings

ROUNDS = int(os.environ.get("AVSTAMP_KILLS", "5"))
LEAVERS = 4
A_ROUND = 30
NOW = quarter.of(demo.date.today())


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(here: Settings, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "survey", "--project", str(here.project.root), "serve"]
    allowed = [word for name in ("filesystem", "swap", "tls") for word in ("--allow", name)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, "--port", str(port), *allowed], **quiet)  # type: ignore[call-overload]
    for _ in range(400):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return server  # type: ignore[no-any-return]
        time.sleep(0.025)
    raise AssertionError("the server did not start")


def _send(links: list[str], confirmed: list[str]) -> None:
    for link in links:
        try:
            confirmed.append(replay.send(link, {"kind": "own", "keep": "ord " * 100}))
        except replay.NotTaken:
            return


def _crowd(links: list[str], confirmed: list[str]) -> list[threading.Thread]:
    shares = [links[number::LEAVERS] for number in range(LEAVERS)]
    crowd = [threading.Thread(target=_send, args=(share, confirmed)) for share in shares]
    for leaver in crowd:
        leaver.start()
    return crowd


def _wait_for_one_more(confirmed: list[str]) -> None:
    """Until somebody has a receipt of this round, so that the kill falls into the rush."""
    before, end = len(confirmed), time.monotonic() + 20
    while len(confirmed) == before and time.monotonic() < end:
        time.sleep(0.005)


def _private(path: Path) -> bytes:
    return bytes.fromhex(json.loads(path.read_text("utf-8"))["private"])


def test_nothing_confirmed_is_lost_and_nothing_counts_twice(here: Settings) -> None:
    addresses = demo.open_quarter(here, NOW, ROUNDS * A_ROUND)
    confirmed: list[str] = []
    port = _port()
    links = [re.sub(r"^http://[^/]+", f"http://127.0.0.1:{port}", one) for one in addresses]
    for number in range(ROUNDS):
        server = _serve(here, port)
        crowd = _crowd(links[number * A_ROUND : (number + 1) * A_ROUND], confirmed)
        _wait_for_one_more(confirmed)
        time.sleep(random.uniform(0.0, 0.3))
        server.send_signal(signal.SIGKILL)
        server.wait()
        for leaver in crowd:
            leaver.join()
    path = here.project.box(NOW)
    with box.opened(path, here.ledger_key) as one:
        assert one.faults() == []
        tally, bodies = one.tally(), one.bodies()
    assert store.wiped(path)
    private = _private(here.project.secrets / f"{NOW}.key")
    leaves = [one.leaf for one in seal.open_all(bodies, [private])]
    assert len(leaves) == len(set(leaves)) == tally.answered
    told = {receipts.leaf(code) for code in map(receipts.parse, confirmed) if code}
    assert len(told) == len(confirmed) <= tally.answered
    assert told <= set(leaves)
    assert confirmed, "some were confirmed, or the rounds would prove nothing"


def test_a_send_repeated_after_a_lost_reply_shows_the_same_receipt(here: Settings) -> None:
    (address,) = demo.open_quarter(here, NOW, 1)
    port = _port()
    link = re.sub(r"^http://[^/]+", f"http://127.0.0.1:{port}", address)
    server = _serve(here, port)
    browser = replay.Browser(link)
    page = replay.Page(browser.ask(link).html)
    form = next(one for one in page.forms if "token" in one.hidden)
    sent = replay.fields(form, {"kind": "own"})
    browser.ask(f"http://127.0.0.1:{port}/s", sent)
    server.send_signal(signal.SIGKILL)
    server.wait()
    again = _serve(here, port)
    with closing(replay.Browser(link)) as other:
        reply = other.ask(f"http://127.0.0.1:{port}/s", sent)
        done = other.ask(f"http://127.0.0.1:{port}{reply.location}")
    again.send_signal(signal.SIGTERM)
    again.wait(timeout=10)
    browser.close()
    code = receipts.code(bytes.fromhex(form.hidden["receipt"]))
    assert (reply.status, code in done.html) == (303, True)
    with box.opened(here.project.box(NOW)) as one:
        assert one.tally().answered == 1


def test_a_served_form_leaves_no_word_about_anybody(here: Settings) -> None:
    """Nothing that the server prints, and no file it leaves, names a link, an address or a time."""
    first, second = demo.open_quarter(here, NOW, 2)
    port = _port()
    command = [sys.executable, "-m", "survey", "--project", str(here.project.root), "serve"]
    allowed = [word for name in ("filesystem", "swap", "tls") for word in ("--allow", name)]
    server = subprocess.Popen(
        [*command, "--port", str(port), *allowed], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    token = first.rpartition("/")[2]
    local = f"http://127.0.0.1:{port}/s/{token}"
    for _ in range(400):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.025)
    code = replay.send(local, {"kind": "own", "keep": "hemligheten"})
    for request in (
        f"GET /s/{token}x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        f"POST /s HTTP/1.1\r\nContent-Length: 999999999\r\n\r\ntoken={token}",
        f"GARBAGE {token}\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(request.encode())
            with suppress(OSError):
                line.recv(65536)
    server.send_signal(signal.SIGTERM)
    printed, _ = server.communicate(timeout=20)
    lines = printed.decode().splitlines()
    assert len(lines) == 2, lines
    left = printed + b"".join(
        file.read_bytes() for file in here.project.root.rglob("*") if file.is_file()
    )
    for secret in (token, second.rpartition("/")[2], code, "hemligheten"):
        assert secret.encode() not in left
