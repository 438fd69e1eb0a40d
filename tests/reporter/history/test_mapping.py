"""history.mapping: every mistake in a map is told, with what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reporter.history import importing
from reporter.host import Host
from survey.problems import Problem
from tests.support import earlier
from tests.support.earlier import MAP

MISTAKES = [
    ('format: "%Y-%m-%d"', 'format: "%Y"', "named quarters and years need no format"),
    ("e: 5", "e: 6", "gives '6' for 'e'"),
    ("same: [tenure]", "same: [tenur]", "names 'tenur'. It is no item"),
    ("old_text: none}", "old_text: age}", "Write one of none, area, tenure, hidden"),
    ("yes: [Y], ", "", "has no list `yes`"),
    ("missing: [M]", "mising: [M]", "has an unknown key 'mising'"),
    ("column: Said", "colum: Said", "names no column"),
    ("points: agree", "points: 1-7", "is a scale of 7 points. Only 5 and 0-10 are told"),
    ('{column: Left, format: "%Y-%m-%d", undated: ["?"]}', "{quarter: 2024-q1}", "on nobody's"),
    ('licence: {sv: "Egen.", ', "licence: {", "source: licence has no text in 'sv'"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_in_the_map_is_told(
    right: str, wrong: str, said: str, host: Host, tmp_path: Path
) -> None:
    assert right in MAP
    by = earlier.written(tmp_path / "old.yaml", MAP.replace(right, wrong))
    with pytest.raises(Problem, match=re.escape(said)):
        importing.plan(host, earlier.file(tmp_path, earlier.rows()), by)


def test_all_mistakes_in_the_map_are_told_at_once(host: Host, tmp_path: Path) -> None:
    text = MAP.replace("e: 5", "e: 6").replace("column: Said", "colum: Said")
    by = earlier.written(tmp_path / "old.yaml", text)
    with pytest.raises(Problem) as caught:
        importing.plan(host, earlier.file(tmp_path, earlier.rows()), by)
    assert len(caught.value.messages) == 3
