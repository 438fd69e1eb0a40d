"""Whoever tries codes at the form does not learn from the time it takes whether one is in a box."""

from __future__ import annotations

import itertools
import os
import random
import time
from datetime import date

import pytest

from survey.ballots import Terms, box, receipts, seal
from survey.invitations import issuing, links
from survey.quarter import Quarter
from survey.settings import Settings
from survey.web import app
from tests.attacks import clock

HALF = int(os.environ.get("AVSTAMP_CODES", "40"))
NOW, NEXT = Quarter(2026, 4), Quarter(2027, 1)
_, PUBLIC = seal.new_keys()


def _given(here: Settings) -> list[bytes]:
    """Receipts of so many answers, in the first of two boxes that are open."""
    for of in (NOW, NEXT):
        terms = Terms(of, (PUBLIC,), date(2027, 4, 30), 7, 30, HALF)
        box.create(here.project.box(of), terms, here.ledger_key)
    given = [receipts.new() for _ in range(HALF)]
    slips = issuing.issue(here, NOW, HALF)
    for slip, receipt in zip(slips, given, strict=True):
        link = links.read(here.link_keys, slip.url.rpartition("/")[2])
        ballot = seal.close({"kind": "own"}, receipts.leaf(receipt), (PUBLIC,))
        with box.opened(here.project.box(NOW), here.ledger_key) as one:
            one.cast(links.mark(here.ledger_key, link), receipts.tag(receipt), ballot)
    return given


@pytest.mark.bench
def test_a_code_of_an_answer_takes_as_long_as_one_of_nobody(here: Settings) -> None:
    """It took 61 ms where there was an answer, and 15 where there was none."""
    tried = [(one, True) for one in _given(here)] + [(receipts.new(), False) for _ in range(HALF)]
    random.shuffle(tried)
    seconds = itertools.count(step=60)  # nobody is told to wait
    client = app.create(here, lambda: date(2026, 12, 1), lambda: float(next(seconds))).test_client()
    took: dict[bool, list[float]] = {True: [], False: []}
    pages = set()
    for receipt, there in tried:
        began = time.perf_counter()
        page = client.post("/withdraw", data={"code": receipts.code(receipt), "lang": "en"})
        took[there].append(time.perf_counter() - began)
        pages.add((page.status_code, page.text))
    with box.opened(here.project.box(NOW), here.ledger_key) as one:
        assert one.tally().withdrawn == HALF
    area = clock.area(took[True], took[False])
    print(f"\n{2 * HALF} codes: area {area:.3f}")
    assert len(pages) == 1
    assert abs(area - 0.5) < max(0.05, 5 * ((2 * HALF + 1) / (12 * HALF**2)) ** 0.5)
