"""The story of an edition: the order of the steps, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reporter import drafts, keys, private
from reporter.analysis import goals
from reporter.audit import audit
from reporter.audit.verdict import Verdict
from reporter.comments import moderation
from reporter.commitments import commitment, published, reading
from reporter.counting import asked, batch, once
from reporter.counting.batch import Sealed
from reporter.host import Host
from reporter.publishing import engine, staging, versions
from reporter.publishing.staging import Stages
from reporter.records import Note, Record, archive, corrections
from reporter.working import clock, room
from reporter.working.alone import alone
from survey.problems import Problem
from survey.quarter import Quarter

if TYPE_CHECKING:
    from reporter.counting.opening import Batch


@alone("reporter draft")
def draft(
    host: Host,
    edition: Quarter,
    boxes: Sequence[Path],
    key_files: Sequence[Path] = (),
    as_asked: bool = False,
) -> Record:
    """Open the batch in memory and write down what may be shown of it, for review.

    It is counted by the questionnaire that its boxes were opened with. Where the project's file has
    lost something of that, it is refused before anything is opened, unless told `as_asked`.
    """
    # pandas takes a third of a second to import, and no other command counts anything.
    from reporter.counting import assembly, disclosure, opening, tables

    clock.checked(host, edition)
    past = corrections.read_all(host.files.editions)
    sealed = [batch.sealed(path) for path in boxes]
    covered = batch.batch(sealed, edition, past, host.policy, host.today)
    host = replace(host, policy=batch.kept(host.policy, covered))
    promised, counted = _promises(host, past), _as_asked(host, covered, as_asked)
    opened = [(one, keys.of_box(host.files, one.terms, key_files)) for one in covered]
    host.tell(f"opening {sum(one.tally.present for one in covered)} responses")
    answers = opening.opened(opened, counted.questionnaire)
    again = _once(host, edition, covered, [leaf.hex() for leaf in answers.leaves])
    _warn(host, covered, answers)
    raw = tables.count(answers.frame, counted.questionnaire, counted.policy)
    blocks = disclosure.cuts(tables.sizes(answers.frame, counted.questionnaire), counted.policy.k)
    cleared = disclosure.clear(raw, blocks, counted.questionnaire.groups, counted.policy)
    rules = counted.questionnaire, counted.policy
    frozen = assembly.record(covered, *rules, blocks, cleared, answers.leaves, promised, host.today)
    drafts.keep_reasons(host, frozen.edition, cleared.why)
    for line in keys.moved(host.files, [one.terms for one in covered], key_files):
        host.warn(line)
    held = keys.apart(host.files, [one.terms for one in covered])
    frozen = replace(frozen, goals=_goals(host), apart=held)
    drafts.keep(host, frozen, [vars(comment) for comment in answers.comments], again)
    return frozen


@alone("reporter draft")
def shown_draft(
    host: Host,
    edition: Quarter,
    boxes: Sequence[Path],
    key_files: Sequence[Path] = (),
    as_asked: bool = False,
) -> tuple[Record, list[Path]]:
    """Draft the edition and build its preview, as one step: what the command and the desk do."""
    frozen = draft(host, edition, boxes, key_files, as_asked)
    return frozen, preview(host, reviewed(host, edition))


def _as_asked(host: Host, covered: Sequence[Sealed], as_asked: bool) -> Host:
    """The host with the questionnaire and the policy that the batch is counted by."""
    counted_by = asked.agreed(covered, host.questionnaire, as_asked)
    for line in asked.newer(covered, host.questionnaire):
        host.warn(line)
    if counted_by is host.questionnaire:
        return host
    policy = asked.policy_for(counted_by, host.policy)
    return replace(host, questionnaire=counted_by, policy=policy)


def _once(host: Host, edition: Quarter, covered: Sequence[Sealed], leaves: once.Leaves) -> bool:
    """Whether this batch was drafted before; remembered, or refused, before anything is shown."""
    known = once.read(host.files.opened)
    past = list(known)
    if host.files.draft(edition).exists():  # perhaps of a version that remembered nothing
        past.append(once.Opened(drafts.counted(host, edition).leaves))
    given = [once.Given(one.name, one.tally.present, one.terms.id) for one in covered]
    again = once.check(past, leaves, given, host.policy.minimum, host.policy.k)
    once.keep(host.files.opened, known, leaves, given)
    return again


def _warn(host: Host, covered: Sequence[Sealed], answers: Batch) -> None:
    """Say what boxes of earlier versions lack."""
    for line in batch.lacking(covered):
        host.warn(line)
    if answers.bound and not batch.lacking(covered):
        host.warn(batch.BOUND)


def _promises(host: Host, past: Sequence[Record]) -> list[Mapping[str, object]]:
    """Today's commitments, checked against every edition that showed them before."""
    now = reading.read(host.files.commitments, host.questionnaire)
    published.check_history(now, [one for old in past for one in old.commitments])
    return [commitment.snapshot(one) for one in now]


