"""survey.invitations.links: minted and read, in one spelling."""

from __future__ import annotations

import base64
import secrets

import pytest

from survey.invitations import links
from survey.quarter import Quarter

OLD, NEW = b"o" * 32, b"n" * 32
LINK = links.Link(Quarter(2026, 4), bytes(range(16)))
TOKEN = links.mint([OLD, NEW], LINK)


def test_a_link_reads_back_with_any_of_the_keys() -> None:
    assert links.read([OLD, NEW], TOKEN) == LINK
    assert links.read([NEW], TOKEN) == LINK
    assert links.read([OLD, NEW], links.mint([OLD], LINK)) == LINK


def test_a_link_of_a_foreign_key_is_refused() -> None:
    with pytest.raises(links.BadLink):
        links.read([OLD], TOKEN)


def test_a_token_tells_nothing_but_quarter_and_nonce() -> None:
    payload = base64.urlsafe_b64decode(TOKEN.split(".")[0] + "==")
    assert payload == b'["2026-q4", "AAECAwQFBgcICQoLDA0ODw"]'


LAST = TOKEN[-1]
TWIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SPELLINGS = [TOKEN[:-1] + other for other in TWIN if other != LAST]


@pytest.mark.parametrize("spelling", [*SPELLINGS, TOKEN + "=", TOKEN + "\n", f" {TOKEN}", ""])
def test_another_spelling_of_the_same_token_is_refused(spelling: str) -> None:
    """Base64's last letter has spare bits: several texts decode to one signature."""
    with pytest.raises(links.BadLink):
        links.read([OLD, NEW], spelling)


@pytest.mark.parametrize(
    "garbage", ["x", "a.b", "." * 50, "å" * 90, "W10.x", "A" * 5000, TOKEN.replace(".", "")]
)
def test_garbage_is_refused_without_a_fuss(garbage: str) -> None:
    with pytest.raises(links.BadLink):
        links.read([OLD, NEW], garbage)


def test_the_ledgers_mark_cannot_be_led_back_without_its_key() -> None:
    assert links.mark(OLD, LINK) != links.mark(NEW, LINK)
    assert len(links.mark(OLD, LINK)) == 32


def test_a_slip_number_gives_the_same_link_again() -> None:
    number = links.number()
    assert links.numbered(NEW, Quarter(2026, 4), number) == links.numbered(
        NEW, Quarter(2026, 4), number
    )
    others = {links.numbered(NEW, Quarter(2026, 4), links.number()).nonce for _ in range(100)}
    assert len(others) == 100


def test_a_slip_number_can_be_read_out() -> None:
    assert links.number(lambda letters: letters[-1]) == "ZZZZ-ZZZZ"
    assert secrets.choice(links.number()) not in "OIL"
