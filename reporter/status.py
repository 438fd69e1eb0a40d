"""How far a quarter has come on its way to an edition: each step, and what it still wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from reporter import keys, steps
from reporter.commitments import reading
from reporter.commitments.commitment import overdue
from reporter.counting import batch
from reporter.counting.batch import Sealed
from reporter.host import Host
from reporter.records import archive
from reporter.records.record import Record
from survey import quarter
from survey.ballots import box
from survey.ballots.box import Tally, Terms
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


def quarters(host: Host) -> list[Quarter]:
    """Every quarter that has left a trace here, and the present one; the newest first."""
    files = host.files
    boxes = {one.terms.quarter for one in _all(host)}
    names = [path.stem for path in files.project.responses.glob("????-q?.pub")]
    names += [path.stem for path in files.editions.glob("????-q?.json")]
    return sorted({*boxes, *map(quarter.parse, names), quarter.of(host.today)}, reverse=True)


def present(host: Host) -> Quarter:
    """The quarter to look at first: the oldest whose box waits for its edition."""
    done = {one for old in archive.read_all(host.files.editions) for one in old.quarters}
    boxes = {one.terms.quarter for one in _all(host)}
    waiting = [one for one in boxes if one not in done and one > max(done, default=one.previous)]
    return min(waiting, default=quarter.of(host.today))


def at(host: Host, of: Quarter, key_files: Sequence[Path] = ()) -> Standing:
    """The quarter at a glance."""
    found = _counted(host, of)
    published = _published(host, of)
    found_steps = tuple(_in_turn(_steps(host, of, found, published, key_files)))
    terms = max((one.terms for one in found), key=lambda one: one.closes, default=None)
    tally = _sum(found) if found else None
    return Standing(of, terms, tally, host.today, published, found_steps)


def _published(host: Host, of: Quarter) -> Record | None:
    past = archive.read_all(host.files.editions)
    return next((one for one in past if of in one.quarters), None)


def _counted(host: Host, of: Quarter) -> list[Sealed]:
    """The terms and tally of each box of the quarter; its bodies stay where they are."""
    return [one for one in _all(host) if one.terms.quarter == of]


def _all(host: Host) -> list[Sealed]:
    found = []
    for path in host.files.project.handed_over():
        with box.opened(path) as one:
            found.append(Sealed(one.terms, one.tally(), ()))
    return found


def _sum(found: Sequence[Sealed]) -> Tally:
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
    if found or any(path.exists() for path in host.files.private_keys(of)):
        return _step("keys", True)
    return _step("keys", False, "gone" if host.files.public_key(of).exists() else "missing")


def _box(found: list[Sealed]) -> Step:
    return _step("box", bool(found))


def _closed(host: Host, found: list[Sealed]) -> Step:
    if not found:
        return _step("closed", False, "none")
    closes = max(one.terms.closes for one in found)
    left = (closes - host.today).days + 1
    return _step("closed", left <= 0, day=closes, n=left)


def _enough(host: Host, of: Quarter, found: list[Sealed]) -> Step:
    if not found:
        return _step("enough", False, "none", minimum=host.policy.minimum)
    minimum = max(host.policy.minimum, *(one.terms.minimum for one in found))
    past = archive.read_all(host.files.editions)
    try:
        covered = batch.batch(_all(host), of, past, host.policy, host.today)
    except Problem as problem:
        still_open = any(one.terms.closes >= host.today for one in found)
        values = {"n": _sum(found).present, "minimum": minimum}
        told, said = ("open", ()) if still_open else ("missing", problem.messages)
        return Step("enough", State.NEXT, told, values, said)
    return _step("enough", True, n=_sum(covered).present, minimum=minimum)


def _drafted(host: Host, of: Quarter) -> Step:
    return _step("drafted", host.files.draft(of).exists())


def _comments(host: Host, of: Quarter) -> Step:
    progress = steps.reviewed(host, of)
    if progress is None:
        return _step("comments", False, "none")
    done = progress.decided >= progress.comments
    return _step("comments", done, n=progress.comments, reviewed=progress.decided)


def _promises(host: Host) -> Step:
    try:
        now = reading.read(host.files.commitments, host.questionnaire)
        past = archive.read_all(host.files.editions)
        reading.check_history(now, [one for old in past for one in old.commitments])
    except Problem as problem:
        return Step("commitments", State.NEXT, "wrong", {}, problem.messages)
    late = sum(overdue(one, host.today) for one in now)
    if late:
        return Step("commitments", State.LOOK, "overdue", {"n": late})
    return _step("commitments", True, n=len(now))


def _audited(host: Host, of: Quarter) -> Step:
    try:
        said = steps.audited(host, of)
    except Problem as problem:  # the draft cannot be published at all as it stands
        return Step("audited", State.NEXT, "failed", {}, problem.messages)
    if not host.files.draft(of).exists():
        return _step("audited", False, "none")
    if said is None or said.passed:
        return _step("audited", said is not None)
    return Step("audited", State.NEXT, "failed", {}, said.refusals)


_COMMANDS = {
    ("keys", "missing"): "reporter keys {of}",
    ("box", "missing"): "survey open {of} --key responses/{of}.pub",
    ("closed", "missing"): "survey close {of}",
    ("drafted", "missing"): "reporter draft {of}",
    ("comments", "missing"): "reporter comments {of}",
    ("audited", "missing"): "reporter audit {of}",
    ("publish", "missing"): "reporter publish {of}",
}


def command(step: Step, of: Quarter) -> str:
    """The command that takes the step, if it is the next one and one command does."""
    known = _COMMANDS.get((step.name, step.told), "")
    return known.format(of=of) if step.state is State.NEXT else ""


def said(step: Step, words: Words) -> str:
    """The step in one line: its name, how it stands, and a Problem's own words."""
    values = {
        key: words.day(value) if isinstance(value, date) else value
        for key, value in step.values.items()
    }
    told = words(f"desk.step.{step.name}.{step.told}", **values)
    return " ".join([f"{words(f'desk.step.{step.name}')}: {told}", *step.problems])
