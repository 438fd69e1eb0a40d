"""Whether a record keeps what leavers were promised, and tells nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from reporter.audit.verdict import HOLD, Refusal
from reporter.paths import Files
from reporter.records import Asked, Finding, Record
from reporter.records.findings import MAIN, OTHERS, REASONS
from survey.alike import alike
from survey.ballots import pledge


def laxer(files: Files, frozen: Mapping[str, Record]) -> Iterator[Refusal]:
    """Every record with a smaller k or minimum than the key file of its quarter pledges."""
    for edition, one in frozen.items():
        paths = [files.public_key(covered) for covered in one.quarters]
        for path in (path for path in paths if path.exists()):
            told = pledge.read(path)
            for name, kept, mine in (("k", told.k, one.k), ("minimum", told.minimum, one.minimum)):
                if mine < kept:
                    what = f"is laxer than what {path.name} promised leavers: {kept}"
                    yield Refusal(f"site/editions/{edition}.json", f"{name} = {mine}", what, HOLD)


def held(files: Files, frozen: Mapping[str, Record]) -> Iterator[Refusal]:
    """Every record that tells more of its keys than can be: held apart, or destroyed.

    A key file that says that both keys were made in one place is believed before the record.
    """
    for edition, one in frozen.items():
        place = f"site/editions/{edition}.json"
        paths = [files.public_key(covered) for covered in one.quarters]
        told = [pledge.read(path).apart if path.exists() else True for path in paths]
        most = min(sum(told), one.holders // 2)
        if one.apart > most:
            what = f"is more than the keys allow: {most} of its quarters had keys made apart"
            yield Refusal(place, f"apart = {one.apart}", what, HOLD)
        if one.destroyed > one.holders:
            what = f"is more than there were keys: {one.holders}"
            yield Refusal(place, f"destroyed = {one.destroyed}", what, HOLD)


def twice(record: Record) -> Iterator[tuple[Finding, str]]:
    """Every figure that tells once more, and otherwise, what another tells."""
    yield from _beside(record)
    yield from _aliases(record)


def _beside(record: Record) -> Iterator[tuple[Finding, str]]:
    """A line for everyone beside its parts: readers add the parts, and less is told by that."""
    groups = {block.id for block in record.blocks if block.members}
    parted = {one.question for one in record.findings if one.block in groups}
    for one in record.findings:
        if one.question in parted and one.block not in groups:
            yield one, "is a line for everyone beside its parts, which tell no more than their sum"


def _aliases(record: Record) -> Iterator[tuple[Finding, str]]:
    """A figure of each question that another asks in the same words and divides in another way."""
    first: dict[str, Finding] = {}
    for one in record.findings:
        first.setdefault(one.question, one)
    shown = [one for one in record.asked if one.id in first and not one.kind.written]
    for asked, other in combinations(shown, 2):
        if asked.breakdown != other.breakdown and _alike(asked, other):
            cut = f"which is divided by {asked.breakdown}: a second cut"
            yield first[other.id], f"asks what ‘{asked.id}’ asks, {cut}"


def _alike(one: Asked, other: Asked) -> bool:
    if {one.id, other.id} <= {REASONS, MAIN, OTHERS}:
        return False
    return alike(one.words, other.words)
