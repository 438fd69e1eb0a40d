"""The story of an edition: the order of the steps, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reporter import keys, private
from reporter.analysis import goals
from reporter.audit import audit
from reporter.audit.verdict import Verdict
from reporter.charts.shares import Chart
from reporter.comments import decisions, moderation
from reporter.comments.decisions import State
from reporter.commitments import commitment, reading
from reporter.counting import batch
from reporter.host import Host
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.publishing import engine, feed
from reporter.publishing.engine import Site
from reporter.records import archive, corrections, leaves, manifest, register
from reporter.records.record import Note, Record
from survey import documents
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.words import Words

Stages = Sequence[tuple[Sequence[Record], Sequence[Site]]]
"""Editions built aside: the records up to each, and its pages in every language."""


def draft(
    host: Host, edition: Quarter, boxes: Sequence[Path], key_files: Sequence[Path] = ()
) -> Record:
    """Open the batch in memory and write down what may be shown of it, for review."""
    # pandas takes a third of a second to import, and no other command counts anything.
    from reporter.counting import assembly, disclosure, opening, tables

    past = corrections.read_all(host.files.editions)
    sealed = [batch.sealed(path) for path in boxes]
    covered = batch.batch(sealed, edition, past, host.policy, host.today)
    promised = _promises(host, past)
    opened = [(one, keys.of_box(host.files, one.terms, key_files)) for one in covered]
    host.tell(f"opening {sum(one.tally.present for one in covered)} responses")
    answers = opening.opened(opened, host.questionnaire)
    raw = tables.count(answers.frame, host.questionnaire, host.policy)
    blocks = disclosure.cuts(tables.sizes(answers.frame, host.questionnaire), host.policy.k)
    cleared = disclosure.clear(raw, blocks, host.questionnaire.groups, host.policy)
    frozen = assembly.record(
        covered,
        host.questionnaire,
        host.policy,
        blocks,
        cleared,
        answers.leaves,
        promised,
        host.today,
    )
    _keep_reasons(host, frozen.edition, cleared.why)
    frozen = replace(frozen, goals=_goals(host))
    _keep_draft(host, frozen, [vars(comment) for comment in answers.comments])
    return frozen


def _promises(host: Host, past: Sequence[Record]) -> list[Mapping[str, object]]:
    """Today's commitments, checked against every edition that showed them before."""
    now = reading.read(host.files.commitments, host.questionnaire)
    reading.check_history(now, [one for old in past for one in old.commitments])
    return [commitment.snapshot(one) for one in now]


def _goals(host: Host) -> tuple[Mapping[str, object], ...]:
    """Today's strategic goals, to be kept with the edition: they may change before the next."""
    return tuple(map(goals.snapshot, goals.read(host.files.goals, host.questionnaire)))


def _keep_draft(host: Host, frozen: Record, found: Sequence[Mapping[str, str]]) -> None:
    """Keep what is to be reviewed; what people decided in an earlier draft is carried over."""
    path = host.files.comments(frozen.edition)
    decisions.write(path, decisions.begin(found, decisions.read(path) if path.exists() else None))
    private.write(host.files.draft(frozen.edition), archive.dump(frozen))


def _keep_reasons(host: Host, edition: Quarter, why: Sequence[tuple[str, str, str]]) -> None:
    """Keep why figures are withheld, for HR: a reason on a page would tell of the answers."""
    text = json.dumps([list(one) for one in why], ensure_ascii=False, indent=1)
    private.write(host.files.withheld(edition), text + "\n")


def reasons(host: Host, edition: Quarter) -> list[tuple[str, str, str]]:
    """(block, question, why) of what the draft does not show, or not in full."""
    path = host.files.withheld(edition)
    found = json.loads(documents.text_of(path)) if path.exists() else []
    return [(str(block), str(question), str(why)) for block, question, why in found]


def withheld(host: Host, edition: Quarter) -> list[str]:
    """What the drafted edition does not show and why, and which groups were joined."""
    counted = _drafted(host, edition)
    if not host.files.withheld(edition).exists():
        raise Problem(f"{edition}: its reasons are gone with its draft. They are never published.")
    rows = [f"{b}  {q}: {why}" for b, q, why in reasons(host, edition)]
    joined = [
        f"{block.id}  joined, for each alone is too small or must hide one that is: "
        + ", ".join(one or "not stated" for one in block.members)
        for block in counted.blocks
        if len(block.members) > 1
    ]
    return joined + (rows or ["every question is shown in every block"])


