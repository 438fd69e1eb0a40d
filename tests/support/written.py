"""What leavers wrote: a few comments, what was decided about them, and an edition that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reporter.comments import Paraphrase, Side, State, decisions, moderation, paraphrases
from reporter.records import Finding, Record
from reporter.records.findings import WROTE
from tests.support.records import LAST, edition

LANGUAGES = ("sv", "en")
THEMES = ("pay", "team", "manager")
PROBLEM, STRENGTH = Side.PROBLEM, Side.STRENGTH


def comment(text: str = "x", **other: str) -> dict[str, str]:
    """A comment as it comes out of the box."""
    side = "strength" if other.get("question") == "keep" else "problem"
    given = {"question": "improve", "theme": "", "consent": "paraphrase", "text": text}
    return {**given, "side": side, **other}


def decided(*found: dict[str, str], theme: str = "") -> State:
    """The comments, each confirmed as on the theme if one is given."""
    state = decisions.begin(found)
    for one in state.comments if theme else ():
        state = decisions.confirm(state, one.id, [theme], THEMES)
    return state


def five(**other: str) -> State:
    """Five people on pay, just enough to be told in other words."""
    return decided(*(comment(f"low pay number {n}", **other) for n in range(5)), theme="pay")


def said(**other: Any) -> Paraphrase:
    """What they come to, before anybody approved it."""
    told = {"sv": "Lönen är för låg.", "en": "Pay is too low."}
    return replace(Paraphrase("pay", PROBLEM, told, "AB"), **other)


def edition_of(wrote: int = 30) -> Record:
    """An edition of the made-up company in which so many wrote what to improve."""
    made = edition(LAST)
    told = tuple(one for one in made.findings if one.question != "improve")
    n = made.counted
    return replace(made, findings=(*told, Finding("all", "improve", WROTE, n, wrote, wrote)))


def named(**counts: int) -> State:
    """Thirty who wrote what to improve, so many of them on each theme."""
    themes: Sequence[str] = [theme for theme, count in counts.items() for _ in range(count)]
    state = decided(*(comment(f"{n}") for n in range(30)))
    for one, theme in zip(state.comments, [*themes, *[""] * (30 - len(themes))], strict=True):
        state = decisions.confirm(state, one.id, [theme] if theme else [], THEMES)
    return state


def published() -> Record:
    """An edition that tells twelve on pay, in hostile words."""
    state = named(pay=12)
    hostile = "<script>alert(1)</script> **fet** [x](y) | `k`"
    state = paraphrases.save(state, said(words={"sv": hostile, "en": "Low."}), LANGUAGES)
    state = paraphrases.approve(state, "pay", PROBLEM, "CD", LANGUAGES)
    return moderation.moderated(edition_of(), state)
