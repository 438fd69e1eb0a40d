"""A quarter's keys: made once, found by their public halves, doomed when it is published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter.paths import Files
from reporter.policy import Policy
from reporter.private import write_once
from survey import documents
from survey.ballots import Terms, pledge, seal
from survey.ballots.pledge import Pledge
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Doomed:
    """Key files to destroy, and how many of the edition's keys that makes."""

    paths: list[Path]
    keys: int


def make(files: Files, of: Quarter, policy: Policy, holders: int = 1) -> tuple[list[Path], Path]:
    """Make a quarter's keys: private ones, one a holder, and the public file with the pledge."""
    paths, public_path = files.private_keys(of)[:holders], files.public_key(of)
    taken = [path for path in (*files.private_keys(of), public_path) if path.exists()]
    if taken:
        # Also when a holder has carried a key away: a box may be sealed to it.
        told = "the quarter has a key already. It is never overwritten."
        mend = "If no box was opened with it, remove the file by hand."
        raise Problem(*(f"{path}: {told} {mend}" for path in taken))
    pairs = [seal.new_keys() for _ in paths]
    for path, (private, _) in zip(paths, pairs, strict=True):
        write_once(path, json.dumps({"avstamp": 1, "private": private.hex()}) + "\n")
    public_path.parent.mkdir(exist_ok=True)
    publics = tuple(public for _, public in pairs)
    pledge.write(Pledge(of, publics, policy.k, policy.minimum), public_path)
    return paths, public_path


def of_box(files: Files, terms: Terms, given: Sequence[Path]) -> list[bytes]:
    """The private keys that open a box, in its order, from the files here and those given.

    They are told by their public halves, so it does not matter which file is whose.
    """
    here = [path for path in files.private_keys(terms.quarter) if path.exists()]
    keys = {path: private(path) for path in dict.fromkeys([*here, *given])}
    found = {seal.public_of(key): key for key in keys.values()}
    paths, count = files.private_keys(terms.quarter), len(terms.publics)
    missing = [
        f"{terms.quarter}: the private key of holder {number} of {count} is missing. "
        f"Put its file at {path}, or name it: --key FILE."
        for number, (path, public) in enumerate(zip(paths, terms.publics, strict=False), start=1)
        if public not in found
    ]
    if missing:
        mend = "Take the one that `reporter keys` made for the quarter."
        strays = [path for path, key in keys.items() if seal.public_of(key) not in terms.publics]
        wrong = [f"{path}: is no key of this box of {terms.quarter}. {mend}" for path in strays]
        raise Problem(*wrong, *missing)
    return [found[public] for public in terms.publics]


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


def private(path: Path) -> bytes:
    """The private key in the file, or a Problem that says where it should be."""
    if not path.exists():
        mend = "Only its holder can open the quarter; after publication nobody can."
        raise Problem(f"{path}: the private key is not here. {mend}")
    try:
        found = bytes.fromhex(json.loads(documents.text_of(path))["private"])
        seal.public_of(found)
    except (ValueError, KeyError, TypeError):
        raise Problem(f"{path}: is not a private key file. Restore it from its copy.") from None
    return found
