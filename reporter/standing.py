"""How far a quarter has come on its way to an edition: each step, and what it still wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from reporter import commitments, coverage, record, steps
from reporter.coverage import Sealed
from reporter.promise import overdue
from reporter.record import Record
from reporter.report import House
from survey import box, quarter
from survey.box import Tally, Terms
from survey.problems import Problem
from survey.quarter import Quarter
from survey.words import Words


class State(StrEnum):
    """Where a step stands. `later` waits for a step before it."""

    DONE = "done"
    LOOK = "look"
    """Done, with something a person should look at."""
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class Step:
    """One step. `told` names its phrase, `values` what is filled in there."""

    name: str
    state: State
    told: str
    values: Mapping[str, int | date] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """A Problem's own words, where there is one."""


@dataclass(frozen=True)
class Standing:
    """One quarter at a glance: how many, never who or when."""

    quarter: Quarter
    terms: Terms | None
    tally: Tally | None
    today: date
    record: Record | None
    """The published edition that covers the quarter."""
    steps: tuple[Step, ...]

    @property
    def days_left(self) -> int:
        """Whole days in which the box still takes answers, this one included."""
        return max(0, (self.terms.closes - self.today).days + 1) if self.terms else 0

    @property
    def ready(self) -> bool:
        """Whether everything but publishing itself is done."""
        return all(step.state in (State.DONE, State.LOOK) for step in self.steps[:-1])


def quarters(house: House) -> list[Quarter]:
    """Every quarter that has left a trace here, and the present one; the newest first."""
    files = house.files
    names = [path.stem for path in files.project.boxes()]
    names += [path.stem for path in files.project.responses.glob("????-q?.pub")]
    names += [path.stem for path in files.editions.glob("????-q?.json")]
    return sorted({*map(quarter.parse, names), quarter.of(house.today)}, reverse=True)


def present(house: House) -> Quarter:
    """The quarter to look at first: the oldest whose box waits for its edition."""
    done = {one for old in record.read_all(house.files.editions) for one in old.quarters}
    boxes = [quarter.parse(path.stem) for path in house.files.project.boxes()]
    waiting = [one for one in boxes if one not in done and one > max(done, default=one.previous)]
    return min(waiting, default=quarter.of(house.today))


def at(house: House, of: Quarter) -> Standing:
    """The quarter at a glance."""
    path = house.files.project.box(of)
    found = _counted(path) if path.exists() else None
    published = _published(house, of)
    found_steps = tuple(_in_turn(_steps(house, of, found, published)))
    terms, tally = (found.terms, found.tally) if found else (None, None)
    return Standing(of, terms, tally, house.today, published, found_steps)


def _published(house: House, of: Quarter) -> Record | None:
    past = record.read_all(house.files.editions)
    return next((one for one in past if of in one.quarters), None)


def _counted(path: Path) -> Sealed:
    """A box's terms and tally; its bodies stay where they are."""
    with box.opened(path) as one:
        return Sealed(one.terms, one.tally(), ())


def _in_turn(found: Iterator[Step]) -> Iterator[Step]:
    """The first step that is not done is the next one; those after it come later."""
    waiting = False
    for step in found:
        if step.state is State.NEXT and waiting:
            yield Step(step.name, State.LATER, step.told, step.values)
        else:
            yield step
        waiting = waiting or step.state is State.NEXT


def _steps(
    house: House, of: Quarter, found: Sealed | None, published: Record | None
) -> Iterator[Step]:
    if published and not house.files.draft(published.edition).exists():
        yield Step("publish", State.DONE, "done", {"day": published.published})
        return
    yield _keys(house, of)
    yield _box(found)
    yield _closed(house, found)
    yield _enough(house, of, found)
    yield _drafted(house, of)
    if steps.CODING:
        yield _comments(house, of)
    yield _promises(house, of)
    if steps.AUDIT:
        yield _audited(house, of)
    yield Step("publish", State.NEXT, "missing")


def _step(name: str, done: bool, told: str = "", **values: int | date) -> Step:
    state = State.DONE if done else State.NEXT
    return Step(name, state, told or ("done" if done else "missing"), values)


def _keys(house: House, of: Quarter) -> Step:
    if house.files.private_key(of).exists():
        return _step("keys", True)
    gone = house.files.public_key(of).exists() or house.files.project.box(of).exists()
    return _step("keys", False, "gone" if gone else "missing")


def _box(found: Sealed | None) -> Step:
    return _step("box", found is not None)


def _closed(house: House, found: Sealed | None) -> Step:
    if found is None:
        return _step("closed", False, "none")
    left = (found.terms.closes - house.today).days + 1
    return _step("closed", left <= 0, day=found.terms.closes, n=left)


def _enough(house: House, of: Quarter, found: Sealed | None) -> Step:
    if found is None:
        return _step("enough", False, "none", minimum=house.policy.minimum)
    minimum = max(house.policy.minimum, found.terms.minimum)
    try:
        covered = _covered(house, of)
    except Problem as problem:
        still_open = found.terms.closes >= house.today
        told = "open" if still_open else "missing"
        values = {"n": found.tally.present, "minimum": minimum}
        return Step("enough", State.NEXT, told, values, () if still_open else problem.messages)
    present = sum(one.tally.present for one in covered)
    return _step("enough", True, n=present, minimum=minimum)


def _covered(house: House, of: Quarter) -> list[Sealed]:
    boxes = [_counted(path) for path in house.files.project.boxes()]
    past = record.read_all(house.files.editions)
    return coverage.batch(boxes, of, past, house.policy, house.today)


def _drafted(house: House, of: Quarter) -> Step:
    return _step("drafted", house.files.draft(of).exists())


def _comments(house: House, of: Quarter) -> Step:
    progress = steps.reviewed(house, of)
    if progress is None:
        return _step("comments", False, "none")
    done = progress.reviewed >= progress.total
    return _step("comments", done, n=progress.total, reviewed=progress.reviewed)


def _promises(house: House, of: Quarter) -> Step:
    try:
        now = commitments.read(house.files.commitments, house.questionnaire)
        past = record.read_all(house.files.editions)
        commitments.check_history(now, [one for old in past for one in old.commitments])
    except Problem as problem:
        return Step("commitments", State.NEXT, "wrong", {}, problem.messages)
    late = sum(overdue(one, house.today) for one in now)
    if late:
        return Step("commitments", State.LOOK, "overdue", {"n": late})
    if _outdated(house, of, [commitments.snapshot(one) for one in now]):
        return Step("commitments", State.LOOK, "changed")
    return _step("commitments", True, n=len(now))


def _outdated(house: House, of: Quarter, now: list[dict[str, object]]) -> bool:
    """Whether the draft shows other commitments than there are today."""
    path = house.files.draft(of)
    return path.exists() and [dict(one) for one in record.read(path).commitments] != now


def _audited(house: House, of: Quarter) -> Step:
    verdict = steps.audited(house, of)
    if verdict is None:
        return _step("audited", False)
    told = "done" if verdict.passed else "failed"
    problems = () if verdict.passed else tuple(verdict.reasons)
    state = State.DONE if verdict.passed else State.NEXT
    return Step("audited", state, told, {}, problems)


def said(step: Step, words: Words) -> str:
    """The step in one line: its name, how it stands, and a Problem's own words."""
    values = {
        key: words.day(value) if isinstance(value, date) else value
        for key, value in step.values.items()
    }
    told = words(f"desk.step.{step.name}.{step.told}", **values)
    return " ".join([f"{words(f'desk.step.{step.name}')}: {told}", *step.problems])
