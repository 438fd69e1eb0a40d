"""Whether every record is whole, unchanged, and published as it is in every language's files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from reporter.audit import equations, ledger, order, promised, rules, themes
from reporter.audit.html import Built
from reporter.audit.published import Sight, of_figure
from reporter.audit.verdict import HOLD, REBUILD, RESTORE, TAKE_AWAY, Refusal
from reporter.paths import Files
from reporter.records import Record, archive, leaves, manifest, register
from reporter.records.findings import LEDGER
from survey import documents


def registered(
    files: Files, built: Sequence[Built], frozen: Mapping[str, Record], fresh: set[str]
) -> Iterator[Refusal]:
    """Every record against the register, and the register against its copies."""
    where = "site/editions"
    entries = register.read(files.editions)
    for edition in register.broken(entries):
        yield Refusal(f"{where}/{register.NAME}", edition, "was changed in the register", RESTORE)
    hashes = {one.edition: one.sha256 for one in entries}
    for edition in fresh & hashes.keys():
        if register.sha256(archive.dump(frozen[edition])) != hashes[edition]:
            what = "was published before, and this is another count of the same people"
            yield Refusal(f"{where}/{edition}.json", _root(frozen[edition]), what, RESTORE)
    for edition in hashes.keys() - frozen.keys():
        yield Refusal(f"{where}/{edition}.json", "", "the record is missing", RESTORE)
    for edition, one in frozen.items():
        path, name = files.edition(one.edition), f"{where}/{edition}.json"
        text = documents.text_of(path) if path.exists() else archive.dump(one)
        if edition not in hashes.keys() | fresh:
            yield Refusal(name, "", "is in no register: it was never published", RESTORE)
        elif hashes.get(edition, register.sha256(text)) != register.sha256(text):
            yield Refusal(name, "", "was changed after it was published", RESTORE)
    told = {one: register.sha256(archive.dump(frozen[one])) for one in fresh - hashes.keys()}
    yield from _witnesses(built, {**hashes, **told})


def _root(record: Record) -> str:
    return f"root {record.root[:12]}, {len(record.leaves)} receipts"


def _witnesses(sites: Sequence[Built], hashes: Mapping[str, str]) -> Iterator[Refusal]:
    """Every edition carries the register of its day: a rewritten one contradicts the others."""
    for built in sites:
        text = built.data(register.NAME)
        if text is None:
            yield Refusal(f"{built.address}data/{register.NAME}", "", "is missing", REBUILD)
        for one in register.parse(text, built.address) if text else ():
            if hashes.get(one.edition) != one.sha256:
                what = "was published with other figures or receipts than the record has now"
                yield Refusal(f"{built.address}data/{register.NAME}", one.edition, what, RESTORE)


def records(sight: Sight) -> Iterator[Refusal]:
    """Every record in itself: its receipts, its sums, and how it shows its figures."""
    seen: dict[str, str] = {}
    for edition, one in sight.frozen.items():
        for fault in (*leaves.faults(one), *order.lists(one)):
            yield Refusal(f"site/editions/{edition}.json", "", fault, RESTORE)
        yield from _still_shown(sight, edition)
        for leaf in one.leaves:
            first = seen.setdefault(leaf, edition)
            if first != edition:
                what = f"an answer counted in {first} is counted here again"
                yield Refusal(f"site/editions/{edition}.json", "", what, RESTORE)
                break
        for finding, what in (*rules.broken(one), *equations.overlaps(one), *order.rows(one)):
            yield of_figure(sight, one, finding, what, HOLD)


def _still_shown(sight: Sight, edition: str) -> Iterator[Refusal]:
    """What earlier versions may have published: once it is withdrawn, the rest may stay."""
    one = sight.shown[edition]
    for fault in ledger.broken(one):
        mend = f"{_WITHDRAW} {edition} all {LEDGER} --reason ..."
        yield Refusal(f"site/editions/{edition}.json", "", fault, mend)
    for finding, what in (*themes.broken(one), *promised.twice(one)):
        mend = f"{_WITHDRAW} {edition} {finding.block} {finding.question} --reason ..."
        yield of_figure(sight, one, finding, what, mend)


_WITHDRAW = "If it is published, run reporter withdraw-figure"


# Files: every one is, byte for byte, what was built


def files(editions: Path, public: Path, sight: Sight) -> Iterator[Refusal]:
    """Every published file against the list of its edition, but for those about to be swapped."""
    for built in sight.built:
        if built.folder == public / built.language / built.edition:
            kept = manifest.read(editions, built.edition)
            mine = {k: v for k, v in (kept or {}).items() if k.startswith(built.address)}
            for path in manifest.links(built.folder, built.address):
                yield Refusal(path, "", "is a link: what it shows was never built", REBUILD)
            yield from _files(built.address, mine, manifest.hashed(built.folder, built.address))
    if public.is_dir():
        yield from _above(editions, public, sight)


def _above(editions: Path, public: Path, sight: Sight) -> Iterator[Refusal]:
    """What lies beside the editions. Who publishes writes the ways in again: strays stay strays."""
    spoken = {built.language for built in sight.built}
    places = {f"{built.language}/{built.edition}" for built in sight.built}
    for path in (one for one in manifest.strays(public, spoken) if one not in places):
        yield Refusal(path, "", "was not built from any record", TAKE_AWAY)
    if sight.built and not sight.aside:
        ways = manifest.ways(public, spoken)
        yield from _files("", manifest.read(editions, manifest.WAYS), ways)


def _files(address: str, kept: manifest.Hashes | None, found: manifest.Hashes) -> Iterator[Refusal]:
    if not kept:
        yield Refusal(address or "site/public", "", "has no list of what was built", REBUILD)
        return
    for path, what in manifest.differing(kept, found):
        yield Refusal(path.removesuffix("/index.html"), "", what, REBUILD)


# Copies: each language's data files say what the record says


def copies(sight: Sight) -> Iterator[Refusal]:
    """Every record against what each language's readers can download."""
    found = {(built.language, built.edition): built for built in sight.built}
    for edition, one in sight.shown.items():
        for language in one.languages:
            built = found.get((language, edition))
            if built is None and not sight.aside:
                yield Refusal(f"{language}/{edition}/", "", "is missing", REBUILD)
            elif built:
                yield from _copy(built, one)
    for built in sight.built:
        if built.edition not in sight.frozen:
            yield Refusal(built.address, "", "has no record", RESTORE)


