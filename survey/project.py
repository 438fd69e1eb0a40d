"""Where things lie in a project, and what mkdocs.yml says about the organisation."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from survey import config
from survey.problems import Complaints
from survey.quarter import Quarter
from survey.questions import LANGUAGES, Texts
from survey.worded import markup

PACKAGED = Path(__file__).parent
HINTS = PACKAGED / "web" / "static" / "hints.js"
"""What in a text may point at a person: patterns that the form and the reporting host share."""


@dataclass(frozen=True)
class Organisation:
    """`extra: avstamp:` of mkdocs.yml: who asks, and whom a leaver may turn to."""

    organisation: str
    contact: Texts
    """A person or office to talk to that does not touch this system."""
    second_holder: Texts
    """Who can hold the second key of a quarter."""
    languages: tuple[str, ...]
    form_url: str
    """The address of the form as leavers reach it, without a closing slash."""
    exit_url: str
    """An ordinary page that the form's quick exit leads to."""


@dataclass(frozen=True)
class Project:
    """A folder with mkdocs.yml at its top; every path of the system is derived here."""

    root: Path

    @property
    def config(self) -> Path:
        """The MkDocs configuration, with the organisation under `extra: avstamp:`."""
        return self.root / "mkdocs.yml"

    @property
    def questionnaire(self) -> Path:
        """The organisation's own questionnaire if it has one, else the packaged one."""
        own = self.root / "survey" / "questionnaire.yaml"
        return own if own.exists() else PACKAGED / "questionnaire.yaml"

    @property
    def responses(self) -> Path:
        """The folder of ballot boxes and of a draft's working files."""
        return self.root / "responses"

    @property
    def secrets(self) -> Path:
        """The folder of secrets, unless systemd hands them in."""
        return self.root / ".secrets"

    @property
    def site(self) -> Path:
        """The folder of the site's content."""
        return self.root / "site"

    def box(self, quarter: Quarter) -> Path:
        """The ballot box of a quarter."""
        return self.responses / f"{quarter}.box"

    def boxes(self) -> list[Path]:
        """Every ballot box that answers are taken in here, oldest quarter first."""
        return sorted(self.responses.glob("????-q?.box"))

    def handed_over(self) -> list[Path]:
        """Every box here to be counted: other collecting hosts' too, as in 2026-q4.oslo.box."""
        return sorted(self.responses.glob("????-q?*.box"))


def organisation(project: Project) -> Organisation:
    """Read and check `extra: avstamp:`; all mistakes are told at once."""
    document = config.read(project.config)
    complaints = Complaints(project.config.name)
    extra = document.get("extra")
    found = extra.get("avstamp") if isinstance(extra, dict) else None
    if not isinstance(found, dict):
        complaints.say("extra", "has no keys under `avstamp:`", "Copy them from the sample.")
        complaints.stop()
    name = str(document.get("site_name", ""))
    if sign := markup(name):
        _say_markup(complaints, "site_name", name, sign)
    return _checked(complaints, found or {})


def _checked(complaints: Complaints, found: dict[str, Any]) -> Organisation:
    names = {field.name for field in fields(Organisation)}
    complaints.unknown_keys("extra: avstamp", found, names)
    languages = _languages(complaints, found)
    _check_address(complaints, found.get("form_url"))
    plain = {name: _text(complaints, name, found) for name in names - {"languages", *_WORDED}}
    worded = {name: _texts(complaints, name, found.get(name), languages) for name in _WORDED}
    if plain["organisation"] and not any(map(str.isalpha, plain["organisation"])):
        what = f"is `{plain['organisation']}`, a number alone"
        mend = "Write it with a word: no page could tell it from a figure."
        complaints.say("extra: avstamp: organisation", what, mend)
    if sign := markup(plain["organisation"]):
        _say_markup(complaints, "extra: avstamp: organisation", plain["organisation"], sign)
    complaints.stop()
    return Organisation(languages=languages, **plain, **worded)  # type: ignore[arg-type]


def _say_markup(complaints: Complaints, place: str, name: str, sign: str) -> None:
    what = f"is `{name}`: a browser may take “{sign}” for more than a sign"
    complaints.say(place, what, "Write it in words.")


def _check_address(complaints: Complaints, found: object) -> None:
    """Links are made of it: only a place can be continued, and only http reaches a browser."""
    if not isinstance(found, str) or not found.strip():
        return
    try:
        parts = urlsplit(found.strip())
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        mend = "Write it as https://exit.example.org, with a path if it has one."
        complaints.say("extra: avstamp: form_url", f"is `{found}`, no address", mend)
    elif parts.query or parts.fragment or "?" in found or "#" in found or parts.username:
        mend = "End it before `?` or `#`, and name nobody in it."
        complaints.say("extra: avstamp: form_url", f"is `{found}`, which no link can go on", mend)


_WORDED = ("contact", "second_holder")


def _text(complaints: Complaints, key: str, found: dict[str, Any]) -> str:
    text = found.get(key)
    if isinstance(text, str) and text.strip():
        return text.strip().rstrip("/")
    complaints.say("extra: avstamp", f"has no `{key}`", f"Add `{key}:` with a text.")
    return ""


def _texts(
    complaints: Complaints, key: str, raw: object, languages: tuple[str, ...]
) -> dict[str, str]:
    texts = raw if isinstance(raw, dict) else {}
    place = f"extra: avstamp: {key}"
    complaints.unknown_keys(place, texts, languages)
    for language in languages:
        if not isinstance(texts.get(language), str):
            complaints.say(place, f"has no text in '{language}'", f"Add `{language}:` under it.")
    return {language: str(texts.get(language, "")) for language in languages}


def _languages(complaints: Complaints, found: dict[str, Any]) -> tuple[str, ...]:
    languages = found.get("languages")
    if isinstance(languages, list) and languages and not set(languages) - set(LANGUAGES):
        return tuple(languages)
    known = ", ".join(LANGUAGES)
    complaints.say("extra: avstamp", "has no list of known `languages`", f"Write [{known}].")
    return ()
