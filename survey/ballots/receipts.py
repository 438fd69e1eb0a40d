"""The receipt code and what is derived from it: it shows that an answer was counted, never what."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence

from survey import plain

SIZE = 16

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing that reads as something else."""
_READ_AS = str.maketrans("OIL", "011")
_GROUP = 4
_CODE = 26
_CHECK = 2
_LONGEST = 400
"""Characters that are looked at: more than any program puts between the letters of a code."""


def new(chance: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """A fresh receipt: 128 random bits."""
    return chance(SIZE)


def code(receipt: bytes) -> str:
    """The receipt for a person: seven groups of four, the last two letters being a check."""
    text = _base32(int.from_bytes(receipt), _CODE) + _check(receipt)
    return "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def parse(text: str) -> bytes | None:
    """The receipt that a person typed, or None if the code is mistyped."""
    letters = plain.letters(text[:_LONGEST]).translate(_READ_AS)
    if len(letters) != _CODE + _CHECK or set(letters) - set(_LETTERS):
        return None
    number = 0
    for letter in letters[:_CODE]:
        number = number * 32 + _LETTERS.index(letter)
    if number >= 1 << (8 * SIZE):
        return None
    receipt = number.to_bytes(SIZE)
    return receipt if letters[_CODE:] == _check(receipt) else None


def _base32(number: int, length: int) -> str:
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(length)))


def _check(receipt: bytes) -> str:
    return _base32(int.from_bytes(hashlib.sha256(b"check" + receipt).digest()[:2]) >> 6, _CHECK)


def tag(receipt: bytes) -> bytes:
    """What finds the row to withdraw: 32 bytes."""
    return hashlib.sha256(b"withdraw" + receipt).digest()


def leaf(receipt: bytes) -> bytes:
    """What the edition publishes to show that the answer was counted: 32 bytes."""
    return hashlib.sha256(b"leaf" + receipt).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, over the leaves in the order given."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()
