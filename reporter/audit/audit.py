"""The auditor: reads what is built and what was frozen, attacks it, and refuses or passes.

It has its own eyes. It never reads tables or a batch, shares no code with the pages it reads, and
takes no rule of the gate for granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reporter.audit import attack, html, integrity, searched
from reporter.audit.charts import Charts
from reporter.audit.geometry import Drawing
from reporter.audit.html import Publication
from reporter.audit.published import Sight
from reporter.audit.solver import clock
from reporter.audit.verdict import REBUILD, Refusal, Verdict, unique
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
    sight = Sight(frozen, shown, built, bool(aside), html.by_hand(files.pages))
    found = [*integrity.registered(files, built, frozen, {str(one.edition) for one in fresh})]
    found += [*integrity.records(sight), *integrity.copies(sight), *_numbers(sight), *_drawn(sight)]
    found += [one for edition in built for one in searched.faults(edition)]
    found += integrity.files(files.editions, public, sight)
    attacked, questions = attack.attacked(sight, clock(seconds))
    pages = [page for built in sight.built for page in built.pages]
    figures = sum(map(len, sight.figures.values()))
    refusals = tuple(unique([*found, *attacked]))
    return Verdict(len(frozen), len(pages), figures, questions, refusals)


def _records(folder: Path) -> list[Record]:
    """Every record as frozen. Two of the same quarter are attacked, not only complained about."""
    return [archive.read(path) for path in sorted(folder.glob("????-q?.json"))]


def _numbers(sight: Sight) -> Iterator[Refusal]:
    """Every number on every page that no record accounts for."""
    for built in sight.built:
        frame = sight.frames.get(built)
        for page in built.pages if frame else ():
            by_hand = (built.language, page.name) in sight.by_hand
            for figure, what in frame.faults(page, by_hand) if frame else ():
                yield Refusal(page.address, figure, what, REBUILD)


def _drawn(sight: Sight) -> Iterator[Refusal]:
    """Every chart that its record does not explain, and every place where a reason could hide."""
    for built in sight.built:
        frame = sight.frames.get(built)
        accounts = frame.accounts if frame else []
        views = [one.narrowed for one in accounts], [one.frozen for one in accounts]
        known = [Charts(many, built.language) for many in views]
        for page in built.pages if accounts else ():
            if (built.language, page.name) not in sight.by_hand:
                faults = [fault for one in page.drawings for fault in _by_either(one, known)]
                for figure, what in (*faults, *((one, _STRANGE) for one in page.strange)):
                    yield Refusal(page.address, figure, what, REBUILD)


def _by_either(drawing: Drawing, known: Sequence[Charts]) -> list[tuple[str, str]]:
    """What is wrong with a drawing by every view of the records; earlier versions drew another."""
    faults = [list(one.faults(drawing)) for one in known]
    return faults[0] if all(faults) else []


_STRANGE = "is an element or attribute that no page has: it could tell what is not shown"
