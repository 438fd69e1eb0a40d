"""A withdrawn figure leaves every place: two sites that differ by it alone are the same bytes.

For each kind of figure two organisations are made whose records differ in nothing else. Once both
have withdrawn it, no page, chart, table, trend, list of priorities, data file, search index or feed
of any edition can tell them apart. The register may: it holds hashes of what was frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporter import report
from reporter.audit import audit
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import Asked, Finding, Note, Record, archive, corrections, register
from reporter.records.findings import LEDGER, SUM, WROTE
from survey import init
from survey.project import Project
from survey.questions import Kind, Questionnaire
from tests.support import sites
from tests.support.audits import Q1, others, rated, whole

TEXT = Asked("improve", Kind.TEXT, "none", {"sv": "Mer?", "en": "More?"}, ())
DAY = date(2026, 11, 24)
SAID = {"sv": "Fel grupp räknades.", "en": "The wrong group was counted."}


def full(edition: str, wrote: int = 14, named: int = 6, held: int = 5) -> Record:
    """An edition with reasons, ratings, a text with its themes, and the ledger of comments."""
    made = whole(edition)
    derived = replace(TEXT, id="said_improve_problem", kind=Kind.MANY, answers=made.themes)
    rows = (
        Finding("all", "improve", WROTE, 31, wrote, wrote),
        Finding("all", "said_improve_problem", "pay", wrote, named, named),
    )
    ledger = (("texts", wrote, wrote), ("sorted", wrote, wrote), ("held", held, held))
    return replace(
        made,
        asked=(*made.asked, TEXT, derived),
        findings=(*made.findings, *rows),
        moderation=ledger,
    )


def _reason(edition: str) -> Record:
    return others(full(edition), Finding("all", "reasons", "pay", 31, 17, 17), *_rest(edition))


def _rest(edition: str) -> list[Finding]:
    found = full(edition).parts("reasons", "team") + full(edition).parts("reasons", "growth")
    return [replace(one, low=0, high=2) if one.answer == "team" else one for one in found]


def _rating(edition: str) -> Record:
    return others(full(edition), *rated("area-2", 10, (5, 0, 5), 30))


def _mean(edition: str) -> Record:
    return others(full(edition), *rated("area-1", 20, (4, 3, 13), 74))


def _wrote(edition: str) -> Record:
    return full(edition, wrote=17)


def _theme(edition: str) -> Record:
    return full(edition, named=9)


def _ledger(edition: str) -> Record:
    return full(edition, held=8)


Other = Callable[[str], Record]
KINDS: Mapping[str, tuple[tuple[str, str, str], Other]] = {
    "a reason": (("all", "reasons", "pay"), _reason),
    "a rating": (("area-2", "rate_pay", "neutral"), _rating),
    "all of a rating": (("area-2", "rate_pay", ""), _rating),
    "a mean": (("area-1", "rate_pay", SUM), _mean),
    "how many wrote": (("all", "improve", WROTE), _wrote),
    "a theme": (("all", "said_improve_problem", "pay"), _theme),
    "the ledger": (("all", LEDGER, ""), _ledger),
}


def _note(kind: str) -> Note:
    return Note(Q1, *KINDS[kind][0], DAY, SAID)


def bytes_of(public: Path) -> dict[str, bytes]:
    """Every file that readers find, but for the register."""
    files = (path for path in public.rglob("*") if path.is_file() and path.name != register.NAME)
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("kind", KINDS)
def test_two_editions_that_differ_by_what_was_withdrawn_are_the_same_bytes(
    tmp_path: Path, kind: str
) -> None:
    """And before it is withdrawn they are not: in pages of the edition and of the one after it."""
    made = [[full("2026-q1"), full("2026-q2")], [KINDS[kind][1]("2026-q1"), full("2026-q2")]]
    plain = [_built(tmp_path / f"plain-{n}", pair, []) for n, pair in enumerate(made)]
    assert plain[0] != plain[1]
    one, other = (_built(tmp_path / f"{n}", pair, [_note(kind)]) for n, pair in enumerate(made))
    assert {name for name in one if one[name] != other[name]} == set()
    assert one.keys() == other.keys()


def _built(root: Path, records: Sequence[Record], notes: Sequence[Note]) -> dict[str, bytes]:
    files = Files(Project(root))
    files.editions.mkdir(parents=True)
    for note in notes:
        assert corrections.checked(records, note) == note
    corrections.keep(files.editions, notes)
    sites.publish(files, records)
    return bytes_of(files.public)


def test_no_byte_of_a_whole_site_tells_what_was_withdrawn(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    """The search index, the feeds and all that the engine makes, with every kind at once."""
    worse = replace(_rating("2026-q1"), findings=_all_other())
    worse = replace(worse, moderation=_wrote("2026-q1").moderation)
    found = [
        _whole_site(tmp_path / name, questionnaire, one)
        for name, one in {"one": full("2026-q1"), "other": worse}.items()
    ]
    assert {name for name in found[0] if found[0][name] != found[1].get(name)} == set()
    assert any("search_index" in name for name in found[0])
    assert any(name.endswith("feed.xml") for name in found[0])


def _all_other() -> tuple[Finding, ...]:
    rows = {(f.block, f.question, f.answer): f for f in full("2026-q1").findings}
    for make in (_reason, _rating, _mean, _wrote):
        changed = [f for f in make("2026-q1").findings if f not in full("2026-q1").findings]
        rows |= {(f.block, f.question, f.answer): f for f in changed}
    return tuple(rows.values())


def _whole_site(root: Path, questionnaire: Questionnaire, first: Record) -> dict[str, bytes]:
    project = Project(root)
    root.mkdir()
    init.project(project)
    files = Files(project)
    files.editions.mkdir(parents=True, exist_ok=True)
    for one in (first, full("2026-q2")):
        archive.write(one, files.edition(one.edition))
    corrections.keep(files.editions, [_note(kind) for kind in KINDS])
    report.build(Host(files, questionnaire, read_policy(project, questionnaire), DAY, print))
    assert audit.site(files).safe
    return bytes_of(files.public)
