"""survey.questions: one file, checked whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey import questions
from survey.problems import Problem
from survey.project import PACKAGED
from survey.questionnaire import read_questionnaire
from survey.questions import Kind, Questionnaire

SOURCE = (PACKAGED / "questionnaire.yaml").read_text(encoding="utf-8")


def _read(tmp_path: Path, text: str) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(text, encoding="utf-8")
    return read_questionnaire(path)


def _messages(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(Problem) as caught:
        _read(tmp_path, text)
    return caught.value.messages


def test_the_packaged_questionnaire_has_fourteen_themes_each_rated_once(
    questionnaire: Questionnaire,
) -> None:
    rated = [item.theme for item in questionnaire.items.values() if item.kind is Kind.SCALE]
    assert len(questionnaire.themes) == 14
    assert [theme for theme in rated if theme] == [theme.id for theme in questionnaire.themes]


def test_every_text_is_there_in_both_languages(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items.values():
        for words in (item.words, *(choice.words for choice in item.choices)):
            assert all(words[language] for language in ("sv", "en"))


def test_yes_and_no_stay_words_and_do_not_become_booleans(questionnaire: Questionnaire) -> None:
    assert [choice.id for choice in questionnaire.items["event"].choices][:2] == ["yes", "no"]


def test_a_rating_of_a_theme_brings_its_follow_up(questionnaire: Questionnaire) -> None:
    follow = questionnaire.items["follow_pay"]
    assert (follow.under, follow.theme, follow.limit) == ("rate_pay", "pay", 300)


def test_the_scale_of_eleven_has_its_points_and_words_at_its_ends(
    questionnaire: Questionnaire,
) -> None:
    recommend = questionnaire.items["recommend"]
    assert recommend.points == tuple(range(11))
    assert len(recommend.ends) == 2


def test_each_kind_says_what_the_rest_of_the_house_asks_of_it() -> None:
    said = {kind: (kind.written, kind.rated, kind.several) for kind in Kind}
    assert said == {
        Kind.ONE: (False, False, False),
        Kind.MANY: (False, False, True),
        Kind.SCALE: (False, True, False),
        Kind.TEXT: (True, False, False),
    }


def test_five_mistakes_give_five_messages_each_with_place_and_mend(tmp_path: Path) -> None:
    text = SOURCE.replace('        sv: "Hur slutar du?"\n', "", 1)
    text = text.replace("      - id: kept\n        kind: one", "      - id: kept\n        kind: on")
    text = text.replace("theme: balance", "theme: ballance")
    text = text.replace("most: 3", "most: three", 1)
    text = text.replace("  limit: 300", "  limit: 300\n  colour: red")
    text = text.replace("languages: [sv, en]", "languages: [sv, en]\nlenguages: [sv]")
    messages = _messages(tmp_path, text)
    assert len(messages) == 5, messages
    for message, expected in zip(
        sorted(messages),
        sorted(
            [
                "questionnaire.yaml has an unknown key 'lenguages'. Known keys:",
                "questionnaire.yaml: item 'kind' has no text in 'sv'. Add `sv:` under it",
                "questionnaire.yaml: item 'kept' is of kind 'on'. Write `kind:` one of",
                "questionnaire.yaml: item 'rate_balance' names the theme 'ballance'. Use an id",
                "questionnaire.yaml: item 'other_reasons' has `most: three`. Write a whole",
            ]
        ),
        strict=True,
    ):
        assert message.startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: tenure", "- id: area", "item 'area' stands twice"),
        ("- id: tenure", "- id: 'Tenure!'", "has the id 'Tenure!'"),
        ("- id: tenure", "- id: consent_x", "has a name that the system uses itself"),
        ("points: 0-10", "points: grades", "has the points 'grades'"),
        ("group: work, sv", "group: wrok, sv", "is in the group 'wrok'"),
        ("languages: [sv, en]", "languages: [sv, fr]", "names 'fr'"),
        ("sections:", "sektions:", "has no list `sections`"),
        ("limit: 600", "limit: 60000", "has `limit: 60000`"),
        ("service: {sv", "{a: {sv", "cannot be read"),
        ("  pay: {group", "  growth: {group", "the key 'growth' is given twice"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in SOURCE
    messages = _messages(tmp_path, SOURCE.replace(old, new, 1))
    assert any(message in one for one in messages), messages


def test_more_than_eight_areas_are_too_many(tmp_path: Path) -> None:
    more = 'sales: {sv: "Försäljning"'
    text = SOURCE.replace(more, 'moon: {sv: "Månen", en: "Moon"}\n          ' + more)
    (message,) = _messages(tmp_path, text)
    assert "lists 9 areas" in message


def test_an_organisation_may_ask_in_one_language(tmp_path: Path) -> None:
    assert _read(tmp_path, SOURCE.replace("[sv, en]", "[sv]")).languages == ("sv",)


def test_a_text_asks_for_strengths_or_problems_and_a_question_names_its_page(
    questionnaire: Questionnaire,
) -> None:
    sides = {item.id: item.side for item in questionnaire.items.values() if item.side}
    assert sides["keep"] == "strength"
    assert {side for ident, side in sides.items() if ident != "keep"} == {"problem"}
    assert questionnaire.items["pull"].page == "why"


def test_a_file_that_knows_no_page_and_no_side_means_what_it_meant(tmp_path: Path) -> None:
    old = SOURCE.replace("        page: why\n", "").replace("        side: strength\n", "")
    items = _read(tmp_path, old).items
    assert items["keep"].side == "strength"
    assert (items["pull"].page, questions.default_page("pull")) == ("", "why")
    assert questions.default_page("recommend") == "ahead"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("page: why", "page: front", "has `page: front`. Write one of why, ahead."),
        ("side: strength", "side: good", "has `side: good`. Write one of strength, problem."),
        ("theme: pay", "theme: pay\n        page: why", "names a page. Remove `page:`"),
    ],
)
def test_an_unknown_page_or_side_is_told(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    told = " ".join(_messages(tmp_path, SOURCE.replace(right, wrong, 1)))
    assert said in told
