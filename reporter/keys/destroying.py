"""Which private key files go when an edition is published, and how many keys that makes.

A key counts as destroyed only where it was overwritten in the place where it was made. What was
brought here is overwritten too, but of it nobody here can know what lives on elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter import private
from reporter.keys.finding import beside, lying
from reporter.keys.finding import private as key_in
from reporter.paths import Files
from survey.ballots import Terms, pledge, seal
from survey.ballots.pledge import Pledge
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Doomed:
    """Key files to destroy, how many of the edition's keys that makes, and what is to be told."""

    paths: list[Path]
    keys: int
    warnings: tuple[str, ...] = ()


def doomed(files: Files, quarters: Iterable[Quarter], given: Sequence[Path]) -> Doomed:
    """The private key files of these quarters that are at hand, and those given, to be destroyed.

    A key counts once however many copies of it there are, and a given file must be the quarters'.
    Called by the story of an edition, which then destroys them.
    """
    pledges = [_pledge(files, of) for of in quarters]
    known = {public for one in pledges for public in one.publics}
    brought = {path: seal.public_of(key_in(path)) for path in given}
    if strays := [path for path, public in brought.items() if public not in known]:
        told = "is no key of this edition, and was not destroyed. Give the quarter's own."
        raise Problem(*(f"{path}: {told}" for path in strays))
    home = {path: public for one in pledges for path, public in _home(files, one).items()}
    gone = set(home.values())
    paths = [*brought, *home, *lying(files, known)]
    own = {public for one in pledges for public in _made_here(one)}
    return Doomed(_each(paths), len(gone & own), moved(files, pledges, given))


def moved(files: Files, made: Iterable[Pledge | Terms], given: Sequence[Path]) -> tuple[str, ...]:
    """What is to be said of keys that were made here and are given from elsewhere.

    Called when they are met: by a draft with the terms of its boxes, and when an edition goes out.
    """
    found = list(made)
    home = {public for one in found for public in _home(files, one).values()}
    away = {public for one in found for public in _made_here(one)} - home
    return tuple(_moved(path) for path in given if seal.public_of(key_in(path)) in away)


def _each(paths: Iterable[Path]) -> list[Path]:
    """Each file once, by whatever name it was given."""
    return list({path.resolve(): path for path in paths}.values())


def _made_here(given: Pledge | Terms) -> tuple[bytes, ...]:
    """The keys of which this host can say what became of them."""
    return given.publics[:1] if given.apart else given.publics


def _home(files: Files, given: Pledge | Terms) -> dict[Path, bytes]:
    """The quarter's key files that lie where keys are made, each with its public key."""
    places = dict(zip(files.private_keys(given.quarter), [*given.publics, b""], strict=False))
    return {path: _public(path, public) for path, public in places.items() if path.exists()}


def _moved(path: Path) -> str:
    return (
        f"{path}: was made on this machine and moved away. Publishing overwrites it where it is "
        "given, but a file that is moved to another disk lives on in free blocks of the first "
        "until they are written over: the edition does not count it as destroyed. Fill this disk "
        "once, or retire it; and let the second holder make their own key next time."
    )


def _pledge(files: Files, of: Quarter) -> Pledge:
    path = files.public_key(of)
    if not path.exists():
        told = "is missing, and nothing else tells whose keys there are. Put it back."
        raise Problem(f"{path}: {told}")
    return pledge.read(path)


def _public(path: Path, expected: bytes) -> bytes:
    """The public key of the file. One half overwritten by a crash is what its name says."""
    try:
        return seal.public_of(key_in(path))
    except Problem:
        return expected


def apart(files: Files, terms: Iterable[Terms]) -> int:
    """In how many of these boxes' quarters two people hold a key each, as an edition may tell.

    Not where the second holder's key lies here beside the first: there one person has both.
    """
    found = list(terms)
    told = {one.quarter: True for one in found}
    for one in found:
        told[one.quarter] &= one.apart and not beside(files, one.publics)
    return sum(told.values())


def still_apart(files: Files, quarters: Iterable[Quarter]) -> bool:
    """Whether no quarter's keys came together here since the draft."""
    return not any(beside(files, _pledge(files, of).publics) for of in quarters)


def destroy_own(files: Files, of: Quarter, given: Sequence[Path]) -> list[Path]:
    """Overwrite and remove the second holder's key files on their own machine.

    Called by `reporter keys --destroy`, once the edition is published. Where the quarter's public
    file lies, keys go with their edition alone, but for a second key that should not be there.
    """
    public = files.public_key(of)
    if public.exists() and not pledge.read(public).apart:
        mend = "Here keys are destroyed when the edition is published: reporter publish"
        raise Problem(f"{public}: the keys of {of} were made here. {mend} {of}")
    paths = [path for path in [files.private_keys(of)[1], *given] if path.exists()]
    if not paths:
        mend = "Name the file, wherever it is: --key FILE."
        raise Problem(f"{files.private_keys(of)[1]}: there is no key to destroy. {mend}")
    for path in paths:
        key_in(path)  # a slip of the pen destroys no other file
    for path in paths:
        private.destroy(path)
    return paths
