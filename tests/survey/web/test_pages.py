"""survey.web.pages: what a leaver sees from link to receipt, and everything that may go wrong."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from survey.ballots import box, receipts, seal, store
from survey.ballots.box import Ways
from survey.invitations import links
from survey.period import Length
from survey.problems import Problem
from survey.quarter import Quarter
from tests.support.leaver import PUBLIC, Host, generous, host, post, receipt_of

# The first page


def test_the_page_tells_the_promise_and_its_limits_before_the_first_question(place: Host) -> None:
    page = place.client().get(f"/s/{place.tokens[0]}").text
    before = page[: page.index("<fieldset")]
    for told in ("minst 8 personer", "färre än 5", "30 januari 2027", "skyddsombudet", "Bolaget"):
        assert told in before


@pytest.mark.parametrize(
    ("months", "language", "told"),
    [
        (Length.QUARTER, "sv", ("fjärde kvartalet 2026 är slut", "tidigast i januari 2027")),
        (Length.HALF, "sv", ("andra halvåret 2026 är slut", "tidigast i januari 2027")),
        (Length.YEAR, "en", ("the year 2026 is over", "not before January 2027")),
    ],
)
def test_the_page_tells_from_when_what_came_of_it_can_be_read(
    tmp_path: Path, months: Length, language: str, told: tuple[str, str]
) -> None:
    """It said "every quarter", whether enough answered or not."""
    place = host(tmp_path, months=months)
    page = place.client().get(f"/s/{place.tokens[0]}?lang={language}").text
    for one in told:
        assert one in page


HELD = {
    "bara en": {},
    "har gjorts på samma ställe": {"publics": (PUBLIC, seal.new_keys()[1])},
    "ingen av dem kan öppna svaren ensam": {
        "publics": (PUBLIC, seal.new_keys()[1]),
        "apart": True,
    },
}


@pytest.mark.parametrize("told", HELD)
def test_the_page_says_held_by_two_only_where_two_made_their_keys_apart(
    tmp_path: Path, told: str
) -> None:
    place = host(tmp_path, **HELD[told])
    page = place.client().get(f"/s/{place.tokens[0]}").text
    assert [one for one in HELD if one in page] == [told]


def test_every_question_is_asked_and_nothing_is_chosen(place: Host) -> None:
    page = place.client().get(f"/s/{place.tokens[0]}").text
    for item in place.settings.questionnaire.items.values():
        assert f'name="{item.id}"' in page
    assert " checked" not in page
    assert "autocomplete" not in page


def test_a_used_link_opens_the_same_page_as_an_unused_one(place: Host) -> None:
    client = place.client()
    before = client.get(f"/s/{place.tokens[0]}").text
    post(client, place.tokens[0], "send", area="sales")
    after = client.get(f"/s/{place.tokens[0]}").text
    fresh = r'(name="receipt" value=")[0-9a-f]{32}'
    assert before != after
    assert re.sub(fresh, r"\1", before) == re.sub(fresh, r"\1", after)


ADDED = [".", ",", ";", ")", "%3E", "%22", "%20", "%C2%A0", "/", "%E2%80%8B", "%0A", "%0D%0A", "!",
         "'", "%E2%80%9D", "%C2%BB", "]", "?", "%2C%20"]  # fmt: skip


@pytest.mark.parametrize("added", ADDED)
def test_a_link_opens_with_what_mail_programs_add_to_it(place: Host, added: str) -> None:
    """The page carries the link as it was minted; nothing is spent by a visit."""
    token = place.tokens[0]
    page = place.client().get(f"/s/{token}{added}")
    assert page.status_code == 200
    assert f'name="token" value="{token}"' in page.text
    middle = token[:20] + "%0A%E2%80%8B%C2%AD" + token[20:]
    assert place.client().get(f"/s/{middle}").status_code == 200


@pytest.mark.parametrize("added", [".", " ", "\n", "\u200b", ")"], ids=ascii)
def test_an_answer_is_taken_with_the_very_link_alone(place: Host, added: str) -> None:
    assert post(place.client(), place.tokens[0] + added, "send", area="sales").status_code == 403
    assert place.tally().answered == 0


@pytest.mark.parametrize("added", ["x", ".x", "/x", "%0Ax"])
def test_another_link_is_still_another_link(place: Host, added: str) -> None:
    assert place.client().get(f"/s/{place.tokens[0]}{added}").status_code in (403, 404)


def test_a_visit_opens_no_box(place: Host) -> None:
    client = _at_a_full_disk(place)
    assert client.get(f"/s/{place.tokens[0]}").status_code == 200


def _broken(*_: object) -> Any:
    raise Problem("the disk is full")


def _at_a_full_disk(place: Host) -> FlaskClient:
    """A browser at a process that started well, and from now on can open no box."""
    client = place.client(Ways(connect=_broken))
    store.let_go()
    return client


def test_looking_spends_nothing(place: Host) -> None:
    client = place.client()
    for _ in range(2):
        client.get(f"/s/{place.tokens[0]}")
        client.head(f"/s/{place.tokens[0]}")
        client.options("/s")
        client.post("/s")
        post(client, place.tokens[0], "preview", area="sales")
        post(client, place.tokens[0], "edit", area="sales")
    assert place.tally().answered == 0


# Sending


def test_an_answer_is_counted_and_its_receipt_shown(place: Host) -> None:
    client = place.client()
    token = place.tokens[0]
    receipt = receipt_of(client.get(f"/s/{token}"))
    sent = post(client, token, "send", receipt=receipt, area="sales", keep="the people")
    assert sent.status_code == 303
    assert token not in sent.location
    page = client.get(sent.location)
    assert receipts.code(bytes.fromhex(receipt)) in page.text
    (response,) = place.responses()
    assert place.leaves() == [receipts.leaf(bytes.fromhex(receipt))]
    assert response.leaf == b""
    keep = {"text": "the people", "consent": "count"}
    assert response.answers == {"area": "sales", "keep": keep}


def test_sending_the_same_page_twice_counts_once_and_shows_the_same_receipt(place: Host) -> None:
    client = place.client()
    pages = [post(client, place.tokens[0], "send", area="sales") for _ in range(2)]
    codes = {_code(client.get(page.location).text) for page in pages}
    assert len(codes) == 1
    assert place.tally().answered == 1


def _code(page: str) -> str:
    found = re.search(r'<p class="code"[^>]*>([^<]+)', page)
    assert found
    return found[1]


def test_a_second_answer_with_one_link_is_refused_and_stays_on_the_page(place: Host) -> None:
    client = place.client()
    post(client, place.tokens[0], "send", area="sales")
    page = post(client, place.tokens[0], "send", receipt="cd" * 16, keep="more to say")
    assert page.status_code == 410
    assert "already been used" in page.text
    assert "more to say" in page.text
    assert place.tally().answered == 1


@pytest.mark.parametrize("do", ["send", "preview"])
def test_a_form_without_answers_never_spends_a_link(place: Host, do: str) -> None:
    page = post(place.client(), place.tokens[0], do, consent_keep="quote", area="", keep="  ")
    assert page.status_code == 422
    assert "a single question is enough" in page.text
    assert place.tally().answered == 0


@pytest.mark.parametrize("receipt", ["", "zz" * 16, "AB" * 16, "ab" * 15, "ab" * 17, "<script>"])
def test_a_receipt_that_was_tampered_with_is_replaced(place: Host, receipt: str) -> None:
    client = place.client()
    page = post(client, place.tokens[0], "edit", receipt=receipt)
    assert receipt_of(page) != receipt
    assert post(client, place.tokens[0], "send", receipt=receipt, area="sales").status_code == 303


@pytest.mark.parametrize("do", [[], "", "nonsense"])
def test_a_post_without_a_known_button_only_shows_what_would_be_stored(
    place: Host, do: str
) -> None:
    page = post(place.client(), place.tokens[0], do, area="sales")
    assert page.status_code == 200
    assert "This is what will be stored" in page.text
    assert place.tally().answered == 0


@pytest.mark.parametrize("do", ["edit", "preview"])
def test_the_first_button_of_a_page_sends_nothing(place: Host, do: str) -> None:
    page = post(place.client(), place.tokens[0], do, area="sales").text
    first = re.search(r'<button[^>]*value="([^"]+)"', page)
    assert first
    assert first[1] == "preview"


def test_the_look_over_carries_everything_and_shows_only_what_is_stored(place: Host) -> None:
    typed = {"rate_pay": "4", "follow_pay": "dropped", "keep": "kept", "consent_keep": "quote"}
    page = post(place.client(), place.tokens[0], "preview", **typed)
    shown = page.text[page.text.index("<main") :]
    assert "kept" in shown
    assert "Quote it word for word" in shown
    assert "dropped" not in shown
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in page.text


# Errors and languages


def test_a_mistake_is_told_at_the_top_and_beside_the_field(place: Host) -> None:
    page = post(place.client(), place.tokens[0], "send", keep="x" * 612, area="sales")
    assert page.status_code == 422
    assert "<title>Error:" in page.text
    assert re.search(r'<div class="summary"[^>]*tabindex="-1" autofocus', page.text)
    assert '<a href="#q-keep">Shorten your answer' in page.text
    assert page.text.count("by 12 characters") == 2
    assert "x" * 612 in page.text
    assert 'value="sales" id="q-area-1" checked' in page.text
    assert place.tally().answered == 0


def test_what_was_typed_is_text_and_never_markup(place: Host) -> None:
    nasty = '</textarea><script>alert("x")</script>'
    for do in ("edit", "preview"):
        page = post(place.client(), place.tokens[0], do, keep=nasty)
        assert "<script>alert" not in page.text


def test_texts_too_long_together_are_refused_kindly(place: Host) -> None:
    """The check of the host tells of a questionnaire whose limits are too generous."""
    asked = generous(place.settings.questionnaire, 40_000)
    place.settings = replace(place.settings, questionnaire=asked)
    more = secrets.token_hex(18_000)  # which compresses to half, at best
    page = post(place.client(), place.tokens[0], "send", keep="my words", stay=more)
    assert page.status_code == 422
    assert "too long taken together" in page.text
    assert '<a href="#answers">' in page.text
    assert "my words" in page.text
    assert place.tally().answered == 0


# When it cannot be taken


def test_a_wrong_link_is_met_calmly_and_keeps_what_was_typed(place: Host) -> None:
    client = place.client()
    assert client.get("/s/nonsense").status_code == 403
    page = post(client, "nonsense", "send", keep="my words")
    assert page.status_code == 403
    assert "my words" in page.text
    assert 'value="send"' not in page.text


def test_a_link_that_no_ledger_knows_is_a_wrong_one(place: Host) -> None:
    stranger = links.mint(place.settings.link_keys, links.Link(Quarter(2026, 4), b"z" * 16))
    assert post(place.client(), stranger, "send", area="sales").status_code == 403


@pytest.mark.parametrize(("day", "status"), [(30, 200), (31, 410)])
def test_a_box_takes_answers_to_the_end_of_its_last_day(place: Host, day: int, status: int) -> None:
    place.day = date(2027, 1, day)
    client = place.client()
    assert client.get(f"/s/{place.tokens[0]}").status_code == status
    page = post(client, place.tokens[0], "preview", keep="late words")
    assert page.status_code == status
    assert "late words" in page.text


def test_a_box_that_was_closed_early_takes_nothing(place: Host) -> None:
    client = place.client()
    box.close(place.path, place.settings.ledger_key, date(2026, 12, 1))
    assert post(client, place.tokens[0], "send", area="sales").status_code == 410
    assert place.tally().answered == 0


def test_a_quarter_without_a_box_is_closed(place: Host) -> None:
    early = links.mint(place.settings.link_keys, links.Link(Quarter(2027, 1), b"a" * 16))
    client = place.client()
    assert client.get(f"/s/{early}").status_code == 410
    page = post(client, early, "send", keep="too early")
    assert page.status_code == 410
    assert "too early" in page.text


def test_a_full_disk_is_told_calmly_and_the_answer_can_be_sent_again(place: Host) -> None:
    page = post(_at_a_full_disk(place), place.tokens[0], "send", keep="my words")
    assert page.status_code == 503
    assert "counts only once all the same" in page.text
    assert "my words" in page.text
    assert "disk" not in page.text
    again = post(place.client(), place.tokens[0], "send", receipt=receipt_of(page), keep="my words")
    assert again.status_code == 303


# The receipt, and taking an answer back


def test_an_answer_is_taken_back_with_its_code(place: Host) -> None:
    client = place.client()
    post(client, place.tokens[0], "send", area="sales")
    code = receipts.code(b"\xab" * 16)
    taken = client.post("/withdraw", data={"code": code.lower(), "lang": "en"})
    assert taken.status_code == 200
    assert place.tally().present == 0
    assert post(client, place.tokens[0], "send", receipt="cd" * 16, area="x").status_code == 422
    assert post(client, place.tokens[0], "send", area="sales").status_code == 410


def test_taking_back_looks_the_same_whether_or_not_there_was_an_answer(place: Host) -> None:
    client = place.client()
    post(client, place.tokens[0], "send", area="sales")
    codes = [receipts.code(b"\xab" * 16), receipts.code(b"\xab" * 16), receipts.code(b"\x01" * 16)]
    pages = [client.post("/withdraw", data={"code": code}).data for code in codes]
    assert len(set(pages)) == 1


def test_a_mistyped_code_is_told_and_kept(place: Host) -> None:
    page = place.client().post("/withdraw", data={"code": "ABCD-1", "lang": "en"})
    assert page.status_code == 422
    assert 'value="ABCD-1"' in page.text
    assert "<title>Error:" in page.text


def test_a_withdrawal_that_fails_is_told_so_and_keeps_its_code(place: Host) -> None:
    client, code = place.client(), receipts.code(b"\xab" * 16)
    post(client, place.tokens[0], "send", area="sales")
    broken = place.client(Ways(dummy=_broken))
    page = broken.post("/withdraw", data={"code": code, "lang": "en"})
    assert page.status_code == 503
    assert "could not take the answer back now" in page.text
    assert f'value="{code}"' in page.text
    client.post("/withdraw", data={"code": code})
    assert place.tally().present == 0


def test_nothing_is_taken_back_after_the_last_day(place: Host) -> None:
    client = place.client()
    post(client, place.tokens[0], "send", area="sales")
    place.day = date(2027, 1, 31)
    code = receipts.code(b"\xab" * 16)
    assert client.post("/withdraw", data={"code": code}).status_code == 200
    assert place.tally().present == 1
