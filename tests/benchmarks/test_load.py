"""How the form fares under load: eight leavers at once, each opening, answering and reading on."""

from __future__ import annotations

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from survey import quarter
from survey.settings import Settings
from tests.support import company, demo, replay

CLIENTS = 8
LEAVERS = 400
FLOOR = 4.0
"""At the 99th percentile a leaver among eight waits at most so many times eight lone visits."""

pytestmark = pytest.mark.bench


def _timed(link: str, answers: replay.Answers) -> float:
    began = time.perf_counter()
    replay.send(link, answers)
    return time.perf_counter() - began


def test_eight_leavers_at_once_are_served_in_turn(here: Settings) -> None:
    of = quarter.of(demo.date.today())
    addresses = demo.open_quarter(here, of, LEAVERS)
    answers = (company.quarter_answers(of, 4, 50) * 8)[:LEAVERS]
    with demo.served(here) as root:
        links = [re.sub(r"^http://[^/]+", root, address) for address in addresses]
        alone = [_timed(link, one) for link, one in zip(links[:40], answers, strict=False)]
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as crowd:
            together = list(crowd.map(_timed, links[40:], answers[40:]))
        seconds = time.perf_counter() - began
    median, p99 = statistics.median(together), statistics.quantiles(together, n=100)[98]
    print(
        f"\n{CLIENTS} clients: {len(together) / seconds:.0f} leavers a second "
        f"(3 requests each), median {1000 * median:.0f} ms, p99 {1000 * p99:.0f} ms; "
        f"alone {1000 * statistics.median(alone):.0f} ms"
    )
    assert p99 <= FLOOR * CLIENTS * statistics.median(alone)
