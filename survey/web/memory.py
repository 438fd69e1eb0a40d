"""All that pages are made of, read when the form starts: templates, words, styles and scripts.

A disk keeps when a file was last read. Were a style, or the template of the receipt page, read when
somebody asks for it, the disk would know of the visit. Covering writes hide only the boxes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from survey import words
from survey.project import PACKAGED

SECONDS = 3600
"""For so long a browser need not ask for a style or a script again."""
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""What there is under `static/`; the system's own list of types would be one more file to read."""
_ANY_DAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Static:
    """One file of `static/`, as it was when the form started."""

    content: bytes
    kind: str

    def response(self) -> Response:
        """The file, or that the browser has it already."""
        reply = Response(self.content, mimetype=self.kind)
        reply.set_etag(hashlib.sha256(self.content).hexdigest()[:32])
        reply.cache_control.public, reply.cache_control.max_age = True, SECONDS
        return reply.make_conditional(request)


def read(app: Flask, languages: Iterable[str]) -> None:
    """Read everything that any page of the form may want, and serve `static/` from memory."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    for language in languages:
        # A date in words makes babel read what it knows of the language.
        words.load(PACKAGED / "locale", language).day(_ANY_DAY)
    _serve(app, {file.name: _static(file) for file in (PACKAGED / "web/static").iterdir()})


def _static(file: Path) -> Static:
    return Static(file.read_bytes(), _TYPES[file.suffix])


def _serve(app: Flask, files: Mapping[str, Static]) -> None:
    def static(filename: str) -> Response:
        return files[filename].response() if filename in files else abort(404)

    app.add_url_rule("/static/<filename>", view_func=static)
