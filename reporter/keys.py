"""Private keys and other private files of the reporting host: written once, and destroyed."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from reporter.settings import Files, Policy
from survey import documents, pledge, seal
from survey.pledge import Pledge
from survey.problems import Problem
from survey.quarter import Quarter


def make(files: Files, of: Quarter, policy: Policy) -> tuple[Path, Path]:
    """Make a quarter's keys: the private one stays here, the public one carries the pledge."""
    private, public = seal.new_keys()
    private_path, public_path = files.private_key(of), files.public_key(of)
    _keep(private_path, private)
    public_path.parent.mkdir(exist_ok=True)
    pledge.write(Pledge(of, (public,), policy.k, policy.minimum), public_path)
    return private_path, public_path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _keep(path: Path, private: bytes) -> None:
    """Write a private key once; an existing one is never overwritten."""
    if path.exists():
        raise Problem(f"{path}: the quarter has a key already. It is never overwritten.")
    write_private(path, json.dumps({"avstamp": 1, "private": private.hex()}) + "\n")


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
    """Overwrite a private file with noise, then remove it; nothing to do where there is none."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
