"""Which boxes make up an edition: closed, published once, and carried while there are too few.

Several collecting hosts may each hand over a box of one quarter, sealed to the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import assert_never

from reporter.policy import Policy
from reporter.records import Record
from survey.ballots import Stage, Tally, Terms, box
from survey.period import containing
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Sealed:
    """A box as it was handed over: still closed."""

    terms: Terms
    tally: Tally
    bodies: Sequence[bytes]
    name: str = ""
    """Its file, as it was given."""
    leaves: Sequence[bytes] = ()
    stage: Stage = Stage.CLOSED
    asked: str = ""
    """The questionnaire it was opened with; "" in a box of an earlier version."""


def sealed(path: Path) -> Sealed:
    """Read a box without opening what is in it."""
    with box.opened(path) as one:
        parts = one.terms, one.tally(), one.bodies()
        return Sealed(*parts, str(path), one.leaves(), one.sealed(), one.asked())


def batch(
    boxes: Iterable[Sealed],
    edition: Quarter,
    records: Sequence[Record],
    policy: Policy,
    today: date,
) -> list[Sealed]:
    """The boxes that the edition covers, oldest first, or a Problem that says why there is none.

    Nothing is opened to decide it: a box's tally tells how many responses lie in it.
    """
    _check_period(edition, policy)
    pending = _pending(boxes, edition, records)
    _check_copies(pending)
    _check_alike(pending)
    _check_open(pending, today)
    _check_pledges(pending, policy)
    _check_earlier(pending, edition, policy)
    covered = _enough(pending, policy)
    if edition not in [one.terms.quarter for one in covered]:
        raise Problem(*_waiting(pending, edition, policy))
    return covered


def kept(policy: Policy, covered: Iterable[Sealed]) -> Policy:
    """The policy by which these boxes are counted: no laxer than what their leavers were told.

    A policy may be eased from one quarter to the next; what was pledged before goes on being kept.
    """
    terms = [one.terms for one in covered]
    k = max([policy.k, *(one.k for one in terms)])
    minimum = max([policy.minimum, *(one.minimum for one in terms)])
    return replace(policy, k=k, minimum=minimum)


def _check_period(edition: Quarter, policy: Policy) -> None:
    last = containing(edition.last, policy.months).quarters[-1]
    if last != edition:
        what = f"ends no period of {policy.months} months, as `period` in policy.toml wants it"
        raise Problem(f"{edition}: {what}. Draft {last} when it has closed.")


def _enough(pending: Sequence[Sealed], policy: Policy) -> list[Sealed]:
    """As many of the boxes as keep what each of them pledges, or none: counts alone decide.

    Where an older quarter pledges more than all of them hold, it waits, and the others go on.
    """
    covered = list(pending)
    while covered and _present(covered) < kept(policy, covered).minimum:
        strictest = max(one.terms.minimum for one in covered)
        covered = [one for one in covered if one.terms.minimum < strictest]
    return covered


def _present(boxes: Iterable[Sealed]) -> int:
    return sum(one.tally.present for one in boxes)


def _waiting(pending: Sequence[Sealed], edition: Quarter, policy: Policy) -> Iterator[str]:
    """Why there is no edition yet, and what an older pledge has to do with it."""
    present, rules = _present(pending), kept(policy, pending)
    after = containing(edition.last + timedelta(days=1), policy.months).quarters[-1]
    yield (
        f"{edition}: {present} of at least {rules.minimum} responses have come in. "
        f"They stay sealed; draft {after} when it has closed, and it covers both."
    )
    for one in pending:
        if one.terms.minimum > policy.minimum:
            yield (
                f"{one.terms.quarter}: its leavers were told a minimum of {one.terms.minimum}. It "
                "waits for an edition that keeps that; later quarters can go on without it."
            )


def _pending(boxes: Iterable[Sealed], edition: Quarter, records: Sequence[Record]) -> list[Sealed]:
    done = {quarter for record in records for quarter in record.quarters}
    latest = max(done, default=None)
    if latest is not None and edition <= latest:
        mend = "A published edition is never made again from responses."
        raise Problem(f"{edition}: editions up to {latest} are published. {mend}")
    pending = [one for one in boxes if one.terms.quarter <= edition]
    pending = [one for one in pending if one.terms.quarter not in done]
    if edition not in [one.terms.quarter for one in pending]:
        mend = "Fetch it from the collecting host, or name its file: reporter draft QUARTER BOX."
        raise Problem(f"{edition}: there is no ballot box of this quarter. {mend}")
    return sorted(pending, key=lambda one: one.terms.quarter)


def _check_copies(pending: Sequence[Sealed]) -> None:
    """One box counted twice would show its answers as two people's."""
    copies = [pair for pair in combinations(pending, 2) if pair[0].terms.id == pair[1].terms.id]
    if copies:
        raise Problem(*(_copy_message(*sorted(pair, key=_age)) for pair in copies))


