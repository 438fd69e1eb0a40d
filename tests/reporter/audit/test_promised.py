"""audit.promised: k and the minimum are those that leavers were told, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from reporter.audit import audit, promised
from reporter.audit.promised import twice
from reporter.paths import Files
from reporter.records import Asked, Finding, Note, Record, corrections
from survey.ballots import pledge
from survey.ballots.pledge import Pledge
from tests.support import sites
from tests.support.audits import Q1, refused, whole

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("k", "minimum", "told"),
    [(7, 30, ""), (5, 21, ""), (8, 30, "“k = 7” is laxer"), (7, 31, "“minimum = 30” is laxer")],
)
def test_a_record_is_no_laxer_than_its_key_file(
    files: Files, k: int, minimum: int, told: str
) -> None:
    sites.publish(files, [whole()])
    path = files.public_key(Q1)
    path.parent.mkdir(parents=True, exist_ok=True)
    pledge.write(Pledge(Q1, (b"p" * 32,), k, minimum), path)
    said = " ".join(map(str, audit.site(files).refusals))
    assert told in said
    assert bool(told) == bool(said)


@pytest.mark.parametrize(
    ("apart", "keys", "told"),
    [
        (True, {"holders": 2, "destroyed": 1, "apart": 1}, ""),
        (True, {"holders": 2, "destroyed": 2}, ""),
        (False, {"holders": 2, "destroyed": 2, "apart": 1}, "“apart = 1” is more than"),
        (None, {"holders": 2, "destroyed": 1, "apart": 1}, ""),
        (None, {"holders": 1, "destroyed": 1, "apart": 1}, "“apart = 1” is more than"),
        (None, {"holders": 1, "destroyed": 2}, "“destroyed = 2” is more than there were keys: 1"),
    ],
)
def test_a_record_tells_no_more_of_its_keys_than_can_be(
    files: Files, apart: bool | None, keys: dict[str, int], told: str
) -> None:
    """Such as one whose file was edited to say that two people held them."""
    record = replace(whole(), **keys)
    if apart is not None:
        path = files.public_key(Q1)
        path.parent.mkdir(parents=True, exist_ok=True)
        pledge.write(Pledge(Q1, (b"p" * 32, b"q" * 32), 7, 30, apart), path)
    said = " ".join(map(str, promised.held(files, {str(Q1): record})))
    assert told in said
    assert bool(told) == bool(said)


def _asked_again(words: str, breakdown: str, ident: str = "again") -> Record:
    made = whole()
    rate = next(one for one in made.asked if one.id == "rate_pay")
    told = {"sv": words, "en": "Something else"}
    again = replace(rate, id=ident, words=told, breakdown=breakdown, theme="")
    row = Finding("all", ident, "neutral", 31, 9, 9)
    return replace(made, asked=(*made.asked, again), findings=(*made.findings, row))


@pytest.mark.parametrize(
    ("words", "breakdown", "refused"),
    [
        ("rate_pay", "none", True),
        (" Rate-Pay? ", "none", True),
        ("Rate pays", "none", True),
        ("rate_pay", "area", False),
        ("rate_team", "none", False),
        ("", "none", False),
    ],
)
def test_one_question_under_two_ids_and_in_two_cuts_is_refused(
    words: str, breakdown: str, refused: bool
) -> None:
    found = [what for one, what in twice(_asked_again(words, breakdown)) if one.question == "again"]
    assert any("asks what ‘rate_pay’ asks" in one for one in found) == refused


def test_main_reasons_and_all_reasons_share_their_words() -> None:
    made = whole()
    reasons = next(one for one in made.asked if one.id == "reasons")
    main: Sequence[Asked] = (replace(reasons, id="main_reason", breakdown="area"),)
    row = Finding("all", "main_reason", "pay", 31, 9, 9)
    both = replace(made, asked=(*made.asked, *main), findings=(*made.findings, row))
    assert list(twice(both)) == []


def test_a_line_for_everyone_beside_its_parts_is_refused() -> None:
    made = whole()
    line = Finding("all", "rate_pay", "neutral", 31, 6, 6)
    assert list(twice(made)) == []
    assert [one for one, _ in twice(replace(made, findings=(*made.findings, line)))] == [line]


def test_the_second_cut_can_be_withdrawn(files: Files) -> None:
    """The Problem says which figure, and when that is taken off the rest may stay."""
    made = _asked_again("rate_pay", "none")
    sites.publish(files, [made])
    told = refused(files)
    assert "run reporter withdraw-figure 2026-q1 all again" in told
    corrections.keep(files.editions, [Note(Q1, "all", "again", "", DAY, {"sv": "Fel.", "en": "x"})])
    sites.show(files, [made])
    assert audit.site(files).safe
