"""When somebody answered stands in no file of ours; and in the disk's own journal among many times.

The disk is an ext4 image as `survey check` calls well. With the covering writes off, the attacker
reads every answer's time to a hundredth of a second, without a key.
"""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Ballot, Box, Terms, box, receipts, seal, store, traces
from survey.cover import Cover
from survey.quarter import Quarter
from tests.attacks import clock

KEY = b"k" * 32
_, PUBLIC = seal.new_keys()
OF = Quarter(2026, 4)
ANSWERS = int(os.environ.get("AVSTAMP_CLOCK", "40"))
SLOW, QUICK = 0.15, 0.04
"""Seconds between two answers and two covering writes, on the average: a day, made short."""

Act = Callable[[Box, bytes, Ballot, bytes], None]
"""What is done to a box, given a mark, a ballot and a tag."""


@dataclass
class Taken:
    """A disk after some acts: its bytes, the two files' inodes, and from when to when each took."""

    disk: Path
    inodes: tuple[int, int]
    spans: list[tuple[Act, float, float]] = field(default_factory=list)

    def events(self) -> list[clock.Event]:
        """What the disk tells."""
        return clock.events(*(clock.times(self.disk, one) for one in self.inodes))

    def among(self, found: Sequence[clock.Event], act: Act) -> list[clock.Event]:
        """The events in which such an act was under way."""
        spans = [(first, last) for one, first, last in self.spans if one is act]
        return [one for one in found if _within(one, spans)]


def _within(event: clock.Event, spans: Sequence[tuple[float, float]]) -> bool:
    times = (*event.box, *event.journal)
    return any(first - 0.005 <= at <= last + 0.005 for first, last in spans for at in times)


@contextmanager
def _covered(path: Path, mean: float | None) -> Iterator[None]:
    if mean is None:
        yield
        return
    with Cover(lambda: [path], KEY, mean, lambda: date(2026, 12, 1)).running():
        yield


def _cast(one: Box, mark: bytes, ballot: Ballot, tag: bytes) -> None:
    one.cast(mark, tag, ballot)


def _nothing(one: Box, _: bytes, __: Ballot, tag: bytes) -> None:
    one.withdraw(tag)


def _cover(one: Box, _: bytes, __: Ballot, ___: bytes) -> None:
    one.cover()


def _taken(image: tuple[Path, Path], acts: Sequence[Act], mean: float | None = None) -> Taken:
    """The acts, at random moments that do not touch; beside them covering writes, if told."""
    disk, folder = image
    path = folder / f"{OF}.box"
    box.create(path, Terms(OF, (PUBLIC,), date(2027, 1, 30), 7, 30, len(acts)), KEY)
    marks = [secrets.token_bytes(32) for _ in acts]
    with box.opened(path, KEY) as one:
        one.issue(marks)
    taken = Taken(disk, (path.stat().st_ino, traces.journal(path).stat().st_ino))
    with _covered(path, mean):
        for act, mark in zip(acts, marks, strict=True):
            time.sleep(0.03 + random.expovariate(1 / SLOW))
            taken.spans.append((act, *_done(path, act, mark)))
    store.let_go()
    subprocess.run(["umount", str(folder)], check=True)
    return taken


def _done(path: Path, act: Act, mark: bytes) -> tuple[float, float]:
    tag = receipts.tag(receipts.new())
    ballot = seal.close({"kind": "own"}, bytes(32), (PUBLIC,))
    with box.opened(path, KEY) as one:
        began = time.time()
        act(one, mark, ballot, tag)
        return began, time.time()


def test_without_covering_writes_the_disk_tells_when_each_answer_came(
    image: tuple[Path, Path],
) -> None:
    taken = _taken(image, [_cast] * ANSWERS)
    found = taken.events()
    told = [any(_within(one, [(first, last)]) for one in found) for _, first, last in taken.spans]
    assert sum(told) == ANSWERS
    assert len(found) < 2 * ANSWERS, "and of little else"


def test_with_them_an_answer_is_one_of_many_moments(image: tuple[Path, Path]) -> None:
    """As many more as were asked for, beside the answers and whatever they do."""
    taken = _taken(image, [_cast] * ANSWERS, QUICK)
    found = taken.events()
    yes = taken.among(found, _cast)
    print(f"\n{len(found)} events, {len(yes)} with an answer")
    assert len(found) > 2 * len(yes)


@pytest.mark.parametrize("other", [_cover, _nothing], ids=["covering", "a code of nobody"])
def test_an_answer_leaves_the_same_times_as_what_changes_nothing(
    image: tuple[Path, Path], other: Act
) -> None:
    acts = [_cast, other] * (ANSWERS // 2)
    random.shuffle(acts)
    taken = _taken(image, acts)
    found = taken.events()
    yes, no = taken.among(found, _cast), taken.among(found, other)
    areas = {
        name: clock.area([one.features[name] for one in yes], [one.features[name] for one in no])
        for name in found[0].features
    }
    print(f"\n{len(yes)} answers, {len(no)} others: {areas}")
    assert all(abs(one - 0.5) < _bound(len(yes), len(no)) for one in areas.values()), areas


def _bound(yes: int, no: int) -> float:
    """What an area without knowledge stays within, but once in a million times."""
    return float(5 * ((yes + no + 1) / (12 * yes * no)) ** 0.5)
