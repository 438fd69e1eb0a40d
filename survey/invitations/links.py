"""Mints and reads a signed one-time link. It writes nothing and carries no name, team or date."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from survey import plain, quarter
from survey.problems import Problem
from survey.quarter import Quarter

NONCE = 16
"""Bytes in a link that nobody can guess."""

_SALT = "avstamp one-time link"
_LONGEST = 200


class BadLink(Exception):
    """The text is not a link that was minted here."""


@dataclass(frozen=True)
class Link:
    """What a token says: the quarter it belongs to and a random number. Nothing about a person."""

    quarter: Quarter
    nonce: bytes


_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def number(chance: Callable[[str], str] = secrets.choice) -> str:
    """A fresh slip number: eight letters a person can read out. It says nothing by itself."""
    letters = "".join(chance(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def spelled(slip: str) -> str:
    """A slip number as it is printed, from what somebody typed; any text in, ASCII out."""
    letters = plain.letters(slip).translate(str.maketrans("OIL", "011"))
    letters = "".join(letter for letter in letters if letter in _LETTERS)[:8]
    return f"{letters[:4]}-{letters[4:]}"


def numbered(key: bytes, of: Quarter, slip: str) -> Link:
    """The link of the slip with that number.

    It follows from the number and the key, so that a lost slip can be printed again without a list
    of links and without a look at the ledger.
    """
    text = f"{of} {slip}".encode("ascii")
    return Link(of, hmac.new(key, b"nonce" + text, hashlib.sha256).digest()[:NONCE])


def mint(keys: Sequence[bytes], link: Link) -> str:
    """The token for a link, signed with the newest key."""
    nonce = urlsafe_b64encode(link.nonce).rstrip(b"=").decode("ascii")
    return str(_signer(keys).dumps([str(link.quarter), nonce]))


def read(keys: Sequence[bytes], token: str) -> Link:
    """The link that the token was minted for; BadLink for anything else.

    Base64 and the signature allow several spellings of one token. Only the very text that `mint`
    writes with one of the keys is taken, so that a link has one spelling.
    """
    try:
        link = _link(keys, token)
    except (BadSignature, ValueError, TypeError, KeyError, Problem):
        raise BadLink from None
    if not any(hmac.compare_digest(mint([key], link), token) for key in keys):
        raise BadLink
    return link


_ENDS = re.compile(r"[^A-Za-z0-9_-]+\Z")


def as_mailed(token: str) -> str:
    """A token without what mail programs add: a stop, a bracket, a quote, a blank, a line break.

    For opening the form alone, where nothing is spent: an answer is taken with the very token.
    """
    # Never a dash: the token's own letters hold "-", and a soft hyphen is in no link.
    whole = "".join(plain.dashed(token.replace("\u00ad", "")).split())
    return _ENDS.sub("", whole.strip("<>\"'([{"))


def _link(keys: Sequence[bytes], token: str) -> Link:
    if len(token) > _LONGEST or not token.isascii():
        raise BadLink
    name, nonce = _signer(keys).loads(token)
    raw = urlsafe_b64decode(nonce + "=" * (-len(nonce) % 4))
    if len(raw) != NONCE:
        raise BadLink
    return Link(quarter.parse(name), raw)


def _signer(keys: Sequence[bytes]) -> URLSafeSerializer:
    # The timed serializer would show the second of issue in clear, and with it who was invited.
    return URLSafeSerializer(
        list(keys),
        salt=_SALT,
        serializer=json,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


def mark(ledger_key: bytes, link: Link) -> bytes:
    """What the ledger knows a link by: 32 bytes that cannot be led back to it without the key."""
    text = str(link.quarter).encode("ascii") + link.nonce
    return hmac.new(ledger_key, b"link" + text, hashlib.sha256).digest()
