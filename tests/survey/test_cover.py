"""survey.cover: writes to open boxes while the form is served, at moments drawn by chance."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest

from survey.ballots import Tally, Terms, box, receipts, seal, traces
from survey.ballots.box import SAFE
from survey.cover import MEAN, TAKING_BACK, Cover
from survey.project import Project
from survey.quarter import Quarter

KEY = b"k" * 32
PUBLIC = seal.public_of(b"p" * 32)
Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
TODAY = date(2026, 10, 15)
MARKS = [bytes([number]) * 32 for number in range(1, 9)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two open boxes, of which one holds an answer."""
    here = Project(tmp_path)
    here.responses.mkdir()
    for of in (Q3, Q4):
        terms = Terms(of, (PUBLIC,), of.closes, 7, 30, capacity=20)
        box.create(here.box(of), terms, KEY)
        with box.opened(here.box(of), KEY) as one:
            one.issue(MARKS)
    ballot = seal.close({"kind": "own"}, bytes(32), (PUBLIC,))
    with box.opened(here.box(Q4), KEY) as one:
        one.cast(MARKS[0], receipts.tag(bytes(16)), ballot)
    return here


def _covers(project: Project, **named: object) -> Cover:
    told = {"today": lambda: TODAY, "chance": random.Random(4), **named}
    return Cover(project.boxes, KEY, **told)  # type: ignore[arg-type]


class Waits:
    """Ends a run after so many waits; keeps what they were."""

    def __init__(self, most: int) -> None:
        self.most, self.seconds = most, list[float]()

    def __call__(self, seconds: float) -> bool:
        """Note the wait, and wait for nothing; whether it was one too many."""
        self.seconds.append(seconds)
        return len(self.seconds) > self.most


def _written(project: Project, **named: object) -> Iterator[tuple[str, ...]]:
    """Which boxes change with each cover, in order."""
    paths = project.boxes()
    covers = _covers(project, **named)
    for _ in range(60):
        before = [path.read_bytes() for path in paths]
        covers.run(Waits(1))
        yield tuple(
            path.name[:7]
            for path, was in zip(paths, before, strict=True)
            if was != path.read_bytes()
        )


def test_a_cover_writes_to_one_open_box_as_an_answer_does_or_to_all_as_taking_back_does(
    project: Project,
) -> None:
    seen = Counter(_written(project, mean=10.0, taking_back=10.0))
    assert set(seen) == {("2026-q3",), ("2026-q4",), ("2026-q3", "2026-q4")}
    assert min(seen.values()) > 8, "a third each, of sixty"


def test_nothing_that_a_box_holds_or_counts_is_changed(project: Project) -> None:
    _covers(project).run(Waits(40))
    with box.opened(project.box(Q4), KEY) as one:
        assert (one.tally(), one.faults(), len(one.taken())) == (Tally(8, 1, 0), [], 1)
        assert [kept.answers for kept in seal.open_all(one.bodies(), [b"p" * 32])] == [
            {"kind": "own"}
        ]


def test_the_waits_have_no_beat(project: Project) -> None:
    """Exponential: the chance of a cover in the next second is the same at every moment."""
    waits = Waits(2000)
    _covers(Project(project.root / "none")).run(waits)
    mean = statistics.mean(waits.seconds)
    assert abs(mean / TAKING_BACK - 1) < 0.12, "of 2,000 waits, five deviations"
    assert abs(statistics.stdev(waits.seconds) / mean - 1) < 0.2


def test_each_box_has_the_pace_of_one_however_many_there_are(project: Project) -> None:
    waits = Waits(400)
    _covers(project, today=lambda: date.max).run(waits)
    assert abs(statistics.mean(waits.seconds) * (2 / MEAN + 1 / TAKING_BACK) - 1) < 0.25


def test_a_box_that_is_closed_or_past_its_last_day_is_not_touched(project: Project) -> None:
    box.close(project.box(Q3), KEY, Q3.closes)
    assert set(_written(project)) == {(), ("2026-q4",)}
    after = Q4.closes + timedelta(1)
    assert set(_written(project, today=lambda: after)) == {()}


def _full(_: Path) -> None:
    raise OSError(28, "No space left on device")


def test_trouble_is_said_once_in_words_and_the_next_cover_comes(project: Project) -> None:
    said: list[str] = []
    covers = _covers(project, ways=replace(SAFE, wipe=_full), say=said.append)
    covers.run(Waits(30))
    told = {line.partition(": ")[2].split(":")[0] for line in said}
    assert (len(said), told) == (2, {"2026-q3.box", "2026-q4.box"}), "a box each, of thirty tries"
    assert all("said once" in line and "No space left" in line for line in said)


def test_a_bug_in_a_cover_ends_no_series(project: Project) -> None:
    said: list[str] = []

    def broken() -> date:
        raise ValueError("with something in it that a leaver wrote")

    _covers(project, today=broken, say=said.append).run(Waits(5))
    assert said == ["the times of answers are not covered on the disk (said once): ValueError\n"]


def test_it_ends_with_the_block_and_leaves_the_journals_wiped(project: Project) -> None:
    paths, wiped = project.boxes(), Event()

    def wipe(journal: Path) -> None:
        traces.wipe(journal)
        wiped.set()

    covers = _covers(project, mean=0.01, taking_back=0.05, ways=replace(SAFE, wipe=wipe))
    with covers.running():
        assert wiped.wait(5)
    before = [path.read_bytes() for path in paths]
    assert all(map(traces.wiped, paths))
    assert not Event().wait(0.1)
    assert [path.read_bytes() for path in paths] == before, "nothing is written any more"


def test_an_answer_gets_in_while_boxes_are_covered(project: Project) -> None:
    ballot = seal.close({"kind": "own"}, bytes(32), (PUBLIC,))
    with _covers(project, mean=0.001, taking_back=0.01).running():
        for mark in MARKS[1:]:
            with box.opened(project.box(Q4), KEY) as one:
                one.cast(mark, receipts.tag(mark[:16]), ballot)
    with box.opened(project.box(Q4), KEY) as one:
        assert (one.tally(), one.faults()) == (Tally(8, 8, 0), [])


def test_an_answer_a_day_is_less_than_one_in_a_thousand() -> None:
    day = 24 * 60 * 60
    assert 1 / (1 + day / MEAN) < 1 / 1000
    assert 1 / (1 + day / TAKING_BACK) < 1 / 1000
