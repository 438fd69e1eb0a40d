"""comments.moderation: themes and the ledger of comments, counted as the gate counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reporter.audit import rules
from reporter.comments import State, decisions, moderation
from reporter.comments.decisions import Why
from reporter.records import Finding, archive
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
    assert rows["quoted"] == (0, 0)


def test_reading_everything_tells_no_closer_how_many_wrote() -> None:
    ranged = replace(written.edition_of(), findings=(Finding("all", "improve", WROTE, 31, 29, 31),))
    told = moderation.moderated(ranged, written.named(pay=30))
    rows = {what: (low, high) for what, low, high in told.moderation}
    assert rows["sorted"] == rows["came"] == (29, 33)
    exact = tuple(row if row[0] != "sorted" else ("sorted", 30, 30) for row in told.moderation)
    assert list(rules.ledger(told)) == []
    assert "‘sorted’ too exactly" in next(iter(rules.ledger(replace(told, moderation=exact))))


def test_as_many_as_came_at_least_are_told_as_all_that_came() -> None:
    """Thirty of thirty to thirty-two: told exactly, it would differ from what thirty-one tell."""
    ranged = replace(written.edition_of(), findings=(Finding("all", "improve", WROTE, 32, 30, 32),))
    told = moderation.moderated(ranged, written.named(pay=30))
    rows = {what: (low, high) for what, low, high in told.moderation}
    assert rows["sorted"] == rows["came"]


def test_more_follow_ups_than_people_are_counted_as_they_came() -> None:
    people = written.edition_of().counted
    follow = [
        written.comment(f"{n}", question="follow_pay", theme="pay") for n in range(people + 9)
    ]
    told = moderation.moderated(written.edition_of(), decisions.begin(follow))
    rows = {what: (low, high) for what, low, high in told.moderation}
    others = [told.company(one, WROTE) for one in ("keep", "improve", "stay")]
    assert rows["came"] == tuple(
        people + 9 + sum(getattr(one, end) for one in others if one) for end in ("low", "high")
    )
    assert rows["sorted"] == (people + 9, people + 9)
    assert list(rules.ledger(told)) == []


def test_an_edition_without_comments_keeps_its_bytes(tmp_path: Path) -> None:
    made = edition(LAST)
    assert moderation.moderated(made, State(())) == made
    assert "voices" not in archive.dump(made)
    path = tmp_path / "2026-q3.json"
    archive.write(written.published(), path)
    assert archive.read(path) == written.published()