def _goals(host: Host) -> tuple[Mapping[str, object], ...]:
    """Today's strategic goals, to be kept with the edition: they may change before the next."""
    return tuple(map(goals.snapshot, goals.read(host.files.goals, host.questionnaire)))


def reviewed(host: Host, edition: Quarter) -> Record:
    """The drafted edition as it would be published today: read comments, promises and goals."""
    frozen = drafts.counted(host, edition)
    if host.files.edition(edition).exists():
        return frozen
    promised = tuple(_promises(host, before(host, edition)))
    frozen = moderation.moderated(frozen, drafts.comments(host, edition))
    return replace(frozen, published=host.today, commitments=promised, goals=_goals(host))


def before(host: Host, edition: Quarter) -> list[Record]:
    """The published editions before this one, oldest first."""
    return [one for one in corrections.read_all(host.files.editions) if one.edition < edition]


@alone("the preview of a draft")
def preview(host: Host, frozen: Record) -> list[Path]:
    """Build the drafted edition aside, in every language, to be looked at."""
    records = [*before(host, frozen.edition), frozen]
    targets = []
    for site in staging.sites(host, records):
        target = host.files.preview / site.words.language / str(frozen.edition)
        host.tell(f"building the preview in {site.words('language.' + site.words.language)}")
        engine.preview(host.files.project, frozen.edition, frozen.published, site, target)
        targets.append(target)
    return targets


@alone("reporter publish")
def publish_edition(host: Host, edition: Quarter, key_files: Sequence[Path] = ()) -> Record:
    """Destroy the keys, freeze the record, swap the site in. Safe to run again after a crash.

    The pages are built and audited before, so that no key is lost for an edition that is refused,
    and seen after, so that none tells of a destroyed key while it is there.
    """
    clock.checked(host, edition)
    if published_already(host, edition):
        return _over(host, edition, key_files)
    frozen, past = reviewed(host, edition), before(host, edition)
    doomed = keys.doomed(host.files, frozen.quarters, key_files)
    if not host.files.edition(edition).exists():
        held = frozen.apart if keys.still_apart(host.files, frozen.quarters) else 0
        frozen = replace(frozen, destroyed=max(doomed.keys, frozen.destroyed), apart=held)
    sites = staging.prepared(host, [*past, frozen])
    audited(host, [([*past, frozen], sites)], fresh=[frozen])
    # After a crash nobody could tell from what is left which keys were here.
    private.write(host.files.draft(edition), archive.dump(frozen))
    room.keep(host.files)
    for path in doomed.paths:
        private.destroy(path)
    room.give_back(host.files)
    for line in doomed.warnings:
        host.warn(line)
    archive.write(frozen, host.files.edition(edition))
    staging.swapped(host, [*past, frozen], sites)
    engine.forget(host.files.preview, edition, frozen.languages)
    drafts.destroy(host, edition)  # last: while it is there, the same command ends this well
    return frozen


def _over(host: Host, edition: Quarter, key_files: Sequence[Path]) -> Record:
    """Destroy a key that was brought once all was over; the record says what it said."""
    frozen = archive.read(host.files.edition(edition))
    doomed = keys.doomed(host.files, frozen.quarters, key_files) if key_files else None
    for path in doomed.paths if doomed else ():
        private.destroy(path)
    return frozen


def published_already(host: Host, edition: Quarter) -> bool:
    """Whether nothing is left to do: the draft is destroyed last, once everything else is."""
    return host.files.edition(edition).exists() and not host.files.draft(edition).exists()


@alone("reporter build")
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
    stages = [
        (records[:end], staging.prepared(host, records[:end])) for end in range(1, len(records) + 1)
    ]
    audited(host, stages, fresh, noted)
    yield
    for until, sites in stages:
        staging.swapped(host, until, sites, latest=len(until) == len(records))


@alone("reporter withdraw-figure")
def withdraw(host: Host, note: Note) -> list[Quarter]:
    """Note that a figure is withdrawn, and make all pages again without it."""
    folder = host.files.editions
    clock.checked(host)
    noted = corrections.added(folder, note)
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
        staging.discarded(host, stages)
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
        (site.words.language, str(until[-1].edition)): versions.aside(
            host.files.project, until[-1].edition, site
        )
        for until, sites in stages
        for site in sites
    }
    return audit.site(host.files, seconds, fresh=fresh, aside=aside, noted=noted)
