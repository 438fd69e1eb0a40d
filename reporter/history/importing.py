"""The story of an import: an earlier survey's file and its map → records of past quarters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from reporter import report
from reporter.counting import assembly, disclosure, tables
from reporter.history import begun, delimited, mapping, rows
from reporter.history.coding import Map
from reporter.history.rows import Rows
from reporter.host import Host
from reporter.records import Record, archive, corrections
from reporter.working import clock
from reporter.working.alone import alone
from survey import quarter
from survey.period import Length, Period
from survey.problems import Problem
from survey.questions import Item, Kind


@dataclass(frozen=True)
class Plan:
    """What an import would do: which quarters make which editions, and what is left out."""

    map: Map
    rows: Rows
    batches: tuple[tuple[Period, ...], ...]
    rest: tuple[Period, ...]
    """The last quarters, too few to make an edition."""

    def size(self, quarters: Sequence[Period]) -> int:
        """How many rows these quarters hold."""
        counts = self.rows.periods
        return sum(counts[one] for one in quarters)


def plan(host: Host, file: Path, by: Path) -> Plan:
    """Read the file by the map, and place its rows. It writes nothing."""
    of = mapping.read(by, host.files.project.questionnaire, host.policy)
    host.tell(f"reading {file.name}")
    found = delimited.find(file, of.columns, of.encoding, of.delimiter)
    read = rows.read(file.name, found, of, quarter.of(host.today))
    batches, rest = batched(read.periods, of.policy.minimum)
    _check_free(host, file.name, batches)
    return Plan(of, read, batches, rest)


def batched(
    counts: Mapping[Period, int], minimum: int
) -> tuple[tuple[tuple[Period, ...], ...], tuple[Period, ...]]:
    """The periods of each edition, and those left over: too few are carried to the next.

    Periods are carried to quarters and years to years: a row of a year is in no quarter's edition.
    """
    parts = [_batched(_only(counts, length), minimum) for length in Length]
    made = sorted((one for many, _ in parts for one in many), key=lambda one: one[-1])
    return tuple(made), tuple(sorted(one for _, rest in parts for one in rest))


def _only(counts: Mapping[Period, int], length: Length) -> dict[Period, int]:
    return {one: count for one, count in counts.items() if one.length is length}


def _batched(
    counts: Mapping[Period, int], minimum: int
) -> tuple[list[tuple[Period, ...]], list[Period]]:
    made: list[tuple[Period, ...]] = []
    waiting: list[Period] = []
    for one in sorted(counts):
        waiting.append(one)
        if sum(counts[each] for each in waiting) >= minimum:
            made.append(tuple(waiting))
            waiting = []
    return made, waiting


def _check_free(host: Host, name: str, batches: Sequence[Sequence[Period]]) -> None:
    """No quarter is told twice, and no box is left behind an edition it could not be part of."""
    own = begun.editions(host.files)
    past = [one for one in archive.read_all(host.files.editions) if str(one.edition) not in own]
    messages = [
        f"{name}: {_span(batch)} overlaps the edition {one.edition}, which covers "
        f"{_span(one.quarters)}. Leave these rows out of the file."
        for batch in batches
        for one in past
        if batch[-1].length is one.quarters[-1].length
        and batch[0] <= one.quarters[-1]
        and one.quarters[0] <= batch[-1]
    ]
    done = {each for one in past for each in one.quarters}
    waiting = {quarter.parse(one.name[:7]) for one in host.files.project.handed_over()}
    messages += [
        f"{name}: {box} has a ballot box that is not published, and could not be after an edition "
        f"of {batch[-1]}. Publish it first, or leave these rows out of the file."
        for box in sorted(waiting)
        for batch in batches[-1:]
        if box not in done and box <= batch[-1]
    ]
    if messages:
        raise Problem(*messages)


def _span(quarters: Sequence[Period]) -> str:
    return str(quarters[0]) if len(quarters) == 1 else f"{quarters[0]} to {quarters[-1]}"


def records(host: Host, of: Plan) -> Iterator[Record]:
    """Each batch through the same gate as an edition's."""
    for batch in of.batches:
        host.tell(f"counting {_span(batch)}")
        frame = of.rows.of(batch)
        asked, policy = of.map.questionnaire, of.map.policy
        raw = tables.count(frame, asked, policy)
        blocks = disclosure.cuts(tables.sizes(frame, asked), policy.k)
        cleared = disclosure.clear(raw, blocks, asked.groups, policy)
        source = of.map.source
        yield assembly.earlier(
            batch, asked, policy, blocks, cleared, len(frame), source, host.today
        )


@alone("reporter history import")
def keep(host: Host, of: Plan) -> list[Path]:
    """Freeze the records and publish them, if the auditor lets all editions together pass."""
    clock.checked(host)
    made = [begun.as_frozen(host.files, one) for one in records(host, of)]
    if not made:
        return []
    host.files.editions.mkdir(parents=True, exist_ok=True)
    known = {one.edition: one for one in corrections.read_all(host.files.editions)}
    everything = sorted(
        {**known, **{one.edition: one for one in made}}.values(), key=lambda one: one.edition
    )
    for _ in report.rebuilt(host, everything, fresh=made):
        begun.remember(host.files, made)
        for one in made:
            archive.write(one, host.files.edition(one.edition))
    begun.over(host.files)
    return [host.files.edition(one.edition) for one in made]


def told(of: Plan) -> Iterator[str]:
    """The plan in words: every row is accounted for, and every mended cell is named."""
    yield f"{of.rows.read} rows read by {of.map.name}"
    for length, unit in _UNITS.items():
        placed = sum(_only(of.rows.periods, length).values())
        if placed or length is Length.QUARTER:
            yield f"{placed} placed in {unit}"
    for batch in of.batches:
        inside = ", ".join(f"{one} {of.rows.periods[one]}" for one in batch)
        yield f"  {batch[-1]}: {of.size(batch)} counted ({inside})"
    if of.rest:
        minimum = of.map.policy.minimum
        names = ", ".join(map(str, of.rest))
        yield f"  left out: {of.size(of.rest)} of {names}, fewer than {minimum} and none follow"
    if of.rows.long_ago:
        yield f"{of.rows.long_ago} state a year before 2000: left out"
    yield f"{of.rows.undated} are undated: left out"
    by = of.rows.passed
    passed = {"empty rows": by.empty, "repeated headers": by.headers}
    passed["rows with nothing in the columns that are read"] = by.silent
    if any(passed.values()):
        yield "passed over: " + ", ".join(f"{n} {what}" for what, n in passed.items() if n)
    yield from (f"mended: {one}" for one in of.rows.mended)
    if of.map.when.stated:
        yield f"all placed in {of.map.when.quarter}, as stated: {of.map.when.stated}"
    yield f"{len(of.map.columns)} columns read, {of.rows.unread} others never"


_UNITS = {Length.QUARTER: "quarters", Length.HALF: "half-years", Length.YEAR: "years"}


def answered(of: Plan) -> Iterator[str]:
    """How many answered each question, of the rows read: whether the map fits its columns."""
    for one in of.map.coded:
        yield f"  {one.item.id}: answered in {_filled(of.rows, one.item)} rows"


def _filled(of: Rows, item: Item) -> int:
    column = of.frame[item.id]
    match item.kind:
        case Kind.ONE | Kind.SCALE:
            return int(column.notna().sum())
        case Kind.MANY | Kind.TEXT:
            return int(column.astype(bool).sum())
        case _:
            assert_never(item.kind)
