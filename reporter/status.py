"""How far a quarter has come on its way to an edition: each step, and what it still wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reporter import checklist
from reporter.checklist import State, Step
from reporter.counting.batch import Sealed
from reporter.host import Host
from reporter.records import Record, archive
from survey import quarter
from survey.ballots import Tally, Terms
from survey.period import Length
from survey.quarter import Quarter
from survey.words import Words


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
    still_open: bool = False
    """Whether a box of the quarter is not closed yet: its counts move, and are told in steps."""

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
    boxes = {one.terms.quarter for one in checklist.handed_over(host)}
    names = [path.stem for path in files.project.responses.glob("????-q?.pub")]
    done = {each for one in archive.read_all(files.editions) for each in one.quarters}
    done = {each for each in done if each.length is Length.QUARTER}
    return sorted({*boxes, *done, *map(quarter.parse, names), quarter.of(host.today)}, reverse=True)


def present(host: Host) -> Quarter:
    """The quarter to look at first: the oldest whose box waits for its edition."""
    done = {one for old in archive.read_all(host.files.editions) for one in old.quarters}
    boxes = {one.terms.quarter for one in checklist.handed_over(host)}
    waiting = [one for one in boxes if one not in done and one > max(done, default=one.previous)]
    return min(waiting, default=quarter.of(host.today))


def at(host: Host, of: Quarter, key_files: Sequence[Path] = ()) -> Standing:
    """The quarter at a glance."""
    found = _counted(host, of)
    published = _published(host, of)
    steps = checklist.steps(host, of, found, published, key_files)
    terms = max((one.terms for one in found), key=lambda one: one.closes, default=None)
    tally = checklist.together(found) if found else None
    still_open = any(checklist.still_open(one, host.today) for one in found)
    return Standing(of, terms, tally, host.today, published, steps, still_open)


def _published(host: Host, of: Quarter) -> Record | None:
    past = archive.read_all(host.files.editions)
    return next((one for one in past if of in one.quarters), None)


def _counted(host: Host, of: Quarter) -> list[Sealed]:
    """The terms and tally of each box of the quarter; its bodies stay where they are."""
    return [one for one in checklist.handed_over(host) if one.terms.quarter == of]


_COMMANDS = {
    ("keys", "missing"): "reporter keys {of}",
    ("box", "missing"): "survey open {of} --key responses/{of}.pub",
    ("closed", "missing"): "survey close {of}",
    ("closed", "passed"): "survey close {of}",
    ("drafted", "missing"): "reporter draft {of}",
    ("comments", "missing"): "reporter comments {of}",
    ("audited", "missing"): "reporter audit {of}",
    ("publish", "missing"): "reporter publish {of}",
}


def command(step: Step, of: Quarter) -> str:
    """The command that takes the step, if it is the next one and one command does."""
    known = _COMMANDS.get((step.name, step.told), "")
    return known.format(of=of) if step.state is State.NEXT else ""


def after_draft(host: Host, of: Quarter) -> str:
    """The command that goes on from a draft: what `reporter draft` leads to."""
    steps = at(host, of).steps
    names = [step.name for step in steps]
    later = steps[names.index("drafted") + 1 :]
    left = next(step for step in later if step.state not in (State.DONE, State.LOOK))
    return command(replace(left, state=State.NEXT), of) or f"reporter status {of}"


def said(step: Step, words: Words) -> str:
    """The step in one line: its name, how it stands, and a Problem's own words."""
    values = {
        key: words.day(value) if isinstance(value, date) else value
        for key, value in step.values.items()
    }
    told = words(f"desk.step.{step.name}.{step.told}", **values)
    return " ".join([f"{words(f'desk.step.{step.name}')}: {told}", *step.problems])
