"""Every public output, and the equation that ties it to the questions it depends on.

The list is the auditor's and the handbook's at once: a field of the record, a page or a file that
stands in none of these is refused, and a test holds `docs/explanation/disclosure.md` to it. Whoever
adds an output adds its row here, and first the equation.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

FIELDS: Mapping[str, str] = {
    "edition": "integrity.registered",
    "quarters": "attack.attacked",
    "published": "integrity.registered",
    "k": "promised.laxer",
    "minimum": "promised.laxer",
    "issued": "leaves.faults",
    "answered": "leaves.faults",
    "withdrawn": "leaves.faults",
    "counted": "leaves.faults",
    "languages": "integrity.copies",
    "themes": "integrity.registered",
    "members": "order.lists",
    "asked": "promised.twice",
    "blocks": "rules.broken",
    "findings": "equations.puzzles",
    "withheld": "order.lists",
    "leaves": "leaves.faults",
    "root": "leaves.faults",
    "commitments": "integrity.registered",
    "holders": "integrity.registered",
    "destroyed": "integrity.registered",
    "apart": "integrity.registered",
    "notes": "integrity.copies",
    "goals": "integrity.registered",
    "imported": "leaves.faults",
    "voices": "ledger.broken",
    "moderation": "ledger.broken",
}
"""Every field of a record, and what holds it: see the table in the handbook."""

PAGES: Mapping[str, str] = {
    "": "tracing.Frame",
    "why": "tracing.Frame",
    "areas": "tracing.Frame",
    "ahead": "tracing.Frame",
    "trends": "tracing.Frame",
    "themes": "tracing.Frame",
    "themes/*": "tracing.Frame",
    "priorities": "points.told",
    "commitments": "tracing.Frame",
    "commitments/*": "tracing.Frame",
    "corrections": "tracing.Frame",
    "moderation": "ledger.broken",
    "method": "tracing.Frame",
    "receipt": "tracing.Frame",
    "data": "tracing.Frame",
    "search": "searched.faults",
    "404.html": "tracing.Frame",
    "feed.xml": "feeds.faults",
    "assets/*": "tracing.Frame",
}
"""Every page by its address below its edition, and what holds its numbers."""

ROWS = (
    *("texts", "sorted", "paraphrases", "quoted", "held"),
    *("held.names", "held.writer", "held.harm", "held.beside"),
    *("came", "paraphrased"),
)
"""Every row of the ledger of comments, as `ledger` knows it; the last two are of 0.1.0."""


def known(page: str) -> bool:
    """Whether the list names that page; `audit` refuses one that it does not."""
    return any(fnmatchcase(page, one) for one in PAGES)
