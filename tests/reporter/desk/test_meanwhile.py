"""desk.meanwhile: nobody's form overwrites what another tab, person or editor has saved since."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from reporter.comments import private_file
from tests.support import desks
from tests.support.desks import OF, Desk

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


# Comments, paraphrases, quotes, and the edition itself.


def test_a_decision_made_meanwhile_is_not_overwritten(drafted: Desk) -> None:
    page = f"/q/{OF}/comments/00000000"
    sent: dict[str, object] = {**_fields(drafted, page), "do": "confirm", "themes": ["culture"]}
    drafted.post(page, do="confirm", themes=["pay"])
    shown = drafted.post(page, None, **sent)
    assert shown.status == 409
    assert desks.state(drafted).comment("00000000").themes == ("pay",)
    assert re.search(r'value="culture" data-key="." checked', shown.html), "what was ticked is kept"
    again = {**sent, "press": "again", "base": BASE.findall(shown.html)[-1]}
    assert drafted.post(page, None, **again).status == 303
    assert desks.state(drafted).comment("00000000").themes == ("culture",)


def test_undoing_takes_back_no_step_that_the_page_did_not_know(drafted: Desk) -> None:
    page = f"/q/{OF}/comments/00000000"
    drafted.post(page, do="flip")
    sent = _fields(drafted, page)
    drafted.post(page[:-1] + "1", do="hold", why="names")
    assert drafted.post(page, **sent, do="undo").status == 409
    assert desks.state(drafted).comment("00000001").held == "names"


def _paraphrased(desk: Desk) -> dict[str, str]:
    """Five leavers on pay, and a paraphrase by AB; what its form would send."""
    alike = [replace(desks.NASTY[0], id=f"aaaaaaa{n}", themes=("pay",)) for n in range(6)]
    many = tuple(replace(one, text=f"x {one.id}") for one in alike)
    state = replace(desks.state(desk), comments=many, undo=())
    private_file.write(desk.host().files.comments(OF), state)
    words = {"words_sv": "Lönen är bra.", "words_en": "The pay is good."}
    at = {"theme": "pay", "side": "strength"}
    desk.post(f"/q/{OF}/voices", do="save", **at, **words, writer="AB")
    form = re.search(r'id="pay-strength".*?</form>', desk.get(f"/q/{OF}/voices").html, re.DOTALL)
    assert form
    return {**at, **words, "writer": "AB", "base": BASE.findall(form[0])[0]}


def test_nobody_approves_a_paraphrase_that_was_reworded_meanwhile(drafted: Desk) -> None:
    page, sent = f"/q/{OF}/voices", _paraphrased(drafted)
    drafted.post(page, **{**sent, "do": "save", "words_en": "The pay is fair."})
    refused = drafted.post(page, **sent, do="approve", approver="CD")
    assert refused.status == 409
    assert "The pay is fair." in refused.html
    assert desks.state(drafted).paraphrases[0].approver == ""


def test_nobody_loses_an_approval_or_words_to_an_older_page(drafted: Desk) -> None:
    page, sent = f"/q/{OF}/voices", _paraphrased(drafted)
    drafted.post(page, **sent, do="approve", approver="CD")
    for step in ({"do": "save", "words_en": "Pay is poor."}, {"do": "drop"}):
        refused = drafted.post(page, **{**sent, **step})
        assert refused.status == 409
        assert desks.state(drafted).paraphrases[0].approver == "CD"
    assert ">Pay is poor.</textarea>" in drafted.post(
        page, **{**sent, "do": "save", "words_en": "Pay is poor."}
    ).html.replace("\n", "")


def test_words_typed_by_whoever_approves_are_not_dropped_unseen(drafted: Desk) -> None:
    page, sent = f"/q/{OF}/voices", _paraphrased(drafted)
    typed = {**sent, "words_en": "The pay is fair.", "do": "approve", "approver": "CD"}
    refused = drafted.post(page, **typed)
    assert refused.status == 409
    assert "The pay is fair.</textarea>" in refused.html
    assert 'value="CD"' in refused.html


def test_a_quote_that_is_refused_keeps_what_was_typed(drafted: Desk) -> None:
    _paraphrased(drafted)
    at = {"comment": "aaaaaaa1", "theme": "pay", "side": "strength", "approver": "AB"}
    refused = drafted.post(f"/q/{OF}/voices", do="quote", **at, text="x aaaaaaa1 and more")
    assert refused.status == 422
    assert "x aaaaaaa1 and more</textarea>" in refused.html


def test_an_edition_whose_draft_changed_meanwhile_is_not_published(drafted: Desk) -> None:
    page = f"/q/{OF}/publish"
    sent = _fields(drafted, page)
    drafted.post(f"/q/{OF}/comments/00000000", do="hold", why="names")
    refused = drafted.post(page, **{**sent, "typed": str(OF)})
    assert refused.status == 409
    assert not drafted.host().files.edition(OF).exists()
    assert drafted.host().files.private_keys(OF)[0].exists()
