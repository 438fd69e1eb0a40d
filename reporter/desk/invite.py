"""How to invite: the command for the collecting host and the text to send. It touches no link."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from reporter.desk import context
from survey.words import Words

pages = Blueprint("invite", __name__)

_SLIP = re.compile(r"[0-9A-Z]{4}-?[0-9A-Z]{4}")
_COUNT = re.compile(r"[1-9]\d{0,4}")
FORMATS = ("slips", "csv")


@dataclass(frozen=True)
class Wish:
    """What the command shall do. It is shown, never run: links are made on another machine."""

    count: int
    format: str
    first: str
    slip: str
    """The number of a lost slip, or nothing."""


@pages.get("/q/<name>/invite")
def invite(name: str) -> Response:
    """The commands to run where the links are made, and the text to send with them."""
    of, wish = context.of(name), _wish()
    texts = _texts(wish.first)
    found = context.standing_of(of)
    return context.page("invite.html", of=of, wish=wish, texts=texts, standing=found)


def _wish() -> Wish:
    """What the address asks for; what makes no sense is as if it was not asked."""
    known, asked = context.here().organisation.languages, request.args
    slip = asked.get("slip", "").strip().upper()
    return Wish(
        int(asked["count"]) if _COUNT.fullmatch(asked.get("count", "")) else 12,
        asked["format"] if asked.get("format") in FORMATS else FORMATS[0],
        asked["first"] if asked.get("first") in known else known[0],
        slip if _SLIP.fullmatch(slip) else "",
    )


def _texts(first: str) -> list[tuple[str, Words]]:
    known = context.here().organisation.languages
    order = [first, *(one for one in known if one != first)]
    return [(one, context.load(one)) for one in order]
