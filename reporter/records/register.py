"""site/editions/register.json: what was published, as a chain of hashes that is only added to.

A record changed later no longer has the hash that stands here. Every built edition carries the
register as it was, so that rewriting both leaves a witness in every other edition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey import documents, durable
from survey.problems import Problem

NAME = "register.json"


@dataclass(frozen=True)
class Entry:
    """One edition's record as it was frozen. `chain` binds it to all entries before it."""

    edition: str
    sha256: str
    chain: str


def read(folder: Path) -> tuple[Entry, ...]:
    """The register of the folder of records; empty where nothing was published."""
    path = folder / NAME
    return parse(documents.text_of(path), path.name) if path.exists() else ()


def parse(text: str, name: str) -> tuple[Entry, ...]:
    """A register from its text, or a Problem if it is damaged."""
    try:
        return tuple(Entry(**{key: str(one[key]) for key in _KEYS}) for one in json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        what = f"is no whole register ({type(error).__name__})"
        raise Problem(f"{name}: {what}. Restore it from version control.") from None


_KEYS = ("edition", "sha256", "chain")


def dump(entries: Sequence[Entry]) -> str:
    """The register as text, one entry a line."""
    lines = ",\n ".join(json.dumps({key: getattr(one, key) for key in _KEYS}) for one in entries)
    return f"[\n {lines}\n]\n"


def sha256(text: str) -> str:
    """The hash of a record's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def added(entries: Sequence[Entry], edition: str, text: str) -> tuple[Entry, ...]:
    """The register with one more edition. What stands in it already is left as it is."""
    if any(one.edition == edition for one in entries):
        return tuple(entries)
    before = entries[-1].chain if entries else ""
    digest = sha256(text)
    return (*entries, Entry(edition, digest, sha256(f"{before}{edition}{digest}")))


def enter(folder: Path, edition: str, text: str) -> None:
    """Add the edition to the folder's register, whole or not at all."""
    entries = read(folder)
    wider = added(entries, edition, text)
    if wider != entries:
        durable.write(folder / NAME, dump(wider))


def broken(entries: Sequence[Entry]) -> list[str]:
    """Editions whose place in the chain does not follow from what stands before it."""
    before, found = "", []
    for one in entries:
        if one.chain != sha256(f"{before}{one.edition}{one.sha256}"):
            found.append(one.edition)
        before = one.chain
    return found
