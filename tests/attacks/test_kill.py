"""The server killed under load, again and again: nothing is lost, nothing counts twice."""

from __future__ import annotations

import http.client
import os
import queue
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from survey.ballots import receipts
from tests.attacks import running
from tests.attacks.running import Host, Reply

ROUNDS = int(os.environ.get("AVSTAMP_KILLS", "8"))
CLIENTS = 4
FOR = 0.15
"""Seconds of load before a kill, on average."""


@dataclass
class Load:
    """Several people answering at once, who send again what got no reply."""

    host: Host
    waiting: queue.SimpleQueue[tuple[str, bytes]] = field(default_factory=queue.SimpleQueue)
    counted: list[tuple[str, bytes]] = field(default_factory=list)
    again: int = 0
    wrong: list[Reply] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Send until it is over or nothing waits."""
        while not self.over.is_set():
            try:
                one = self.waiting.get_nowait()
            except queue.Empty:
                return
            self._send(*one)

    def _send(self, token: str, receipt: bytes) -> None:
        try:
            reply = self.host.send(token, receipt, "hej " * random.randrange(1, 140))
        except (OSError, http.client.HTTPException):
            self.again += 1
            self.waiting.put((token, receipt))
            return
        if reply.status == 303:
            self.counted.append((token, receipt))
        elif reply.status in (429, 503):
            self.waiting.put((token, receipt))
        else:
            self.wrong.append(reply)


def _round(load: Load, seconds: float) -> None:
    load.over.clear()
    crowd = [threading.Thread(target=load.run) for _ in range(CLIENTS)]
    for one in crowd:
        one.start()
    before, end = len(load.counted), time.monotonic() + 10
    while len(load.counted) == before and any(one.is_alive() for one in crowd):
        assert time.monotonic() < end
        time.sleep(0.005)  # until somebody was counted, so that the kill falls into the rush
    time.sleep(seconds)
    load.host.stop(signal.SIGKILL, load.over.set)
    for one in crowd:
        one.join()


def _check(load: Load, withdrawn: int) -> None:
    """What must hold after every restart."""
    assert not any(load.host.journal.read_bytes()), "a restart wipes what the killed one left"
    tally, there = load.host.tally(), load.host.leaves()
    assert not load.wrong
    assert len(load.counted) <= len(there)
    assert tally.answered == len(there) + withdrawn
    assert len(there) == len(set(there))


def _take_back(load: Load) -> int:
    """Withdraw one counted answer; its receipt is forgotten by the load."""
    if not load.counted:
        return 0
    _, receipt = load.counted.pop(0)
    body = urlencode({"code": receipts.code(receipt), "lang": "en"}).encode()
    assert load.host.ask("POST", "/withdraw", body).status == 200
    return 1


def _batter(host: Host, rounds: int) -> None:
    load, withdrawn, residues = Load(host), 0, 0
    for token in host.tokens:
        load.waiting.put((token, receipts.new()))
    for _ in range(rounds):
        _round(load, random.uniform(0.3, 1.7) * FOR)
        residues += any(host.journal.read_bytes())
        host.start()
        withdrawn += _take_back(load) if withdrawn < 8 else 0
        _check(load, withdrawn)
    load.over.clear()
    load.run()
    _check(load, withdrawn)
    assert host.tally().answered == len(host.tokens)
    leaves = set(host.leaves())
    assert {receipts.leaf(receipt) for _, receipt in load.counted} == leaves
    _same_receipt_again(load)
    print(
        f"\n{rounds} kills: {len(host.tokens)} counted, {load.again} sent again, {withdrawn} taken "
        f"back; the last cast showed in the journal after {residues}, until the restart"
    )


def _same_receipt_again(load: Load) -> None:
    """A reply that was lost is not: the same page, sent once more, shows the same receipt."""
    token, receipt = load.counted[-1]
    for _ in range(2):
        reply = load.host.send(token, receipt, "hej")
        assert reply.status == 303
        assert load.host.ask("GET", reply.location).code == receipts.code(receipt)


def test_kills_under_load_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    with running.served(tmp_path, 20 * ROUNDS) as host:
        _batter(host, ROUNDS)