def reviewed(host: Host, edition: Quarter) -> Record:
    """The drafted edition as it would be published today: read comments, promises and goals."""
    frozen = _drafted(host, edition)
    if host.files.edition(edition).exists():
        return frozen
    promised = tuple(_promises(host, before(host, edition)))
    frozen = moderation.moderated(frozen, _comments(host, edition))
    return replace(frozen, published=host.today, commitments=promised, goals=_goals(host))


def before(host: Host, edition: Quarter) -> list[Record]:
    """The published editions before this one, oldest first."""
    return [one for one in corrections.read_all(host.files.editions) if one.edition < edition]


def _comments(host: Host, edition: Quarter) -> State:
    path = host.files.comments(edition)
    return decisions.read(path) if path.exists() else State(())


def preview(host: Host, frozen: Record) -> list[Path]:
    """Build the drafted edition aside, in every language, to be looked at."""
    records = [*before(host, frozen.edition), frozen]
    targets = []
    for site in _sites(host, records):
        target = host.files.preview / site.words.language / str(frozen.edition)
        host.tell(f"building the preview in {site.words('language.' + site.words.language)}")
        engine.preview(host.files.project, frozen.edition, frozen.published, site, target)
        targets.append(target)
    return targets


def publish_edition(host: Host, edition: Quarter, key_files: Sequence[Path] = ()) -> Record:
    """Destroy the keys, freeze the record, swap the site in. Safe to run again after a crash.

    The pages are built and audited before, so that no key is lost for an edition that is refused,
    and seen after, so that none tells of a destroyed key while it is there.
    """
    frozen, past = reviewed(host, edition), before(host, edition)
    doomed = keys.doomed(host.files, frozen.quarters, key_files)
    if not host.files.edition(edition).exists():
        frozen = replace(frozen, destroyed=max(doomed.keys, frozen.destroyed))
    sites = prepared(host, [*past, frozen])
    audited(host, [([*past, frozen], sites)], fresh=[frozen])
    # After a crash nobody could tell from what is left which keys were here.
    private.write(host.files.draft(edition), archive.dump(frozen))
    for path in doomed.paths:
        private.destroy(path)
    archive.write(frozen, host.files.edition(edition))
    swapped(host, [*past, frozen], sites)
    files = host.files
    for working in (files.comments, files.withheld, files.verdict, files.draft):
        private.destroy(working(edition))
    engine.forget(files.preview, edition, frozen.languages)
    return frozen


def _drafted(host: Host, edition: Quarter) -> Record:
    """The draft as it was counted; after a crash in publishing, the record as it is frozen."""
    path = host.files.draft(edition)
    if path.exists():
        frozen = host.files.edition(edition)
        return archive.read(frozen if frozen.exists() else path)
    if host.files.edition(edition).exists():
        raise Problem(f"{edition}: is published already. Its figures are never made again.")
    raise Problem(f"{edition}: there is no draft. Run: reporter draft {edition}")


def build(host: Host) -> list[Quarter]:
    """Make every edition's pages again from the records, oldest first."""
    records = corrections.read_all(host.files.editions)
    if not records:
        raise Problem("site/editions: no edition is published yet. Draft and publish one first.")
    for _ in rebuilt(host, records):
        host.tell("swapping them in")
    return [one.edition for one in records]


def rebuilt(
    host: Host,
    records: Sequence[Record],
    noted: Sequence[Note] | None = None,
    fresh: Sequence[Record] = (),
) -> Iterator[None]:
    """Build every edition aside and audit them together; at the next step, swap them in."""
    stages = [(records[:end], prepared(host, records[:end])) for end in range(1, len(records) + 1)]
    audited(host, stages, fresh, noted)
    yield
    for until, sites in stages:
        swapped(host, until, sites, latest=len(until) == len(records))


