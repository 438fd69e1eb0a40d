"""The steps of a quarter on its way to an edition: how each stands, and what it still wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from reporter import drafts, keys, preflight
from reporter.comments import decisions
from reporter.commitments import overdue, published, reading
from reporter.counting import batch
from reporter.counting.batch import Sealed
from reporter.host import Host
from reporter.records import Record, archive
from survey.ballots import Stage, Tally, box, counts, pledge
from survey.problems import Problem
from survey.quarter import Quarter


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


def handed_over(host: Host) -> list[Sealed]:
    """The terms and tally of every box here; its bodies stay where they are."""
    found = []
    for path in host.files.project.handed_over():
        with box.opened(path) as one:
            found.append(Sealed(one.terms, one.tally(), (), path.name, (), one.stage()))
    return found


def together(found: Sequence[Sealed]) -> Tally:
    """Several boxes' tallies as one."""
    tallies = [one.tally for one in found]
    names = ("issued", "answered", "withdrawn")
    return Tally(*(sum(getattr(tally, name) for tally in tallies) for name in names))


def _in_turn(found: Iterator[Step]) -> Iterator[Step]:
    """The first step that is not done is the next one; those after it come later."""
    waiting = False
    for step in found:
        if step.state is State.NEXT and waiting:
            yield replace(step, state=State.LATER)
        else:
            yield step
        waiting = waiting or step.state is State.NEXT


def steps(
    host: Host,
    quarter: Quarter,
    found: list[Sealed],
    published: Record | None,
    key_files: Sequence[Path],
) -> tuple[Step, ...]:
    """Every step of the quarter in its order; `found` are its boxes, `published` its edition."""
    return tuple(_in_turn(_steps(host, quarter, found, published, key_files)))


def _steps(
    host: Host,
    of: Quarter,
    found: list[Sealed],
    published: Record | None,
    key_files: Sequence[Path],
) -> Iterator[Step]:
    if published and not host.files.draft(published.edition).exists():
        yield _over(published)
        return
    yield _keys(host, of, found, key_files)
    yield _box(found)
    yield _closed(host, found)
    yield _enough(host, of, found)
    yield _drafted(host, of)
    yield _comments(host, of)
    yield _promises(host)
    yield _audited(host, of)
    yield Step("publish", State.NEXT, "missing")


def _over(published: Record) -> Step:
    """Published; a key that was not here still opens the answers, and somebody must destroy it."""
    gone, keys_made = published.destroyed, published.holders
    values: dict[str, int | date] = {
        "day": published.published,
        "destroyed": gone,
        "holders": keys_made,
    }
    if published.apart and gone >= keys_made - published.apart:
        return Step("publish", State.DONE, "apart", values)
    whole = gone >= keys_made
    return Step("publish", State.DONE if whole else State.LOOK, "done" if whole else "left", values)


def _step(name: str, done: bool, told: str = "", **values: int | date) -> Step:
    state = State.DONE if done else State.NEXT
    return Step(name, state, told or ("done" if done else "missing"), values)


def _keys(host: Host, of: Quarter, found: list[Sealed], key_files: Sequence[Path]) -> Step:
    """Whether the keys that the boxes were sealed to are at hand; without a box, whether any is."""
    try:
        for one in found:
            keys.of_box(host.files, one.terms, key_files)
    except Problem as problem:
        return Step("keys", State.NEXT, "gone", {}, problem.messages)
    if together := keys.beside(host.files, _publics(host, of, found)):
        return Step("keys", State.LOOK, "beside", {}, tuple(map(str, together)))
    if found or any(path.exists() for path in host.files.private_keys(of)):
        return _step("keys", True)
    return _step("keys", False, "gone" if host.files.public_key(of).exists() else "missing")


def _publics(host: Host, of: Quarter, found: list[Sealed]) -> tuple[bytes, ...]:
    """The quarter's public keys: those of its boxes, or of its public file."""
    path = host.files.public_key(of)
    named = pledge.read(path).publics if path.exists() else ()
    return tuple({*named, *(public for one in found for public in one.terms.publics)})


def _box(found: list[Sealed]) -> Step:
    return _step("box", bool(found))


def _closed(host: Host, found: list[Sealed]) -> Step:
    if not found:
        return _step("closed", False, "none")
    closes = max(one.terms.closes for one in found)
    left = (closes - host.today).days + 1
    if any(still_open(one, host.today) for one in found):
        return _step("closed", False, "missing" if left > 0 else "passed", day=closes, n=left)
    return _step("closed", True, day=closes)


def still_open(one: Sealed, today: date) -> bool:
    """Whether a box is not closed by its host: the day alone says so of an earlier version's."""
    passed = one.stage is Stage.EARLIER and one.terms.closes < today
    return one.stage.takes and not passed


def _enough(host: Host, of: Quarter, found: list[Sealed]) -> Step:
    if not found:
        return _step("enough", False, "none", minimum=host.policy.minimum)
    minimum = max(host.policy.minimum, *(one.terms.minimum for one in found))
    past = archive.read_all(host.files.editions)
    try:
        covered = batch.batch(handed_over(host), of, past, host.policy, host.today)
    except Problem as problem:
        present = together(found).present
        if any(still_open(one, host.today) for one in found):
            step = counts.reached(present)
            told = {"n": step or counts.STEPS[0], "minimum": minimum}
            return Step("enough", State.NEXT, "open" if step else "few", told)
        values = {"n": present, "minimum": minimum}
        return Step("enough", State.NEXT, "missing", values, problem.messages)
    return _step("enough", True, n=together(covered).present, minimum=minimum)


def _drafted(host: Host, of: Quarter) -> Step:
    return _step("drafted", host.files.draft(of).exists())


def _comments(host: Host, of: Quarter) -> Step:
    if not host.files.comments(of).exists():
        return _step("comments", False, "none")
    progress = decisions.progress(drafts.comments(host, of))
    done = progress.decided >= progress.comments
    return _step("comments", done, n=progress.comments, reviewed=progress.decided)


def _promises(host: Host) -> Step:
    try:
        now = reading.read(host.files.commitments, host.questionnaire)
        past = archive.read_all(host.files.editions)
        published.check_history(now, [one for old in past for one in old.commitments])
    except Problem as problem:
        return Step("commitments", State.NEXT, "wrong", {}, problem.messages)
    late = sum(overdue(one, host.today) for one in now)
    if late:
        return Step("commitments", State.LOOK, "overdue", {"n": late})
    return _step("commitments", True, n=len(now))


def _audited(host: Host, of: Quarter) -> Step:
    try:
        said = preflight.last(host, of)
    except Problem as problem:  # the draft cannot be published at all as it stands
        return Step("audited", State.NEXT, "failed", {}, problem.messages)
    if not host.files.draft(of).exists():
        return _step("audited", False, "none")
    if said is None or said.passed:
        return _step("audited", said is not None)
    return Step("audited", State.NEXT, "failed", {}, said.refusals)
