"""Where a response lies says nothing about when it came: every draw of the box's code, enumerated.

The box's own code runs once for each sequence of choices that chance could make, and each is
weighed exactly. A draw that hits a taken slot is drawn again without memory, so those are left
out, which leaves the others' proportions as they are.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest

from survey.ballots import Box, Terms, box, seal
from survey.ballots.box import Ways
from survey.quarter import Quarter

KEY = b"k" * 32
TERMS = Terms(Quarter(2026, 4), (seal.public_of(b"p" * 32),), date(2027, 1, 30), 7, 30, capacity=3)
GROWN = 5
PEOPLE = ("ann", "bo", "cay")

Placement = frozenset[tuple[str, int]]
Odds = dict[Placement, Fraction]
Story = Sequence[tuple[str, str]]


class DrawnAgain(Exception):
    """The draw hit a taken slot; the next one is as if this had not been."""


@dataclass
class Chance:
    """Hands out the choices of one script and notes how many there were to choose from."""

    script: list[int]
    sizes: list[int] = field(default_factory=list)
    weight: Fraction = Fraction(1)

    def one_of(self, many: int) -> int:
        """The next choice of the script; the first one where the script ends."""
        place = len(self.sizes)
        self.sizes.append(many)
        self.weight /= many
        if place == len(self.script):
            self.script.append(0)
        return self.script[place]

    def sample(self, population: Sequence[int], k: int) -> list[int]:
        """An ordered sample, drawn one after another."""
        left = list(population)
        return [left.pop(self.one_of(len(left))) for _ in range(k)]


def _scripts(run: Callable[[Chance], None]) -> Iterator[Chance]:
    """Run once for each sequence of choices."""
    script: list[int] = []
    while True:
        chance = Chance(list(script))
        run(chance)
        yield chance
        script = chance.script[: len(chance.sizes)]
        while script and script[-1] == chance.sizes[len(script) - 1] - 1:
            script.pop()
        if not script:
            return
        script[-1] += 1


class Free(SystemRandom):
    """Lets the box draw from `chance`, once: a second draw for one cast is a draw again."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = Chance([])
        self.drawn = False

    def randrange(self, many: int, *_: object) -> int:
        """`random.randrange` as the script has it."""
        if self.drawn:
            raise DrawnAgain
        self.drawn = True
        return self.chance.one_of(many)

    def sample(self, population: Sequence[int], k: int, **_: object) -> list[int]:
        """`random.sample` as the script has it."""
        return self.chance.sample(population, k)

    def anew(self) -> None:
        """Another cast begins."""
        self.drawn = False


class InTurn(Free):
    """Gives the first free slot: it tries them one after another, and draws nothing."""

    def randrange(self, *_: object) -> int:
        """The next place."""
        return next(self.places)

    def anew(self) -> None:
        """Another cast begins."""
        self.places = itertools.count()


class Stays(Free):
    """Draws for growth only places that are there already, so that nothing moves."""

    def sample(self, population: Sequence[int], k: int, **_: object) -> list[int]:
        """The first ones, without a choice."""
        return list(population[:k])


def _ways(free: Free) -> Ways:
    return Ways(chance=free, dummy=lambda _: bytes(seal.size(1)))


def _tag(name: str) -> bytes:
    return name.encode().ljust(32, b".")


def _act(one: Box, free: Free, verb: str, name: str) -> None:
    if verb == "cast":
        free.anew()
        one.cast(_tag(name), _tag(name), bytes(seal.size(1)))
    elif verb == "withdraw":
        one.withdraw(_tag(name))
    elif verb == "extend":
        assert one.extend(GROWN, most=100)
    else:
        one.spread(GROWN)


def _play(story: Story, free: Free, empty: bytes) -> Placement:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.deserialize(empty)
    try:
        for verb, name in story:
            _act(Box(Path("nowhere"), db, KEY, _ways(free)), free, verb, name)
        rows: list[Any] = db.execute("SELECT tag, slot FROM pool").fetchall()
    finally:
        db.close()
    return frozenset((name, slot) for tag, slot in rows for name in PEOPLE if tag == _tag(name))


def _odds(story: Story, free: Free, empty: bytes) -> Odds:
    """How likely each placement is, exactly."""
    odds: Counter[Placement] = Counter()

    def run(chance: Chance) -> None:
        free.chance = chance
        try:
            found.append(_play(story, free, empty))
        except DrawnAgain:
            found.append(None)

    found: list[Placement | None] = []
    for chance in _scripts(run):
        placement = found.pop()
        if placement is not None:
            odds[placement] += chance.weight  # type: ignore[assignment]
    whole = sum(odds.values())
    return {placement: Fraction(weight) / whole for placement, weight in odds.items()}


@pytest.fixture
def empty(tmp_path: Path) -> bytes:
    """A box of four slots with a link for each person."""
    path = tmp_path / "2026-q4.box"
    box.create(path, TERMS, KEY, _ways(Free()))
    with box.opened(path, KEY) as one:
        one.issue([_tag(name) for name in PEOPLE])
    return path.read_bytes()


EXTEND, SPREAD = ("extend", ""), ("spread", "")
GROW = (EXTEND, SPREAD)
"""Growth in two steps, between which people may answer."""
STORIES: dict[str, Callable[[str, str, str], Story]] = {
    "three answers": lambda a, b, c: [("cast", a), ("cast", b), ("cast", c)],
    "one taken back": lambda a, b, c: [
        ("cast", a),
        ("cast", b),
        ("withdraw", b),
        ("cast", c),
    ],
    "growth at the start": lambda a, b, _: [*GROW, ("cast", a), ("cast", b)],
    "growth in the middle": lambda a, b, _: [("cast", a), *GROW, ("cast", b)],
    "an answer in the midst of growth": lambda a, b, _: [
        ("cast", a),
        EXTEND,
        ("cast", b),
        SPREAD,
    ],
    "growth at the end": lambda a, b, _: [("cast", a), ("cast", b), *GROW],
    "taken back, then growth": lambda a, b, c: [
        ("cast", a),
        ("cast", c),
        ("withdraw", c),
        *GROW,
        ("cast", b),
    ],
}


@pytest.mark.parametrize("story", STORIES)
def test_every_placement_is_as_likely_as_every_other(story: str, empty: bytes) -> None:
    """And so it is the same for every order in which people may come."""
    odds = _odds(STORIES[story](*PEOPLE), Free(), empty)
    there = {name for name, _ in next(iter(odds))}
    slots = box.slots_for(GROWN if "growth" in story else TERMS.capacity)
    assert len(odds) == len(list(itertools.permutations(range(slots), len(there))))
    assert set(odds.values()) == {Fraction(1, len(odds))}


def test_a_box_that_fills_its_slots_in_turn_is_told_from_ours(empty: bytes) -> None:
    forth = _odds([("cast", "ann"), ("cast", "bo")], InTurn(), empty)
    back = _odds([("cast", "bo"), ("cast", "ann")], InTurn(), empty)
    assert forth != back


def test_a_box_that_only_adds_slots_at_its_end_is_told_from_ours(empty: bytes) -> None:
    early = _odds([("cast", "ann"), *GROW], Stays(), empty)
    late = _odds([*GROW, ("cast", "ann")], Stays(), empty)
    assert early != late
