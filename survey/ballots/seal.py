"""Pads an answer to one size, seals it to the quarter's public keys, and opens it with the private.

Every sealed body has the same length, so that its size tells nothing; a dummy, once sealed, cannot
be told from an answer without the private key. It touches no file.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

PLAIN = 16_000
"""Bytes of a padded answer. Sealed rows of this size take a page of 16 KiB each."""

_PER_HOLDER = 48
_LEAF = 32
_LENGTH = 2
_NONE, _SOME = b"\x00", b"\x01"
"""What a sealed leaf begins with: a dummy, or one that proves an answer."""


class TooLong(Exception):
    """The answer does not fit; `by` says how many bytes it is over."""

    def __init__(self, by: int) -> None:
        super().__init__(by)
        self.by = by


class CannotOpen(Exception):
    """The body was not sealed to this key, or is damaged."""


@dataclass(frozen=True)
class Ballot:
    """What a leaver casts: two sealed bodies, which go to places that have nothing in common."""

    body: bytes
    """The answers."""
    leaf: bytes
    """What proves that they were counted."""


@dataclass(frozen=True)
class Response:
    """One opened body: the answers, and from a box of format 1 their leaf, else b""."""

    answers: Mapping[str, Any]
    leaf: bytes = b""


def new_keys() -> tuple[bytes, bytes]:
    """A fresh private key and its public key, 32 bytes each."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return bytes(PrivateKey(private).public_key)


def usable(public: bytes) -> bool:
    """Whether anything can be sealed to it: 32 bytes, and none of the few weak points."""
    try:
        SealedBox(PublicKey(public)).encrypt(b"")
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def size(holders: int) -> int:
    """Bytes of a sealed body for so many key holders."""
    return PLAIN + _PER_HOLDER * holders


def leaf_size(holders: int) -> int:
    """Bytes of a sealed leaf for so many key holders."""
    return len(_SOME) + _LEAF + _PER_HOLDER * holders


def close(answers: Mapping[str, Any], leaf: bytes, publics: Sequence[bytes]) -> Ballot:
    """The answers and their leaf, padded and sealed apart, once for each holder in turn."""
    packed = _packed(answers)
    # Where format 1 had the leaf, nothing is: whoever has the receipt cannot find the answers.
    plain = bytes(_LEAF) + len(packed).to_bytes(_LENGTH) + packed
    return Ballot(_seal(plain.ljust(PLAIN, b"\x00"), publics), _seal(_SOME + leaf, publics))


def _packed(answers: Mapping[str, Any]) -> bytes:
    text = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode("utf-8"), 9)
    over = _LEAF + _LENGTH + len(packed) - PLAIN
    if over > 0:
        raise TooLong(over)
    return packed


def dummy(publics: Sequence[bytes]) -> bytes:
    """A body that holds no answer, for a free slot."""
    return _seal(bytes(PLAIN), publics)


def dummy_leaf(publics: Sequence[bytes]) -> bytes:
    """A sealed leaf that proves nothing, for a free slot."""
    return _seal(_NONE + bytes(_LEAF), publics)


def _seal(body: bytes, publics: Sequence[bytes]) -> bytes:
    for public in publics:
        body = SealedBox(PublicKey(public)).encrypt(body)
    return body


def open_all(bodies: Sequence[bytes], privates: Sequence[bytes]) -> list[Response]:
    """The responses among the bodies, dummies left out. `privates` in the order of the publics."""
    opened = (_response(_open(body, privates, PLAIN)) for body in bodies)
    return [response for response in opened if response is not None]


def _response(body: bytes) -> Response | None:
    length = int.from_bytes(body[_LEAF : _LEAF + _LENGTH])
    if not length:
        return None
    packed = body[_LEAF + _LENGTH : _LEAF + _LENGTH + length]
    leaf = body[:_LEAF]
    return Response(json.loads(zlib.decompress(packed)), leaf if any(leaf) else b"")


def open_leaves(bodies: Sequence[bytes], privates: Sequence[bytes]) -> list[bytes]:
    """The leaves among the sealed ones, dummies left out."""
    opened = [_open(body, privates, len(_SOME) + _LEAF) for body in bodies]
    return [one.removeprefix(_SOME) for one in opened if one.startswith(_SOME)]


def _open(body: bytes, privates: Sequence[bytes], length: int) -> bytes:
    for private in reversed(privates):
        try:
            body = SealedBox(PrivateKey(private)).decrypt(body)
        except CryptoError:
            raise CannotOpen from None
    if len(body) != length:
        raise CannotOpen
    return body
