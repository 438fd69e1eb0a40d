"""desk.signin: who gets in, by the address on the terminal alone, and whose forms are taken."""

from __future__ import annotations

import pytest

from tests.support import desks
from tests.support.desks import ADDRESS, OF, Desk

# Who gets in.


@pytest.mark.parametrize("path", ["/", "/commitments/", f"/preview/sv/{OF}/", "/nonsense"])
def test_nobody_gets_in_without_the_address_on_the_terminal(outside: Desk, path: str) -> None:
    refused = outside.get(path)
    assert refused.status == 401
    assert "terminal" in refused.html


def test_the_address_works_once(outside: Desk) -> None:
    first = outside.door.token
    outside.sign_in()
    assert outside.get("/commitments/").status == 200
    outside.client = desks.desk(outside.project).client
    for token in (first, "wrong", "å"):
        assert outside.get(f"/in/{token}").status == 401
    assert outside.get("/commitments/").status == 401


def test_a_used_address_lets_no_second_browser_in(outside: Desk) -> None:
    token = outside.door.token
    outside.sign_in()
    second = outside.client.application.test_client()
    assert second.get(f"/in/{token}", base_url=f"http://{ADDRESS}").status_code == 401
    assert second.get("/commitments/", base_url=f"http://{ADDRESS}").status_code == 401


def test_the_cookie_stays_with_this_browser_and_this_process(outside: Desk) -> None:
    answer = outside.client.get(f"/in/{outside.door.token}", base_url=f"http://{ADDRESS}")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    value = cookie.partition(";")[0]
    later = desks.desk(outside.project).client.application.test_client(use_cookies=False)
    answer = later.get("/commitments/", base_url=f"http://{ADDRESS}", headers={"Cookie": value})
    assert answer.status_code == 401


def test_signing_out_ends_it(desk: Desk) -> None:
    assert desk.post("/out").status == 200
    assert desk.get("/commitments/").status == 401


# What it refuses.


@pytest.mark.parametrize("host", ["evil.test", "localhost:8010", "127.0.0.1:9999", "127.0.0.1"])
def test_another_name_for_this_machine_is_refused(desk: Desk, host: str) -> None:
    """A page elsewhere can let its own name point here, and would then read what it likes."""
    assert desk.get("/commitments/", Host=host).status == 421
    assert desk.get(f"/in/{desk.door.token}", Host=host).status == 421


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_can_neither_open_nor_post(desk: Desk, site: str) -> None:
    assert desk.get("/commitments/", **{"Sec-Fetch-Site": site}).status == 403
    token = desk.token()
    answer = desk.client.post(
        "/commitments/new",
        base_url=f"http://{ADDRESS}",
        data={"csrf_token": token},
        headers={"Sec-Fetch-Site": site, "Origin": f"http://{ADDRESS}"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.test", "http://127.0.0.1:9999", "null", ""])
def test_a_post_from_another_origin_is_refused(desk: Desk, origin: str) -> None:
    answer = desk.client.post(
        f"/q/{OF}/keys",
        base_url=f"http://{ADDRESS}",
        data={"csrf_token": desk.token()},
        headers={"Origin": origin} if origin else {},
    )
    assert answer.status_code == 403
    assert not desk.host().files.private_keys(OF)[0].exists()
