"""desk.comments: each comment is shown as text, and each decision is written at once."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape

from tests.support import desks
from tests.support.desks import OF, Desk


@pytest.mark.parametrize("number", range(3))
def test_a_comment_is_shown_as_text_whatever_it_holds(drafted: Desk, number: int) -> None:
    shown = drafted.get(f"/q/{OF}/comments/0000000{number}").html
    quoted = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", shown, re.DOTALL)
    assert quoted
    plain = re.sub(r"</?(mark|span)[^>]*>", "", quoted[1])
    assert plain == str(escape(desks.TEXTS[number]))


def test_a_comment_comes_with_its_question_its_words_and_its_hints(drafted: Desk) -> None:
    shown = drafted.get(f"/q/{OF}/comments/00000000?lang=en").html
    assert "<mark>pay</mark>" in shown
    assert "What worked well that we should keep?" in shown
    assert re.search(r'value="pay" data-key="1" checked', shown)
    assert "does not mean that the text is safe" in shown
    shown = drafted.get(f"/q/{OF}/comments/00000001?lang=en").html
    assert '<span class="hint-stop">anna@bolaget.s' in shown


def test_each_decision_is_written_at_once_and_can_be_undone(drafted: Desk) -> None:
    page = f"/q/{OF}/comments/00000000"
    assert drafted.post(page, do="confirm", themes=["pay", "growth"]).location == page[:-1] + "1"
    assert desks.state(drafted).comment("00000000").themes == ("pay", "growth")
    shown = drafted.post(page[:-1] + "1", do="flip", themes=["culture"])
    assert re.search(r'value="culture" data-key="." checked', shown.html), "what was ticked is kept"
    drafted.post(page[:-1] + "1", do="hold", why="names")
    assert desks.state(drafted).comment("00000001").held == "names"
    for _ in range(3):
        drafted.post(page, do="undo")
    assert [one.decided for one in desks.state(drafted).comments[:3]] == [False] * 3
    nothing = drafted.post(page, do="undo")
    assert nothing.status == 409
    assert "Det finns inget att ångra" in nothing.html
    assert drafted.post(page, do="hold", why="x").status == 400
    assert drafted.post(f"/q/{OF}/comments/ffffffff", do="confirm").status == 404


def test_no_page_joins_a_comment_to_a_rating_or_another_comment(drafted: Desk) -> None:
    told = (drafted.host().files.comments(OF)).read_text(encoding="utf-8")
    assert not re.search(r'"(area|tenure|rate_\w+|leaf|receipt)"', told)
    ids = [one.id for one in desks.state(drafted).comments]
    assert ids == sorted(ids)
