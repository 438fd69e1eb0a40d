"""A collecting host in a folder: two questions of each kind, one open box, and a leaver's moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.ballots import Tally, Terms, box, seal
from survey.ballots.box import SAFE, Ways
from survey.invitations import links
from survey.project import PACKAGED, Organisation, Project
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.questions import Item, Questionnaire
from survey.settings import Settings
from survey.web.app import create

QUARTER = Quarter(2026, 4)
PRIVATE, PUBLIC = seal.new_keys()
LEDGER = b"l" * 32


@dataclass
class Host:
    """The host and what a test may move: the day and the seconds."""

    settings: Settings
    tokens: list[str]
    day: date = date(2026, 12, 31)
    seconds: list[float] = field(default_factory=lambda: [0.0])

    def app(self, ways: Ways = SAFE) -> Flask:
        """A fresh process."""
        return create(self.settings, lambda: self.day, lambda: self.seconds[0], ways)

    def client(self, ways: Ways = SAFE) -> FlaskClient:
        """A browser at a fresh process."""
        return self.app(ways).test_client()

    @property
    def path(self) -> Path:
        """The quarter's box."""
        return self.settings.project.box(QUARTER)

    def tally(self) -> Tally:
        """What the box counts."""
        with box.opened(self.path) as ballots:
            return ballots.tally()

    def responses(self) -> list[seal.Response]:
        """What the box holds."""
        with box.opened(self.path) as ballots:
            return seal.open_all(ballots.bodies(), [PRIVATE])

    def leaves(self) -> list[bytes]:
        """What proves that they were counted."""
        with box.opened(self.path) as ballots:
            return seal.open_leaves(ballots.leaves(), [PRIVATE])


def host(root: Path, links_issued: int = 3, **kept: Any) -> Host:
    """A host with one open box and some links; `kept` is what else its terms say."""
    project = Project(root)
    project.responses.mkdir(parents=True)
    questionnaire = read_questionnaire(PACKAGED / "questionnaire.yaml")
    settings = Settings(project, _organisation(), questionnaire, (b"k" * 32,), LEDGER, b"f" * 32)
    terms = Terms(QUARTER, (PUBLIC,), date(2027, 1, 30), k=5, minimum=8, capacity=4)
    terms = replace(terms, **kept)
    box.create(project.box(QUARTER), terms, LEDGER)
    minted = [links.Link(QUARTER, bytes([n]) * 16) for n in range(1, links_issued + 1)]
    with box.opened(project.box(QUARTER), LEDGER) as ballots:
        ballots.issue([links.mark(LEDGER, link) for link in minted])
    return Host(settings, [links.mint(settings.link_keys, link) for link in minted])


def generous(asked: Questionnaire, limit: int) -> Questionnaire:
    """The questionnaire with room for so many characters in each text."""

    def own(item: Item) -> Item:
        return replace(item, limit=limit) if item.limit else item

    sections = [replace(one, items=tuple(map(own, one.items))) for one in asked.sections]
    return replace(asked, sections=tuple(sections))


def _organisation() -> Organisation:
    contact = {"sv": "företagshälsovården", "en": "occupational health"}
    second = {"sv": "skyddsombudet", "en": "the safety representative"}
    return Organisation(
        "Bolaget", contact, second, ("sv", "en"), "http://form.test", "http://exit.test"
    )


def receipt_of(page: TestResponse) -> str:
    """The receipt that a page carries."""
    found = re.search(r'name="receipt" value="([0-9a-f]{32})"', page.text)
    assert found
    return found[1]


def post(client: FlaskClient, token: str, do: str, **fields: Any) -> TestResponse:
    """Press a button of the form with these fields."""
    body = {"token": token, "receipt": "ab" * 16, "lang": "en", "do": do, **fields}
    return client.post("/s", data={name: value for name, value in body.items() if value != []})
