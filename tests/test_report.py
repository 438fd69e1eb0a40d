"""reporter.report and intake: from sealed boxes to a frozen record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import company
import demo
import pytest

from reporter import keys, record, report
from reporter.report import House
from survey import box, links, receipts, seal
from survey.problems import Problem
from survey.quarter import Quarter
from survey.settings import Settings

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
LATER = date(2026, 11, 24)


def _answered(here: Settings, of: Quarter, answers: list[dict[str, object]]) -> None:
    """A box of that quarter with these answers in it."""
    addresses = demo.open_quarter(here, of, len(answers) + 5)
    path = here.project.box(of)
    publics = box.terms(path).publics
    for address, one in zip(addresses, answers, strict=False):
        link = links.read(here.link_keys, address.rpartition("/")[2])
        receipt = receipts.new()
        body = seal.close(one, receipts.leaf(receipt), publics)
        with box.opened(path, here.ledger_key) as ballots:
            ballots.cast(links.mark(here.ledger_key, link), receipts.tag(receipt), body)


def _house(here: Settings) -> House:
    return demo.house(here, LATER)


def test_a_small_quarter_stays_sealed_and_the_next_edition_covers_both(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 12))
    _answered(here, Q2, company.quarter_answers(Q2, 4, 25))
    house = _house(here)
    with pytest.raises(Problem, match="12 of at least 30"):
        report.draft(house, Q1, here.project.boxes())
    frozen = report.draft(house, Q2, here.project.boxes())
    assert (frozen.quarters, frozen.counted, frozen.issued) == ((Q1, Q2), 37, 47)
    report.publish_edition(house, Q2)
    for of in (Q1, Q2):
        assert not house.files.private_key(of).exists()


def test_every_receipt_that_was_counted_is_in_the_record(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    frozen = report.draft(_house(here), Q1, here.project.boxes())
    leaves = [bytes.fromhex(leaf) for leaf in frozen.leaves]
    assert leaves == sorted(leaves)
    assert len(set(leaves)) == 31
    assert receipts.root(leaves).hex() == frozen.root


def test_comments_are_written_apart_from_everything_else_and_for_their_owner_alone(
    here: Settings,
) -> None:
    answers: list[dict[str, object]] = [
        {"area": "sales", "keep": {"text": f"keep {n}", "consent": "count"},
         "improve": {"text": f"improve {n}", "consent": "quote"}}
        for n in range(31)
    ]  # fmt: skip
    _answered(here, Q1, answers)
    house = _house(here)
    report.draft(house, Q1, here.project.boxes())
    path = house.files.comments(Q1)
    assert path.stat().st_mode & 0o777 == 0o600
    comments = json.loads(path.read_text(encoding="utf-8"))
    assert {frozenset(one) for one in comments} == {
        frozenset({"question", "theme", "consent", "text"})
    }
    orders = [
        [one["text"].split()[1] for one in comments if one["question"] == question]
        for question in ("keep", "improve")
    ]
    assert orders[0] != orders[1], "two texts of one person must not lie in the same place"
    assert "sales" not in path.read_text(encoding="utf-8")


def test_another_quarters_key_opens_nothing(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    house = _house(here)
    keys.make(house.files, Q2, house.policy)
    house.files.private_key(Q2).replace(house.files.private_key(Q1))
    with pytest.raises(Problem, match="was not sealed to this key"):
        report.draft(house, Q1, here.project.boxes())


def test_a_box_whose_tally_does_not_add_up_is_refused(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    with box.opened(here.project.box(Q1), here.ledger_key) as one:
        one._add(answered=1)
    with pytest.raises(Problem, match="holds 31 responses but its tally says 32"):
        report.draft(_house(here), Q1, here.project.boxes())


def test_a_stricter_policy_than_pledged_is_welcome(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 40))
    house = _house(here)
    stricter = replace(house, policy=replace(house.policy, k=10))
    frozen = report.draft(stricter, Q1, here.project.boxes())
    assert frozen.k == 10
    assert all(block.n >= 10 for block in frozen.blocks)


def test_a_draft_changes_nothing_that_is_published(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    report.draft(_house(here), Q1, here.project.boxes())
    assert record.read_all(here.project.site / "editions") == []
    assert not (here.project.site / "public").exists()


def test_the_figures_are_those_of_the_answers(here: Settings) -> None:
    answers: list[dict[str, object]] = [{"kind": "own"}] * 20 + [{"kind": "contract"}] * 11
    _answered(here, Q1, answers)
    frozen = report.draft(_house(here), Q1, here.project.boxes())
    shown = {one.answer: (one.low, one.high) for one in frozen.parts("kind", "own")}
    shown |= {one.answer: (one.low, one.high) for one in frozen.parts("kind", "contract")}
    assert shown == {"own": (20, 20), "contract": (11, 11)}


def test_a_drafts_file_is_gone_after_publication(here: Settings, tmp_path: Path) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    house = _house(here)
    report.draft(house, Q1, here.project.boxes())
    twin = tmp_path / "same-inode"
    twin.hardlink_to(house.files.comments(Q1))
    before = twin.read_bytes()
    report.publish_edition(house, Q1)
    assert twin.read_bytes() != before
