"""Where a response lies says nothing about when it came: every draw of the box's code, enumerated.

The box's own code runs once for each sequence of choices that chance could make, and each is
weighed exactly. A draw that hits a taken slot is drawn again without memory, so those are left
out, which leaves the others' proportions as they are.
"""

from __future__ import annotations

import itertools
import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import SystemRandom

import pytest

from survey.ballots import Ballot, Box, Terms, box, seal
from survey.ballots.box import Ways
from survey.ballots.slots import Slots
from survey.quarter import Quarter

KEY = b"k" * 32
TERMS = Terms(Quarter(2026, 4), (seal.public_of(b"p" * 32),), date(2027, 1, 30), 7, 30, capacity=3)
SMALL, LARGE = 4, 7
"""Slots of a box for three links, and for five."""
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
    """Lets a cast draw from `chance` so many times: one more is a draw again."""

    def __init__(self, most: int = 1) -> None:
        super().__init__()
        self.most = most
        self.chance = Chance([])
        self.drawn = 0

    def randrange(self, many: int, *_: object) -> int:
        """`random.randrange` as the script has it."""
        if self.drawn == self.most:
            raise DrawnAgain
        self.drawn += 1
        return self.chance.one_of(many)

    def sample(self, population: Sequence[int], k: int, **_: object) -> list[int]:
        """`random.sample` as the script has it."""
        return self.chance.sample(population, k)

    def anew(self) -> None:
        """Another cast begins."""
        self.drawn = 0


class InTurn(Free):
    """Gives the first free slot: it tries them one after another, and draws nothing."""

    def randrange(self, many: int, *_: object) -> int:
        """The next place."""
        return next(self.places) % many

    def anew(self) -> None:
        """Another cast begins."""
        self.places = itertools.count()


class Stays(Free):
    """Draws for growth only places that are there already, so that nothing moves."""

    def sample(self, population: Sequence[int], k: int, **_: object) -> list[int]:
        """The first ones, without a choice."""
        return list(population[:k])


def _tag(name: str) -> bytes:
    return name.encode().ljust(32, b".")


def _pool(free: Free, table: str = "pool") -> Slots:
    """One pool of a box of its own, in memory: the box adds nothing to where its rows lie."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    pool = Slots(db, table, KEY, free, lambda: bytes(seal.size(1)))
    db.execute(pool.made)
    pool.lay(1, SMALL)
    return pool


def _act(pool: Slots, free: Free, verb: str, name: str, among: int) -> int:
    """What a box does with a pool; how many of its slots are in use then."""
    if verb == "cast":
        free.anew()
        pool.put(_tag(name), bytes(seal.size(1)), among)
    elif verb == "withdraw":
        pool.clear(_tag(name), among)
    elif verb == "extend":
        pool.lay(among + 1, LARGE)
    else:
        pool.spread(among, LARGE)
        return LARGE
    return among


def _play(story: Story, free: Free) -> Placement:
    pool, among = _pool(free), SMALL
    try:
        for verb, name in story:
            among = _act(pool, free, verb, name, among)
        rows = {name: pool.find(_tag(name)) for name in PEOPLE}
    finally:
        pool.db.close()
    return frozenset((name, slot) for name, slots in rows.items() for slot in slots)


def _odds(story: Story, free: Free, play: Callable[[Story, Free], Placement] = _play) -> Odds:
    """How likely each placement is, exactly."""
    odds: Counter[Placement] = Counter()

    def run(chance: Chance) -> None:
        free.chance = chance
        try:
            found.append(play(story, free))
        except DrawnAgain:
            found.append(None)

    found: list[Placement | None] = []
    for chance in _scripts(run):
        placement = found.pop()
        if placement is not None:
            odds[placement] += chance.weight  # type: ignore[assignment]
    whole = sum(odds.values())
    return {placement: Fraction(weight) / whole for placement, weight in odds.items()}


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
def test_every_placement_is_as_likely_as_every_other(story: str) -> None:
    """And so it is the same for every order in which people may come."""
    odds = _odds(STORIES[story](*PEOPLE), Free())
    there = {name for name, _ in next(iter(odds))}
    slots = LARGE if "growth" in story else SMALL
    assert len(odds) == math.perm(slots, len(there))
    assert set(odds.values()) == {Fraction(1, len(odds))}


def _both(empty: bytes, story: Story, free: Free) -> Placement:
    """Where answers and leaves lie once a whole box has taken those who come."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.deserialize(empty)
    try:
        one = Box(Path("nowhere"), db, KEY, Ways(chance=free))
        for _, name in story:
            free.anew()
            leaf = bytes(seal.leaf_size(1))
            one.cast(_tag(name), _tag(name), Ballot(bytes(seal.size(1)), leaf))
        return frozenset(
            (f"{name} {pool}", slot)
            for pool in ("pool", "leaves")
            for name in PEOPLE
            for slot in Slots(db, pool, KEY, free, bytes).find(_tag(name))
        )
    finally:
        db.close()


def test_where_a_leaf_lies_is_as_likely_wherever_its_answer_does(tmp_path: Path) -> None:
    path = tmp_path / "2026-q4.box"
    box.create(path, TERMS, KEY)
    with box.opened(path, KEY) as one:
        one.issue([_tag(name) for name in PEOPLE])
    empty = path.read_bytes()
    odds = _odds([("cast", "ann"), ("cast", "bo")], Free(2), partial(_both, empty))
    assert len(odds) == math.perm(SMALL, 2) ** 2
    assert set(odds.values()) == {Fraction(1, len(odds))}


def test_a_box_that_fills_its_slots_in_turn_is_told_from_ours() -> None:
    forth = _odds([("cast", "ann"), ("cast", "bo")], InTurn())
    back = _odds([("cast", "bo"), ("cast", "ann")], InTurn())
    assert forth != back


def test_a_box_that_only_adds_slots_at_its_end_is_told_from_ours() -> None:
    early = _odds([("cast", "ann"), *GROW], Stays())
    late = _odds([*GROW, ("cast", "ann")], Stays())
    assert early != late
