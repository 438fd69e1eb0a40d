"""Which boxes make up an edition: closed, published once, and carried while there are too few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reporter.record import Record
from reporter.settings import Policy
from survey import box
from survey.box import Tally, Terms
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Sealed:
    """A box as it was handed over: still closed."""

    terms: Terms
    tally: Tally
    bodies: Sequence[bytes]


def sealed(path: Path) -> Sealed:
    """Read a box without opening what is in it."""
    with box.opened(path) as one:
        return Sealed(one.terms, one.tally(), one.bodies())


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
    pending = _pending(boxes, edition, records)
    _check_open(pending, today)
    _check_pledges(pending, policy)
    _check_earlier(pending, edition, policy)
    present = sum(one.tally.present for one in pending)
    if present < policy.minimum:
        raise Problem(
            f"{edition}: {present} of at least {policy.minimum} responses have come in. "
            f"They stay sealed; draft {edition.next} when it has closed, and it covers both."
        )
    return pending


def _pending(boxes: Iterable[Sealed], edition: Quarter, records: Sequence[Record]) -> list[Sealed]:
    done = {quarter for record in records for quarter in record.quarters}
    latest = max(done, default=None)
    if latest is not None and edition <= latest:
        mend = "A published edition is never made again from responses."
        raise Problem(f"{edition}: editions up to {latest} are published. {mend}")
    pending = [one for one in boxes if one.terms.quarter <= edition]
    pending = [one for one in pending if latest is None or one.terms.quarter > latest]
    if edition not in [one.terms.quarter for one in pending]:
        mend = "Fetch it from the collecting host, or name its file: reporter draft QUARTER BOX."
        raise Problem(f"{edition}: there is no ballot box of this quarter. {mend}")
    return sorted(pending, key=lambda one: one.terms.quarter)


def _check_open(pending: Iterable[Sealed], today: date) -> None:
    still_open = [one.terms for one in pending if one.terms.closes >= today]
    if still_open:
        raise Problem(*map(_open_message, still_open))


def _open_message(terms: Terms) -> str:
    return (
        f"{terms.quarter}: the box takes answers until {terms.closes}, and is opened after that "
        f"day. If all who were invited have had their time: survey close {terms.quarter}"
    )


def _check_pledges(pending: Iterable[Sealed], policy: Policy) -> None:
    """The form told leavers k and the minimum: a laxer policy would break what they were told."""
    messages = [
        f"{one.terms.quarter}: leavers were told {name} = {told}, the policy says {now}. "
        f"Raise `{name}` in policy.toml to at least {told}."
        for one in pending
        for name, told, now in (
            ("k", one.terms.k, policy.k),
            ("minimum", one.terms.minimum, policy.minimum),
        )
        if now < told
    ]
    if messages:
        raise Problem(*messages)


def _check_earlier(pending: Iterable[Sealed], edition: Quarter, policy: Policy) -> None:
    present = 0
    for one in pending:
        present += one.tally.present
        if present >= policy.minimum and one.terms.quarter < edition:
            first = one.terms.quarter
            raise Problem(f"{edition}: {first} comes first. Draft and publish {first}.")
