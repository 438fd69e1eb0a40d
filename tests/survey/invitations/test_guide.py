"""The interview guide: every question, in both languages, with curious ones after each rating."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from survey import words
from survey.invitations import guide
from survey.project import PACKAGED, Organisation
from survey.questions import Questionnaire

BOTH = {"sv": "x", "en": "x"}
ORGANISATION = Organisation("A & B", BOTH, BOTH, ("sv", "en"), "http://form.test", "http://e.test")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_question_is_read_aloud(questionnaire: Questionnaire, language: str) -> None:
    page = guide.html(questionnaire, ORGANISATION, [language])
    for item in questionnaire.items.values():
        told = item.words[language].replace("&", "&amp;") in page
        assert told or item.under, item.id


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_theme_has_two_or_three_curious_questions_of_its_own(
    questionnaire: Questionnaire, language: str
) -> None:
    spoken = words.load(PACKAGED / "locale", language)
    rated = [item for item in questionnaire.items.values() if item.theme and not item.under]
    found = [tuple(guide.curious(spoken, item)) for item in rated]
    assert {len(one) for one in found} == {2, 3}
    assert len(set(found)) == len(questionnaire.themes) == 14


def test_a_theme_of_ones_own_has_questions_that_fit_any(questionnaire: Questionnaire) -> None:
    spoken = words.load(PACKAGED / "locale", "sv")
    own = replace(questionnaire.items["rate_pay"], theme="weather")
    assert guide.curious(spoken, own) == ["Kan du ge ett exempel?", "Vad hade gjort skillnad?"]


def test_the_guide_stands_alone_and_says_how_answers_stay_anonymous(
    questionnaire: Questionnaire,
) -> None:
    page = guide.html(questionnaire, ORGANISATION, ["sv", "en"])
    assert not re.search(r" src=|<link|url\(", page)
    assert page.count("<main lang=") == 2
    assert "genom sin egen länk" in page
    assert "A &amp; B" in page
