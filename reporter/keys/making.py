"""A quarter's keys: made once, each on the machine of whoever holds it, joined by public halves."""

from __future__ import annotations

import json
from pathlib import Path

from reporter.keys.finding import lying
from reporter.keys.halves import Half
from reporter.keys.halves import write as write_half
from reporter.paths import Files
from reporter.policy import Policy
from reporter.private import write_once
from survey.ballots import fingerprints, pledge, seal
from survey.ballots.pledge import Pledge
from survey.problems import Problem
from survey.quarter import Quarter

TOGETHER = (
    "--holders 2 made both keys in one place, where whoever had the disk could have both. Let the "
    "second holder make theirs on their own computer (`reporter keys {of} --second`, or the page "
    "that `reporter keys {of} --page` writes) and send you the public half. Then join it: "
    "reporter keys {of} --join FILE --fingerprint LETTERS"
)
"""What is said to whoever asks for two keys as earlier versions made them."""


def make(files: Files, of: Quarter, policy: Policy) -> tuple[Path, Path]:
    """Make the quarter's own key here: the private file, and the public one with the pledge.

    Called by `reporter keys` and the desk. A Problem if the quarter has any key already.
    """
    public_path = files.public_key(of)
    taken = [path for path in (*files.private_keys(of), public_path) if path.exists()]
    if taken:
        # Also when a holder has carried a key away: a box may be sealed to it.
        raise Problem(*map(_taken, taken))
    path, public = _pair(files.private_keys(of)[0])
    pledge.write(
        Pledge(of, (public,), policy.k, policy.minimum, months=policy.months), _made(public_path)
    )
    return path, public_path


def _taken(path: Path) -> str:
    told = "the quarter has a key already. It is never overwritten."
    return f"{path}: {told} If no box was opened with it, remove the file by hand."


def _pair(path: Path) -> tuple[Path, bytes]:
    """A fresh private key in its file, and its public key."""
    secret, public = seal.new_keys()
    write_once(path, json.dumps({"avstamp": 1, "private": secret.hex()}) + "\n")
    return path, public


def _made(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    return path


def second(files: Files, of: Quarter) -> tuple[Path, Path, Half]:
    """Make the second holder's pair on their own machine: the private file, the half, its value.

    Called by `reporter keys --second`, which needs no project. Where the first key is, or was, it
    is refused: the two keys of one quarter are never made in one place.
    """
    (first, own), half_path = files.private_keys(of), files.half(of)
    here = [path for path in (first, files.public_key(of)) if path.exists()]
    if here:
        mend = "The second holder makes theirs on a computer of their own, and sends the half."
        raise Problem(f"{here[0]}: the first key of {of} was made here. {mend}")
    if own.exists():
        raise Problem(_taken(own))
    path, public = _pair(own)
    half = Half(of, public)
    write_half(half, half_path)
    return path, half_path, half


def join(
    files: Files, of: Quarter, policy: Policy, half: Half, heard: str
) -> tuple[list[Path], Path]:
    """Join the second holder's half into the quarter's public file; the own key is made if need be.

    `heard` is the fingerprint that the holder read aloud. Returns the private files made here (one,
    or none if it was there), and the public file. Called by `reporter keys --join` and the desk.
    """
    if problems := [*_unfit(files, of, half, heard), *_in_use(files, of, half)]:
        raise Problem(*problems)
    made = [] if files.public_key(of).exists() else [make(files, of, policy)[0]]
    first = pledge.read(files.public_key(of)).publics[0]
    publics = (first, half.public)
    given = Pledge(of, publics, policy.k, policy.minimum, apart=True, months=policy.months)
    pledge.write(given, files.public_key(of))
    return made, files.public_key(of)


def _unfit(files: Files, of: Quarter, half: Half, heard: str) -> list[str]:
    """Why this half is not joined: another quarter's, not the one that was heard, or not apart."""
    found = []
    if half.quarter != of:
        found.append(f"the half is of {half.quarter}, not {of}. Ask for the one of {of}.")
    if not heard:
        found.append(
            "the half is not known to be the second holder's. Ring them up, let them read the "
            "fingerprint that they were shown, and give what you hear: --fingerprint LETTERS"
        )
    elif not fingerprints.alike(heard, half.fingerprint):
        found.append(
            f"the half has another fingerprint than {heard}. Listen again; if it stays so, this "
            "is not the file that the second holder sent. Take it from them by hand."
        )
    return [*found, *(_not_apart(path) for path in lying(files, {half.public}))]


def _not_apart(path: Path) -> str:
    return (
        f"{path}: is the private key of that half, and lies here. A key that was made, or ever "
        "lay, where the first one is makes nobody a second holder: let them make another pair on "
        "a computer of their own."
    )


def _in_use(files: Files, of: Quarter, half: Half) -> list[str]:
    """Why the public file may not change any more: it has two keys, or a box was opened with it."""
    path = files.public_key(of)
    found = [
        f"{box}: a box of {of} is open, or was. Its keys are fixed; join a half for {of.next}."
        for box in files.project.handed_over()
        if box.name.startswith(f"{of}.")
    ]
    publics = pledge.read(path).publics if path.exists() else ()
    if half.public in publics:
        found.append(f"{path}: has that very key already. One key twice is not two holders.")
    if len(publics) > 1:
        found.append(f"{path}: has two keys already. A joined file is never changed.")
    return found