def withdraw(host: Host, note: Note) -> list[Quarter]:
    """Note that a figure is withdrawn, and make all pages again without it."""
    folder = host.files.editions
    corrections.checked(corrections.read_all(folder), note)
    noted = [*corrections.notes(folder), note]
    records = [corrections.visible(one, noted) for one in archive.read_all(folder)]
    for _ in rebuilt(host, records, noted):
        corrections.keep(folder, noted)
    return [one.edition for one in records]


def audited(
    host: Host,
    stages: Stages,
    fresh: Sequence[Record] = (),
    noted: Sequence[Note] | None = None,
) -> None:
    """Stop, and remove what was built aside, unless the auditor passes it."""
    try:
        verdict(host, stages, fresh, noted).stop()
    except Problem:
        discarded(host, stages)
        raise


def verdict(
    host: Host,
    stages: Stages,
    fresh: Sequence[Record] = (),
    noted: Sequence[Note] | None = None,
    seconds: float = audit.SECONDS,
) -> Verdict:
    """What the auditor says of what was built aside, beside all that readers find already."""
    host.tell("auditing all editions together")
    aside = {
        (site.words.language, str(until[-1].edition)): engine.aside(
            host.files.project, until[-1].edition, site
        )
        for until, sites in stages
        for site in sites
    }
    return audit.site(host.files, seconds, fresh=fresh, aside=aside, noted=noted)


def discarded(host: Host, stages: Stages) -> None:
    """Remove what was built aside."""
    for until, sites in stages:
        engine.discard(host.files.project, until[-1].edition, sites)


def prepared(host: Host, records: Sequence[Record]) -> list[Site]:
    """The newest of the records in every language, built aside."""
    now = records[-1]
    host.tell(f"building {now.edition}")
    sites = _sites(host, records)
    engine.prepare(host.files.project, now.edition, now.published, sites)
    return sites


def swapped(
    host: Host, records: Sequence[Record], sites: Sequence[Site], latest: bool = True
) -> None:
    """Put what was built aside where readers find it."""
    project, edition = host.files.project, records[-1].edition
    _list_files(host, edition, sites)
    engine.swap_in(project, edition, sites, latest)
    if latest:
        _ways_in(project, records, [site.words for site in sites])
        ways = manifest.ways(project.site / "public", [site.words.language for site in sites])
        manifest.keep(host.files.editions, manifest.WAYS, ways)


def _list_files(host: Host, edition: Quarter, sites: Sequence[Site]) -> None:
    """Keep the hash of every file of an edition, as it lies built aside."""
    found: dict[str, str] = {}
    for site in sites:
        folder = engine.aside(host.files.project, edition, site)
        found |= manifest.hashed(folder, f"{site.words.language}/{edition}/")
    manifest.keep(host.files.editions, str(edition), found)


def _ways_in(project: Project, records: Sequence[Record], spoken: Sequence[Words]) -> None:
    """What lies above the editions: the list of versions, the front doors, the feeds."""
    engine.index(project, [one.edition for one in reversed(records)], spoken)
    name, address = engine.addressed(project)
    for one in spoken:
        engine.subscribe(project, one.language, feed.feed(records, one, name, address))


def _sites(host: Host, records: Sequence[Record]) -> list[Site]:
    """The newest record's pages in every language; its charts are drawn once for all."""
    drawn = pages.draw(records)
    return [_site(host, records, drawn, language) for language in records[-1].languages]


def _site(host: Host, records: Sequence[Record], drawn: Mapping[str, Chart], language: str) -> Site:
    spoken = words_in(language)
    written = _written(host.files.pages / language)
    data = f"data/{records[-1].edition}"
    entered = register.read(host.files.editions)
    files = {
        f"{data}.csv": pages.csv_of(records[-1]),
        f"{data}.json": archive.dump(records[-1]),
        f"data/{register.NAME}": archive.published_register(entered, records),
        f"{data}-receipts.txt": leaves.listed(records[-1]),
    }
    found = pages.edition(records, drawn, spoken, written)
    return Site(spoken, found | files, pages.nav(records, spoken, written))


def _written(folder: Path) -> dict[str, str]:
    """Pages written by hand, by their path."""
    files = sorted(folder.rglob("*.md"))
    return {file.relative_to(folder).as_posix(): documents.text_of(file) for file in files}
