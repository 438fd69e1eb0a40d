"""A quarter's keys, made once."""

from __future__ import annotations

import json
from pathlib import Path

from reporter.paths import Files
from reporter.policy import Policy
from reporter.private import write_once
from survey.ballots import pledge, seal
from survey.ballots.pledge import Pledge
from survey.problems import Problem
from survey.quarter import Quarter


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
