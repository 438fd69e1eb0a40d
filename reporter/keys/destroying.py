"""Which private key files go when an edition is published, and how many keys that makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter.keys.finding import private
from reporter.paths import Files
from survey.ballots import pledge, seal
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Doomed:
    """Key files to destroy, and how many of the edition's keys that makes."""

    paths: list[Path]
    keys: int


def doomed(files: Files, quarters: Iterable[Quarter], given: Sequence[Path]) -> Doomed:
    """The private key files of these quarters that are at hand, and those given, to be destroyed.

    A key counts once however many copies of it there are, and a given file must be the quarters'.
    """
    brought = {path: seal.public_of(private(path)) for path in given}
    publics = {of: _publics(files, of) for of in quarters}
    known = {public for many in publics.values() for public in many}
    strays = [path for path, public in brought.items() if public not in known]
    if strays:
        told = "is no key of this edition, and was not destroyed. Give the quarter's own."
        raise Problem(*(f"{path}: {told}" for path in strays))
    paths, gone = list(brought), set(brought.values())
    for of, many in publics.items():
        places = dict(zip(files.private_keys(of), [*many, b""], strict=False))
        here = [path for path in places if path.exists()]
        gone |= {_public(path, places[path]) for path in here}
        paths += here
    return Doomed(list(dict.fromkeys(paths)), len(gone & known))


def _publics(files: Files, of: Quarter) -> tuple[bytes, ...]:
    path = files.public_key(of)
    if not path.exists():
        told = "is missing, and nothing else tells whose keys there are. Put it back."
        raise Problem(f"{path}: {told}")
    return pledge.read(path).publics


def _public(path: Path, expected: bytes) -> bytes:
    """The public key of the file. One half overwritten by a crash is what its name says."""
    try:
        return seal.public_of(private(path))
    except Problem:
        return expected
