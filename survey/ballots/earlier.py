"""Boxes of format 1, which had no pool of leaves and no seal: brought up to date while open.

What it cannot mend: answers that came before lie sealed together with their receipt's leaf.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass, replace

from survey.ballots import closing
from survey.ballots.slots import Slots, state
from survey.ballots.terms import Terms, dump
from survey.problems import Problem

FORMAT = 2
"""The `user_version` of a box as it is made now; format 1 had none."""


ASKED = "CREATE TABLE asked(id INTEGER PRIMARY KEY, part BLOB NOT NULL)"
"""Keeps what a box asks; of a box of format 1 nobody knows."""


def salt() -> bytes:
    """Drawn at each change, so that the tally's row is written even where no count moves."""
    return secrets.token_bytes(8)


@dataclass(frozen=True)
class Old:
    """An open box of format 1, within a transaction."""

    db: sqlite3.Connection
    key: bytes
    terms: Terms
    name: str

    def renew(self, pool: Slots, leaves: Slots) -> None:
        """Lay a pool of leaves, key every tag, draw every state anew, and name who may close it."""
        self._rewrite_pool(pool)
        self._rewrite_ledger()
        self.db.execute(leaves.made)
        leaves.lay(1, pool.last())
        self.db.execute(ASKED)
        self.db.execute("ALTER TABLE tally ADD COLUMN salt BLOB")
        self.db.execute("UPDATE tally SET salt = ?", [salt()])
        self.db.execute(closing.TABLE)
        self.db.execute(closing.BEGUN)
        named = replace(self.terms, closer=closing.closer(self.key, self.terms.id))
        self.db.execute("UPDATE terms SET text = ?", [dump(named)])
        self.db.execute(f"PRAGMA user_version={FORMAT}")

    def _rewrite_pool(self, pool: Slots) -> None:
        for slot, found, tag in self.db.execute("SELECT slot, state, tag FROM pool").fetchall():
            word = self._word(found, slot, b"free", b"taken")
            row = [state(self.key, b"pool " + word, slot), pool.tag(tag), slot]
            self.db.execute("UPDATE pool SET state = ?, tag = ? WHERE slot = ?", row)

    def _rewrite_ledger(self) -> None:
        for slot, found in self.db.execute("SELECT slot, state FROM ledger").fetchall():
            word = self._word(found, slot, b"unspent", b"spent")
            row = [state(self.key, word, slot), slot]
            self.db.execute("UPDATE ledger SET state = ? WHERE slot = ?", row)

    def _word(self, found: bytes, slot: int, *words: bytes) -> bytes:
        for word in words:
            told = hmac.new(self.key, b"%s %d" % (word, slot), hashlib.sha256).digest()
            if hmac.compare_digest(found, told):
                return word
        mend = "Put back the ledger key that the box was opened with, or work on its own host."
        raise Problem(f"{self.name}: the box was not written with this ledger key. {mend}")
