"""audit.ledger: a ledger of comments that tells of ratings is refused, and can be withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from shutil import rmtree

import pytest

from reporter.audit import audit, ledger
from reporter.paths import Files
from reporter.records import Asked, Block, Finding, Note, Record, corrections
from reporter.records.findings import LEDGER, WROTE
from reporter.records.record import Voice
from survey.ballots import receipts
from survey.questions import Kind
from tests.support import sites
from tests.support.audits import Q1, rated, refused, whole

Rows = tuple[tuple[str, int, int], ...]
AREAS = (Block("area-1", "area", ("north",), 7), Block("area-2", "area", ("south", ""), 14))


def of(
    unfavourable: tuple[int, int], wrote: tuple[int, int] = (12, 12), *rows: tuple[str, int, int]
) -> Record:
    """21 people: so many of 7 and of 14 rated pay low, so many wrote, and what the ledger says."""
    one, two = unfavourable
    made = whole()
    text = Asked("improve", Kind.TEXT, "none", {"sv": "Mer?", "en": "More?"}, ())
    figures = [*_rated("area-1", 7, one), *_rated("area-2", 14, two)]
    figures.append(Finding("all", "improve", WROTE, 21, *wrote))
    return replace(
        made,
        asked=(next(one for one in made.asked if one.id == "rate_pay"), text),
        blocks=(Block("all", "none", (), 21), *AREAS),
        findings=tuple(figures),
        answered=21,
        counted=21,
        moderation=tuple(rows),
    )


def _rated(block: str, n: int, low: int) -> list[Finding]:
    return [one for one in rated(block, n, (low, 0, n - low), 3 * n) if one.answer != "sum"]


def exposed(made: Record) -> bool:
    """Whether the auditor says that somebody is laid bare."""
    return any("lets" in one for one in ledger.broken(made))


@pytest.mark.parametrize(
    ("rest", "who"), [(12, "anybody"), (11, "one who answered"), (10, ""), (3, "")]
)
def test_a_count_with_follow_ups_lays_bare_where_the_low_ratings_hold_no_more(
    rest: int, who: str
) -> None:
    """Five to seven of 7, and 5 of 14, rated low: twelve follow-ups are room for no other."""
    came = 12 + rest
    found = list(ledger.broken(of((7, 5), (12, 12), ("came", came, came))))
    assert [who in one for one in found] == ([True] if who else [])


def test_reading_a_ledger_finds_what_trying_every_world_finds() -> None:
    """Over many small ledgers the short reasoning and the search of all worlds say the same."""
    asked = [(one, two) for one in (0, 3, 5, 7) for two in (0, 4, 13)]
    told = [(low, low + rest) for low in (12,) for rest in range(3, 22)]
    differing = [
        (low, ends)
        for low, ends in product(asked, told)
        if _tried(low, ends[1] - ends[0]) != exposed(of(low, (12, 12), ("came", ends[1], ends[1])))
        if _possible(low, ends[1] - ends[0])
    ]
    assert differing == []
    assert any(_tried(low, ends[1] - ends[0]) for low, ends in product(asked, told))


def _possible(low: tuple[int, int], rest: int) -> bool:
    return any(True for _ in _worlds(low, rest))


def _worlds(low: tuple[int, int], rest: int) -> Iterator[tuple[int, int]]:
    """How many rated low in either area, such that so many follow-ups can stand below."""
    ends = [
        range(f.low, f.high + 1)
        for f in (*_rated("area-1", 7, low[0]), *_rated("area-2", 14, low[1]))
        if f.answer == "unfavourable"
    ]
    return ((one, two) for one, two in product(*ends) if one + two >= rest)


def _tried(low: tuple[int, int], rest: int) -> bool:
    """Whether somebody is certain that all others of an area rated low.

    An outsider, or one of either area who rated low and wrote, or did not, or rated otherwise.
    """
    views = [(0, 0, 0, 0)]
    views += [(1, 1, wrote, 0) for wrote in (0, 1)] + [(1, 0, 0, 0)]
    views += [(1, 1, wrote, 1) for wrote in (0, 1)] + [(1, 0, 0, 1)]
    return any(_sure(low, rest, view) for view in views)


def _sure(low: tuple[int, int], rest: int, view: tuple[int, int, int, int]) -> bool:
    there, rated_low, wrote, area = view
    worlds = []
    for counts in _worlds_of(low):
        others = list(counts)
        others[area] -= rated_low
        people = [7, 14]
        people[area] -= there
        if 0 <= others[area] <= people[area] and sum(others) >= rest - wrote:
            worlds.append([n == size for n, size in zip(others, people, strict=True)])
    return bool(worlds) and any(all(column) for column in zip(*worlds, strict=True))


def _worlds_of(low: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return _worlds(low, 0)


def test_texts_are_not_told_closer_by_a_row_above_their_low_end() -> None:
    """19 to 21 wrote, and more than 19 were sorted: one who did not write knows 20 others did."""
    rows: Rows = (("came", 19, 21), ("sorted", 19, 21))
    made = of((0, 0), (19, 21), *rows)
    assert exposed(replace(made, asked=made.asked[1:], findings=made.findings[-1:]))
    assert not exposed(of((0, 0), (19, 21), rows[0]))


def test_a_hidden_question_is_told_by_more_follow_ups_than_all_low_ratings() -> None:
    """12 can stand under what is shown; 21 more stand under a rating that no page shows."""
    assert exposed(of((7, 5), (12, 12), ("came", 12 + 12 + 21, 12 + 12 + 21)))
    assert not exposed(of((0, 4), (12, 12), ("came", 12 + 6 + 9, 12 + 6 + 9)))


def test_paraphrases_that_rest_on_all_who_wrote_tell_what_all_wrote() -> None:
    named = Asked("said_improve_problem", Kind.MANY, "none", {}, whole().themes)
    voice = Voice("pay", "problem", "paraphrase", {"sv": "Lönen.", "en": "Pay."})
    base = of((0, 0), (12, 12), ("came", 12, 14), ("paraphrased", 12, 12))
    figure = Finding("all", "said_improve_problem", "pay", 12, 10, 12)
    made = replace(
        base,
        asked=(base.asked[1], named),
        findings=(base.findings[-1], figure),
        voices=(voice,),
    )
    assert "‘paraphrased’ (12 to 12)" in "".join(ledger.broken(made))
    fewer = replace(made, moderation=(("came", 12, 14), ("paraphrased", 7, 7)))
    assert not exposed(fewer)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((("came", 20, 20), ("held", 1, 1)), "too exactly"),
        ((("came", 20, 20), ("held", 0, 1)), "too exactly"),
        ((("came", 20, 20), ("quoted", 2, 2)), "2 quotes where 0 stand"),
        ((("came", 20, 20), ("came", 20, 20)), "a row twice"),
        ((("texts", 20, 20),), "‘texts’ otherwise than the pages do: 0 to 0"),
        ((("paraphrases", 1, 1),), "1 paraphrases where 0 stand"),
        ((("held", 5, 5),), "too exactly"),
    ],
)
def test_a_ledger_of_comments_that_breaks_the_rules_is_refused(
    files: Files, rows: Rows, what: str
) -> None:
    sites.publish(files, [whole(moderation=rows)])
    assert what in " ".join(map(str, audit.site(files).refusals))


@pytest.mark.parametrize("row", [("sorted", 11, 11), ("held", 11, 11), ("held", 9, 11)])
def test_a_row_as_it_is_told_now_is_a_range_near_how_many_wrote(row: tuple[str, int, int]) -> None:
    sound = of((0, 0), (12, 12), ("texts", 12, 12), ("sorted", 12, 12), ("held", 10, 12))
    assert list(ledger.broken(sound)) == []
    made = replace(sound, moderation=(("texts", 12, 12), row))
    assert f"‘{row[0]}’ too exactly" in "".join(ledger.broken(made))


def test_a_ledger_that_lays_bare_can_be_taken_away(files: Files) -> None:
    """The Problem says what to withdraw; when that is done the rest may stay."""
    made = of((7, 5), (12, 12), ("came", 24, 24), ("sorted", 24, 24))
    leaves = [bytes.fromhex(one) for one in made.leaves[:21]]
    made = replace(made, leaves=made.leaves[:21], root=receipts.root(leaves).hex())
    note = Note(
        Q1, "all", LEDGER, "", date(2026, 11, 24), {"sv": "Den visade för mycket.", "en": "x"}
    )
    assert exposed(made)
    shown = corrections.visible(made, [corrections.checked([made], note)])
    assert shown.moderation == ()
    assert shown.findings == made.findings
    assert shown.withheld == made.withheld
    sites.publish(files, [made])
    assert "withdraw-figure 2026-q1 all comments.ledger" in refused(files)
    corrections.keep(files.editions, [note])
    rmtree(files.public)
    sites.show(files, [made])
    assert audit.site(files).safe
    assert not (files.public / "sv" / "2026-q1" / "moderation").exists()
