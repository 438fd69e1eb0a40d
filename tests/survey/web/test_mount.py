"""The form below a path: every address it gives leads back to it, whoever takes the path off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from survey import project
from survey.problems import Problem
from survey.settings import Settings
from survey.web import app
from tests.support.leaver import Host, receipt_of


def _below(place: Host, path: str) -> Host:
    organisation = replace(place.settings.organisation, form_url=f"https://intra.example.org{path}")
    return replace(place, settings=replace(place.settings, organisation=organisation))


@pytest.mark.parametrize("passed", ["/exit", ""], ids=["passed on", "taken off"])
def test_the_whole_way_stays_below_the_path(place: Host, passed: str) -> None:
    here, token = _below(place, "/exit"), place.tokens[0]
    client = app.create(here.settings, lambda: date(2026, 12, 1)).test_client()
    page = client.get(f"{passed}/s/{token}")
    addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert addresses
    assert all(one.startswith("/exit/") for one in addresses)
    style = next(one for one in addresses if ".css" in one)
    with client.get(passed + style.removeprefix("/exit")) as sheet:
        assert sheet.status_code == 200
    sent = {"token": token, "receipt": receipt_of(page), "do": "send", "area": "sales"}
    reply = client.post(f"{passed}/s", data=sent)
    assert (reply.status_code, reply.location[:11]) == (303, "/exit/done/")
    done = client.get(passed + reply.location.removeprefix("/exit"))
    assert done.status_code == 200
    assert "/exit/withdraw" in done.text


def test_a_path_that_only_begins_alike_is_another(place: Host) -> None:
    client = app.create(_below(place, "/exit").settings, lambda: date(2026, 12, 1)).test_client()
    assert client.get("/exits/withdraw").status_code == 404
    assert client.get("/exit").status_code == 200


REFUSED = ["https://exit.example.org/?x=1", "https://exit.example.org/#a", "exit.example.org",
           "ftp://exit.example.org", "https://", "https://a@exit.example.org", "https://x:0",
           "https://exit.example.org?"]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_no_link_can_go_on_is_refused(here: Settings, address: str) -> None:
    config = here.project.config
    text = re.sub(r"form_url: .*", f"form_url: '{address}'", config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match="form_url is "):
        project.organisation(here.project)
