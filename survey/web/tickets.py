"""The ticket in the address of the receipt page: readable for minutes, by this process alone."""

from __future__ import annotations

import secrets
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from survey import quarter
from survey.ballots import receipts
from survey.quarter import Quarter

TURN_SECONDS = 15 * 60
"""A key writes for this long and reads for as long again; then nothing can read its tickets."""


@dataclass(frozen=True)
class Ticket:
    """What the receipt page shows: which receipt, of which quarter, in which language."""

    receipt: bytes
    quarter: Quarter
    language: str


class Tickets:
    """Writes and reads tickets with keys that live in memory only and are soon forgotten.

    An address stays in the browser's history. On a shared computer it would show the receipt, and
    with it the way to withdraw the answer, to whoever sits down next.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._keys: list[tuple[float, SecretBox]] = []
        self._turn = threading.Lock()

    def write(self, ticket: Ticket) -> str:
        """The ticket as text for an address."""
        plain = ticket.receipt + f"{ticket.quarter} {ticket.language}".encode("ascii")
        sealed = bytes(self._boxes()[0].encrypt(plain))
        return urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")

    def read(self, text: str) -> Ticket | None:
        """What the ticket says, or None once its key is forgotten, or if it never was a ticket."""
        for box in self._boxes():
            try:
                return _ticket(box.decrypt(urlsafe_b64decode(text + "=" * (-len(text) % 4))))
            except (CryptoError, ValueError):
                continue
        return None

    def _boxes(self) -> list[SecretBox]:
        """The keys that still count, the newest first."""
        with self._turn:
            now = self._clock()
            self._keys = [(born, box) for born, box in self._keys if now - born < 2 * TURN_SECONDS]
            if not self._keys or now - self._keys[0][0] >= TURN_SECONDS:
                self._keys.insert(0, (now, SecretBox(secrets.token_bytes(SecretBox.KEY_SIZE))))
            return [box for _, box in self._keys]


def _ticket(plain: bytes) -> Ticket:
    receipt, rest = plain[: receipts.SIZE], plain[receipts.SIZE :].decode("ascii")
    name, language = rest.split(" ")
    return Ticket(receipt, quarter.parse(name), language)
