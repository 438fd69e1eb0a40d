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
        """What a signed-in browser's cookie carries, until it signs out."""

    def open(self, token: str) -> bool:
        """Whether this is the token, and for the first time."""
        mine, right = self.token or "", hmac.compare_digest
        if not mine or not right(mine.encode(), token.encode("utf-8", "replace")):
            return False
        self.token = None
        return True

    def close(self) -> None:
        """Nobody is signed in any more, whoever may have copied the cookie."""
        self.guest = secrets.token_urlsafe(32)

    def knows(self, guest: object) -> bool:
        """Whether the cookie was given out by this process."""
        return isinstance(guest, str) and hmac.compare_digest(self.guest, guest)


@pages.get("/in/<token>")
def enter(token: str) -> Response:
    """Spend the address printed on the terminal, and leave it behind: its place holds a secret."""
    if request.method == "HEAD" or _looks_ahead(request):
        return Response(status=204)
    if not _door().open(token):
        return _used()
    session.clear()
    session["guest"] = _door().guest
    # A browser keeps a Strict cookie to itself while it follows another site's link and redirects.
    if request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
        return context.page("entered.html")
    return redirect(url_for("quarter.start"), 303)


_ELSEWHERE = ("cross-site", "same-site")


def _looks_ahead(asked: Request) -> bool:
    """Whether nobody has followed the address yet: a browser or a scanner fetches it ahead."""
    return any("prefetch" in asked.headers.get(name, "") for name in ("Sec-Purpose", "Purpose"))


def _used() -> Response:
    """Lead on whoever is in already; tell anybody else what to do."""
    if _door().knows(session.get("guest")):
        return redirect(url_for("quarter.start"), 303)
    return context.page("used.html", 401)


@pages.post("/out")
def leave() -> Response:
    """Sign out, here and on the server; the address on the terminal is spent: restart the desk."""
    _door().close()
    session.clear()
    return context.notice("left", 200)


def guard() -> Response | None:
    """Refuse, before any page is made, whatever does not come from the desk's own browser."""
    _right_host(request)
    if request.endpoint in ("static", "signin.enter"):
        return None
    _right_origin(request)
    if _door().knows(session.get("guest")):
        return None
    session.clear()
    if request.endpoint != "signin.leave":
        abort(401)
    return context.notice("left", 200)  # pressed twice


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
