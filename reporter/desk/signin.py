"""Who may use the desk: one browser, once, from this machine and from the desk's own pages."""

from __future__ import annotations

import hmac
import secrets

from flask import Blueprint, Request, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from reporter.desk import context

pages = Blueprint("signin", __name__)


class Door:
    """A sign-in token that opens once. Both secrets live as long as the process."""

    def __init__(self) -> None:
        self.token: str | None = secrets.token_urlsafe(32)
        self.guest = secrets.token_urlsafe(32)
        """What a signed-in browser's cookie carries."""

    def open(self, token: str) -> bool:
        """Whether this is the token, and for the first time."""
        mine, right = self.token or "", hmac.compare_digest
        if not mine or not right(mine.encode(), token.encode("utf-8", "replace")):
            return False
        self.token = None
        return True

    def knows(self, guest: object) -> bool:
        """Whether the cookie was given out by this process."""
        return isinstance(guest, str) and hmac.compare_digest(self.guest, guest)


@pages.get("/in/<token>")
def enter(token: str) -> Response:
    """Spend the address printed on the terminal, and leave it behind: its place holds a secret."""
    if not _door().open(token):
        abort(401)
    session.clear()
    session["guest"] = _door().guest
    return redirect(url_for("quarter.start"), 303)


@pages.post("/out")
def leave() -> Response:
    """Sign this browser out; the address on the terminal is spent, so a restart lets one in."""
    session.clear()
    return context.notice("left", 200)


def guard() -> None:
    """Refuse, before any page is made, whatever does not come from the desk's own browser."""
    _right_host(request)
    if request.endpoint in ("static", "signin.enter"):
        return
    _right_origin(request)
    if not _door().knows(session.get("guest")):
        abort(401)


def _right_host(asked: Request) -> None:
    """A page elsewhere can let its own name point to 127.0.0.1: only our address is answered."""
    if asked.host != context.here().address:
        abort(421)


def _right_origin(asked: Request) -> None:
    """Another page must neither post to the desk nor have it opened from a link of its own.

    All of 127.0.0.1 is one site to the browser whatever the port, so `same-site` is refused too.
    """
    site = asked.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin", "none"):
        abort(403)
    if asked.method in ("GET", "HEAD"):
        return
    origin = asked.headers.get("Origin")
    if origin != f"http://{context.here().address}" and site != "same-origin":
        abort(403)


def _door() -> Door:
    door: Door = current_app.extensions["avstamp-door"]
    return door
