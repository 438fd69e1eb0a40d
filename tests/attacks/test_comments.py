"""Nothing that is public of comments lets anybody be certain; an earlier ledger did."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from reporter.audit import ledger, promised, themes
from reporter.records import Note, corrections
from reporter.records.findings import LEDGER
from tests.attacks import commenters, comments, leavers
from tests.attacks.leavers import Edition
from tests.attacks.test_certainty import adds_up, attacked

HISTORIES = 1000


def history(seed: int) -> Iterator[Edition]:
    """The editions of one organisation, half of them with a short questionnaire of their own."""
    chance = Random(f"comments {seed}")
    asked = leavers.short(seed) if seed % 2 else None
    for one in leavers.history(seed, asked=asked):
        yield commenters.told(commenters.wrote(one, chance), chance)


def insiders(one: Edition) -> list[comments.Own]:
    """What each knows of themselves: answers, texts, and what their texts name."""
    sides = {item.id: item.side for item in one.questionnaire.items.values()}
    known = leavers.known(one)
    return [{"area": "", "tenure": "", **own, "sides": sides} for own in known]


def _fresh(one: Edition, chance: Random) -> None:
    """Withdrawing a figure tells nothing that was not told."""
    found = chance.choice(one.record.findings)
    what = [(found.block, found.question, ""), (found.block, found.question, found.answer)]
    what += [("all", LEDGER, "")]
    day = date(2026, 1, 2)
    for key in what:
        left = corrections.visible(one.record, [Note(one.record.edition, *key, day, {})])
        assert {*left.findings} <= {*one.record.findings}
        assert {*left.moderation} <= {*one.record.moderation}


def attacks(seeds: range) -> tuple[int, int, int, int]:
    """Attack these histories; how many editions, with a ledger, with themes, with paraphrases."""
    editions = ledgers = named = retold = 0
    for seed in seeds:
        made = list(history(seed))
        for one in made:
            editions += 1
            ledgers += bool(one.record.moderation)
            named += any(found.question.startswith("said_") for found in one.record.findings)
            retold += bool(one.record.voices)
            assert adds_up(one)
            assert not comments.attack(one.published, insiders(one)), seed
            faults = (
                ledger.broken(one.record),
                themes.broken(one.record),
                promised.twice(one.record),
            )
            assert [list(each) for each in faults] == [[], [], []], seed
            _fresh(one, Random(seed))
        if seed % 2:
            plain = [replace(one, published=_without_themes(one)) for one in made]
            assert not attacked(plain), seed
    return editions, ledgers, named, retold


def _without_themes(one: Edition) -> dict[str, object]:
    """As the other attacker reads it, who knows of no themes: `comments` has them."""
    shown = dict(one.published)
    shown["findings"] = [row for row in shown["findings"] if not row[1].startswith("said_")]
    return shown


def test_nobody_is_certain_by_comments_in_histories_through_the_real_rules() -> None:
    editions, ledgers, named, retold = attacks(range(12))
    assert min(editions, ledgers, named, retold) > 0


@pytest.mark.bench
def test_nobody_is_certain_by_comments_in_a_thousand_histories() -> None:
    began = time.process_time()
    editions, ledgers, named, retold = attacks(range(HISTORIES))
    cost = time.process_time() - began
    told = f"{editions} editions, {ledgers} with a ledger, {named} with themes, {retold} retold"
    print(f"\n{HISTORIES} histories, {told}: nobody is certain ({cost:.0f} CPU s)")


def test_a_ledger_that_counts_what_is_written_under_low_ratings_lays_people_bare() -> None:
    """And the auditor, which reasons in another way, refuses every edition where it does."""
    exposed = missed = 0
    for seed in range(1, 80, 2):
        chance = Random(f"weak {seed}")
        for one in leavers.history(seed, asked=leavers.short(seed)):
            weak = commenters.counting_all(commenters.wrote(one, chance), chance)
            if comments.attack(weak.published, insiders(weak)):
                exposed += 1
                missed += not list(ledger.broken(weak.record))
    assert exposed > 0
    assert missed == 0
