"""desk.context: a page knows which quarter HR looked at last."""

from __future__ import annotations

from tests.support.desks import Desk


def test_a_page_about_no_quarter_leads_back_to_the_one_looked_at(closed: Desk) -> None:
    closed.get("/q/2026-q2/")
    assert 'href="/q/2026-q2/comments/"' in closed.get("/commitments/").html
