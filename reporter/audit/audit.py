"""The auditor: reads what is built and what was frozen, attacks it, and refuses or passes.

It has its own eyes. It never reads tables or a batch, shares no code with the pages it reads, and
takes no rule of the gate for granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reporter.audit import (
    attack,
    feeds,
    html,
    integrity,
    outputs,
    promised,
    searched,
    sources,
    tables,
)
from reporter.audit.charts import Charts
from reporter.audit.geometry import Drawing
from reporter.audit.html import Publication
from reporter.audit.published import Sight
from reporter.audit.solver import clock
from reporter.audit.tracing import Frame
from reporter.audit.verdict import REBUILD, TAKE_AWAY, Refusal, Verdict, unique
from reporter.paths import Files
from reporter.records import Record, archive, corrections, record

SECONDS = 300.0
"""How long an audit may take before it refuses."""


def site(
    files: Files,
    seconds: float = SECONDS,
    fresh: Sequence[Record] = (),
    aside: Mapping[Publication, Path] | None = None,
    noted: Sequence[record.Note] | None = None,
) -> Verdict:
    """Look at everything that is published, together with what is about to be.

    `fresh` records and `aside` folders are not in place yet; `noted` stands in for the notes kept.
    """
    frozen = {str(one.edition): one for one in (*_records(files.editions), *fresh)}
    notes = corrections.notes(files.editions) if noted is None else noted
    shown = {key: corrections.visible(one, notes) for key, one in frozen.items()}
    public = files.public
    built = html.published(public, aside)
    names = sources.named(files.project.config)
    sight = Sight(frozen, shown, built, names, bool(aside), html.by_hand(files.pages))
    found = [*integrity.registered(files, built, frozen, {str(one.edition) for one in fresh})]
    found += [
        *integrity.records(sight),
        *integrity.copies(sight),
        *_numbers(sight),
        *_shaped(sight),
    ]
    found += [one for edition in built for one in searched.faults(edition)]
    found += feeds.faults(public, sight)
    found += promised.laxer(files, frozen)
    found += promised.held(files, frozen)
    found += integrity.files(files.editions, public, sight)
    attacked, questions = attack.attacked(sight, clock(seconds))
    pages = [page for built in sight.built for page in built.pages]
    figures = sum(map(len, sight.figures.values()))
    refusals = tuple(unique([*found, *attacked]))
    return Verdict(len(frozen), len(pages), figures, questions, refusals)


def _records(folder: Path) -> list[Record]:
    """Every record as frozen. Two of the same quarter are attacked, not only complained about."""
    return [archive.read(path) for path in archive.paths(folder)]


def _numbers(sight: Sight) -> Iterator[Refusal]:
    """Every number on every page that no record accounts for."""
    for built in sight.built:
        frame = sight.frames.get(built)
        for page in built.pages if frame else ():
            by_hand = (built.language, page.name) in sight.by_hand
            if not by_hand and not outputs.known(page.name):
                yield Refusal(page.address, "", _UNKNOWN, TAKE_AWAY)
            for figure, what in frame.faults(page, by_hand) if frame else ():
                yield Refusal(page.address, figure, what, REBUILD)


def _shaped(sight: Sight) -> Iterator[Refusal]:
    """What no number says: charts, the order of rows, and every place where a reason could hide."""
    for built in sight.built:
        frame = sight.frames.get(built)
        views = _views(frame, built.language) if frame else []
        for page in built.pages if frame else ():
            if frame and (built.language, page.name) not in sight.by_hand:
                for figure, what in _shapes(page, frame, views):
                    yield Refusal(page.address, figure, what, REBUILD)


def _views(frame: Frame, language: str) -> list[Charts]:
    """The charts of the records as told now, and as earlier versions told them."""
    both = [one.narrowed for one in frame.accounts], [one.frozen for one in frame.accounts]
    return [Charts(many, language) for many in both]


def _shapes(page: html.Page, frame: Frame, views: Sequence[Charts]) -> Iterator[tuple[str, str]]:
    for drawing in page.drawings:
        yield from _by_either(drawing, views)
    if page.tables:
        listed = tables.lists(frame.accounts[-1].record, views[0].language)
        rows = tables.faults(page.tables, listed, frame.tongue.figures)
        yield from ((row, "stands where neither its figures nor a list put it") for row in rows)
    yield from ((one, _STRANGE) for one in page.strange)


def _by_either(drawing: Drawing, known: Sequence[Charts]) -> list[tuple[str, str]]:
    """What is wrong with a drawing by every view of the records; earlier versions drew another."""
    faults = [list(one.faults(drawing)) for one in known]
    return faults[0] if all(faults) else []


_UNKNOWN = "is a page that no equation is known of (reporter/audit/outputs.py)"
_STRANGE = "is an element or attribute that no page has: it could tell what is not shown"
