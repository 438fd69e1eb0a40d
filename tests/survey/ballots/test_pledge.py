"""ballots.pledge: the public key file reads back, and no other file is taken for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from survey.ballots import pledge
from survey.ballots.pledge import Pledge
from survey.period import Length
from survey.problems import Problem
from survey.quarter import Quarter


def test_a_pledge_reads_back_and_other_files_are_refused(tmp_path: Path) -> None:
    given = Pledge(Quarter(2026, 4), (b"p" * 32,), 7, 30)
    path = tmp_path / "2026-q4.pub"
    for one in (given, replace(given, months=Length.HALF)):
        pledge.write(one, path)
        assert pledge.read(path) == one
    key = f'"{"70" * 32}"'
    twice = (
        f'{{"avstamp": 1, "quarter": "2026-q4", "publics": [{key}, {key}], "k": 7, "minimum": 30}}'
    )
    weak = twice.replace(f"{key}, {key}", f'"{"00" * 32}"')
    unnamed = twice.replace(f"{key}, {key}", key).replace("2026-q4", "q4")
    for damage in (
        twice,
        weak,
        unnamed,
        "",
        "{}",
        "[]",
        '{"avstamp": 1, "quarter": "2026-q4", "publics": ["00"]}',
    ):
        path.write_text(damage, encoding="utf-8")
        with pytest.raises(Problem, match="is not a public key file"):
            pledge.read(path)
