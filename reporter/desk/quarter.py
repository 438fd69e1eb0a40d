"""The quarter at a glance: what came in, what is missing, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from reporter import keys, status
from reporter.desk import context
from reporter.status import Standing
from survey.ballots import counts

pages = Blueprint("quarter", __name__)


@pages.get("/")
def start() -> Response:
    """Leads to the quarter that waits for something."""
    return redirect(url_for("quarter.quarter", name=status.present(context.host())), 303)


@pages.get("/q/<name>/")
def quarter(name: str) -> Response:
    """One quarter: how many, never who or when, and its checklist."""
    of, host = context.of(name), context.host()
    found = context.standing_of(of)
    shown: dict[str, Any] = {"standing": found, "others": status.quarters(host)}
    shown["warned"] = session.pop("warned", [])
    return context.page("quarter.html", of=of, counted=_counted(found), **shown)


def _counted(found: Standing) -> Callable[[int], str]:
    """How a count of the box is told: in steps while it is open."""
    words = context.spoken()

    def told(count: int) -> str:
        if not found.still_open:
            return words.number(count)
        step = counts.reached(count)
        key = "least" if step else "fewer"
        return words(f"desk.glance.{key}", n=words.number(step or counts.STEPS[0]))

    return told


@pages.get("/q/")
def chosen() -> Response:
    """Leads to the quarter chosen in the list."""
    of = context.of(request.args.get("name", ""))
    return redirect(url_for("quarter.quarter", name=of), 303)


@pages.post("/q/<name>/keys")
def make_keys(name: str) -> Response:
    """Make the quarter's keys, as `reporter keys` does."""
    of, host = context.of(name), context.host()
    keys.make(host.files, of, host.policy)
    return redirect(url_for("quarter.quarter", name=of), 303)
