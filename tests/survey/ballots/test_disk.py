"""A full disk, a read-only one, a power cut: nothing confirmed is lost, nothing counts twice."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.ballots import box, receipts, store, traces
from survey.ballots.box import Ways
from tests.support.between import Between
from tests.support.leaver import Host, host, post

RECEIPTS = {1: "ab" * 16, 2: "cd" * 16}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where mounting is allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = _run("mount", "-t", "tmpfs", "-o", "size=1m", "small", str(place))
    if not mounted:
        pytest.skip("this machine does not let a test mount a disk")
    yield place
    store.let_go()
    assert _run("umount", "-l", str(place))


def _run(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def _send(client: FlaskClient, place: Host, number: int) -> TestResponse:
    receipt = RECEIPTS[number]
    return post(client, place.tokens[number], "send", receipt=receipt, keep=f"words {number}")


def _told_the_truth(page: TestResponse, words: str) -> None:
    assert page.status_code == 503
    assert "We cannot be sure that your answer arrived" in page.text
    assert words in page.text, "what was typed stands on the page, to be sent again"


def _receipt(client: FlaskClient, sent: TestResponse) -> str:
    assert sent.status_code == 303
    found = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", client.get(sent.location).text)
    assert found
    return found[0]


def test_on_a_full_disk_nothing_is_lost_and_the_answer_can_be_sent_again(small: Path) -> None:
    place = host(small)
    client = place.client()
    store.let_go()
    traces.journal(place.path).unlink()
    _fill(small)
    _told_the_truth(_send(client, place, 1), "words 1")
    (small / "filler").unlink()
    assert _receipt(client, _send(client, place, 1)) == receipts.code(bytes.fromhex(RECEIPTS[1]))
    assert (place.tally().answered, len(place.responses())) == (1, 1)


def test_once_a_box_has_its_journal_a_full_disk_stops_no_answer(small: Path) -> None:
    """All room was taken when the box was laid down."""
    place = host(small)
    client = place.client()
    assert _send(client, place, 1).status_code == 303
    _fill(small)
    assert _send(client, place, 2).status_code == 303
    assert place.tally().answered == 2


def test_on_a_disk_turned_read_only_nothing_is_lost(small: Path) -> None:
    place = host(small)
    client = place.client()
    first = _receipt(client, _send(client, place, 1))
    store.let_go()
    assert _run("mount", "-o", "remount,ro", str(small))
    _told_the_truth(_send(client, place, 2), "words 2")
    assert client.post("/withdraw", data={"code": first}).status_code == 503
    assert _run("mount", "-o", "remount,rw", str(small))
    assert _send(client, place, 2).status_code == 303
    assert _receipt(client, _send(client, place, 1)) == first
    assert (place.tally().answered, place.tally().present) == (2, 2)


def _power_cut(place: Host, at: Path, number: int) -> None:
    """Copy the files to `at` as they lie when all is written but for the last of the commit."""

    class Cut(Between):
        def execute(self, query: str, values: Sequence[Any] = ()) -> Any:
            if query == "COMMIT" and self.db.total_changes:
                self.db.execute("PRAGMA cache_size=1")
                self.db.execute("SELECT count(*) FROM pool WHERE length(body) > 0").fetchone()
                at.mkdir()  # that spilled what was changed so far
                for file in (place.path, traces.journal(place.path)):
                    shutil.copyfile(file, at / file.name)
            return self.db.execute(query, values)

    store.let_go()
    client = place.client(Ways(connect=lambda path: Cut(store.connect(path))))
    assert _send(client, place, number).status_code == 303
    store.let_go()


def test_after_a_power_cut_in_the_middle_the_answer_is_not_in_and_can_be_sent_again(
    tmp_path: Path,
) -> None:
    place = host(tmp_path / "host")
    assert _send(place.client(), place, 1).status_code == 303
    _power_cut(place, tmp_path / "after", 2)
    after = tmp_path / "after" / place.path.name
    assert traces.journal(after).read_bytes().strip(b"\0"), "the journal is hot"
    assert after.read_bytes() != place.path.read_bytes()
    with box.opened(after, place.settings.ledger_key) as one:
        assert (one.tally().answered, one.faults()) == (1, [])
    assert traces.wiped(after)
    store.let_go()
    shutil.copyfile(after, place.path)
    client = place.client()
    assert _receipt(client, _send(client, place, 2)) == receipts.code(bytes.fromhex(RECEIPTS[2]))
    assert (place.tally().answered, len(place.responses())) == (2, 2)


def test_when_the_disk_fails_after_the_commit_sending_again_shows_the_same_receipt(
    tmp_path: Path,
) -> None:
    """Then the answer is in, though nobody was told: the page must not say that it is not."""
    place = host(tmp_path / "host")
    client = place.client()

    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    _told_the_truth(_send(place.client(Ways(wipe=fail)), place, 1), "words 1")
    assert _receipt(client, _send(client, place, 1)) == receipts.code(bytes.fromhex(RECEIPTS[1]))
    assert (place.tally().answered, len(place.responses())) == (1, 1)
