"""A quarter's private keys, found by their public halves: those here, and those that are brought."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
