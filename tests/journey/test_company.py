"""The made-up company answers as its questionnaire allows, and fares as its trends say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import pytest

from reporter.comments import State, decisions, paraphrases
from survey import documents, quarter, questions
from survey.project import PACKAGED
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.questions import Item, Kind, Questionnaire
from tests.support import company, demo, places, readers
from tests.support.places import COMMITMENTS

QUARTERS = [Quarter(2024, 4), *(Quarter(y, n) for y in (2025, 2026) for n in (1, 2, 3, 4))]
SEEDS = range(1, 13)


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    return dict(read_questionnaire(PACKAGED / "questionnaire.yaml").items)


@cache
def answers(year: int, number: int = 0) -> list[company.Answers]:
    """Everyone's answers in a year, or in one quarter of it, over all seeds."""
    chosen = [q for q in QUARTERS if q.year == year and number in {0, q.number}]
    return [one for q in chosen for seed in SEEDS for one in company.quarter_answers(q, seed)]


def favourable(people: list[company.Answers], item: str) -> float:
    """The share of 4 and 5 in per cent."""
    ratings: list[int] = [one[item] for one in people if isinstance(one.get(item), int)]
    return 100 * sum(rating >= 4 for rating in ratings) / len(ratings)


def named(people: list[company.Answers]) -> Counter[str]:
    """How many of a hundred people with a reason name each reason."""
    sets = [{one.get("main_reason"), *one.get("other_reasons", [])} - {None} for one in people]
    with_any = [reasons for reasons in sets if reasons]
    counts = Counter(str(reason) for reasons in with_any for reason in reasons)
    return Counter({key: round(100 * n / len(with_any)) for key, n in counts.items()})


def mistakes(item: Item, value: Any) -> bool:
    """Whether the form would refuse the value."""
    ids = {choice.id for choice in item.choices}
    match item.kind:
        case Kind.ONE:
            return value not in ids
        case Kind.MANY:
            return (
                not value
                or len(value) > item.most
                or len(set(value)) < len(value)
                or bool(set(value) - ids)
            )
        case Kind.SCALE:
            return value != "na" and value not in item.points
        case Kind.TEXT:
            consents = questions.CONSENTS
            return not 0 < len(value["text"]) <= item.limit or value["consent"] not in consents
        case _:
            assert_never(item.kind)


def test_the_same_quarter_and_seed_give_the_same_answers() -> None:
    once, again = (company.quarter_answers(QUARTERS[0], 3) for _ in range(2))
    assert once == again
    assert once != company.quarter_answers(QUARTERS[0], 4)
    assert once != company.quarter_answers(QUARTERS[1], 3)


def test_every_answer_is_one_the_form_would_take(items: dict[str, Item]) -> None:
    people = answers(2024) + answers(2025) + answers(2026)
    wrong = [(k, v) for one in people for k, v in one.items() if mistakes(items[k], v)]
    assert wrong == []


def test_several_choices_stand_in_the_order_of_the_form(items: dict[str, Item]) -> None:
    for one in answers(2026):
        for item in ("other_reasons", "pull"):
            order = [choice.id for choice in items[item].choices]
            assert one.get(item, []) == [ident for ident in order if ident in one.get(item, [])]


def test_a_follow_up_stands_under_a_low_rating_only(items: dict[str, Item]) -> None:
    for one in answers(2026):
        for key in one:
            if items[key].under:
                assert one[items[key].under] in (1, 2)


def test_nobody_names_the_main_reason_twice() -> None:
    assert all(one.get("main_reason") not in one.get("other_reasons", []) for one in answers(2026))


@pytest.mark.parametrize("at", QUARTERS, ids=str)
def test_a_quarter_has_38_to_54_leavers_and_more_links(at: Quarter) -> None:
    for seed in SEEDS:
        count = len(company.quarter_answers(at, seed))
        assert 38 <= count <= 54
        assert 0.6 < count / company.invited(at, seed) < 0.8


