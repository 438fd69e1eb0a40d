"""records.subtraction: no page writes "at most 2" where a reader can subtract to the number."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reporter.audit import remainders
from reporter.counting import disclosure
from reporter.records import Asked, Finding, Record
from reporter.records.findings import CLASSES, MAIN, SUM
from reporter.records.subtraction import narrowed
from survey.questions import Choice, Kind
from tests.support import histories
from tests.support.editions import GROUPS, THEMES, asked, rate, record

YES_NO = tuple(Choice(one, {}) for one in ("yes", "maybe", "no"))
REASONS = asked("reasons", "many", THEMES)
Ends = tuple[int, int]


def _told(question: Asked, n: int, *ends: Ends) -> list[Finding]:
    names = [*CLASSES, SUM] if question.kind.rated else [one.id for one in question.answers]
    pairs = zip(names, ends, strict=False)
    return [Finding("all", question.id, name, n, *both) for name, both in pairs]


def _left(*questions: tuple[Asked, list[Finding]]) -> list[Ends]:
    told = [one for _, many in questions for one in many]
    return [(one.low, one.high) for one in narrowed(told, [one for one, _ in questions])]


BACK = asked("return", "one", YES_NO)


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (((0, 2), (3, 3), (5, 5)), [(1, 1), (3, 3), (5, 5)]),
        (((0, 2), (0, 2), (6, 6)), [(1, 2), (1, 2), (6, 6)]),
        (((0, 2), (0, 2), (5, 5)), [(2, 2), (2, 2), (5, 5)]),
        (((0, 2), (0, 2), (7, 9)), [(0, 2), (0, 2), (7, 9)]),
        (((0, 2), (4, 4), (5, 5)), [(0, 0), (4, 4), (5, 5)]),
    ],
)
def test_one_answer_each_leaves_what_the_others_did_not_give(
    told: tuple[Ends, ...], left: list[Ends]
) -> None:
    assert _left((BACK, _told(BACK, 9, *told))) == left


def test_everybody_in_the_base_ticked_something_and_nobody_more_than_they_may() -> None:
    assert _left((REASONS, _told(REASONS, 9, (4, 4), (3, 3), (0, 2)))) == [(4, 4), (3, 3), (2, 2)]
    one_each = replace(REASONS, most=1)
    assert _left((one_each, _told(one_each, 9, (5, 5), (3, 3), (0, 2))))[2] == (1, 1)


def test_a_main_reason_is_a_named_one_by_itself_or_in_its_group() -> None:
    main = asked(MAIN, "one", THEMES)
    mains = _told(main, 9, (4, 4), (3, 3), (0, 2))
    named = _told(REASONS, 9, (8, 9), (8, 9), (0, 2))
    assert _left((main, mains), (REASONS, named))[5] == (2, 2)
    grouped = asked(MAIN, "one", GROUPS)
    mains = [Finding("all", MAIN, "terms", 9, 7, 9), Finding("all", MAIN, "people", 9, 0, 2)]
    named = _told(REASONS, 9, (5, 5), (4, 4), (0, 2))
    assert _left((grouped, mains), (REASONS, named))[2:] == [(5, 5), (4, 4), (2, 2)]


def test_an_answer_that_is_not_told_leaves_the_others_room() -> None:
    assert _left((BACK, _told(BACK, 9, (0, 2), (3, 3)))) == [(0, 2), (3, 3)]


def test_figures_that_contradict_each_other_are_told_as_they_stand() -> None:
    assert _left((BACK, _told(BACK, 9, (4, 4), (4, 4), (4, 4)))) == [(4, 4)] * 3
    low_mean = _told(rate("pay"), 6, (0, 2), (0, 2), (0, 2), (6, 12))
    assert _left((rate("pay"), low_mean)) == [(0, 2), (0, 2), (0, 2), (6, 12)]


# The three classes of a scale, and its mean


Display = tuple[Ends, Ends, Ends, Ends | None]


def _displays(n: int) -> dict[Display, set[tuple[int, int, int]]]:
    """What five points can be shown as → the three classes' counts that look like that."""
    found: dict[Display, set[tuple[int, int, int]]] = {}
    for bars in itertools.combinations(range(n + 4), 4):
        r = [b - a - 1 for a, b in itertools.pairwise((-1, *bars, n + 4))]
        counts = r[0] + r[1], r[2], r[3] + r[4]
        points = sum(value * count for value, count in enumerate(r, start=1))
        a, b, c = (disclosure.display(count, n) for count in counts)
        found.setdefault((a, b, c, disclosure.display_sum(points, r[2], n)), set()).add(counts)
    return found


