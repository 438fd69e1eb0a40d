"""survey.alike: one question under two ids is found; questions that differ by a word are two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.alike import alike, pairs
from survey.questions import Item, Questionnaire


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Min chef behandlade människor rättvist.", "MIN CHEF  behandlade människor – rättvist?"),
        ("Min chef behandlade människor rättvist.", "Min chef behandlade människorna rättvist"),
        ("Min chef behandlade människor rättvist.", "Min chef behandlade alla människor rättvist."),
        ("My manager treated people fairly.", "My manager treats people fairly"),
        ("Kollegor hjälpte varandra.", "Kollegorna hjälpte varandra."),
        ("Vad är bäst?", "Vad a\u0308r ba\u0308st?"),
    ],
)
def test_the_same_words_and_near_copies_ask_the_same(one: str, other: str) -> None:
    assert alike({"en": "Something", "sv": one}, {"sv": other, "en": "Something else"})
    assert alike({"sv": other}, {"en": one})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My manager treated people fairly.", "My director treated people fairly."),
        ("Hur var din första vecka?", "Hur var din sista vecka?"),
        ("How satisfied were you with the office?", "How satisfied were you with the canteen?"),
        ("I knew what was expected of me.", "I knew what was expected of others."),
        ("Jag fick stöd av min chef.", "Jag fick stöd av min grupp."),
        ("", ""),
    ],
)
def test_questions_that_differ_by_what_they_are_about_are_two(one: str, other: str) -> None:
    assert not alike({"sv": one}, {"sv": other})


def test_no_two_packaged_questions_ask_the_same(questionnaire: Questionnaire) -> None:
    assert pairs(questionnaire) == []


def test_follow_ups_and_two_halves_of_a_question_may_share_their_words(
    questionnaire: Questionnaire,
) -> None:
    asked = _with(questionnaire, "other_reasons", "main_reason")
    assert [(one.id, other.id) for one, other in pairs(asked)] == [("main_reason", "other_reasons")]
    assert pairs(asked, ("main_reason", "other_reasons")) == []
    assert len(pairs(_with(questionnaire, "recommend", "rate_pay"), ("rate_pay",))) == 1


def _with(asked: Questionnaire, ident: str, words_of: str) -> Questionnaire:
    """The questionnaire with one question in the words of another."""

    def other(item: Item) -> Item:
        return replace(item, words=asked.items[words_of].words) if item.id == ident else item

    sections = [replace(one, items=tuple(map(other, one.items))) for one in asked.sections]
    return replace(asked, sections=tuple(sections))
