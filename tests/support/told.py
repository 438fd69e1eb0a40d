"""What an edition says in each language: its pages as text, from two small records."""

from __future__ import annotations

import re
from typing import Any

from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.records import Record
from survey import words
from tests.support.editions import by_area, record

SV, EN = map(words_in, ("sv", "en"))


def records(**changes: Any) -> list[Record]:
    """Two editions, a year apart; pay is divided by area in the new one."""
    reasons = {"pay": (30, 12, 12), "team": (30, 0, 2), "growth": (30, 5, 7)}
    old = record("2025-q2", reasons, {"team": (30, 12, 12)})
    new = record("2026-q1", reasons, {"team": (30, 26, 26), "growth": (31, 3, 5)}, **changes)
    return [old, by_area(new)]


def edition(language: words.Words = SV, **changes: Any) -> dict[str, str]:
    """The pages of the newest of them, by path."""
    made = records(**changes)
    return pages.edition(made, pages.draw(made), language)


def plain(page: str) -> str:
    """The page without its drawings, as a reader sees its spaces."""
    return re.sub(r"<figure.*?</figure>", "", page).replace("\u00a0", " ")
