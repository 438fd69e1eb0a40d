"""reporter.counting.tables: raw counts, once for each person."""

from __future__ import annotations

import pandas as pd
import pytest

from reporter.counting import opening, tables
from reporter.counting.tables import Table
from reporter.policy import Policy, published
from survey.ballots import Response
from survey.questions import Questionnaire

RESPONSES: list[dict[str, object]] = [
    {"area": "sales", "main_reason": "pay", "other_reasons": ["growth"], "rate_pay": 1},
    {"area": "sales", "main_reason": "pay", "other_reasons": ["pay"], "rate_pay": 4},
    {"area": "finance", "other_reasons": ["pay", "team"], "rate_pay": "na", "recommend": 9},
    {"keep": {"text": "Fikat", "consent": "count"}, "rate_pay": 5, "recommend": 6},
]


def _frame(questionnaire: Questionnaire, responses: list[dict[str, object]]) -> pd.DataFrame:
    return opening.frame([Response(one, bytes(32)) for one in responses], questionnaire)


def _counted(questionnaire: Questionnaire, breakdown: str = "none") -> dict[str, Table]:
    policy = Policy(7, 30, 20, dict.fromkeys(published(questionnaire), breakdown))
    frame = _frame(questionnaire, RESPONSES)
    return {table.question: table for table in tables.count(frame, questionnaire, policy)}


def test_a_choice_is_counted_among_those_who_answered(questionnaire: Questionnaire) -> None:
    table = _counted(questionnaire)["main_reason"]
    assert (table.counts, table.n) == ({"": {"pay": 2}}, {"": 2})


def test_a_theme_is_named_once_by_a_person_however_often_they_name_it(
    questionnaire: Questionnaire,
) -> None:
    table = _counted(questionnaire)["reasons"]
    assert table.counts[""] == {"pay": 3, "growth": 1, "team": 1}
    assert table.n == {"": 3}


def test_ratings_fall_in_three_classes_and_rather_not_say_in_none(
    questionnaire: Questionnaire,
) -> None:
    table = _counted(questionnaire)["rate_pay"]
    assert table.counts[""] == {"unfavourable": 1, "favourable": 2}
    assert (table.n, table.sums) == ({"": 3}, {"": 10})


def test_recommendation_has_classes_but_no_sum(questionnaire: Questionnaire) -> None:
    table = _counted(questionnaire)["recommend"]
    assert table.counts[""] == {"unfavourable": 1, "favourable": 1}
    assert table.sums is None


def test_of_a_text_it_counts_who_wrote_one(questionnaire: Questionnaire) -> None:
    table = _counted(questionnaire)["keep"]
    assert (table.counts[""]["wrote"], table.n) == (1, {"": 4})


def test_a_breakdown_counts_each_member_and_those_who_stated_none(
    questionnaire: Questionnaire,
) -> None:
    table = _counted(questionnaire, "area")["rate_pay"]
    assert table.n == {"sales": 2, "": 1}
    assert table.counts["sales"] == {"unfavourable": 1, "favourable": 1}


def test_sizes_hold_every_area_and_add_up_to_the_batch(questionnaire: Questionnaire) -> None:
    sizes = tables.sizes(_frame(questionnaire, RESPONSES), questionnaire)
    assert sizes["area"]["sales"] == 2
    assert sizes["area"]["production"] == 0
    assert sum(sizes["area"].values()) == sum(sizes["tenure"].values()) == len(RESPONSES)


@pytest.mark.parametrize(
    "answer",
    [{"area": "mars"}, {"rate_pay": 9}, {"other_reasons": ["weather"]}, {"rate_pay": "five"}],
)
def test_an_answer_that_the_questionnaire_does_not_know_counts_as_none(
    questionnaire: Questionnaire, answer: dict[str, object]
) -> None:
    policy = Policy(7, 30, 20, dict.fromkeys(published(questionnaire), "none"))
    counted = tables.count(_frame(questionnaire, [answer]), questionnaire, policy)
    assert all(not table.n or table.counts == {"": {"none": 1}} for table in counted)
