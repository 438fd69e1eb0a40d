"""The feeds: every entry tells what the record of its edition accounts for, on the day it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from reporter.audit.html import Page
from reporter.audit.published import Sight
from reporter.audit.reading import Segment
from reporter.audit.spelling import plain
from reporter.audit.tracing import Frame
from reporter.audit.verdict import REBUILD, Refusal
from survey import documents
from survey.period import WRITTEN

_ATOM = "{http://www.w3.org/2005/Atom}"
_EDITION = re.compile(rf"/({WRITTEN})/")


def faults(public: Path, sight: Sight) -> Iterator[Refusal]:
    """Every number in a feed that no record accounts for. `audit` asks."""
    for path in sorted(public.glob("*/feed.xml")):
        frames = {b.edition: f for b, f in sight.frames.items() if b.language == path.parent.name}
        where = f"{path.parent.name}/feed.xml"
        try:
            # What our own host wrote; a broken one is refused.
            root = ElementTree.fromstring(documents.text_of(path))  # noqa: S314
        except ElementTree.ParseError:
            yield Refusal(where, "", "is no feed", REBUILD)
            return
        for entry in root.findall(f"{_ATOM}entry"):
            for figure, what in _entry(where, entry, frames, sight):
                yield Refusal(where, figure, what, REBUILD)


def _entry(
    where: str, entry: ElementTree.Element, frames: dict[str, Frame], sight: Sight
) -> Iterator[tuple[str, str]]:
    link = entry.find(f"{_ATOM}link")
    found = _EDITION.search("" if link is None else link.get("href", ""))
    edition = found[1] if found else ""
    if edition not in frames:
        if not sight.aside:
            yield edition, "has no record, and yet the feed tells of it"
        return
    updated = entry.findtext(f"{_ATOM}updated", "")
    if updated[:10] != sight.shown[edition].published.isoformat():
        yield updated, "is not the day on which that edition was published"
    texts = (entry.findtext(f"{_ATOM}{name}", "") for name in ("title", "summary"))
    page = Page(where, "feed.xml", tuple(Segment(plain(text)) for text in texts))
    yield from frames[edition].faults(page)
