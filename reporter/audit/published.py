"""Everything that the auditor looks at, and on which page a figure can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporter.audit.html import Built, Page
from reporter.audit.parser import Told, tongue
from reporter.audit.sources import Account
from reporter.audit.tracing import Frame
from reporter.audit.verdict import Refusal
from reporter.records import Finding, Record


@dataclass(frozen=True)
class Sight:
    """Everything that the auditor looks at."""

    frozen: Mapping[str, Record]
    """Edition → its record, withdrawn figures and all: readers have seen them."""
    shown: Mapping[str, Record]
    """Edition → its record without what was withdrawn."""
    built: Sequence[Built]
    names: frozenset[str] = frozenset()
    """What mkdocs.yml says in words that hold a number."""
    aside: bool = False
    """Whether something is about to be published: then an edition may lack its pages as yet."""
    by_hand: frozenset[tuple[str, str]] = frozenset()
    """(language, name) of every page that people wrote; all others are made from records."""

    @cached_property
    def frames(self) -> Mapping[Built, Frame]:
        """What may stand on the pages of each edition that has a record."""
        known = {
            language: {
                edition: Account(one, tongue(language)) for edition, one in self.shown.items()
            }
            for language in {built.language for built in self.built}
        }
        return {
            built: Frame(
                _until(known[built.language], built.edition), tongue(built.language), self.names
            )
            for built in self.built
            if built.edition in self.shown
        }

    @cached_property
    def figures(self) -> Mapping[Built, Sequence[tuple[Page, Told]]]:
        """Every figure on every page of each edition and language."""
        return {built: _figures(self, built) for built in self.built}


def _until(known: Mapping[str, Account], edition: str) -> list[Account]:
    """Up to the edition, in the order of time: "2024-h1" comes after "2024-q1"."""
    last = known[edition].record.edition
    found = [one for one in known.values() if one.record.edition <= last]
    return sorted(found, key=lambda one: one.record.edition)


def _figures(sight: Sight, built: Built) -> list[tuple[Page, Told]]:
    frame = sight.frames.get(built)
    read = [page for page in built.pages if page.name != "search"]
    return [(page, told) for page in read for told in (frame.figures(page) if frame else ())]


def of_figure(sight: Sight, one: Record, finding: Finding, what: str, mend: str) -> Refusal:
    """A refusal that names the first page where the figure can be read."""
    name = f"{finding.question}, {finding.answer}, {finding.block}"
    for built in sorted(sight.built, key=lambda built: built.language not in one.languages[:1]):
        if built.edition == str(one.edition):
            page, text = _page_of(sight, built, one, finding)
            if page:
                return Refusal(page.address, f"{text} ({name})", what, mend)
    where = next((b.address for b in sight.built if b.edition == str(one.edition)), "")
    figure = f"{finding.low} to {finding.high} of {finding.n} ({name})"
    return Refusal(f"{where}data/{one.edition}.csv", figure, what, mend)


def _page_of(sight: Sight, built: Built, one: Record, finding: Finding) -> tuple[Page | None, str]:
    """The page that shows the figure: first those about its theme or question."""
    mine = (finding.low, finding.high, finding.n)
    found = [
        (page, told.text)
        for page, told in sight.figures[built]
        if (told.low, told.high, told.n) == mine
    ]
    asked = one.question(finding.question)
    likely = (f"themes/{asked.theme}",) if asked and asked.theme else ("why", "ahead")
    found.sort(key=lambda pair: pair[0].name not in likely)
    return found[0] if found else (None, "")