def _age(one: Sealed) -> tuple[int, int, int]:
    return one.tally.answered, one.tally.withdrawn, one.tally.issued


def _copy_message(old: Sealed, new: Sealed) -> str:
    if set(old.bodies) == set(new.bodies):
        if old.name == new.name:
            return f"{old.name}: is given twice. Give it once."
        return f"{old.name} and {new.name}: hold the same box. Give one of them."
    if _grew(old, new):
        answered = f"{old.tally.answered} answered by then, {new.tally.answered} in {new.name}"
        return f"{old.name}: is an earlier copy of {new.name} ({answered}). Use {new.name} alone."
    return (
        f"{old.name} and {new.name}: are copies of one box, and both took answers since. "
        "Neither holds them all: ask the collecting host which one it served."
    )


def _grew(old: Sealed, new: Sealed) -> bool:
    """Whether the new copy can have come from the old one: each change overwrites one body."""
    changes = new.tally.answered + new.tally.withdrawn - old.tally.answered - old.tally.withdrawn
    return len(set(old.bodies) - set(new.bodies)) <= changes


def _check_alike(pending: Sequence[Sealed]) -> None:
    """Leavers of one quarter were all told the same, whichever host they answered on."""
    neighbours = [(a, b) for a, b in pairwise(pending) if a.terms.quarter == b.terms.quarter]
    messages = [
        f"{b.name}: has {what} than {a.name}, of the same quarter. "
        f"Open each host's box with the one {b.terms.quarter}.pub."
        for a, b in neighbours
        for what, differs in (
            ("other keys", a.terms.publics != b.terms.publics),
            (f"another k ({b.terms.k}, not {a.terms.k})", a.terms.k != b.terms.k),
            (
                f"another minimum ({b.terms.minimum}, not {a.terms.minimum})",
                a.terms.minimum != b.terms.minimum,
            ),
        )
        if differs
    ]
    if messages:
        raise Problem(*messages)


def _check_open(pending: Iterable[Sealed], today: date) -> None:
    messages = [message for one in pending if (message := _why_not(one, today))]
    if messages:
        raise Problem(*messages)


def _why_not(one: Sealed, today: date) -> str:
    """Why the box may not be opened, in words, or "" if it may.

    Only the host that serves a box can close it. So no copy of an open one is opened, whatever the
    day here: whoever drafts it twice, and somebody answers in between, would read that one answer.
    """
    name, of, closes = one.name or one.terms.quarter, one.terms.quarter, one.terms.closes
    fetch = f"On the host that serves it: survey close {of}. Then fetch the file."
    match one.stage:
        case Stage.CLOSED:
            ended = min(closes, of.last)  # its host may have closed it before the quarter's end
            late = f"{name}: was closed after {ended}, but today is {today} by this machine"
            return "" if ended <= today else f"{late}. Set its clock, and run the command again."
        case Stage.EARLIER:
            return "" if closes < today else f"{name}: takes answers until {closes}. {fetch}"
        case Stage.OPEN:
            return f"{name}: is an open box, which takes answers until {closes}. {fetch}"
        case Stage.CLOSING:
            return f"{name}: was fetched while it was being closed. {fetch}"
        case Stage.CHANGED:
            return f"{name}: is not as its host closed it. Fetch the file from that host again."
        case _:
            assert_never(one.stage)


def lacking(covered: Iterable[Sealed]) -> list[str]:
    """What the boxes lack that were made by an earlier version, in words."""
    told = (
        "mind: was made by an earlier version. Its host has not sealed it, so nothing shows that "
        "it is whole; and whoever has a receipt's code, this file and the key can find the answer."
    )
    return [f"{one.name}: {told}" for one in covered if one.stage is Stage.EARLIER]


BOUND = (
    "mind: some answers were given before the collecting host was brought up to date. Whoever has "
    "their receipt's code, the box and the key can find them."
)


def _check_pledges(pending: Iterable[Sealed], policy: Policy) -> None:
    """The form told leavers from when they can read of it: never sooner than that."""
    messages = [
        f"{one.terms.quarter}: leavers were told of periods of {one.terms.months} months, and the "
        f"policy says {policy.months}. Write a longer `period` in policy.toml."
        for one in pending
        if policy.months < one.terms.months
    ]
    if messages:
        raise Problem(*messages)


def _check_earlier(pending: Sequence[Sealed], edition: Quarter, policy: Policy) -> None:
    """An edition that could be made of earlier quarters alone comes first."""
    for first in sorted({one.terms.quarter for one in pending if one.terms.quarter < edition}):
        so_far = [one for one in pending if one.terms.quarter <= first]
        ends = containing(first.last, policy.months).quarters[-1] == first
        if ends and first in [one.terms.quarter for one in _enough(so_far, policy)]:
            raise Problem(f"{edition}: {first} comes first. Draft and publish {first}.")
