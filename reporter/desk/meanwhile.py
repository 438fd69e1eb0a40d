"""Was it changed meanwhile? A form carries a mark of what it was filled from.

Another tab, another person, a command or an editor may have saved since the page was shown. Then
both versions are shown, what was typed stays in the form, and to press again is to go on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import request


@dataclass(frozen=True)
class Differing:
    """One thing that two people want otherwise: its label, what is saved now, and what was sent."""

    label: str
    saved: str
    mine: str


class Overtaken(Exception):
    """A step would change what its page did not show: nothing is written."""


def mark(shown: object) -> str:
    """A short sign of what a form is filled from: any frozen value or text, by its repr."""
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def overtaken(now: str, field: str = "base") -> bool:
    """Whether the form that was sent was filled from something else than what stands now."""
    sent = request.form.get(field, "")
    return bool(sent) and sent != now


def base(now: str) -> str:
    """The mark that a page carries: while mistakes are mended, still that of the page before."""
    return request.form.get("base", "") or now
