"""The seal that a closed box bears: its host's signature over all that is in it.

The key is derived from the host's ledger key, and its public half stands in the box from the day it
was opened. A copy of an open box is therefore no closed box, whatever another host's commands or
clock say, and a closed one in which something was changed is told.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from survey.ballots.terms import Stage, Tally, Terms, dump

SIZE = 64
"""Bytes of a signature."""
TABLE = "CREATE TABLE closing(id INTEGER PRIMARY KEY, stage TEXT, signature BLOB)"
BEGUN = f"INSERT INTO closing VALUES (1, '{Stage.OPEN.value}', zeroblob({SIZE}))"  # noqa: S608


def closer(ledger_key: bytes, box_id: str) -> bytes:
    """The public key that tells who may close a box, 32 bytes."""
    return bytes(_key(ledger_key, box_id).verify_key)


def _key(ledger_key: bytes, box_id: str) -> SigningKey:
    seed = hmac.new(ledger_key, b"closing " + box_id.encode(), hashlib.sha256).digest()
    return SigningKey(seed)


def sign(ledger_key: bytes, box_id: str, content: bytes) -> bytes:
    """The host's signature over what `content_of` gives."""
    return _key(ledger_key, box_id).sign(content).signature


def genuine(public: bytes, content: bytes, signature: bytes) -> bool:
    """Whether the host that opened the box signed this content."""
    try:
        VerifyKey(public).verify(content, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def content_of(
    terms: Terms, tally: Tally, asked: str, bodies: Iterable[bytes], leaves: Iterable[bytes]
) -> bytes:
    """What is signed: the terms, three counts, what was asked, every body and leaf in no order."""
    counts = f"{tally.issued} {tally.answered} {tally.withdrawn}"
    digests = (digest(some).hex() for some in ([asked.encode()], bodies, leaves))
    parts = ["avstamp closed box", dump(terms), counts, *digests]
    return "\n".join(parts).encode()


def digest(bodies: Iterable[bytes]) -> bytes:
    """One value for all of them, in whatever order they come: 32 bytes."""
    each = sorted(hashlib.sha256(body).digest() for body in bodies)
    return hashlib.sha256(b"".join(each)).digest()
