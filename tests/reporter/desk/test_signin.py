"""desk.signin: who gets in, by the address on the terminal alone, and whose forms are taken."""

from __future__ import annotations

import re

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


# Signing out, and an address that was followed before.


def _cookie(desk: Desk) -> str:
    found = desk.client.get_cookie("avstamp-desk-8010", "127.0.0.1")
    assert found
    return f"{found.key}={found.value}"


def test_a_copied_cookie_is_void_once_its_browser_signed_out(desk: Desk) -> None:
    desk.get("/commitments/")
    copied = _cookie(desk)
    thief = desk.client.application.test_client(use_cookies=False)
    sent = {"base_url": f"http://{ADDRESS}", "headers": {"Cookie": copied}}
    assert thief.get("/commitments/", **sent).status_code == 200
    desk.post("/out")
    refused = thief.get("/commitments/", **sent)
    assert refused.status_code == 401
    assert 'class="places"' not in refused.text, "nothing is told of where the desk stands"


def test_signing_out_twice_says_twice_that_one_is_out(desk: Desk) -> None:
    token = desk.token()
    assert [desk.post("/out", token).status for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("ahead", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}, {}])
def test_looking_at_the_address_ahead_spends_nothing(outside: Desk, ahead: dict[str, str]) -> None:
    address, base = f"/in/{outside.door.token}", f"http://{ADDRESS}"
    ask = outside.client.get if ahead else outside.client.head
    looked = ask(address, base_url=base, headers=ahead)
    assert (looked.status_code, looked.text) == (204, "")
    wrong = ask("/in/wrong", base_url=base, headers=ahead)
    assert wrong.status_code == 204, "nor does it tell whether the address is right"
    outside.sign_in()
    assert outside.get("/commitments/").status == 200


def test_an_address_followed_from_a_mail_goes_on_from_a_page_of_our_own(outside: Desk) -> None:
    """The cookie is sent to nobody whom another site leads here, nor after a redirect."""
    entered = outside.get(f"/in/{outside.door.token}", **{"Sec-Fetch-Site": "cross-site"})
    assert entered.status == 200
    assert '<meta http-equiv="refresh" content="0; url=/">' in entered.html
    assert '<a href="/">' in entered.html
    assert outside.get("/", **{"Sec-Fetch-Site": "same-origin"}).status == 303


def test_an_address_followed_again_leads_on_or_says_what_to_do(outside: Desk) -> None:
    token = outside.door.token
    outside.sign_in()
    assert outside.get(f"/in/{token}").location == "/", "it is the same browser"
    stranger = outside.client.application.test_client()
    told = stranger.get(
        f"/in/{token}", base_url=f"http://{ADDRESS}", headers={"Accept-Language": "sv"}
    )
    assert told.status_code == 401
    assert "Adressen är redan använd" in told.text
    assert '<a href="/">' in told.text


# What was typed is not lost with the sign-in.


def test_what_was_typed_before_the_desk_ended_is_shown_to_be_copied(outside: Desk) -> None:
    typed = {"goal_sv": "Lön <b>öppet</b> berättad", "do": "save", "line_date": "2026-11-02"}
    shown = outside.post("/commitments/new", "of an earlier desk", **typed)
    assert shown.status == 401
    told = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", shown.html, re.DOTALL)
    assert told
    assert told[1].strip() == "Lön &lt;b&gt;öppet&lt;/b&gt; berättad"


def test_what_another_page_sent_is_not_shown(outside: Desk) -> None:
    answer = outside.client.post(
        "/commitments/new",
        base_url=f"http://{ADDRESS}",
        data={"goal_sv": "Call this number now"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert "Call this" not in answer.text


def test_a_form_that_is_too_large_is_refused_calmly(desk: Desk) -> None:
    shown = desk.post("/commitments/new", desk.token(), goal_sv="x" * 1_100_000)
    assert shown.status == 413
    assert "<h1" in shown.html
