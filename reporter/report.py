"""The story of an edition: the order of the steps, a line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reporter import comments, commitments, feed, keys, moderation, pages, publish
from reporter.analysis import goals
from reporter.audit import audit, integrity
from reporter.audit.verdict import Verdict
from reporter.charts import Chart
from reporter.comments import State
from reporter.counting import batch
from reporter.language import words_in
from reporter.publish import Site
from reporter.records import corrections, manifest, record, register
from reporter.records.record import Note, Record
from reporter.settings import Files, Policy
from survey import documents
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.questions import Questionnaire
from survey.words import Words

Tell = Callable[[str], None]
"""Says a step to whoever waits."""

Stages = Sequence[tuple[Sequence[Record], Sequence[Site]]]
"""Editions built aside: the records up to each, and its pages in every language."""


@dataclass(frozen=True)
class House:
    """What every step needs to know of the reporting host."""

    files: Files
    questionnaire: Questionnaire
    policy: Policy
    today: date
    tell: Tell


def draft(
    house: House, edition: Quarter, boxes: Sequence[Path], key_files: Sequence[Path] = ()
) -> Record:
    """Open the batch in memory and write down what may be shown of it, for review."""
    # pandas takes a third of a second to import, and no other command counts anything.
    from reporter.counting import assembly, disclosure, opening, tables

    past = corrections.read_all(house.files.editions)
    sealed = [batch.sealed(path) for path in boxes]
    covered = batch.batch(sealed, edition, past, house.policy, house.today)
    promised = _promises(house, past)
    opened = [(one, keys.of_box(house.files, one.terms, key_files)) for one in covered]
    house.tell(f"opening {sum(one.tally.present for one in covered)} responses")
    answers = opening.opened(opened, house.questionnaire)
    raw = tables.count(answers.frame, house.questionnaire, house.policy)
    blocks = disclosure.cuts(tables.sizes(answers.frame, house.questionnaire), house.policy.k)
    cleared = disclosure.clear(raw, blocks, house.questionnaire.groups, house.policy)
    frozen = assembly.record(
        covered,
        house.questionnaire,
        house.policy,
        blocks,
        cleared,
        answers.leaves,
        promised,
        house.today,
    )
    _keep_reasons(house, frozen.edition, cleared.why)
    frozen = replace(frozen, goals=_goals(house))
    _keep_draft(house, frozen, [vars(comment) for comment in answers.comments])
    return frozen


def _promises(house: House, past: Sequence[Record]) -> list[Mapping[str, object]]:
    """Today's commitments, checked against every edition that showed them before."""
    now = commitments.read(house.files.commitments, house.questionnaire)
    commitments.check_history(now, [one for old in past for one in old.commitments])
    return [commitments.snapshot(one) for one in now]


def _goals(house: House) -> tuple[Mapping[str, object], ...]:
    """Today's strategic goals, to be kept with the edition: they may change before the next."""
    return tuple(map(goals.snapshot, goals.read(house.files.goals, house.questionnaire)))


def _keep_draft(house: House, frozen: Record, found: Sequence[Mapping[str, str]]) -> None:
    """Keep what is to be reviewed; what people decided in an earlier draft is carried over."""
    path = house.files.comments(frozen.edition)
    comments.write(path, comments.begin(found, comments.read(path) if path.exists() else None))
    keys.write_private(house.files.draft(frozen.edition), record.dump(frozen))


def _keep_reasons(house: House, edition: Quarter, why: Sequence[tuple[str, str, str]]) -> None:
    """Keep why figures are withheld, for HR: a reason on a page would tell of the answers."""
    text = json.dumps([list(one) for one in why], ensure_ascii=False, indent=1)
    keys.write_private(house.files.withheld(edition), text + "\n")


def reasons(house: House, edition: Quarter) -> list[tuple[str, str, str]]:
    """(block, question, why) of what the draft does not show, or not in full."""
    path = house.files.withheld(edition)
    found = json.loads(documents.text_of(path)) if path.exists() else []
    return [(str(block), str(question), str(why)) for block, question, why in found]


