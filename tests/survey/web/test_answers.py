"""The form built from the questionnaire: what is valid, and what is said about the rest."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from survey import words
from survey.project import PACKAGED
from survey.questionnaire import read_questionnaire
from survey.web import answers
from survey.web.answers import Answers

QUESTIONS = read_questionnaire(PACKAGED / "questionnaire.yaml")


def filled(language: str = "en", **fields: Any) -> Answers:
    return Answers(QUESTIONS, words.load(PACKAGED / "locale", language), MultiDict(fields))


def texts(form: Answers) -> list[str]:
    form.validate()
    return [message.text for message in answers.messages(form)]


def test_an_untouched_form_is_valid_and_empty() -> None:
    form = filled()
    assert form.validate()
    assert answers.valid(form) == {}
    assert answers.empty(answers.valid(form))


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"area": "sales"}, {"area": "sales"}),
        ({"area": ""}, {}),
        ({"rate_pay": "4"}, {"rate_pay": 4}),
        ({"rate_pay": "na"}, {"rate_pay": "na"}),
        ({"recommend": "0"}, {"recommend": 0}),
        ({"other_reasons": ["team", "pay", "pay"]}, {"other_reasons": ["pay", "team"]}),
        ({"keep": " good\r\nfood "}, {"keep": {"text": "good\nfood", "consent": "count"}}),
        (
            {"keep": "food", "consent_keep": "quote"},
            {"keep": {"text": "food", "consent": "quote"}},
        ),
        ({"keep": " \r\n ", "consent_keep": "quote"}, {}),
        ({"nonsense": "1"}, {}),
    ],
)
def test_answers_come_out_in_the_format_that_is_sealed(
    fields: dict[str, Any], answer: dict[str, Any]
) -> None:
    form = filled(**fields)
    assert form.validate()
    assert answers.valid(form) == answer


def test_answers_keep_the_order_of_the_form_whatever_the_order_of_the_post() -> None:
    form = filled(keep="x", rate_pay="1", area="sales")
    assert list(answers.valid(form)) == ["area", "rate_pay", "keep"]


@pytest.mark.parametrize("rating", ["1", "2"])
def test_a_follow_up_counts_under_a_low_rating(rating: str) -> None:
    form = filled(rate_pay=rating, follow_pay="too little")
    assert answers.valid(form)["follow_pay"] == {"text": "too little", "consent": "count"}


@pytest.mark.parametrize("rating", ["3", "5", "na", ""])
def test_a_follow_up_without_its_low_rating_is_dropped_and_never_refused(rating: str) -> None:
    form = filled(rate_pay=rating, follow_pay="x" * 301, consent_follow_pay="?")
    assert form.validate()
    assert "follow_pay" not in answers.valid(form)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"area": "moon"}, "Choose one of the answers to “Where did you work?”, or leave"),
        ({"rate_pay": "6"}, "Choose one of the answers to “My pay was right"),
        ({"rate_pay": "01"}, "Choose one of the answers"),
        ({"other_reasons": ["moon"]}, "Choose one of the answers"),
        (
            {"other_reasons": ["pay", "team", "growth", "culture"]},
            "Choose up to 3 answers to “What else counted?”",
        ),
        ({"keep": "x" * 601}, "“What worked well that we should keep?” by 1 character."),
        ({"consent_keep": "sell"}, "Choose what we may do with your answer"),
        (
            {"rate_pay": "1", "follow_pay": "x" * 302},
            "“My pay was right for my responsibilities. What happened, and what would have helped?”"
            " by 2 characters. Up to 300 fit.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_question_and_what_to_do(
    fields: dict[str, Any], message: str
) -> None:
    (text,) = texts(filled(**fields))
    assert message in text


def test_a_mistake_is_told_in_swedish_too() -> None:
    (text,) = texts(filled("sv", keep="x" * 612))
    assert text.startswith(
        "Korta svaret på ”Vad fungerade bra, som vi bör behålla?” med 12 tecken."
    )


def test_a_line_break_counts_as_one_character() -> None:
    assert filled(keep="a\r\n" * 299 + "ab").validate()


def test_a_message_points_at_the_input_it_is_about() -> None:
    form = filled(area="moon", keep="x" * 601)
    form.validate()
    assert [message.input for message in answers.messages(form)] == ["q-area-0", "q-keep"]


@pytest.mark.parametrize("unseen", ["\u200b\u200b", "\u2060", "\u3164", "\u202e"], ids=ascii)
def test_a_text_that_nobody_sees_is_no_answer(unseen: str) -> None:
    form = filled(keep=unseen)
    assert form.validate()
    assert answers.empty(answers.valid(form))


def test_what_turns_a_page_around_is_taken_out_of_an_answer() -> None:
    form = filled(keep="abc\u202edef\r\rghi")
    assert form.validate()
    assert answers.valid(form)["keep"] == {"text": "abcdef\n\nghi", "consent": "count"}


def test_one_choice_takes_every_single_choice_back() -> None:
    spoken = words.load(PACKAGED / "locale", "en")
    last = {
        item.id: answers.options(item, spoken)[-1][0]
        for item in QUESTIONS.items.values()
        if item.kind in ("one", "scale")
    }
    assert set(last.values()) == {"", "na", "rather_not"}
    assert last["event"] == "rather_not"


def test_the_look_over_tells_every_question_and_only_follow_ups_that_count() -> None:
    form = filled(area="sales", rate_pay="1", follow_pay="low", consent_follow_pay="quote")
    told = [one for _, section in answers.told(form, answers.valid(form)) for one in section]
    asked = [item for item in QUESTIONS.items.values() if not item.under]
    assert len(told) == len(asked) + 1
    assert told[0].answers == ("Sales",)
    assert told[1].answers == ()
    (follow,) = [one for one in told if one.consent]
    assert (follow.answers, follow.consent) == (("low",), "Quote it word for word")


def test_answers_know_no_link() -> None:
    source = Path(answers.__file__).read_text(encoding="utf-8")
    assert "token" not in source
    assert not re.search(r"import .*\b(links|receipts|box|pages|context)\b", source)
