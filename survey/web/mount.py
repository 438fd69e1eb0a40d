"""Where the form stands under its address: below a path if `form_url` has one, else at the top.

What stands in front of it may pass the path on or take it off; both reach the same pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.routing import PathConverter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Mailed(PathConverter):
    """A link's token with whatever a mail program added, a slash or a line break among it."""

    regex = r"(?s:.+?)"


class Below:
    """A WSGI application whose pages know that they stand below a path."""

    def __init__(self, inner: WSGIApplication, form_url: str) -> None:
        self._inner, self._path = inner, urlsplit(form_url).path.rstrip("/")

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Tell the application where it stands."""
        if self._path:
            environ["SCRIPT_NAME"] = self._path
            asked = environ.get("PATH_INFO", "")
            if asked == self._path or asked.startswith(f"{self._path}/"):
                environ["PATH_INFO"] = asked[len(self._path) :] or "/"
        return self._inner(environ, start)