def withheld(house: House, edition: Quarter) -> list[str]:
    """What the drafted edition does not show and why, and which groups were joined."""
    counted = _drafted(house, edition)
    if not house.files.withheld(edition).exists():
        raise Problem(f"{edition}: its reasons are gone with its draft. They are never published.")
    rows = [f"{b}  {q}: {why}" for b, q, why in reasons(house, edition)]
    joined = [
        f"{block.id}  joined, for each alone is too small or must hide one that is: "
        + ", ".join(one or "not stated" for one in block.members)
        for block in counted.blocks
        if len(block.members) > 1
    ]
    return joined + (rows or ["every question is shown in every block"])


def reviewed(house: House, edition: Quarter) -> Record:
    """The drafted edition as it would be published today: read comments, promises and goals."""
    frozen = _drafted(house, edition)
    if house.files.edition(edition).exists():
        return frozen
    promised = tuple(_promises(house, before(house, edition)))
    frozen = moderation.moderated(frozen, _comments(house, edition))
    return replace(frozen, published=house.today, commitments=promised, goals=_goals(house))


def before(house: House, edition: Quarter) -> list[Record]:
    """The published editions before this one, oldest first."""
    return [one for one in corrections.read_all(house.files.editions) if one.edition < edition]


def _comments(house: House, edition: Quarter) -> State:
    path = house.files.comments(edition)
    return comments.read(path) if path.exists() else State(())


def preview(house: House, frozen: Record) -> list[Path]:
    """Build the drafted edition aside, in every language, to be looked at."""
    records = [*before(house, frozen.edition), frozen]
    targets = []
    for site in _sites(house, records):
        target = house.files.preview / site.words.language / str(frozen.edition)
        house.tell(f"building the preview in {site.words('language.' + site.words.language)}")
        publish.preview(house.files.project, frozen.edition, frozen.published, site, target)
        targets.append(target)
    return targets


def publish_edition(house: House, edition: Quarter, key_files: Sequence[Path] = ()) -> Record:
    """Destroy the keys, freeze the record, swap the site in. Safe to run again after a crash.

    The pages are built and audited before, so that no key is lost for an edition that is refused,
    and seen after, so that none tells of a destroyed key while it is there.
    """
    frozen, past = reviewed(house, edition), before(house, edition)
    doomed = keys.doomed(house.files, frozen.quarters, key_files)
    if not house.files.edition(edition).exists():
        frozen = replace(frozen, destroyed=max(doomed.keys, frozen.destroyed))
    sites = prepared(house, [*past, frozen])
    audited(house, [([*past, frozen], sites)], fresh=[frozen])
    # After a crash nobody could tell from what is left which keys were here.
    keys.write_private(house.files.draft(edition), record.dump(frozen))
    for path in doomed.paths:
        keys.destroy(path)
    record.write(frozen, house.files.edition(edition))
    swapped(house, [*past, frozen], sites)
    files = house.files
    for working in (files.comments, files.withheld, files.verdict, files.draft):
        keys.destroy(working(edition))
    publish.forget(files.preview, edition, frozen.languages)
    return frozen


def _drafted(house: House, edition: Quarter) -> Record:
    """The draft as it was counted; after a crash in publishing, the record as it is frozen."""
    path = house.files.draft(edition)
    if path.exists():
        frozen = house.files.edition(edition)
        return record.read(frozen if frozen.exists() else path)
    if house.files.edition(edition).exists():
        raise Problem(f"{edition}: is published already. Its figures are never made again.")
    raise Problem(f"{edition}: there is no draft. Run: reporter draft {edition}")


def build(house: House) -> list[Quarter]:
    """Make every edition's pages again from the records, oldest first."""
    records = corrections.read_all(house.files.editions)
    if not records:
        raise Problem("site/editions: no edition is published yet. Draft and publish one first.")
    for _ in rebuilt(house, records):
        house.tell("swapping them in")
    return [one.edition for one in records]


def rebuilt(
    house: House,
    records: Sequence[Record],
    noted: Sequence[Note] | None = None,
    fresh: Sequence[Record] = (),
) -> Iterator[None]:
    """Build every edition aside and audit them together; at the next step, swap them in."""
    stages = [(records[:end], prepared(house, records[:end])) for end in range(1, len(records) + 1)]
    audited(house, stages, fresh, noted)
    yield
    for until, sites in stages:
        swapped(house, until, sites, latest=len(until) == len(records))


