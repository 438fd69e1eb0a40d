"""The quarter at a glance: what came in, what is missing, and how to mend it."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from reporter import keys, status
from reporter.desk import context

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
    return context.page("quarter.html", of=of, standing=found, others=status.quarters(host))


@pages.get("/q/")
def chosen() -> Response:
    """Leads to the quarter chosen in the list."""
    of = context.of(request.args.get("name", ""))
    return redirect(url_for("quarter.quarter", name=of), 303)


@pages.post("/q/<name>/keys")
def make_keys(name: str) -> Response:
    """Make the quarter's keys, as `reporter keys` does."""
    of, host = context.of(name), context.host()
    holders = 2 if request.form.get("holders") == "2" else 1
    keys.make(host.files, of, host.policy, holders)
    return redirect(url_for("quarter.quarter", name=of), 303)
