"""desk.meanwhile: nobody's form overwrites what another tab, person or editor has saved since."""

from __future__ import annotations

import html
import re

from tests.support.desks import Desk

BASE = re.compile(r'name="base" value="([^"]+)"')


def _fields(desk: Desk, page: str) -> dict[str, str]:
    """What the last form of a page would send, as it stands there."""
    form = re.findall(r"<form method=\"post\".*?</form>", desk.get(page).html, re.DOTALL)[-1]
    inputs = re.findall(r'<input(?=[^>]* name="(\w+)")(?=[^>]* value="([^"]*)")[^>]*>', form)
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\s*(.*?)</textarea>', form, re.DOTALL)
    picked = re.findall(r'<select[^>]* name="(\w+)".*?value="([^"]*)" selected', form, re.DOTALL)
    found = [*inputs, *areas, *picked]
    return {name: html.unescape(text) for name, text in found if name != "csrf_token"}


def test_a_promise_that_an_editor_changed_is_shown_with_both_versions(desk: Desk) -> None:
    page = "/commitments/ett-ordersystem"
    path = desk.project.site / "commitments" / "ett-ordersystem.md"
    desk.get("/?lang=en")
    sent = _fields(desk, page)
    owner = sent["owner_sv"]
    text = path.read_text(encoding="utf-8").replace(owner, "Lagerchef")
    path.write_text(text, encoding="utf-8")
    mine = {**sent, "title_en": "Typed by me"}
    shown = desk.post(page, **mine)
    assert shown.status == 409
    assert path.read_text(encoding="utf-8") == text
    told = html.unescape(re.sub(r"<[^>]+>", " ", shown.html))
    assert "This was changed meanwhile" in told
    assert "Saved now: Lagerchef" in re.sub(r"\s+", " ", told)
    assert 'value="Typed by me"' in shown.html
    base = BASE.findall(shown.html)[-1]
    assert desk.post(page, **{**mine, "base": base, "press": "again"}).status == 303
    assert "Typed by me" in path.read_text(encoding="utf-8")


def test_mending_a_mistake_does_not_hide_what_changed_meanwhile(desk: Desk) -> None:
    page = "/commitments/ett-ordersystem"
    path = desk.project.site / "commitments" / "ett-ordersystem.md"
    sent = {**_fields(desk, page), "title_en": "Typed by me"}
    path.write_text(path.read_text("utf-8").replace(sent["owner_sv"], "Lagerchef"), "utf-8")
    refused = desk.post(page, **{**sent, "title_sv": ""})
    assert refused.status == 422
    assert BASE.findall(refused.html)[-1] == sent["base"]
    assert desk.post(page, **sent).status == 409


def test_what_two_people_typed_alike_is_saved_without_a_word(desk: Desk) -> None:
    page = "/commitments/ett-ordersystem"
    first, second = (_fields(desk, page) for _ in range(2))
    for sent in (first, second):
        assert desk.post(page, **{**sent, "title_en": "The same"}).status == 303


def test_a_list_of_the_codebook_saved_in_another_tab_is_not_overwritten(drafted: Desk) -> None:
    page = "/codebook/pay/en"
    sent = _fields(drafted, page)
    drafted.post(page, words="pay*, bonus", seen="pay*, bonus")
    looked = drafted.post(page, **{**sent, "words": "pay*"})
    own = drafted.project.root / "reporter" / "codebook.yaml"
    before = own.read_bytes()
    saved = drafted.post(page, **{**sent, "words": "pay*", "seen": "pay*"})
    assert [looked.status, saved.status] == [409, 409]
    assert own.read_bytes() == before
    assert "pay*, bonus" in saved.html
    again = {"words": "pay*", "seen": "pay*", "base": BASE.findall(saved.html)[-1]}
    assert drafted.post(page, **again).status == 303
    assert _fields(drafted, page)["words"] == "pay*"
