"""site/editions/built/: every published file as it was built, by its hash.

The auditor reads figures; this tells of every other change: a number in words, a script, a stray
file. Whoever can write pages can write here too, so it guards against a hand that slips and a
restored backup, not against the operator; the register of records does that.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from survey import documents, durable
from survey.problems import Problem

FOLDER = "built"
WAYS = "ways"
"""The list of what lies above the editions: front doors, lists of versions, feeds."""

Hashes = Mapping[str, str]
"""Path below `site/public` → SHA-256 in hex."""


def hashed(folder: Path, address: str) -> dict[str, str]:
    """Every file of a built folder that readers find, or shall find, at `address`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"{address}{path.relative_to(folder).as_posix()}": sha256(path) for path in files}


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def above(public: Path) -> dict[str, str]:
    """Everything below `site/public` but the editions, and what lies aside for a moment."""
    files = (path for path in sorted(public.rglob("*")) if path.is_file())
    names = {path: path.relative_to(public) for path in files}
    kept = {path: name for path, name in names.items() if not _apart(name)}
    return {name.as_posix(): sha256(path) for path, name in kept.items()}


def _apart(name: Path) -> bool:
    return (
        name.parts[0].startswith(".") or name.match(".*") or bool(_EDITION.match(name.as_posix()))
    )


_EDITION = re.compile(r"[^/]+/(?:\d{4}-q\d|latest)/")


def ways(public: Path, languages: Iterable[str]) -> dict[str, str]:
    """What the publisher wrote above the editions, and nothing that lies beside it."""
    own = own_ways(languages)
    return {path: digest for path, digest in above(public).items() if path in own}


def own_ways(languages: Iterable[str]) -> frozenset[str]:
    """The paths of what the publisher writes above the editions."""
    return frozenset({"index.html", *(f"{one}/{name}" for one in languages for name in _WAYS)})


_WAYS = ("index.html", "versions.json", "feed.xml")


def keep(editions: Path, name: str, hashes: Hashes) -> None:
    """Write an edition's list, or that of the ways in, whole or not at all."""
    path = editions / FOLDER / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.write(path, json.dumps(hashes, indent=1, sort_keys=True) + "\n")


def read(editions: Path, name: str) -> Hashes | None:
    """The list that was kept, or None where there is none."""
    path = editions / FOLDER / f"{name}.json"
    if not path.exists():
        return None
    try:
        return {str(key): str(value) for key, value in json.loads(documents.text_of(path)).items()}
    except (ValueError, AttributeError):
        what = f"{FOLDER}/{path.name}: is no whole list of what was built"
        raise Problem(f"{what}. Run `reporter build`, which writes it again.") from None


def differing(kept: Hashes, found: Hashes) -> Iterator[tuple[str, str]]:
    """Each path whose file is not what was built, and what is the matter with it."""
    for path in sorted(kept.keys() | found.keys()):
        if path not in found:
            yield path, "is missing"
        elif path not in kept:
            yield path, "was not built from any record"
        elif kept[path] != found[path]:
            yield path, "was changed after it was built"
