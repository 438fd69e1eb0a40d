"""desk.pressing: what is pressed twice is done once, and the first result is shown again."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from reporter.comments import private_file
from reporter.commitments import reading
from reporter.working.alone import held
from tests.support import desks
from tests.support.desks import OF, Desk

TICKET = re.compile(r'name="press" value="([^"]+)"')


def _promise(**others: str) -> dict[str, str]:
    texts = {
        f"{name}_{language}": f"{name} {language}"
        for name in ("title", "goal", "owner")
        for language in ("sv", "en")
    }
    days = {"made": "2026-11-02", "due": "2027-06-30", "line_date": "2026-11-05"}
    rest = {"theme": "pay", "measure": "rate_pay:favourable", "baseline": "40", "target": "50"}
    return {**texts, **days, **rest, "line_status": "planned", **others}


def _twice(desk: Desk, page: str, path: str, **fields: object) -> tuple[int, str]:
    """Press one button of a page twice; what the second press is answered."""
    ticket = TICKET.findall(desk.get(page).html)[-1]
    first, second = (desk.post(path, press=ticket, **fields) for _ in range(2))
    assert (second.status, second.location) == (first.status, first.location)
    assert second.html == first.html
    return second.status, second.location


def _promises(desk: Desk) -> dict[str, int]:
    """Each commitment, and how many lines its history has."""
    found = reading.read(desk.host().files.commitments, desk.host().questionnaire)
    return {one.id: len(one.history) for one in found}


def test_a_commitment_saved_twice_is_one(desk: Desk) -> None:
    before = _promises(desk)
    done = _twice(desk, "/commitments/new", "/commitments/new", **_promise(title_en="Second test"))
    assert done == (303, "/commitments/#second-test")
    assert _promises(desk) == {**before, "second-test": 0}


def test_a_line_of_history_saved_twice_is_one(desk: Desk) -> None:
    desk.post("/commitments/new", **_promise(title_en="Second test"))
    page = "/commitments/second-test"
    line = {"line_text_sv": "Ett steg.", "line_text_en": "One step."}
    _twice(desk, page, page, **_promise(title_en="Second test", **line))
    assert _promises(desk)["second-test"] == 1


def test_a_quarter_drafted_twice_is_opened_once(closed: Desk) -> None:
    """The ids of its comments are drawn by chance: a second draft would draw others."""
    ticket = TICKET.findall(closed.get(f"/q/{OF}/draft").html)[-1]
    closed.post(f"/q/{OF}/draft", press=ticket)
    first = closed.host().files.comments(OF).read_bytes()
    assert closed.post(f"/q/{OF}/draft", press=ticket).location == f"/q/{OF}/draft"
    assert closed.host().files.comments(OF).read_bytes() == first


def test_keys_made_twice_and_an_edition_published_twice_are_one(drafted: Desk) -> None:
    assert _twice(drafted, "/q/2026-q4/", "/q/2026-q4/keys") == (303, "/q/2026-q4/")
    page = f"/q/{OF}/publish"
    assert _twice(drafted, page, page, typed=str(OF)) == (303, f"/q/{OF}/")
    before = desks.files(drafted.project.root)
    assert drafted.post(page, typed=str(OF)).location == f"/q/{OF}/", "from another tab, calmly"
    assert desks.files(drafted.project.root) == before


@pytest.mark.parametrize("step", ["confirm", "flip", "hold", "undo"])
def test_a_decision_about_a_comment_pressed_twice_is_one(drafted: Desk, step: str) -> None:
    page = f"/q/{OF}/comments/00000000"
    drafted.post(page, do="flip")
    drafted.post(page, do="flip")
    _twice(drafted, page, page, do=step, themes=["pay"], why="names")
    assert len(desks.state(drafted).undo) == {"undo": 1}.get(step, 3)


def test_a_paraphrase_and_a_quote_saved_twice_are_one(drafted: Desk) -> None:
    alike = [
        replace(desks.NASTY[n % 3], id=f"aaaaaaa{n}", text=f"x {n}", themes=("pay",))
        for n in range(6)
    ]
    path = drafted.host().files.comments(OF)
    private_file.write(path, replace(desks.state(drafted), comments=tuple(alike)))
    at, page = {"theme": "pay", "side": "strength"}, f"/q/{OF}/voices"
    words = {"words_sv": "Lönen är bra.", "words_en": "The pay is good."}
    _twice(drafted, page, page, do="save", **at, **words, writer="AB")
    _twice(drafted, page, page, do="approve", **at, approver="CD")
    sent = {"do": "quote", "comment": "aaaaaaa0", **at, "text": "x 0", "approver": "AB"}
    _twice(drafted, page, page, **sent)
    assert [one.approver for one in desks.state(drafted).paraphrases] == ["CD"]
    assert len(desks.state(drafted).quotes) == 1
    _twice(drafted, page, page, do="drop", **at)
    assert not desks.state(drafted).paraphrases


def test_what_was_refused_may_be_sent_again_from_the_same_page(desk: Desk) -> None:
    ticket = TICKET.findall(desk.get("/commitments/new").html)[-1]
    wrong, right = _promise(title_en=""), _promise(title_en="Second test")
    assert desk.post("/commitments/new", press=ticket, **wrong).status == 422
    assert desk.post("/commitments/new", press=ticket, **right).status == 303


def test_who_goes_back_and_types_another_promise_keeps_both(desk: Desk) -> None:
    """One more, or a change of the first: the page asks, and what was typed stands in it."""
    ticket = TICKET.findall(desk.get("/commitments/new?lang=en").html)[-1]
    desk.post("/commitments/new", press=ticket, **_promise(title_en="Second test"))
    again = desk.post("/commitments/new", press=ticket, **_promise(title_en="Third test"))
    assert again.status == 409
    assert "/commitments/second-test" in again.html
    assert 'value="Third test"' in again.html
    assert "third-test" not in _promises(desk)
    ticket = TICKET.findall(again.html)[-1]
    desk.post("/commitments/new", press=ticket, **_promise(title_en="Third test"))
    assert {"second-test", "third-test"} <= set(_promises(desk))


# Without a token: another tab, another desk, an editor.


def test_what_was_typed_for_a_commitment_that_was_removed_meanwhile_is_kept(desk: Desk) -> None:
    """It was a page that said "nothing here", and what was typed was gone."""
    desk.post("/commitments/new", **_promise(title_en="Second test"))
    desk.host().files.commitments.joinpath("second-test.md").unlink()
    told = desk.post("/commitments/second-test", **_promise(title_en="Second test changed"))
    assert told.status == 409
    assert "Second test changed" in told.html
    assert 'action="/commitments/new"' in told.html
    assert desk.get("/commitments/second-test").status == 404


def test_the_same_promise_from_two_tabs_is_one(desk: Desk) -> None:
    before = len(_promises(desk))
    sent = [desk.post("/commitments/new", **_promise(title_en="Second test")) for _ in range(2)]
    assert [one.location for one in sent] == ["/commitments/#second-test"] * 2
    assert len(_promises(desk)) == before + 1


def test_the_same_line_from_two_tabs_is_one(desk: Desk) -> None:
    line = {"line_text_sv": "Ett steg.", "line_text_en": "One step."}
    desk.post("/commitments/new", **_promise(title_en="Second test"))
    for _ in range(2):
        sent = desk.post("/commitments/second-test", **_promise(title_en="Second test", **line))
        assert sent.status == 303
    assert _promises(desk)["second-test"] == 1


@pytest.fixture
def every(drafted: Desk) -> Callable[[], dict[str, str]]:
    """Each page of a drafted quarter."""
    paths = [f"/q/{OF}/{name}" for name in ("", "draft", "publish", "comments/00000000", "voices")]
    others = ["/q/2026-q4/", "/codebook/", "/codebook/pay/sv", "/commitments/new"]
    return lambda: {path: drafted.get(path).html for path in [*paths, *others]}


def test_every_form_that_changes_something_carries_a_token_of_its_own(
    every: Callable[[], dict[str, str]],
) -> None:
    for path, html in every().items():
        forms = re.findall(r'<form method="post".*?</form>', html, re.DOTALL)
        tokens = [TICKET.search(form) for form in forms]
        assert all(tokens), path
        found = [token[1] for token in tokens if token]
        assert len(set(found)) == len(found) > 0, path


def test_two_desks_on_one_project_lose_and_double_nothing(desk: Desk) -> None:
    """Two people promise at the same moment, each at a desk of their own, under the same titles."""
    other = desks.desk(desk.project)
    other.sign_in()
    before = len(_promises(desk))
    begin = threading.Barrier(2)

    def promise(mine: Desk, who: str) -> list[int]:
        token = mine.token()
        begin.wait()
        fields = [_promise(title_en=f"Promise {n}", goal_en=who) for n in range(6)]
        return [mine.post("/commitments/new", token, **one).status for one in fields]

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(promise, (desk, other), ("first", "second")))
    assert found == [[303] * 6] * 2
    assert len(_promises(desk)) == before + 12


def test_a_desk_tells_whoever_waits_too_long_and_loses_nothing_typed(desk: Desk) -> None:
    desk.get("/?lang=sv")
    token = desk.token()
    with ThreadPoolExecutor(1) as pool, held(desk.host().files, "draft 2026-q3"):
        shown = pool.submit(desk.post, "/commitments/new", token, **_promise()).result()
    assert shown.status == 409
    assert "Något annat arbetar i projektet" in shown.html
    assert "`draft 2026-q3` is at work" in shown.html
    assert "goal sv" in shown.html
