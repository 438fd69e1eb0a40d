"""desk.invite: a command to copy, and never a link."""

from __future__ import annotations

from tests.support.desks import OF, Desk


def test_the_page_to_invite_shows_a_command_and_a_text_and_no_link(closed: Desk) -> None:
    asked = f"/q/{OF}/invite?lang=en&count=12&format=csv&first=en&slip=7k2m-9qxd"
    shown = closed.get(asked).html
    assert "survey invite 2026-q3 --count 12 --format csv --first en" in shown
    assert "survey reissue 2026-q3 --slip 7K2M-9QXD" in shown
    assert "30 October 2026" in shown
    assert "30 oktober 2026" in shown
    assert "/s/" not in shown


def test_what_is_asked_of_the_command_cannot_be_code(closed: Desk) -> None:
    shown = closed.get(f"/q/{OF}/invite?count=1;rm&format=x&first=<b>&slip=$(id)").html
    assert "survey invite 2026-q3 --count 12 --format slips --first sv" in shown
    assert "$(id)" not in shown
