"""Rows that are all laid down beforehand, alike, and overwritten in place: a pool of a box.

A box has two, one of sealed answers and one of sealed leaves, and draws a place in each on its own:
where a leaf lies tells nothing of where its answer does.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

_NONCE = 16
BLANK = bytes(32)
"""What stands in place of a state or a tag once the box is closed."""


def state(key: bytes, word: bytes, slot: int) -> bytes:
    """What only the ledger key's holder can read: that this row is free, taken, spent or unspent.

    It is drawn anew whenever it is written, so that a row that was only written again cannot be
    told from one whose state changed.
    """
    return _keyed(key, word, slot, secrets.token_bytes(_NONCE))


def _keyed(key: bytes, word: bytes, slot: int, nonce: bytes) -> bytes:
    told = hmac.digest(key, b"%s %d " % (word, slot) + nonce, "sha256")
    return nonce + told[:_NONCE]


def says(key: bytes, word: bytes, slot: int, found: bytes) -> bool:
    """Whether a row's state says this word."""
    return hmac.compare_digest(found, _keyed(key, word, slot, found[:_NONCE]))


def row_tag(key: bytes, table: str, tag: bytes) -> bytes:
    """What finds the row of a receipt: only with the ledger key, and in one pool alone."""
    return hmac.digest(key, f"{table} tag ".encode() + tag, "sha256")


@dataclass(frozen=True)
class Slots:
    """One pool of an open box; `table` is its table's name, one of ours."""

    db: sqlite3.Connection
    table: str
    key: bytes
    """The ledger key."""
    chance: Random
    dummy: Callable[[], bytes]
    """Fills a free row: sealed as the others are, for random filler could be told by one bit."""

    @property
    def made(self) -> str:
        """The statement that makes its table."""
        columns = "slot INTEGER PRIMARY KEY, state BLOB, tag BLOB, body BLOB NOT NULL"
        return f"CREATE TABLE {self.table}({columns})"

    def lay(self, first: int, last: int) -> None:
        """Lay down free rows with these numbers, both included."""
        query = f"INSERT INTO {self.table} VALUES (?, ?, ?, ?)"  # noqa: S608 - ours
        self.db.executemany(query, map(self._free, range(first, last + 1)))

    def _free(self, slot: int) -> tuple[int, bytes, bytes, bytes]:
        word = state(self.key, self._word(b"free"), slot)
        return slot, word, secrets.token_bytes(32), self.dummy()

    def _word(self, word: bytes) -> bytes:
        return self.table.encode() + b" " + word

    def put(self, tag: bytes, body: bytes, among: int) -> None:
        """Overwrite a free row among the first so many."""
        slot, size = self._draw(among)
        if len(body) != size:
            raise ValueError("a sealed body has another size than this box's rows")
        self._take(slot, self.tag(tag), body)

    def _draw(self, among: int) -> tuple[int, int]:
        """A free slot, each as likely as any other whatever came before, and its body's size."""
        while True:
            slot = self.chance.randrange(among) + 1
            query = f"SELECT state, length(body) FROM {self.table} WHERE slot = ?"  # noqa: S608
            found, size = self._one(query, slot)
            if says(self.key, self._word(b"free"), slot, found):
                return slot, size

    def tag(self, tag: bytes) -> bytes:
        """What finds the row of a receipt in this pool."""
        return row_tag(self.key, self.table, tag)

    def find(self, tag: bytes) -> list[int]:
        """The rows of a receipt, by a scan: an index would be laid out by the order of arrival."""
        query = f"SELECT slot FROM {self.table} WHERE tag = ?"  # noqa: S608 - ours
        return [int(slot) for (slot,) in self.db.execute(query, [self.tag(tag)])]

    def clear(self, tag: bytes, among: int) -> int:
        """Free the rows of a receipt, and say how many; where there is none, write as if."""
        found = self.find(tag)
        for slot in found or [self._draw(among)[0]]:
            self._write(self._free(slot))
        return len(found)

    def refresh(self, among: int) -> None:
        """Fill a free row anew: the same writes as `put`, and nothing changes."""
        self._write(self._free(self._draw(among)[0]))

    def taken(self) -> list[int]:
        """The rows that hold something, which the ledger key alone can tell."""
        rows = self.db.execute(f"SELECT slot, state FROM {self.table}").fetchall()  # noqa: S608
        return [slot for slot, found in rows if says(self.key, self._word(b"taken"), slot, found)]

    def spread(self, old: int, new: int) -> None:
        """Take the rows after `old` into use, up to `new`: as if all had been there from the start.

        A shuffle of all rows would put some of what is present into the new part: so many are
        drawn, and moved there from random places.
        """
        taken = self.taken()
        drawn = self.chance.sample(range(1, new + 1), len(taken))
        fresh = [slot for slot in drawn if slot > old]
        for slot, target in zip(self.chance.sample(taken, len(fresh)), fresh, strict=True):
            query = f"SELECT tag, body FROM {self.table} WHERE slot = ?"  # noqa: S608 - ours
            self._take(target, *self._one(query, slot))
            self._write(self._free(slot))

    def _take(self, slot: int, tag: bytes, body: bytes) -> None:
        self._write((slot, state(self.key, self._word(b"taken"), slot), tag, body))

    def _write(self, row: tuple[int, bytes, bytes, bytes]) -> None:
        slot, word, tag, body = row
        query = f"UPDATE {self.table} SET state = ?, tag = ?, body = ? WHERE slot = ?"  # noqa: S608
        self.db.execute(query, [word, tag, body, slot])

    def last(self) -> int:
        """The number of the last row."""
        return int(self._one(f"SELECT ifnull(max(slot), 0) FROM {self.table}")[0])  # noqa: S608

    def blank(self, first: int, last: int) -> None:
        """Wipe what finds these rows or tells free from taken; the sealed bodies stay."""
        query = f"UPDATE {self.table} SET state = ?, tag = ? WHERE slot BETWEEN ? AND ?"  # noqa: S608
        self.db.execute(query, [BLANK, BLANK, first, last])

    def blanked(self) -> bool:
        """Whether nothing finds a row any more."""
        left = f"SELECT count(*) FROM {self.table} WHERE state <> ? OR tag <> ?"  # noqa: S608
        return not self._one(left, BLANK, BLANK)[0]

    def bodies(self) -> list[bytes]:
        """Every sealed body, dummies included, in an order drawn anew."""
        rows = self.db.execute(f"SELECT body FROM {self.table}")  # noqa: S608 - ours
        found = [bytes(body) for (body,) in rows]
        self.chance.shuffle(found)
        return found

    def unequal(self, size: int) -> bool:
        """Whether a row has another size than the rest."""
        widths = "length(state) <> 32 OR length(tag) <> 32 OR length(body) <> ?"
        query = f"SELECT count(*) FROM {self.table} WHERE {widths}"  # noqa: S608 - ours
        return bool(self._one(query, size)[0])

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.db.execute(query, values).fetchone()
        return row
