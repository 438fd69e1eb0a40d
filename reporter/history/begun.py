"""site/.importing.json: which editions an import is freezing, so that a kill leaves none half told.

Kept from before the first record until the pages are swapped in. After a kill the same import goes
on where it was: records that it froze are its own, and keep their day.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from reporter.paths import Files
from reporter.records import Record, archive
from survey import documents, durable
from survey.problems import Problem


def editions(files: Files) -> frozenset[str]:
    """The editions of an import that was cut off; none as a rule."""
    if not files.importing.exists():
        return frozenset()
    try:
        return frozenset(map(str, json.loads(documents.text_of(files.importing))["editions"]))
    except (ValueError, KeyError, TypeError):
        what = "is damaged. Remove it; whether an edition is whole, `reporter audit` tells"
        raise Problem(f"{files.importing}: {what}.") from None


def remember(files: Files, made: Sequence[Record]) -> None:
    """Keep which editions are about to be frozen."""
    text = json.dumps({"avstamp": 1, "editions": [str(one.edition) for one in made]})
    durable.write(files.importing, text + "\n")


def over(files: Files) -> None:
    """All of them are in place."""
    files.importing.unlink()
    durable.sync(files.importing.parent)


def as_frozen(files: Files, made: Record) -> Record:
    """The record as a cut-off import froze it already, or as it is made now."""
    path = files.edition(made.edition)
    if str(made.edition) not in editions(files) or not path.exists():
        return made
    frozen = archive.read(path)
    if replace(made, published=frozen.published) != frozen:
        mend = "Import the very file and map that were begun with; they are its whole source"
        raise Problem(f"{made.edition}: was frozen by an import that was cut off. {mend}.")
    return frozen
