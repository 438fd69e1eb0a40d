"""survey.cover: writes to open boxes while the form is served, at moments drawn by chance."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Terms, box, seal
from survey.ballots.box import Ways
from survey.cover import MEAN, Cover
from survey.problems import Problem
from survey.quarter import Quarter

KEY = b"k" * 32
OF = Quarter(2026, 4)
_, PUBLIC = seal.new_keys()
LAST = date(2027, 1, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An open box with links in it."""
    made = tmp_path / f"{OF}.box"
    box.create(made, Terms(OF, (PUBLIC,), LAST, 7, 30, 20), KEY)
    with box.opened(made, KEY) as one:
        one.issue([bytes([number]) * 32 for number in range(20)])
    return made


def _changes(path: Path) -> int:
    """How often the file was changed: SQLite counts it in its header."""
    return int.from_bytes(path.read_bytes()[24:28])


def _until(true: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.005)
    return true()


def test_it_writes_and_changes_nothing_that_counts(path: Path) -> None:
    before = _changes(path)
    with Cover(lambda: [path], KEY, 0.005, lambda: LAST).running():
        assert _until(lambda: _changes(path) > before + 20)
    after = _changes(path)
    with box.opened(path, KEY) as one:
        assert (one.tally().answered, one.taken(), one.faults()) == (0, [], [])
    time.sleep(0.05)
    assert _changes(path) == after, "it ends with the form"


def test_every_box_is_covered_as_often_as_if_it_were_alone(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "2027-q1.box"
    box.create(other, Terms(OF.next, (PUBLIC,), LAST, 7, 30, 20), KEY)
    with Cover(lambda: [path, other], KEY, 0.01, lambda: LAST, chance=random.Random(4)).running():
        assert _until(lambda: min(map(_changes, (path, other))) > 20)


@pytest.mark.parametrize("day", [date(2027, 1, 31), None])
def test_a_box_that_takes_nothing_is_left_alone(path: Path, day: date | None) -> None:
    """After its last day, and when its host has closed it."""
    if day is None:
        box.close(path, KEY, LAST)
    before = path.read_bytes()
    with Cover(lambda: [path], KEY, 0.005, lambda: day or LAST).running():
        time.sleep(0.1)
    assert path.read_bytes() == before


def test_a_disk_that_fails_is_told_once_and_covering_goes_on(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [True]

    def connect(_: Path) -> object:
        if broken[0]:
            raise Problem("the disk is full")
        return box.SAFE.connect(path)

    before = _changes(path)
    cover = Cover(lambda: [path], KEY, 0.005, lambda: LAST, Ways(connect=connect))  # type: ignore[arg-type]
    from survey.ballots import store

    store.let_go()
    with cover.running():
        time.sleep(0.1)
        broken[0] = False
        assert _until(lambda: _changes(path) > before)
    assert capsys.readouterr().err.count("not covered on the disk (said once)") == 1


def test_an_answer_a_day_is_less_than_one_in_a_hundred() -> None:
    covers = 24 * 60 * 60 / MEAN
    assert 1 / (1 + covers) < 1 / 100