@pytest.mark.parametrize("n", [*range(5, 15), 17])
def test_what_is_left_of_a_rating_is_all_that_anybody_can_know_of_it(n: int) -> None:
    """Every class meets both ends of what is told, in some histogram that is shown alike."""
    for shown, worlds in _displays(n).items():
        told = _told(rate("pay"), n, *(ends for ends in shown if ends))
        met = [(min(column), max(column)) for column in zip(*worlds, strict=True)]
        assert _left((rate("pay"), told))[:3] == met, shown


# The auditor's own arithmetic


def _random_counts(draw: some.DrawFn, answers: Sequence[str], n: int) -> Iterator[Finding]:
    for one in answers:
        low, high = disclosure.display(draw(some.integers(0, n)), n)
        yield Finding("all", "", one, n, low, high)


@some.composite
def _records(draw: some.DrawFn) -> Record:
    """Figures of every kind in one block; not all of them could be true together."""
    n = draw(some.integers(5, 24))
    kinds = [BACK, rate("pay"), replace(REASONS, most=draw(some.integers(0, 3)))]
    kinds.append(asked(MAIN, "one", draw(some.sampled_from((THEMES, GROUPS)))))
    found: list[Finding] = []
    for one in kinds:
        names = CLASSES if one.kind.rated else [answer.id for answer in one.answers]
        names = names[: draw(some.integers(len(names) - 1, len(names)))]
        found += [replace(f, question=one.id) for f in _random_counts(draw, names, n)]
        if one.kind is Kind.SCALE and draw(some.booleans()):
            low = draw(some.integers(n, 5 * n))
            found.append(Finding("all", one.id, SUM, n, low, min(5 * n, low + 6)))
    return record(asked=tuple(kinds), findings=tuple(found))


@given(_records())
def test_the_auditor_is_left_with_the_same_by_its_own_arithmetic(made: Record) -> None:
    assert remainders.left(made) == list(made.told)


def test_they_agree_on_reasons_beside_a_question_that_contradicts_itself() -> None:
    """An impossible question beside them ended the auditor's arithmetic halfway."""
    mains, named = asked(MAIN, "one", THEMES), replace(REASONS, most=1)
    rows = _told(BACK, 5, (3, 5), (3, 5)) + _told(named, 5, (0, 2), (3, 5))
    rows += _told(mains, 5, (0, 2), (0, 2), (0, 2))
    made = record(asked=(BACK, named, mains), findings=tuple(rows))
    assert remainders.left(made) == list(made.told)
    assert [(one.low, one.high) for one in made.told if one.question == named.id][1] == (3, 4)


def test_they_agree_on_all_blocks_of_histories_through_the_gate() -> None:
    made = [one for seed in range(4) for one in histories.history(seed)]
    assert all(remainders.left(one) == list(one.told) for one in made)
    assert any(one.told != one.findings for one in made)


def test_a_record_keeps_its_figures_and_tells_what_is_left_of_them() -> None:
    made = record(asked=(BACK,), findings=tuple(_told(BACK, 9, (0, 2), (3, 3), (5, 5))))
    assert made.findings[0].high == 2
    line = made.company("return", "yes")
    assert line is not None
    assert (line.low, line.high) == (1, 1)
