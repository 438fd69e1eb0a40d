"""What leavers wrote, on the theme pages, and moderation.md: what became of every comment.

Texts of leavers and of their moderators alike are values here: no character of them is markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.records.record import Voice

SIDES = ("strength", "problem")


def of_theme(e: Edition, theme: str) -> Iterator[str]:
    """What was written about a theme: paraphrases first, then the quote, if there is any."""
    told = [voice for voice in e.now.voices if voice.theme == theme]
    if not told:
        return
    yield md.heading(2, e.words("voices.title"))
    for voice in sorted(told, key=lambda one: (one.kind == "quote", SIDES.index(one.side))):
        yield _told(e, voice)
    yield md.link(e.words("voices.more"), "../moderation.md")


def _told(e: Edition, voice: Voice) -> str:
    kind = e.words(f"voices.{voice.kind}.{voice.side}")
    words = e.text(voice.words)
    told = md.turned(words) if voice.kind == "quote" else words
    return f"{md.strong(kind)} {e.words('voices.' + voice.kind, words=told)}"


def page(e: Edition) -> str:
    """The moderation ledger: counts, and the rules behind them."""
    head = [e.words("table.what"), e.words("table.count")]
    rows = [
        [e.words(f"moderation.{what}"), _range(e, low, high)]
        for what, low, high in e.now.moderation
    ]
    return md.page([
        md.heading(1, e.words("moderation.title")),
        md.block("lead", e.words("moderation.lead")),
        md.table(head, rows),
        *(e.words(f"moderation.rule.{rule}") for rule in _rules(e)),
    ])  # fmt: skip


def _rules(e: Edition) -> tuple[str, ...]:
    """Editions of earlier versions counted what was written under low ratings too."""
    earlier = any(what == "came" for what, *_ in e.now.moderation)
    return ("paraphrase", "quote", "hold", *(() if earlier else ("follow",)))


def _range(e: Edition, low: int, high: int) -> str:
    if low == high:
        return e.words.number(low)
    key = "moderation.most" if low == 0 else "moderation.range"
    return e.words(key, low=e.words.number(low), high=e.words.number(high))
