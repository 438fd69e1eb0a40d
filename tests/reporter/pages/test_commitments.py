"""pages.commitments: promises, overdue ones first, with the word of whoever finished them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reporter.commitments import Status
from reporter.commitments.commitment import Step
from tests.support.editions import PROMISE
from tests.support.told import edition


def test_overdue_promises_come_first_and_stand_on_the_overview() -> None:
    later = replace(PROMISE, id="later", due=date(2027, 1, 1), title={"sv": "Sen", "en": "Later"})
    found = edition(promises=[later, PROMISE])
    page = found["commitments/index.md"]
    assert page.index("Se över lönerna") < page.index("[Sen]")
    assert '<span class="status status-overdue">försenat</span>' in page
    assert "commitments/pay-review.md" in found["index.md"]
    assert "Försenade: en." in found["index.md"]


def test_a_done_promise_shows_the_word_of_the_person_who_finished_it() -> None:
    step = Step(date(2026, 1, 9), Status.DONE, {"sv": "Lönerna är justerade.", "en": "Pay is set."})
    done = replace(PROMISE, status=Status.DONE, history=(*PROMISE.history, step))
    page = edition(promises=[done])["commitments/pay-review.md"]
    assert "**9 januari 2026** (klart) Lönerna är justerade." in page
    assert "overdue" not in page


def test_a_dropped_promise_stays_with_its_reason() -> None:
    dropped = replace(
        PROMISE, status=Status.DROPPED, reason={"sv": "Pengarna tog slut.", "en": "x"}
    )
    found = edition(promises=[dropped])
    for path in ("commitments/index.md", "commitments/pay-review.md"):
        assert "därför att: Pengarna tog slut." in found[path]
