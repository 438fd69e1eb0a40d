"""A page of one file on which the second holder makes their key in a browser, without a program."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from reporter.language import words_in
from survey.quarter import Quarter
from survey.questions import LANGUAGES

_HERE = Path(__file__).parent


def html(of: Quarter) -> str:
    """The page for a quarter, in every language, for `reporter keys --page`.

    It works from a file, opened by hand. Its policy lets it run its own script and draw its own
    style, by their hashes, and forbids every request: the key cannot leave it but as a download.
    """
    script, style = (_text(f"static/second.{ending}") for ending in ("js", "css"))
    page = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("second.html")
    return page.render(
        quarter=of,
        spoken=[words_in(language) for language in LANGUAGES],
        script=script,
        style=style,
        policy=_policy(script, style),
    )


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _policy(script: str, style: str) -> str:
    allowed = f"script-src {_hash(script)}; style-src {_hash(style)}"
    return f"default-src 'none'; {allowed}; form-action 'none'; base-uri 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
