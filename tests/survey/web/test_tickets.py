"""The ticket in the receipt page's address: readable for minutes, by one process."""

from __future__ import annotations

import pytest

from survey.quarter import Quarter
from survey.web.tickets import TURN_SECONDS, Ticket, Tickets
from tests.support.leaver import Host, post

TICKET = Ticket(b"r" * 16, Quarter(2026, 4), "sv")


@pytest.mark.parametrize(
    ("seconds", "readable"),
    [(0, True), (TURN_SECONDS, True), (2 * TURN_SECONDS - 1, True), (2 * TURN_SECONDS, False)],
)
def test_a_ticket_is_read_until_its_key_is_forgotten(seconds: float, readable: bool) -> None:
    now = [1000.0]
    tickets = Tickets(lambda: now[0])
    text = tickets.write(TICKET)
    now[0] += seconds
    assert tickets.read(text) == (TICKET if readable else None)


def test_another_process_reads_nothing() -> None:
    assert Tickets(lambda: 0.0).read(Tickets(lambda: 0.0).write(TICKET)) is None


@pytest.mark.parametrize("text", ["", "x", "AAAA", "å", "A" * 500])
def test_what_is_no_ticket_says_nothing(text: str) -> None:
    assert Tickets(lambda: 0.0).read(text) is None


def test_a_ticket_hides_the_receipt_and_is_never_the_same_twice() -> None:
    tickets = Tickets(lambda: 0.0)
    assert tickets.write(TICKET) != tickets.write(TICKET)
    assert len(tickets.write(TICKET)) < 100


def test_the_receipt_page_is_forgotten_after_half_an_hour(place: Host) -> None:
    client = place.client()
    address = post(client, place.tokens[0], "send", area="sales").location
    place.seconds[0] = 14 * 60
    assert client.get(address).status_code == 200
    place.seconds[0] = 31 * 60
    page = client.get(address, headers={"Accept-Language": "en"})
    assert page.status_code == 410
    assert "cannot be shown again" in page.text


def test_another_process_cannot_read_a_receipt_page(place: Host) -> None:
    address = post(place.client(), place.tokens[0], "send", area="sales").location
    assert place.client().get(address).status_code == 410
    assert place.client().get("/done/nonsense").status_code == 410
