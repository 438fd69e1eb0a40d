"""Figures: a range in words that hold for the whole of it."""

import pytest

from reporter.language import words_in
from reporter.pages import wording
from reporter.pages.markdown import DASH
from reporter.records import Finding
from reporter.records.findings import SUM

SV, EN = map(words_in, ("sv", "en"))


def found(n: int, low: int, high: int, answer: str = "favourable") -> Finding:
    return Finding("all", "rate_pay", answer, n, low, high)


@pytest.mark.parametrize(
    ("told", "swedish", "english"),
    [
        ((31, 18, 20), "18 till 20 av 31", "18 to 20 of 31"),
        ((31, 18, 18), "18 av 31", "18 of 31"),
        ((31, 0, 2), "högst 2 av 31", "at most 2 of 31"),
        ((31, 29, 31), "minst 29 av 31", "at least 29 of 31"),
        ((31, 0, 31), DASH, DASH),
    ],
)
def test_a_range_of_people(told: tuple[int, int, int], swedish: str, english: str) -> None:
    spaced = [wording.count(one, found(*told)).replace("\u00a0", " ") for one in (SV, EN)]
    assert spaced == [swedish, english]


def test_what_is_withheld_is_the_dash_everywhere() -> None:
    told = [wording.count(SV, None), wording.said(SV, None), wording.mean(SV, None, 5)]
    assert told == [DASH] * 3


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ((30, 18, 18), "ungefär sex av tio"),
        ((31, 18, 19), "ungefär sex av tio"),
        ((30, 10, 10), "ungefär en av tre"),
        ((40, 10, 10), "ungefär en av fyra"),
        ((30, 15, 15), "ungefär hälften"),
        ((31, 18, 21), ""),
        ((20, 17, 17), ""),
        ((100, 98, 100), "nästan alla"),
        ((31, 29, 31), ""),
        ((100, 0, 2), "nästan ingen"),
    ],
)
def test_plain_words_are_used_only_where_the_whole_range_is_near(
    told: tuple[int, int, int], plain: str
) -> None:
    assert wording.about(SV, found(*told)) == plain


@pytest.mark.parametrize(
    ("told", "mean"),
    [
        ((20, 67, 68), "3,4 av 5"),
        ((20, 65, 68), "3,2 till 3,4 av 5"),
        ((20, 94, 100), "högt"),
        ((20, 20, 26), "lågt"),
        ((20, 40, 80), DASH),
        ((20, 60, 100), DASH),
    ],
)
def test_a_mean_is_told_as_far_as_its_sum_is(told: tuple[int, int, int], mean: str) -> None:
    assert wording.mean(SV, found(*told, SUM), 5).replace("\u00a0", " ") == mean
