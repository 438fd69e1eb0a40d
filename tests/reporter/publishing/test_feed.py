"""The feed: new editions, and commitments that are new, changed or overdue since the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from reporter.commitments import Status
from reporter.commitments.commitment import Step
from reporter.language import words_in
from reporter.publishing import feed
from tests.support.editions import PROMISE, record

SV, EN = map(words_in, ("sv", "en"))
DONE = Step(date(2026, 2, 1), Status.DONE, {"sv": "Klart.", "en": "Finished."})
KEPT = replace(PROMISE, status=Status.DONE, history=(*PROMISE.history, DONE))


def titles(*promises: tuple[str, tuple[object, ...]]) -> list[str]:
    made = [record(of, promises=some) for of, some in promises]  # type: ignore[arg-type]
    return [one.title for one in feed.entries_of(made, SV)]


def test_a_new_promise_is_told_once() -> None:
    found = titles(("2025-q3", (PROMISE,)), ("2025-q4", (PROMISE,)))
    assert found.count("Nytt löfte: Se över lönerna") == 1
    assert len(found) == 3


def test_a_promise_that_was_kept_is_news_with_its_last_words() -> None:
    made = [record("2025-q4", promises=[PROMISE]), record("2026-q1", promises=[KEPT])]
    (kept,) = [one for one in feed.entries_of(made, SV) if "klart" in one.title]
    assert (kept.title, kept.told) == ("Löfte, klart: Se över lönerna", "Klart.")
    assert kept.path == "2026-q1/commitments/pay-review/"


def test_a_promise_that_becomes_overdue_is_news_although_nobody_wrote_it() -> None:
    found = titles(("2025-q4", (PROMISE,)), ("2026-q1", (PROMISE,)))
    assert found[1] == "Löfte, försenat: Se över lönerna"


def test_old_editions_leave_the_feed() -> None:
    found = titles(*((f"{2020 + n // 4}-q{n % 4 + 1}", ()) for n in range(20)))
    assert len(found) == 12
    assert found[0] == "Ny utgåva: de som slutade fjärde kvartalet 2024"


def test_the_feed_is_atom_the_same_every_time_and_each_entry_keeps_its_id() -> None:
    one, two = record("2025-q4", promises=[PROMISE]), record("2026-q1", promises=[KEPT])
    now = feed.feed([one, two], EN, "A & <B>", "http://new.test/")
    assert now == feed.feed([one, two], EN, "A & <B>", "http://new.test/")
    before, moved = _ids(feed.feed([one], EN, "A", "http://old.test/")), _ids(now)
    assert before[0] == moved[0]
    assert set(before) < set(moved)
    assert not set(moved) & set(_ids(feed.feed([one, two], SV, "A", "http://new.test/")))


def _ids(text: str) -> list[str]:
    root = ElementTree.fromstring(text.encode())
    return [one.text or "" for one in root.iter("{http://www.w3.org/2005/Atom}id")]
