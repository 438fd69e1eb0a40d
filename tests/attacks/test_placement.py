"""An exact enumeration: whatever the order of arrival, every placement is equally likely."""

from __future__ import annotations

import itertools
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from survey import box, receipts, seal
from survey.box import Terms
from survey.quarter import Quarter

Placement = tuple[tuple[int, str], ...]
"""Which response lies in which slot, by slot."""

KEY = b"k" * 32
PUBLIC = seal.public_of(b"p" * 32)


def _cast(state: dict[int, str], who: str, slots: int) -> Iterator[tuple[dict[int, str], Fraction]]:
    """Drawing a slot again and again until it is free is drawing a free slot."""
    free = [slot for slot in range(1, slots + 1) if slot not in state]
    for slot in free:
        yield {**state, slot: who}, Fraction(1, len(free))


def _withdraw(state: dict[int, str], who: str) -> dict[int, str]:
    return {slot: one for slot, one in state.items() if one != who}


def _grow(state: dict[int, str], old: int, new: int) -> Iterator[tuple[dict[int, str], Fraction]]:
    """As `Box._move` does it: targets are a sample of all slots, movers one of the present."""
    targets = list(itertools.permutations(range(1, new + 1), len(state)))
    for target in targets:
        fresh = [slot for slot in target if slot > old]
        movers = list(itertools.permutations(sorted(state), len(fresh)))
        for moved in movers:
            after = {slot: one for slot, one in state.items() if slot not in moved}
            after |= {to: state[slot] for slot, to in zip(moved, fresh, strict=True)}
            yield after, Fraction(1, len(targets) * len(movers))


def _after(order: str, withdrawn: str = "", grown: bool = False) -> dict[Placement, Fraction]:
    """The exact distribution of placements after these arrivals; growth falls in the middle."""
    states: Counter[Placement] = Counter({(): Fraction(1)})  # type: ignore[dict-item]
    slots = 3
    for number, who in enumerate(order):
        if grown and number == len(order) // 2:
            states, slots = _step(states, lambda one: _grow(one, 3, 5)), 5
        states = _step(states, lambda one, who=who, slots=slots: _cast(one, who, slots))
        if who in withdrawn:
            states = _step(states, lambda one, who=who: [(_withdraw(one, who), Fraction(1))])
    return dict(states)


def _step(states, move) -> Counter[Placement]:  # type: ignore[no-untyped-def] # noqa: ANN001
    after: Counter[Placement] = Counter()
    for placement, weight in states.items():
        for state, part in move(dict(placement)):
            after[tuple(sorted(state.items()))] += weight * part
    return after


@pytest.mark.parametrize("grown", [False, True])
def test_every_order_of_arrival_gives_the_same_uniform_distribution(grown: bool) -> None:
    people = "abc"
    first, *others = (_after("".join(order), grown=grown) for order in
                      itertools.permutations(people))  # fmt: skip
    assert all(other == first for other in others)
    assert len(set(first.values())) == 1, "every placement is equally likely"
    assert sum(first.values()) == 1


@pytest.mark.parametrize("withdrawn", ["a", "b"])
def test_nor_does_a_withdrawal_on_the_way_show(withdrawn: str) -> None:
    first, *others = (_after("".join(order), withdrawn) for order in itertools.permutations("abc"))
    assert all(other == first for other in others)
    assert len(set(first.values())) == 1


def test_the_enumeration_itself_finds_a_box_that_fills_from_the_front() -> None:
    def front(state: dict[int, str], who: str) -> dict[int, str]:
        return {**state, len(state) + 1: who}

    ends = set()
    for order in itertools.permutations("abc"):
        state: dict[int, str] = {}
        for who in order:
            state = front(state, who)
        ends.add(tuple(sorted(state.items())))
    assert len(ends) == 6, "each order gives a placement of its own"


def test_the_code_draws_as_the_model_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded histories: with these draws a cast lands where the model puts it."""
    path = tmp_path / "2026-q4.box"
    terms = Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, 4)
    box.create(path, terms, KEY)
    marks = [bytes([number]) * 32 for number in range(1, 5)]
    with box.opened(path, KEY) as one:
        one.issue(marks)
    for draws, mark, expected in (([2], marks[0], 3), ([2, 2, 0], marks[1], 1), ([4], marks[2], 5)):
        script = iter(draws)
        monkeypatch.setattr(secrets, "randbelow", lambda _, script=script: next(script))
        receipt = receipts.new()
        body = seal.close({"kind": "own"}, receipts.leaf(receipt), (PUBLIC,))
        with box.opened(path, KEY) as one:
            before = set(one._taken())
            one.cast(mark, receipts.tag(receipt), body)
            assert set(one._taken()) - before == {expected}
        assert next(script, None) is None, "a taken slot is drawn again, a free one is taken"
