"""Fingerprints of public keys, read to each other on the telephone: 100 bits, as 20 letters.

`reporter/keys/static/second.js` gives the same letters, in a browser that has no program of ours.
"""

from __future__ import annotations

import hashlib

from survey import plain
from survey.ballots.pledge import Pledge
from survey.period import Length
from survey.quarter import Quarter

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, five bits a letter: nothing in it reads as something else."""
_READ_AS = str.maketrans("OIL", "011")
_GROUP = 4
_LETTERS = 20
"""At 100 bits nobody finds another key with the same ones; the 32 of eight hexadecimal digits
take minutes."""


def of_half(quarter: Quarter, public: bytes) -> str:
    """The fingerprint of one holder's public key, such as `K7Q2-M4XD-09AB-TTRE-5W1H`."""
    return _shown(f"avstamp half {quarter} {public.hex()}")


def of_pledge(given: Pledge) -> str:
    """The fingerprint of a whole public key file: quarter, all keys, and its pledge."""
    publics = " ".join(public.hex() for public in given.publics)
    made = "apart" if given.apart else "together"
    told = f"avstamp pledge {given.quarter} {given.k} {given.minimum} {made} {publics}"
    return _shown(told if given.months is Length.QUARTER else f"{told} {given.months:d}")


def alike(typed: str, shown: str) -> bool:
    """Whether somebody typed that fingerprint, in small letters or with spaces if they like."""
    return plain.letters(typed).translate(_READ_AS) == plain.letters(shown)


def _shown(text: str) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()) >> 256 - 5 * _LETTERS
    places = reversed(range(_LETTERS))
    found = "".join(_ALPHABET[number >> 5 * place & 31] for place in places)
    return "-".join(found[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP))
