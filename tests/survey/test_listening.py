"""survey.serve: why nothing can listen is said in one line."""

from __future__ import annotations

import socket

import pytest

from survey import serve
from survey.problems import Problem
from survey.settings import Settings


def test_a_port_that_is_taken_is_told(here: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"127.0.0.1:{port}: nothing can listen there"):
            serve.listen(here, "127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port"), [("nosuch.invalid", 8000), ("127.0.0.1", 99999), ("192.0.2.1", 8000)]
)
def test_a_host_or_port_that_is_none_is_told(here: Settings, host: str, port: int) -> None:
    with pytest.raises(Problem, match=f"{host}:{port}: nothing can listen there"):
        serve.listen(here, host, port)
