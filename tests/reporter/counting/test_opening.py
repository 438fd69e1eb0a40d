"""counting.opening: every answer is counted once, and comments lie apart from the rest."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from reporter import report
from survey.ballots import box, receipts, seal
from survey.invitations import issuing, links
from survey.problems import Problem
from survey.settings import Settings
from tests.support import boxes, company
from tests.support.boxes import Q1


def test_every_receipt_that_was_counted_is_in_the_record(here: Settings) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    frozen = report.draft(boxes.reporting(here), Q1, here.project.boxes())
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
    boxes.answered(here, Q1, answers)
    host = boxes.reporting(here)
    report.draft(host, Q1, here.project.boxes())
    path = host.files.comments(Q1)
    assert path.stat().st_mode & 0o777 == 0o600
    comments = json.loads(path.read_text(encoding="utf-8"))["comments"]
    decided = {"id", "side", "themes", "held", "cleared"}
    assert {frozenset(one) for one in comments} == {
        frozenset({"question", "theme", "consent", "text"} | decided)
    }
    orders = [
        [one["text"].split()[1] for one in comments if one["question"] == question]
        for question in ("keep", "improve")
    ]
    assert orders[0] != orders[1], "two texts of one person must not lie in the same place"
    assert "sales" not in path.read_text(encoding="utf-8")


def test_a_box_whose_tally_does_not_add_up_is_refused(here: Settings) -> None:
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 31), close=False)
    with closing(sqlite3.connect(here.project.box(Q1), isolation_level=None)) as db:
        db.execute("UPDATE tally SET answered = ?", [(32).to_bytes(8)])
    boxes.closed(here, here.project.box(Q1))
    with pytest.raises(Problem, match="holds 31 responses but its tally says 32"):
        report.draft(boxes.reporting(here), Q1, here.project.boxes())


def test_a_withdrawn_answers_receipt_is_in_no_edition(here: Settings) -> None:
    host = boxes.reporting(here)
    boxes.answered(here, Q1, company.quarter_answers(Q1, 4, 31), close=False)
    path = here.project.box(Q1)
    link = links.read(here.link_keys, issuing.issue(here, Q1, 1)[0].url.rpartition("/")[2])
    receipt = receipts.new()
    body = seal.close({"kind": "own"}, receipts.leaf(receipt), box.terms(path).publics)
    with box.opened(path, here.ledger_key) as ballots:
        ballots.cast(links.mark(here.ledger_key, link), receipts.tag(receipt), body)
        assert ballots.tally().present == 32
        ballots.withdraw(receipts.tag(receipt))
    boxes.closed(here, path)
    frozen = report.draft(host, Q1, [path])
    assert (frozen.answered, frozen.withdrawn, frozen.counted) == (32, 1, 31)
    assert receipts.leaf(receipt).hex() not in frozen.leaves