def test_the_number_of_leavers_can_be_given() -> None:
    assert len(company.quarter_answers(QUARTERS[0], 1, leavers=7)) == 7
    assert company.quarter_answers(QUARTERS[0], 1, leavers=0) == []


def test_some_areas_are_small_and_all_occur_over_time(items: dict[str, Item]) -> None:
    for seed in SEEDS:
        counts = Counter(one.get("area") for one in company.quarter_answers(QUARTERS[-1], seed))
        assert counts["production"] >= 9
        assert 1 <= counts["people"] <= 4
    areas = {one.get("area") for one in answers(2026)} - {None}
    assert areas == {choice.id for choice in items["area"].choices}


def test_a_few_items_stay_unanswered_and_a_few_are_not_said() -> None:
    people = answers(2025)
    ratings = [one.get(f"rate_{theme}") for one in people for theme in ("pay", "team", "process")]
    assert 0.04 < ratings.count(None) / len(ratings) < 0.1
    assert 0.01 < ratings.count("na") / len(ratings) < 0.06


def test_workload_mends_after_the_commitment_and_communication_slides() -> None:
    assert favourable(answers(2026, 4), "rate_workload") > 48
    assert favourable(answers(2025, 1), "rate_workload") < 40
    assert favourable(answers(2025), "rate_workload") < favourable(answers(2026), "rate_workload")
    slide = favourable(answers(2025), "rate_communication") - favourable(
        answers(2026), "rate_communication"
    )
    assert slide > 5


def test_team_manager_and_culture_are_strengths() -> None:
    people = answers(2026)
    for item, least in (("rate_team", 80), ("rate_manager", 72), ("rate_culture", 69)):
        assert favourable(people, item) > least


@pytest.mark.parametrize("at", QUARTERS, ids=str)
def test_growth_is_the_reason_named_most_in_every_quarter(at: Quarter) -> None:
    assert named(answers(at.year, at.number)).most_common(1)[0][0] == "growth"


def test_who_names_a_theme_rates_it_lower() -> None:
    people = answers(2026)
    blaming = [one for one in people if one.get("main_reason") == "growth"]
    assert favourable(blaming, "rate_growth") < favourable(people, "rate_growth") - 20


def test_who_would_return_recommends_more() -> None:
    means = {}
    for back in ("yes", "no"):
        scores = [
            one["recommend"]
            for one in answers(2026)
            if one.get("return") == back and isinstance(one.get("recommend"), int)
        ]
        means[back] = sum(scores) / len(scores)
    assert means["yes"] > means["no"] + 1


def test_consents_are_mixed() -> None:
    texts = [value for one in answers(2026) for value in one.values() if isinstance(value, dict)]
    share = {key: n / len(texts) for key, n in Counter(t["consent"] for t in texts).items()}
    assert 0.3 < share["count"] < 0.4
    assert 0.4 < share["paraphrase"] < 0.5
    assert 0.15 < share["quote"] < 0.25


def test_a_quarter_hardly_repeats_a_comment() -> None:
    people = company.quarter_answers(QUARTERS[-1], 1)
    texts = [value["text"] for one in people for value in one.values() if isinstance(value, dict)]
    assert len(texts) > 40
    assert len(set(texts)) > 0.9 * len(texts)


def test_every_theme_has_follow_ups_in_both_languages(items: dict[str, Item]) -> None:
    bank = documents.read(places.SAMPLES / "comments.yaml")["follow"]
    assert set(bank) == {item.theme for item in items.values() if item.under}
    for pool in bank.values():
        assert len(pool["sv"]) >= 6
        assert len(pool["en"]) >= 4


def test_the_comments_that_say_too_much_are_marked() -> None:
    assert Counter(company.hinted().values()).keys() == {"name", "mail", "rare"}
    assert all("@" in text for text, hint in company.hinted().items() if hint == "mail")


# What HR tells of it


