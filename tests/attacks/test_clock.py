"""When somebody answered stands in no file of ours; and in the disk's own journal among many times.

The disk is an ext4 image as `survey check` calls well. With the covering writes off, the attacker
reads every answer's time to a hundredth of a second, without a key.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Box, Terms, box, receipts, seal, store, traces
from survey.ballots.box import SAFE
from survey.cover import Cover
from survey.quarter import Quarter
from tests.attacks import clock

KEY = b"k" * 32
_, PUBLIC = seal.new_keys()
OF = Quarter(2026, 4)
pytestmark = pytest.mark.bench
"""Minutes long, and a busy machine blurs what is measured: run by `make bench`."""

ANSWERS = int(os.environ.get("AVSTAMP_CLOCK", "30"))
SLOW, QUICK = 0.4, 0.1
"""Seconds between two answers and two covering writes, on the average: a day, made short."""
APART = 0.06
"""Seconds between two acts where each is to be seen for itself."""

Act = Callable[[Box, int], object]
"""What is done to a box, by the number of a leaver."""


def _mark(number: int) -> bytes:
    return number.to_bytes(32)


def _tag(number: int) -> bytes:
    return receipts.tag(number.to_bytes(16))


def cast(one: Box, number: int) -> object:
    """Somebody answers."""
    ballot = seal.close({"kind": "own"}, receipts.leaf(number.to_bytes(16)), (PUBLIC,))
    return one.cast(_mark(number), _tag(number), ballot)


def take_back(one: Box, number: int) -> object:
    """Somebody takes an answer back, if they gave one."""
    return one.withdraw(_tag(number))


def nobody(one: Box, number: int) -> object:
    """A code that belongs to no answer."""
    return one.withdraw(_tag(number + 1_000_000))


def cover(one: Box, _: int) -> object:
    """A write that changes nothing."""
    return one.cover()


@dataclass
class Taken:
    """A disk after some acts: its image, the two files' inodes, and when what took place."""

    disk: Path
    path: Path
    spans: list[tuple[Act, float, float]] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    """When a covering write was done with."""
    inodes: tuple[int, ...] = ()

    def do(self, act: Act, number: int) -> None:
        """Do it to the box, and note when."""
        began = time.time()
        with box.opened(self.path, KEY) as one:
            act(one, number)
        self.spans.append((act, began, time.time()))

    def wipe(self, journal: Path) -> None:
        """What the covering writes end with, which notes when."""
        traces.wipe(journal)
        self.covered.append(time.time())

    def events(self) -> list[clock.Event]:
        """What the disk tells, once it was taken away."""
        return clock.events(*(clock.copies(self.disk, one) for one in self.inodes))

    def among(self, found: Sequence[clock.Event], act: Act) -> list[clock.Event]:
        """The events in which such an act was under way."""
        spans = [(first, last) for one, first, last in self.spans if one is act]
        return [event for event in found if any(_within(event, one) for one in spans)]


def _within(event: clock.Event, span: tuple[float, float]) -> bool:
    return any(span[0] - 0.005 <= at <= span[1] + 0.005 for at in event.times)


@contextmanager
def _opened(disk: Path, folder: Path, links: int) -> Iterator[Taken]:
    """A box on the disk, which is taken away when the block ends."""
    path = folder / f"{OF}.box"
    box.create(path, Terms(OF, (PUBLIC,), date(2027, 1, 30), 7, 30, links), KEY)
    with box.opened(path, KEY) as one:
        one.issue([_mark(number) for number in range(links)])
    taken = Taken(disk, path)
    yield taken
    taken.inodes = tuple(one.stat().st_ino for one in (path, traces.journal(path)))
    store.let_go()
    subprocess.run(["umount", str(folder)], check=True)


def _answered(taken: Taken) -> None:
    for number in range(ANSWERS):
        time.sleep(0.03 + random.expovariate(1 / SLOW))
        taken.do(cast, number)


def test_without_covering_writes_the_disk_tells_when_each_answer_came(
    roomy: tuple[Path, Path],
) -> None:
    with _opened(*roomy, ANSWERS) as taken:
        _answered(taken)
    found = taken.events()
    told = [any(_within(one, (first, last)) for one in found) for _, first, last in taken.spans]
    assert sum(told) == ANSWERS
    right = len(taken.among(found, cast)) / len(found)
    print(f"\n{len(found)} times on the disk, right as an answer's: {right:.2f}")
    assert right > 0.9, "and of nothing else, but for the opening"


def test_with_them_a_time_is_an_answers_no_more_often_than_the_pace_says(
    roomy: tuple[Path, Path],
) -> None:
    with _opened(*roomy, ANSWERS) as taken:
        ways, day = replace(SAFE, wipe=taken.wipe), date(2026, 12, 1)
        with Cover(lambda: [taken.path], KEY, QUICK, lambda: day, ways, taking_back=9e9).running():
            _answered(taken)
    found = taken.events()
    right, best = len(taken.among(found, cast)) / len(found), _best(taken)
    print(f"\n{len(found)} times on the disk, {len(taken.covered)} covering writes; ", end="")
    print(f"right as an answer's: {right:.2f}, by the pace alone: {best:.2f}")
    assert abs(right - best) < 0.1
    assert best < 0.6


def _best(taken: Taken) -> float:
    """How often a time that is named as an answer's is one, for whoever knows the pace alone.

    Writes that lie closer than the attacker can part are one time: an answer's, if one was of it.
    """
    answers = [(last, True) for _, _, last in taken.spans]
    marked = sorted([*answers, *((at, False) for at in taken.covered)])
    groups: list[list[bool]] = []
    for number, (at, answer) in enumerate(marked):
        if not groups or at - marked[number - 1][0] > clock.APART:
            groups.append([])
        groups[-1].append(answer)
    return sum(map(any, groups)) / len(groups)


PAIRS = [(cast, cover), (cast, nobody), (take_back, nobody)]


@pytest.mark.parametrize(("act", "other"), PAIRS, ids=["answer", "other code", "taken back"])
def test_nothing_about_a_time_tells_what_it_was(
    roomy: tuple[Path, Path], act: Act, other: Act
) -> None:
    acts = [act, other, other, other] * ANSWERS
    random.shuffle(acts)
    with _opened(*roomy, 4 * ANSWERS) as taken:
        if act is take_back:
            for number in range(4 * ANSWERS):
                taken.do(cast, number)
        for number, one in enumerate(acts):
            time.sleep(APART)
            taken.do(one, number)
    _indifferent(taken, act, other)


def _indifferent(taken: Taken, act: Act, other: Act) -> None:
    found = taken.events()
    yes, no = ([one.features for one in taken.among(found, kind)] for kind in (act, other))
    assert min(len(yes), len(no) / 3) > 0.8 * ANSWERS, "the disk tells of nearly every one"
    areas = {name: clock.area([a[name] for a in yes], [b[name] for b in no]) for name in yes[0]}
    told = ", ".join(f"{name} {one:.3f}" for name, one in areas.items())
    print(f"\n{len(yes)} against {len(no)}: {told}")
    assert all(abs(one - 0.5) < clock.bound(len(yes), len(no)) for one in areas.values()), told