def _copy(built: Built, one: Record) -> Iterator[Refusal]:
    lists = leaves.listed(one)
    copies = {f"{one.edition}.json": archive.dump(one), f"{one.edition}-receipts.txt": lists}
    for name, text in copies.items():
        told = built.data(name)
        where = f"{built.address}data/{name}"
        if told is None:
            yield Refusal(where, "", "is missing", REBUILD)
        elif told != text:
            differing = _first_difference(told, text)
            yield Refusal(where, differing, "differs from its record", REBUILD)
    yield from _table(built, one)


def _first_difference(told: str, text: str) -> str:
    pairs = zip(told.splitlines(), text.splitlines(), strict=False)
    return next((line.strip().rstrip(",")[:80] for line, other in pairs if line != other), "")


_COLUMNS = ("edition", "breakdown", "block", "members", "question", "answer", "n", "low", "high")


def _table(built: Built, one: Record) -> Iterator[Refusal]:
    name = f"{one.edition}.csv"
    where, told = f"{built.address}data/{name}", built.data(name)
    if told is None:
        yield Refusal(where, "", "is missing", REBUILD)
        return
    head, *rows = [tuple(row) for row in csv.reader(io.StringIO(told))] or [()]
    if head != _COLUMNS:
        yield Refusal(where, ", ".join(head), "is not the head of the table of figures", REBUILD)
    right = list(_rows(one))
    known = set(right)
    for row in rows:
        if row not in known:
            yield Refusal(where, ", ".join(row), "differs from its record", REBUILD)
    for row in sorted(known - set(rows)):
        yield Refusal(where, ", ".join(row), "is missing", REBUILD)
    yield from _moved(where, rows, right)


def _moved(
    where: str, rows: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]]
) -> Iterator[Refusal]:
    """The same rows in another order, or one of them twice: an order can tell what is not told."""
    if set(rows) == set(right):
        pairs = zip_longest(rows, right, fillvalue=("",))
        for row in [row for row, other in pairs if row != other][:1]:
            yield Refusal(where, ", ".join(row), "stands elsewhere than in its record", REBUILD)


def _rows(one: Record) -> Iterator[tuple[str, ...]]:
    """What the table of figures says, a row for each figure and each withheld question."""
    blocks = {block.id: block for block in one.blocks}
    figures = [(f.block, f.question, f.answer, f.n, f.low, f.high) for f in one.findings]
    for ident, *rest in (*figures, *((*pair, "", "", "", "") for pair in one.withheld)):
        block = blocks.get(str(ident))
        members = " ".join(member or "-" for member in block.members) if block else ""
        where = (one.edition, block.breakdown if block else "", ident, members)
        yield tuple(map(str, (*where, *rest)))
