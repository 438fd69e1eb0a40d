"""Private keys and other private files of the reporting host: written once, and destroyed."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from reporter.settings import Files, Policy
from survey import documents, pledge, seal
from survey.box import Terms
from survey.pledge import Pledge
from survey.problems import Problem
from survey.quarter import Quarter


def make(files: Files, of: Quarter, policy: Policy, holders: int = 1) -> tuple[list[Path], Path]:
    """Make a quarter's keys: private ones, one a holder, and the public file with the pledge."""
    paths = files.private_keys(of)[:holders]
    taken = [path for path in paths if path.exists()]
    if taken:
        raise Problem(
            *(f"{path}: the key is there already. It is never overwritten." for path in taken)
        )
    pairs = [seal.new_keys() for _ in paths]
    for path, (private, _) in zip(paths, pairs, strict=True):
        write_private(path, json.dumps({"avstamp": 1, "private": private.hex()}) + "\n")
    public_path = files.public_key(of)
    public_path.parent.mkdir(exist_ok=True)
    publics = tuple(public for _, public in pairs)
    pledge.write(Pledge(of, publics, policy.k, policy.minimum), public_path)
    return paths, public_path


def of_box(files: Files, terms: Terms, given: Sequence[Path]) -> list[bytes]:
    """The private keys that open a box, in its order, from the files here and those given.

    They are told by their public halves, so it does not matter which file is whose.
    """
    found = {seal.public_of(key): key for key in map(private, held(files, [terms.quarter], given))}
    paths, count = files.private_keys(terms.quarter), len(terms.publics)
    missing = [
        f"{terms.quarter}: the private key of holder {number} of {count} is missing. "
        f"Put its file at {path}, or name it: --key FILE."
        for number, (path, public) in enumerate(zip(paths, terms.publics, strict=False), start=1)
        if public not in found
    ]
    if missing:
        raise Problem(*missing)
    return [found[public] for public in terms.publics]


def held(files: Files, quarters: Iterable[Quarter], given: Sequence[Path]) -> list[Path]:
    """The private key files of these quarters that are at hand, and those given."""
    known = [path for of in quarters for path in files.private_keys(of) if path.exists()]
    return list(dict.fromkeys([*known, *given]))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all.

    What stood there before is overwritten with noise: no earlier version stays on the disk.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    with path.open("r+b") if path.exists() else nullcontext() as before:
        aside.replace(path)
        if before:
            _overwrite(before)


def _overwrite(file: BinaryIO) -> None:
    file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())


def private(path: Path) -> bytes:
    """The private key in the file, or a Problem that says where it should be."""
    if not path.exists():
        mend = "Only its holder can open the quarter; after publication nobody can."
        raise Problem(f"{path}: the private key is not here. {mend}")
    try:
        return bytes.fromhex(json.loads(documents.text_of(path))["private"])
    except (ValueError, KeyError, TypeError):
        raise Problem(f"{path}: is not a private key file. Restore it from its copy.") from None


def destroy(path: Path) -> None:
    """Overwrite a private file with noise, then remove it, and what a crash left of its writing."""
    for one in (path, path.with_suffix(".part")):
        if one.exists():
            with one.open("r+b") as file:
                _overwrite(file)
            one.unlink()
