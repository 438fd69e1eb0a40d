"""comments.moderation: themes and the ledger of comments, counted as the gate counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reporter.audit import ledger
from reporter.comments import State, decisions, moderation
from reporter.comments.decisions import Why
from reporter.records import Finding, Record, archive
from reporter.records.findings import WROTE
from tests.support import written
from tests.support.records import LAST, edition


def test_themes_that_three_of_ten_named_are_told_of_the_whole_company() -> None:
    told = moderation.moderated(written.edition_of(), written.named(pay=12, team=2, manager=3))
    found = [one for one in told.findings if one.question.startswith("said_")]
    assert found == [
        Finding("all", "said_improve_problem", "manager", 30, 3, 3),
        Finding("all", "said_improve_problem", "pay", 30, 12, 12),
    ]


def test_a_theme_that_nearly_all_named_is_a_range() -> None:
    (one,) = moderation.moderated(written.edition_of(), written.named(pay=29)).parts(
        "said_improve_problem", "pay"
    )
    assert (one.low, one.high) == (28, 30)


def test_unread_comments_and_an_inexact_base_keep_themes_back() -> None:
    undone = decisions.undo(written.named(pay=30))
    assert moderation.unread(written.edition_of(), undone) == ["improve"]
    ranged = replace(written.edition_of(), findings=(Finding("all", "improve", WROTE, 31, 29, 31),))
    for made, state in (
        (written.edition_of(), undone),
        (ranged, written.named(pay=12)),
        (written.edition_of(9), written.named(pay=9)),
    ):
        told = moderation.moderated(made, state)
        assert not [one for one in told.findings if one.question.startswith("said_")]


def test_the_ledger_counts_as_the_gate_does() -> None:
    state = written.named(pay=12)
    for one in state.comments[:4]:
        state = decisions.hold(state, one.id, Why.NAMES)
    state = decisions.hold(state, state.comments[5].id, Why.HARM)
    rows = {row[0]: row[1:] for row in moderation.moderated(written.edition_of(), state).moderation}
    assert rows["held"] == (5, 5)
    assert rows["held.names"] == (4, 4)
    assert rows["held.harm"] == rows["held.beside"] == (0, 2)
    assert rows["quoted"] == rows["paraphrases"] == (0, 0)


RANGED = replace(written.edition_of(), findings=(Finding("all", "improve", WROTE, 31, 29, 31),))
"""29 to 31 of 31 wrote what to improve, as pages tell it."""


@pytest.mark.parametrize("wrote", [29, 30, 31])
def test_reading_everything_tells_no_closer_how_many_wrote(wrote: int) -> None:
    """Of 29 to 31, the row of those sorted was exact for 29 alone: the range told of 30 or 31."""
    comments = [written.comment(f"{n}") for n in range(wrote)]
    told = moderation.moderated(RANGED, written.decided(*comments, theme="pay"))
    assert _rows(told)["sorted"] == _rows(told)["texts"] == (29, 31)
    exact = tuple(row if row[0] != "sorted" else ("sorted", 30, 30) for row in told.moderation)
    assert list(ledger.broken(told)) == []
    assert "‘sorted’ too exactly" in next(iter(ledger.broken(replace(told, moderation=exact))))


def _rows(told: Record) -> dict[str, tuple[int, int]]:
    return {what: (low, high) for what, low, high in told.moderation}


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_what_is_written_under_low_ratings_or_to_hidden_questions_is_in_no_row(count: int) -> None:
    follow = [written.comment(f"{n}", question="follow_pay", theme="pay") for n in range(count)]
    hidden = [written.comment(f"{n}", question="hidden") for n in range(count)]
    state = written.named(pay=12)
    more = decisions.begin([*follow, *hidden])
    held = [decisions.hold(more, one.id, Why.HARM).comment(one.id) for one in more.comments]
    both = replace(state, comments=(*state.comments, *held))
    told = moderation.moderated(written.edition_of(), both)
    assert told.moderation == moderation.moderated(written.edition_of(), state).moderation
    assert list(ledger.broken(told)) == []


def test_how_many_are_sorted_is_told_when_all_are() -> None:
    undone = decisions.undo(written.named(pay=30))
    assert "sorted" not in _rows(moderation.moderated(written.edition_of(), undone))
    done = moderation.moderated(written.edition_of(), written.named(pay=30))
    assert _rows(done)["sorted"] == _rows(done)["texts"]


@pytest.mark.parametrize("wrote", [29, 30, 31])
def test_texts_held_back_are_told_so_that_nobody_learns_how_many_wrote(wrote: int) -> None:
    """Whatever is held, what is told of it fits each number of people who may have written."""
    state = written.decided(*(written.comment(f"{n}") for n in range(wrote)), theme="pay")
    for number, one in enumerate(state.comments, start=1):
        state = decisions.hold(state, one.id, Why.NAMES)
        low, high = _rows(moderation.moderated(RANGED, state))["held"]
        assert low <= 27
        assert low <= number <= high
        assert low == high or (low, high) in ((0, 2), (27, 31))


def test_an_edition_without_comments_keeps_its_bytes(tmp_path: Path) -> None:
    made = edition(LAST)
    assert moderation.moderated(made, State(())) == made
    assert "voices" not in archive.dump(made)
    path = tmp_path / "2026-q3.json"
    archive.write(written.published(), path)
    assert archive.read(path) == written.published()
