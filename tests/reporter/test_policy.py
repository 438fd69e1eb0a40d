"""reporter.policy: thresholds are data with reasons, and a mistake in them stops the run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporter.policy import published, read_policy
from survey.problems import Problem
from survey.project import Project
from survey.questions import Item, Questionnaire


def _messages(project: Project, questionnaire: Questionnaire, text: str) -> list[str]:
    (project.root / "reporter" / "policy.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_policy(project, questionnaire)
    return list(caught.value.messages)


@pytest.fixture
def source(project: Project) -> str:
    """The sample policy's text."""
    return (project.root / "reporter" / "policy.toml").read_text(encoding="utf-8")


def test_the_sample_policy_places_every_question(
    project: Project, questionnaire: Questionnaire
) -> None:
    policy = read_policy(project, questionnaire)
    assert (policy.k, policy.minimum) == (7, 30)
    assert list(policy.breakdown) == published(questionnaire)


def test_five_mistakes_give_five_messages(
    project: Project, questionnaire: Questionnaire, source: str
) -> None:
    text = source.replace("k = 7", "k = 4", 1).replace("minimum = 30", 'minimum = "30"')
    text = text.replace('rate_pay = "area"', 'rate_pay = "age"')
    text = text.replace('kept = "none"\n', "").replace("[breakdown]", 'mode = "x"\n[breakdown]')
    assert [one.split(". ")[0] for one in _messages(project, questionnaire, text)] == [
        "policy.toml has an unknown key 'mode'",
        "policy.toml: `minimum` is missing or no whole number",
        "policy.toml: `k` is 4",
        "policy.toml: [breakdown] has `kept = None`",
        "policy.toml: [breakdown] has `rate_pay = age`",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minimum = 30", "minimum = 20", "`minimum` is 20. Write at least 3 k = 21"),
        ("merge_below = 20", "merge_below = 3", "`merge_below` is 3. Write at least k = 7"),
        ('kind = "none"', 'kinds = "none"', "unknown key 'kinds'"),
        ("k = 7", "k = true", "`k` is missing or no whole number"),
        ("k = 7", "k = ", "cannot be read"),
        (
            'reasons = "none" ',
            'reasons = "area" ',
            "`main_reason` by none and `reasons` by",
        ),
        ('other_reasons = "hidden"', 'other_reasons = "none"', "none` beside `reasons`"),
    ],
)
def test_a_mistake_stops_the_run(
    project: Project, questionnaire: Questionnaire, source: str, old: str, new: str, message: str
) -> None:
    messages = _messages(project, questionnaire, source.replace(old, new, 1))
    assert any(message in one for one in messages), messages


@pytest.mark.parametrize(("cut", "refused"), [("tenure", True), ("area", False), ("hidden", False)])
def test_one_question_under_two_ids_is_divided_in_one_way(
    project: Project, questionnaire: Questionnaire, source: str, cut: str, refused: bool
) -> None:
    """`recommend` in the words of `rate_manager`, which is divided by area."""
    words = {
        **questionnaire.items["recommend"].words,
        "sv": "Min chef behandlar människor rättvist",
    }

    def other(item: Item) -> Item:
        return replace(item, words=words) if item.id == "recommend" else item

    sections = [replace(one, items=tuple(map(other, one.items))) for one in questionnaire.sections]
    asked = replace(questionnaire, sections=tuple(sections))
    text = source.replace('recommend = "tenure"', f'recommend = "{cut}"')
    if not refused:
        (project.root / "reporter" / "policy.toml").write_text(text, encoding="utf-8")
        assert read_policy(project, asked).breakdown["recommend"] == cut
        return
    (message,) = _messages(project, asked, text)
    assert (
        "divides `rate_manager` by area and `recommend`, which asks the same, by tenure" in message
    )


def test_an_edition_is_of_a_quarter_or_of_what_the_policy_says(
    project: Project, questionnaire: Questionnaire, source: str
) -> None:
    path = project.root / "reporter" / "policy.toml"
    earlier = source.replace('period = "quarter"\n', "")  # as earlier versions wrote it
    half = source.replace('period = "quarter"', 'period = "half-year"')
    for text, months in ((earlier, 3), (source, 3), (half, 6)):
        path.write_text(text, encoding="utf-8")
        assert read_policy(project, questionnaire).months == months
    told = _messages(project, questionnaire, source.replace('period = "quarter"', "period = 6"))
    assert told == ["policy.toml: `period` is 6. Write one of quarter, half-year, year."]


def test_k_answers_are_enough_where_nothing_is_divided(
    project: Project, questionnaire: Questionnaire, source: str
) -> None:
    path = project.root / "reporter" / "policy.toml"
    whole = source.replace('"area"', '"none"').replace('"tenure"', '"none"')
    path.write_text(whole.replace("minimum = 30", "minimum = 7"), encoding="utf-8")
    assert read_policy(project, questionnaire).minimum == 7
    few = _messages(project, questionnaire, whole.replace("minimum = 30", "minimum = 6"))
    divided = _messages(project, questionnaire, source.replace("minimum = 30", "minimum = 20"))
    assert few == ["policy.toml: `minimum` is 6. Write at least k = 7."]
    assert divided == ["policy.toml: `minimum` is 20. Write at least 3 k = 21."]