def _read(of: Quarter, questionnaire: Questionnaire) -> State:
    """The comments of the demo's quarter, as a draft begins with them, and read."""
    texts = [
        {
            "question": key,
            "theme": key.partition("follow_")[2],
            "side": questionnaire.items[key].side,
            **value,
        }
        for one in company.quarter_answers(of, demo.SEED)
        for key, value in one.items()
        if isinstance(value, dict)
    ]
    known = [theme.id for theme in questionnaire.themes]
    return readers.decided(decisions.begin(texts), known)


def test_hr_decides_about_every_comment_and_holds_what_says_too_much(
    questionnaire: Questionnaire,
) -> None:
    state = _read(QUARTERS[-1], questionnaire)
    assert all(one.decided for one in state.comments)
    assert all(one.held for one in state.comments if one.text in company.hinted())


@pytest.mark.parametrize("at", QUARTERS[:-1], ids=str)
def test_what_hr_tells_keeps_the_rules(at: Quarter, questionnaire: Questionnaire) -> None:
    languages = questionnaire.languages
    state = readers.told(_read(at, questionnaire), at, languages)
    assert paraphrases.mistakes(state, languages) == []


def test_the_newest_edition_has_a_paraphrase_and_a_quote(questionnaire: Questionnaire) -> None:
    at = QUARTERS[-2]
    state = readers.told(_read(at, questionnaire), at, questionnaire.languages)
    voices = paraphrases.voices(state, questionnaire.languages)
    assert [one.kind for one in voices] == ["paraphrase", "quote"]


def test_the_open_quarter_has_a_theme_that_may_be_paraphrased(questionnaire: Questionnaire) -> None:
    state = _read(QUARTERS[-1], questionnaire)
    found = [(t.id, s) for t in questionnaire.themes for s in decisions.Side]
    assert [one for one in found if paraphrases.writers(state, *one) >= paraphrases.LEAST_WRITERS]


# The sample commitments


def commitment(path: Path) -> dict[str, Any]:
    _, front, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    return documents.parse(front, path.name)


PROMISES = {path.stem: commitment(path) for path in sorted(COMMITMENTS.glob("*.md"))}
SAMPLES = {
    "besked-i-tid", "ett-ordersystem", "extra-lag-i-hogsasong", "lediga-jobb-internt-forst",
    "valbara-skift",
}  # fmt: skip


def known(made: date) -> Quarter:
    """The newest quarter whose box had closed when a commitment was made."""
    at = quarter.of(made)
    while at.closes >= made:
        at = at.previous
    return at


def test_there_is_a_sample_of_every_status_and_one_is_overdue() -> None:
    found = {ident: PROMISES[ident] for ident in SAMPLES}
    counts = Counter(one["status"] for one in found.values())
    assert counts == {"done": 1, "under_way": 2, "planned": 1, "dropped": 1}
    late = [k for k, v in found.items() if v["status"] == "under_way" and v["due"] < "2026-11"]
    assert late == ["lediga-jobb-internt-forst"]


@pytest.mark.parametrize("ident", sorted(SAMPLES))
def test_a_sample_commitment_is_whole_in_both_languages(ident: str) -> None:
    promise = PROMISES[ident]
    texts = [promise[key] for key in ("title", "goal", "owner")] + promise["history"]
    texts += [promise["reason"]] if promise["status"] == "dropped" else []
    assert all(text["sv"] and text["en"] for text in texts)
    days = [step["date"] for step in promise["history"]]
    assert days == sorted(days)
    assert promise["made"] == days[0] < promise["due"]
    assert promise["history"][-1]["status"] == promise["status"]


@pytest.mark.parametrize("ident", sorted(SAMPLES))
def test_a_sample_baseline_is_what_the_company_showed_then(ident: str) -> None:
    measure = PROMISES[ident]["measure"]
    at = known(date.fromisoformat(PROMISES[ident]["made"]))
    people = answers(at.year, at.number)
    if measure["question"] == "reasons":
        shown: float = named(people)[measure["answer"]]
    else:
        shown = favourable(people, measure["question"])
    assert abs(shown - int(measure["baseline"])) <= 4
