"""audit.equations: two views of one question, which told together tell more, are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporter.counting import disclosure
from reporter.paths import Files
from reporter.records import Block, Finding, Record
from tests.support import sites
from tests.support.audits import CLASSES, refused, whole
from tests.support.editions import THEMES, asked


def test_a_second_breakdown_of_a_question_is_refused(files: Files) -> None:
    blocks = (Block("tenure-1", "tenure", ("lt1",), 15), Block("tenure-2", "tenure", ("1-2",), 16))
    second = _second(whole(blocks=(*whole().blocks, *blocks)))
    sites.publish(files, [second])
    told = refused(files)
    assert "it is divided by area and by tenure" in told
    assert "is shown by tenure, but the question is divided by area" in told
    assert "sv/2026-q1/" in told


def _second(made: Record) -> Record:
    found = [
        Finding(block, "rate_pay", one, n, *disclosure.display(count, n))
        for block, n, counts in (("tenure-1", 15, (3, 4, 8)), ("tenure-2", 16, (0, 4, 12)))
        for one, count in zip(CLASSES, counts, strict=True)
    ]
    return replace(made, findings=(*made.findings, *found))


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("main_reason", "is divided by other groups than ‘reasons’"),
        ("other_reasons", "of main, other and all two tell the third"),
    ],
)
def test_a_second_view_of_the_reasons_is_refused(files: Files, question: str, what: str) -> None:
    """All seven of one area named pay: 12 main reasons, of which 5 are in the other."""
    found = [Finding("area-2", question, "pay", 11, 5, 5)]
    kind = replace(asked(question, "many", THEMES), breakdown="area")
    made = whole(asked=(*whole().asked, kind), findings=(*whole().findings, *found))
    sites.publish(files, [made])
    assert what in refused(files)
