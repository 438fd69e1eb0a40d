"""survey.serve and limits: one process, nothing on disk, nobody kept waiting by another."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey import quarter, serve
from survey.ballots import traces
from survey.problems import Problem
from survey.settings import Settings
from tests.support import demo, replay

NOW = quarter.of(demo.date.today())


@pytest.fixture
def address(here: Settings) -> Iterator[str]:
    """A served form with an open box."""
    with demo.served(here) as served:
        yield served


def _post(address: str, body: bytes, language: str = "en") -> tuple[int, str]:
    headers = {"Accept-Language": language, "Content-Type": "application/x-www-form-urlencoded"}
    request = urllib.request.Request(f"{address}/s", body, headers)
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("size", [1_500_000, 3_900_000])
@pytest.mark.parametrize(
    ("language", "title"), [("sv", "för mycket text"), ("en", "too much text")]
)
def test_a_body_over_the_limit_gets_a_calm_page(
    address: str, size: int, language: str, title: str
) -> None:
    status, page = _post(address, b"keep=" + b"a" * size, language)
    assert (status, title in page) == (413, True)


def _raw(address: str, request: bytes) -> str:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(request)
        reply = b""
        while part := line.recv(65536):
            reply += part
    return reply.decode()


def test_what_the_server_itself_refuses_is_a_calm_page_too(address: str) -> None:
    """Beyond its own limit waitress answers before the form does."""
    head = b"POST /s HTTP/1.1\r\nHost: x\r\nAccept-Language: sv\r\nContent-Length: 99999999\r\n\r\n"
    reply = _raw(address, head)
    assert reply.startswith("HTTP/1.1 413")
    assert "för mycket text" in reply
    assert "Content-Security-Policy" in reply


def test_garbage_is_answered_calmly(address: str) -> None:
    reply = _raw(address, b"\x16\x03\x01 GARBAGE\r\n\r\n")
    assert reply.startswith("HTTP/1.0 400")
    assert "waitress" not in reply


def test_no_body_and_no_page_is_put_in_a_file(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def note(*_: object, **__: object) -> None:
        made.append("file")
        raise AssertionError

    monkeypatch.setattr(tempfile, "TemporaryFile", note)
    monkeypatch.setattr("waitress.buffers.TempfileBasedBuffer.newfile", note)
    status, page = _post(address, b"do=send&token=x&keep=" + b"%3C" * 300_000)
    assert status in (403, 422)
    assert len(page) > 1_000_000
    assert not made


def test_slow_clients_do_not_keep_others_waiting(here: Settings, address: str) -> None:
    (link, *_) = demo.open_quarter(here, NOW, 1)
    host, port = address.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(40)]
    for line in slow:
        line.sendall(b"POST /s HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nkeep=")
    began = time.monotonic()
    local = f"{address}/s/{link.rpartition('/')[2]}"
    assert replay.send(local, {"kind": "own"})
    assert time.monotonic() - began < 5
    for line in slow:
        line.close()


def _hung_up(line: socket.socket, send: bytes) -> bool:
    """Whether the server hangs up on a client that sends this again and again."""
    line.settimeout(0.3)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            line.sendall(send)
            if line.recv(65536) == b"":
                return True
            time.sleep(0.3)
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


TRICKLE = b"POST /s HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
IDLE = b""


@pytest.mark.parametrize("start", [TRICKLE, IDLE])
def test_a_client_that_trickles_or_says_nothing_is_hung_up_on(here: Settings, start: bytes) -> None:
    """A byte now and then would hold a connection for ever, and four hundred would hold all."""
    served = demo.served(here, seconds=1, looked_after=1)
    with served as address, socket.create_connection(_place(address)) as line:
        line.sendall(start)
        assert _hung_up(line, send=start and b"a")


def _place(address: str) -> tuple[str, int]:
    host, port = address.removeprefix("http://").split(":")
    return host, int(port)


DUMPS = """
import ctypes, resource
from survey import serve
serve.leave_no_dump()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))
"""


def test_the_memory_of_the_server_is_never_dumped() -> None:
    """Not by its limit, and not by a program that takes dumps, which asks for no limit."""
    done = subprocess.run([sys.executable, "-c", DUMPS], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"


def _dirty(journal: Path) -> None:
    with journal.open("r+b") as file:
        file.seek(4096)
        file.write(b"what changed last")


def test_the_box_is_wiped_when_the_service_starts_and_when_it_stops(here: Settings) -> None:
    demo.open_quarter(here, NOW, 2)
    journal = traces.journal(here.project.box(NOW))
    _dirty(journal)
    command = [sys.executable, "-m", "survey", "--project", str(here.project.root), "serve"]
    served = subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert served.stdout
    assert any("the form is at" in line for line in served.stdout)
    assert traces.wiped(here.project.box(NOW))
    _dirty(journal)
    served.terminate()
    assert served.wait(timeout=20) == 0
    served.stdout.close()
    assert traces.wiped(here.project.box(NOW))


def test_a_project_without_its_folder_is_told_in_words(here: Settings) -> None:
    here.project.responses.rmdir()
    with pytest.raises(Problem, match="cannot be worked in"), serve.alone(here.project):
        pass


def test_a_second_server_on_the_same_boxes_is_refused_in_words(here: Settings) -> None:
    demo.open_quarter(here, NOW, 3)
    code = (
        "import sys; from survey import cli; "
        f"sys.exit(cli.main(['--project', {str(here.project.root)!r}, 'serve', '--port', '0', "
        "'--allow', 'filesystem', '--allow', 'swap']))"
    )
    with serve.alone(here.project):
        run = [sys.executable, "-c", code]
        done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "served by another process" in done.stderr
    with serve.alone(here.project):
        pass


def test_within_one_process_it_is_refused_as_well(here: Settings) -> None:
    here.project.responses.mkdir(exist_ok=True)
    with (
        serve.alone(here.project),
        pytest.raises(Problem, match="another process"),
        serve.alone(here.project),
    ):
        pass


def test_commands_work_beside_a_running_server(here: Settings, address: str) -> None:
    links = demo.open_quarter(here, NOW, 2)
    replay.send(f"{address}/s/{links[0].rpartition('/')[2]}", {"kind": "own"})
    code = (
        "import sys; from survey import cli; "
        f"sys.exit(cli.main(['--project', {str(here.project.root)!r}, 'invite', '{NOW}', "
        "'--count', '2']))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
    assert replay.send(f"{address}/s/{links[1].rpartition('/')[2]}", {"kind": "own"})
