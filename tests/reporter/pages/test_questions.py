"""pages.questions: why.md, ahead.md and areas.md, and which of them a question stands on."""

from __future__ import annotations

from dataclasses import replace

from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.pages.context import Edition
from reporter.pages.questions import ahead, why
from reporter.records import Record
from reporter.records.archive import dump
from survey.questions import Choice
from tests.support.editions import asked, record
from tests.support.told import EN, edition

YES_NO = (Choice("yes", {"sv": "Ja", "en": "Yes"}), Choice("no", {"sv": "Nej", "en": "No"}))


def _with(*pages: str) -> Record:
    """An edition with a question of the organisation's own for each page named."""
    own = [replace(asked(f"own_{n}", "one", YES_NO), page=page) for n, page in enumerate(pages)]
    return record(asked=(*record().asked, *own))


def test_a_question_stands_on_the_page_that_it_names_and_else_on_that_of_its_id() -> None:
    e = Edition([_with("why", "")], {}, words_in("en"))
    assert "own&#95;0" in why(e)
    assert "own&#95;1" not in why(e)
    assert "own&#95;1" in ahead(e)
    assert "own&#95;0" not in ahead(e)


def test_an_edition_that_names_no_page_keeps_the_bytes_of_its_record() -> None:
    assert '"page"' not in dump(_with(""))
    assert '"page": "why"' in dump(_with("why"))


def test_an_area_is_named_and_a_joined_one_lists_its_members() -> None:
    page = edition()["areas.md"]
    assert "## North" in page
    assert "Hit räknas South, ej angivet." in page


def test_areas_too_small_to_divide_are_not_shown() -> None:
    made = [record(ratings={"pay": (30, 12, 12)})]
    page = pages.edition(made, pages.draw(made), EN)["areas.md"]
    assert EN("areas.none") in page
