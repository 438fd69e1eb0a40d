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
from survey.period import WRITTEN
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


def strays(public: Path, languages: Iterable[str]) -> list[str]:
    """All that lies beside the editions and that the publisher never writes, whatever its name.

    `languages` are those that have an edition. A folder of more than a few files is named alone.
    """
    spoken = [public / one for one in sorted(languages) if _plain(public / one)]
    found = [path for path in _inside(public) if path not in [*spoken, public / "index.html"]]
    found += [path for folder in spoken for path in _inside(folder) if not _ours(path)]
    linked = [path for path in (public / "index.html",) if path.is_symlink()]
    told = [one for path in [*found, *linked] for one in _told(path)]
    return [one.relative_to(public).as_posix() + "/" * _plain(one) for one in told]


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _plain(path: Path) -> bool:
    """Whether it is a folder, and no link to one."""
    return path.is_dir() and not path.is_symlink()


def _ours(path: Path) -> bool:
    """Whether what lies in a language's folder is an edition, a way in, or the link to one."""
    if path.name == "latest":
        return path.is_symlink() and bool(_EDITION.fullmatch(str(path.readlink())))
    if _EDITION.fullmatch(path.name):
        return _plain(path)
    return path.name in _WAYS and path.is_file() and not path.is_symlink()


_EDITION = re.compile(WRITTEN)
_FEW = 5


def _told(path: Path) -> list[Path]:
    """A stray by its files if they are few."""
    files = [one for one in sorted(path.rglob("*")) if not _plain(one)] if _plain(path) else []
    return files if 0 < len(files) <= _FEW else [path]


def links(folder: Path, address: str) -> list[str]:
    """What in an edition's folder is neither a file nor a folder: nothing else is ever built."""
    odd = [one for one in sorted(folder.rglob("*")) if one.is_symlink() or not _known(one)]
    return [f"{address}{one.relative_to(folder).as_posix()}" for one in odd]


def _known(path: Path) -> bool:
    return path.is_file() or path.is_dir()


def ways(public: Path, languages: Iterable[str]) -> dict[str, str]:
    """What the publisher wrote above the editions, and nothing that lies beside it."""
    own = (path for path in sorted(own_ways(languages)) if (public / path).is_file())
    return {path: sha256(public / path) for path in own}


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
