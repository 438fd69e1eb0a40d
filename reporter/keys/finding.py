"""A quarter's private keys, found by their public halves: those here, and those brought along."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from reporter.paths import Files
from survey import documents
from survey.ballots import Terms, seal
from survey.problems import Problem


def of_box(files: Files, terms: Terms, given: Sequence[Path]) -> list[bytes]:
    """The private keys that open a box, in its order, from the files here and those given.

    They are told by their public halves, so it does not matter which file is whose.
    """
    here = [path for path in files.private_keys(terms.quarter) if path.exists()]
    keys = {path: private(path) for path in dict.fromkeys([*here, *given])}
    found = {seal.public_of(key): key for key in keys.values()}
    paths, count = files.private_keys(terms.quarter), len(terms.publics)
    mends = zip(_mends(terms, paths), terms.publics, strict=False)
    missing = [
        f"{terms.quarter}: the private key of holder {number} of {count} is missing. {mend}"
        for number, (mend, public) in enumerate(mends, start=1)
        if public not in found
    ]
    if missing:
        mend = "Take the one that `reporter keys` made for the quarter."
        strays = [path for path, key in keys.items() if seal.public_of(key) not in terms.publics]
        wrong = [f"{path}: is no key of this box of {terms.quarter}. {mend}" for path in strays]
        raise Problem(*wrong, *missing)
    return [found[public] for public in terms.publics]


def _mends(terms: Terms, paths: Sequence[Path]) -> list[str]:
    """Where each missing key is got from. One that was made elsewhere is never copied here."""
    mends = [f"Put its file at {path}, or name it: --key FILE." for path in paths]
    if terms.apart:
        mends[-1] = (
            "Let its holder bring it, and name it where it lies, on their stick: --key FILE."
        )
    return mends


def lying(files: Files, publics: Collection[bytes]) -> list[Path]:
    """The private key files of these publics that lie on this host, whatever they are called."""
    project = files.project
    folders = (project.secrets, project.responses, project.root)
    paths = sorted({path for folder in folders for path in folder.glob("*.key")})
    return [path for path in paths if _public(path) in publics]


def beside(files: Files, publics: Sequence[bytes]) -> list[Path]:
    """The private key files of a quarter that lie here side by side: two holders who are one."""
    here = lying(files, publics)
    return here if len({_public(path) for path in here}) > 1 else []


def _public(path: Path) -> bytes | None:
    """The public key of a private key file; None of any other file."""
    try:
        return seal.public_of(private(path))
    except Problem:
        return None


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