def withdraw(house: House, note: Note) -> list[Quarter]:
    """Note that a figure is withdrawn, and make all pages again without it."""
    folder = house.files.editions
    corrections.checked(corrections.read_all(folder), note)
    noted = [*corrections.notes(folder), note]
    records = [corrections.visible(one, noted) for one in record.read_all(folder)]
    for _ in rebuilt(house, records, noted):
        corrections.keep(folder, noted)
    return [one.edition for one in records]


def audited(
    house: House,
    stages: Stages,
    fresh: Sequence[Record] = (),
    noted: Sequence[Note] | None = None,
) -> None:
    """Stop, and remove what was built aside, unless the auditor passes it."""
    try:
        verdict(house, stages, fresh, noted).stop()
    except Problem:
        discarded(house, stages)
        raise


def verdict(
    house: House,
    stages: Stages,
    fresh: Sequence[Record] = (),
    noted: Sequence[Note] | None = None,
    seconds: float = audit.SECONDS,
) -> Verdict:
    """What the auditor says of what was built aside, beside all that readers find already."""
    house.tell("auditing all editions together")
    aside = {
        (site.words.language, str(until[-1].edition)): publish.aside(
            house.files.project, until[-1].edition, site
        )
        for until, sites in stages
        for site in sites
    }
    return audit.site(house.files, seconds, fresh=fresh, aside=aside, noted=noted)


def discarded(house: House, stages: Stages) -> None:
    """Remove what was built aside."""
    for until, sites in stages:
        publish.discard(house.files.project, until[-1].edition, sites)


def prepared(house: House, records: Sequence[Record]) -> list[Site]:
    """The newest of the records in every language, built aside."""
    now = records[-1]
    house.tell(f"building {now.edition}")
    sites = _sites(house, records)
    publish.prepare(house.files.project, now.edition, now.published, sites)
    return sites


def swapped(
    house: House, records: Sequence[Record], sites: Sequence[Site], latest: bool = True
) -> None:
    """Put what was built aside where readers find it."""
    project, edition = house.files.project, records[-1].edition
    _list_files(house, edition, sites)
    publish.swap_in(project, edition, sites, latest)
    if latest:
        _ways_in(project, records, [site.words for site in sites])
        ways = manifest.ways(project.site / "public", [site.words.language for site in sites])
        manifest.keep(house.files.editions, manifest.WAYS, ways)


def _list_files(house: House, edition: Quarter, sites: Sequence[Site]) -> None:
    """Keep the hash of every file of an edition, as it lies built aside."""
    found: dict[str, str] = {}
    for site in sites:
        folder = publish.aside(house.files.project, edition, site)
        found |= manifest.hashed(folder, f"{site.words.language}/{edition}/")
    manifest.keep(house.files.editions, str(edition), found)


def _ways_in(project: Project, records: Sequence[Record], spoken: Sequence[Words]) -> None:
    """What lies above the editions: the list of versions, the front doors, the feeds."""
    publish.index(project, [one.edition for one in reversed(records)], spoken)
    name, address = publish.addressed(project)
    for one in spoken:
        publish.subscribe(project, one.language, feed.feed(records, one, name, address))


def _sites(house: House, records: Sequence[Record]) -> list[Site]:
    """The newest record's pages in every language; its charts are drawn once for all."""
    drawn = pages.draw(records)
    return [_site(house, records, drawn, language) for language in records[-1].languages]


def _site(
    house: House, records: Sequence[Record], drawn: Mapping[str, Chart], language: str
) -> Site:
    spoken = words_in(language)
    written = _written(house.files.pages / language)
    data = f"data/{records[-1].edition}"
    entered = register.read(house.files.editions)
    files = {
        f"{data}.csv": pages.csv_of(records[-1]),
        f"{data}.json": record.dump(records[-1]),
        f"data/{register.NAME}": integrity.published_register(entered, records),
        f"{data}-receipts.txt": record.listed(records[-1]),
    }
    found = pages.edition(records, drawn, spoken, written)
    return Site(spoken, found | files, pages.nav(records, spoken, written))


def _written(folder: Path) -> dict[str, str]:
    """Pages written by hand, by their path."""
    files = sorted(folder.rglob("*.md"))
    return {file.relative_to(folder).as_posix(): documents.text_of(file) for file in files}
