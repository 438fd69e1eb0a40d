"""counting.once: a batch is opened once, and no other that would show a few answers beside it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from reporter.counting import once
from reporter.counting.once import Given, Opened
from survey.problems import Problem

LEAST, K = 20, 7


def _leaves(*letters: str) -> list[str]:
    """So many responses of each letter: "a30" is thirty."""
    return sorted(f"{one[0]}{n}" for one in letters for n in range(int(one[1:])))


def _given(*letters: str) -> list[Given]:
    return [Given(f"{one[0]}.box", int(one[1:]), one[0]) for one in letters]


def _play(*drafts: tuple[str, ...]) -> list[bool]:
    past: list[Opened] = []
    told = []
    for letters in drafts:
        leaves, given = _leaves(*letters), _given(*letters)
        told.append(once.check(past, leaves, given, LEAST, K))
        past.append(Opened(leaves, frozenset(one.id for one in given)))
    return told


def test_the_same_batch_may_be_drafted_again_and_another_quarter_too() -> None:
    assert _play(("a30",), ("a30",), ("b40",), ("a30",)) == [False, True, False, True]


def test_a_batch_that_holds_as_much_more_as_may_be_opened_alone_is_another_batch() -> None:
    assert _play(("a30",), ("a30", "b20"), ("b20",)) == [False, False, False]


ONE_BY_ONE = {
    "one answer more": [("a30",), ("a31",)],
    "one answer less": [("a31",), ("a30",)],
    "a box with one answer more": [("a30",), ("a30", "b1")],
    "nineteen more": [("a30",), ("a30", "b19")],
    "one other": [("a30", "b1"), ("a30", "c1")],
    "against the first of three": [("a30",), ("a30", "b20"), ("a30", "b1")],
    "against the second of three": [("a30",), ("a30", "b20"), ("a31", "b20")],
    "what both share": [("a30", "b1"), ("c30", "b1")],
    "a small box among enough": [("a30",), ("a30", "b25", "c2")],
}


@pytest.mark.parametrize("drafts", ONE_BY_ONE.values(), ids=ONE_BY_ONE)
def test_no_second_batch_shows_a_few_answers_beside_the_first(
    drafts: list[tuple[str, ...]],
) -> None:
    with pytest.raises(Problem, match=r"fewer than \d+"):
        _play(*drafts)


def test_one_answer_more_under_a_receipt_that_is_there_already_is_one_more() -> None:
    """Whoever tampers with a page can send a receipt a second time."""
    with pytest.raises(Problem, match="differ by 1 answers"):
        once.check([Opened(["a", "b"])], ["a", "b", "b"], [], LEAST, K)


def test_small_boxes_are_opened_the_first_time_when_the_whole_batch_is() -> None:
    assert _play(("a30", "b1", "c2")) == [False]


def test_what_was_opened_is_remembered_privately(tmp_path: Path) -> None:
    path = tmp_path / "responses" / "opened.json"
    for before, letters in pairwise([(), ("a30",), ("a30", "b20")]):
        past = once.read(path)
        assert [one.leaves for one in past] == ([_leaves(*before)] if before else [])
        once.keep(path, past, _leaves(*letters), _given(*letters))
    assert path.stat().st_mode & 0o777 == 0o600
    assert once.read(path)[1].boxes == {"a", "b"}


def test_a_damaged_memory_is_no_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "opened.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Problem, match="Put it back from a copy"):
        once.read(path)
