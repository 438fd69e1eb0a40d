"""survey.web.rate_limit: whoever comes in a flood has to wait, and loses nothing."""

from __future__ import annotations

from survey.ballots import receipts
from survey.web.rate_limit import Bucket
from tests.support.leaver import Host, post


def test_many_withdrawals_at_once_have_to_wait_and_keep_their_code(place: Host) -> None:
    """Each looks through a whole box. A mistyped code does not, and costs nobody a turn."""
    client, code = place.client(), receipts.code(b"\xab" * 16)
    for _ in range(40):
        assert client.post("/withdraw", data={"code": "ABCD-1"}).status_code == 422
    statuses = [client.post("/withdraw", data={"code": code}).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    for language, title in (("sv", "många här just nu"), ("en", "Many people are here")):
        page = client.post("/withdraw", data={"code": code, "lang": language})
        assert (page.status_code, page.headers["Retry-After"]) == (429, "10")
        assert title in page.text
        assert f'value="{code}"' in page.text
    place.seconds[0] += 1
    assert client.post("/withdraw", data={"code": code}).status_code == 200


def test_a_flood_of_answers_has_to_wait_and_keeps_what_was_typed(place: Host) -> None:
    app = place.app()
    while app.extensions["avstamp"].posts.take():
        """Somebody floods the form."""
    page = post(app.test_client(), place.tokens[0], "send", keep="my words")
    assert page.status_code == 429
    assert "my words" in page.text
    place.seconds[0] += 1
    assert post(app.test_client(), place.tokens[0], "send", keep="my words").status_code == 303


def test_a_bucket_gives_a_burst_and_then_a_rate() -> None:
    seconds = [0.0]
    bucket = Bucket(rate=2, burst=3, clock=lambda: seconds[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    seconds[0] = 0.5
    assert [bucket.take(), bucket.take()] == [True, False]
    seconds[0] = 100.0
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
