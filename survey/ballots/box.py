"""The ballot box of a quarter: cast, withdraw, count, hand over shuffled. It never reads content.

The file is a SQLite database whose rows are all laid down before anybody answers. A cast overwrites
one free slot, chosen at random, and one row of the ledger, in place and in one transaction. Nothing
is inserted, moved or freed, so the bytes keep no order of arrival.

Longer than most: reviewers want all that a box does in one file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import random
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from survey import quarter
from survey.ballots import seal, store, traces
from survey.problems import Problem
from survey.quarter import Quarter

_chance = random.SystemRandom()

SLOTS_PER_LINK = 1.25
"""A fifth of the pool stays free, so that drawing a free slot again and again ends soon."""

_AT_ONCE = 500
"""Slots that growth adds while it holds the box."""
_BETWEEN = 0.005
"""Seconds in which whoever waits for the box gets it: twice as long as they look away."""

_TABLES = (
    "CREATE TABLE terms(id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE TABLE tally(id INTEGER PRIMARY KEY, issued BLOB, answered BLOB, withdrawn BLOB)",
    "CREATE TABLE ledger(slot INTEGER PRIMARY KEY, mark BLOB NOT NULL, state BLOB NOT NULL)",
    "CREATE UNIQUE INDEX ledger_mark ON ledger(mark)",
    "CREATE TABLE pool(slot INTEGER PRIMARY KEY, state BLOB, tag BLOB, body BLOB NOT NULL)",
)


class Outcome(Enum):
    """What became of a cast."""

    COUNTED = "counted"
    REPEATED = "repeated"
    """This very answer was counted before: its reply was lost, and it was sent again."""
    SPENT = "spent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Terms:
    """What a box promises to those who answer; it is fixed when the box is opened."""

    quarter: Quarter
    publics: tuple[bytes, ...]
    closes: date
    """The last day on which an answer is taken."""
    k: int
    minimum: int
    capacity: int = 1000
    """The most links that may be issued."""
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    """Drawn anew for each box: two files that share it are copies of one box."""


@dataclass(frozen=True)
class Tally:
    """How many, never who or when."""

    issued: int
    answered: int
    withdrawn: int

    @property
    def present(self) -> int:
        """Responses that lie in the box."""
        return self.answered - self.withdrawn


@dataclass(frozen=True)
class Ways:
    """How a box does what keeps it silent; what is not given is done in the safe way.

    Code alone can give another way, as an attack does to show what a defence is worth. No option,
    file or variable leads here, so that no box can be set up to work unsafe.
    """

    chance: random.Random = _chance
    """Draws the slots, and the order of what is handed over."""
    dummy: Callable[[Sequence[bytes]], bytes] = seal.dummy
    """Fills a free slot, from the public keys."""
    connect: store.Connect = store.connect
    wipe: store.Wipe = traces.wipe


SAFE = Ways()


def create(path: Path, terms: Terms, ledger_key: bytes, ways: Ways = SAFE) -> None:
    """Lay down a new box, whole or not at all; an existing one is never touched."""
    if path.exists():
        raise Problem(f"{path}: a box is open there already. A quarter has one box.")
    with store.new(path, ways.connect) as db:
        for table in _TABLES:
            db.execute(table)
        _lay_down(db, terms, ledger_key, ways)


def _lay_down(db: sqlite3.Connection, terms: Terms, ledger_key: bytes, ways: Ways) -> None:
    db.execute("INSERT INTO terms VALUES (1, ?)", [_dump(terms)])
    db.execute("INSERT INTO tally VALUES (1, ?, ?, ?)", [_count(0)] * 3)
    for slot in range(1, slots_for(terms.capacity) + 1):
        row = [slot, *_free(terms, ledger_key, slot, ways)]
        db.execute("INSERT INTO pool VALUES (?, ?, ?, ?)", row)


def slots_for(capacity: int) -> int:
    """The slots of a box that has room for so many links."""
    return math.ceil(capacity * SLOTS_PER_LINK)


def _free(terms: Terms, ledger_key: bytes, slot: int, ways: Ways) -> tuple[bytes, bytes, bytes]:
    """A free slot: its keyed state, a tag that belongs to no receipt, and a sealed dummy.

    Random filler could be told from a sealed body by one bit, so the dummy is really sealed.
    """
    return _state(ledger_key, b"free", slot), secrets.token_bytes(32), ways.dummy(terms.publics)


def _state(ledger_key: bytes, word: bytes, slot: int) -> bytes:
    return hmac.new(ledger_key, b"%s %d" % (word, slot), hashlib.sha256).digest()


def _count(number: int) -> bytes:
    # Eight bytes whatever the number: an integer column would change the row's size as it grows.
    return number.to_bytes(8)


def _dump(terms: Terms) -> str:
    publics = [public.hex() for public in terms.publics]
    shown = {**vars(terms), "quarter": str(terms.quarter), "closes": str(terms.closes)}
    return json.dumps({**shown, "publics": publics})


@lru_cache(maxsize=8)  # a cast reads the terms, and they hardly ever change
def _load(text: str) -> Terms:
    raw = json.loads(text)
    publics = tuple(bytes.fromhex(public) for public in raw.pop("publics"))
    of, closes = quarter.parse(raw.pop("quarter")), date.fromisoformat(raw.pop("closes"))
    return Terms(of, publics, closes, **raw)


@contextmanager
def opened(path: Path, ledger_key: bytes = b"", ways: Ways = SAFE) -> Iterator[Box]:
    """The box, alone. Keep it short: open, do one thing, close.

    Without the ledger key a box can be counted and handed over, but not cast into.
    """
    with store.held(path, ways.connect, ways.wipe) as db:
        yield Box(path, db, ledger_key, ways)


class Box:
    """An open ballot box; get one from `opened`."""

    def __init__(
        self, path: Path, db: sqlite3.Connection, ledger_key: bytes, ways: Ways = SAFE
    ) -> None:
        self._path, self._db, self._key, self._ways = path, db, ledger_key, ways

    def _change(self) -> AbstractContextManager[None]:
        return store.changing(self._db, self._path, self._ways.wipe)

    @property
    def terms(self) -> Terms:
        """What the box promises."""
        return _load(str(self._one("SELECT text FROM terms")[0]))

    def tally(self) -> Tally:
        """Links issued, answers that came, answers taken back."""
        row = self._one("SELECT issued, answered, withdrawn FROM tally")
        return Tally(*(int.from_bytes(count) for count in row))

    def issue(self, marks: Sequence[bytes]) -> None:
        """Enter fresh links in the ledger, in an order that says nothing about who got which."""
        room = self.terms.capacity - self.tally().issued
        if len(marks) > room:
            mend = f"At most {room} more links can be issued for this quarter."
            raise Problem(f"{self._path.name}: {len(marks)} links do not fit. {mend}")
        with self._change():
            slot = int(self._one("SELECT ifnull(max(slot), 0) FROM ledger")[0])
            for slot, mark in enumerate(sorted(marks), start=slot + 1):  # noqa: B020
                state = _state(self._key, b"unspent", slot)
                self._db.execute("INSERT INTO ledger VALUES (?, ?, ?)", [slot, mark, state])
            self._add(issued=len(marks))

    def cast(self, mark: bytes, tag: bytes, body: bytes) -> Outcome:
        """Spend the link and put the sealed body in, or neither; durable when it returns."""
        with self._change():
            row = self._db.execute(
                "SELECT slot, state FROM ledger WHERE mark = ?", [mark]
            ).fetchone()
            if row is None:
                return Outcome.UNKNOWN
            if not self._unspent(*row):
                return Outcome.REPEATED if self._slots(tag) else Outcome.SPENT
            self._spend(row[0])
            self._put(tag, body)
            self._add(answered=1)
        return Outcome.COUNTED

    def _unspent(self, slot: int, state: bytes) -> bool:
        if hmac.compare_digest(state, _state(self._key, b"unspent", slot)):
            return True
        if hmac.compare_digest(state, _state(self._key, b"spent", slot)):
            return False
        # A box restored from an old copy, or another host's ledger key: no second vote for anyone.
        mend = "Put back the ledger key that the box was opened with."
        raise Problem(f"{self._path.name}: the ledger was not written with this key. {mend}")

    def _spend(self, slot: int) -> None:
        state = _state(self._key, b"spent", slot)
        self._db.execute("UPDATE ledger SET state = ? WHERE slot = ?", [state, slot])

    def _put(self, tag: bytes, body: bytes) -> None:
        slot, size = self._free_slot()
        if len(body) != size:
            raise ValueError("a sealed body has another size than this box's rows")
        self._write(slot, _state(self._key, b"taken", slot), tag, body)

    def _free_slot(self) -> tuple[int, int]:
        """A free slot, each as likely as any other whatever came before, and its body's size."""
        slots = slots_for(self.terms.capacity)  # not those that growth has only laid down
        while True:
            slot = self._ways.chance.randrange(slots) + 1
            state, size = self._one("SELECT state, length(body) FROM pool WHERE slot = ?", slot)
            if hmac.compare_digest(state, _state(self._key, b"free", slot)):
                return slot, size

    def _last_slot(self) -> int:
        return int(self._one("SELECT max(slot) FROM pool")[0])

    def withdraw(self, tag: bytes) -> None:
        """Take back the response with this tag, if there is one; the link stays spent."""
        with self._change():
            for slot in self._slots(tag):
                self._write(slot, *_free(self.terms, self._key, slot, self._ways))
                self._add(withdrawn=1)

    def _slots(self, tag: bytes) -> list[int]:
        # A scan, not an index: an index on the tag would be laid out by the order of arrival.
        rows = self._db.execute("SELECT slot FROM pool WHERE tag = ?", [tag])
        return [int(slot) for (slot,) in rows]

    def _add(self, issued: int = 0, answered: int = 0, withdrawn: int = 0) -> None:
        now = self.tally()
        counts = now.issued + issued, now.answered + answered, now.withdrawn + withdrawn
        query = "UPDATE tally SET issued = ?, answered = ?, withdrawn = ?"
        self._db.execute(query, [_count(number) for number in counts])

    def knows(self, mark: bytes) -> bool:
        """Whether a link with this mark was issued; never whether it was used."""
        query = "SELECT 1 FROM ledger WHERE mark = ?"
        return self._db.execute(query, [mark]).fetchone() is not None

    def extend(self, capacity: int, most: int) -> bool:
        """Lay down at most so many of the free slots that growth needs; whether all are there.

        They are not used until `spread`. Dummies alone are added to the file: a killed process's
        addition is cut off again when the box is next opened, and then lies in free blocks of the
        disk. With responses in it, it would tell who had answered by then.
        """
        terms, last = self.terms, self._last_slot()
        if capacity <= terms.capacity:
            mend = f"Give a larger number than {terms.capacity}."
            raise Problem(f"{self._path.name}: a box only grows, not to {capacity}. {mend}")
        end = slots_for(capacity)
        with self._change():
            for slot in range(last + 1, min(last + most, end) + 1):
                row = [slot, *_free(terms, self._key, slot, self._ways)]
                self._db.execute("INSERT INTO pool VALUES (?, ?, ?, ?)", row)
        return last + most >= end

    def spread(self, capacity: int) -> None:
        """Take the added slots into use, so that they cannot be told from the old ones.

        A shuffle of all rows would put some of the present responses into the new part: so many
        are drawn, and moved there from random places. Every placement is then as likely as if the
        box had had its size from the beginning.
        """
        terms = self.terms
        with self._change():
            self._move(terms, slots_for(terms.capacity), slots_for(capacity))
            text = _dump(replace(terms, capacity=capacity))
            self._db.execute("UPDATE terms SET text = ?", [text])

    def _move(self, terms: Terms, old: int, new: int) -> None:
        taken, chance = self.taken(), self._ways.chance
        fresh = [slot for slot in chance.sample(range(1, new + 1), len(taken)) if slot > old]
        for slot, target in zip(chance.sample(taken, len(fresh)), fresh, strict=True):
            row = self._one("SELECT tag, body FROM pool WHERE slot = ?", slot)
            self._write(target, _state(self._key, b"taken", target), *row)
            self._write(slot, *_free(terms, self._key, slot, self._ways))

    def taken(self) -> list[int]:
        """The slots that a response lies in, which the ledger key alone can tell."""
        rows = self._db.execute("SELECT slot, state FROM pool").fetchall()
        return [slot for slot, state in rows if state == _state(self._key, b"taken", slot)]

    def _write(self, slot: int, state: bytes, tag: bytes, body: bytes) -> None:
        query = "UPDATE pool SET state = ?, tag = ?, body = ? WHERE slot = ?"
        self._db.execute(query, [state, tag, body, slot])

    def faults(self) -> list[str]:
        """What is wrong with the file, in words; nothing if it is as it should be."""
        found = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check")]
        faults = [] if found == ["ok"] else [f"is damaged: {', '.join(found[:3])}"]
        size = seal.size(len(self.terms.publics))
        widths = "length(state) <> 32 OR length(tag) <> 32 OR length(body) <> ?"
        if self._one(f"SELECT count(*) FROM pool WHERE {widths}", size)[0]:  # noqa: S608 - ours
            faults.append("has rows of unequal size, which tell answers from free slots")
        if self._one("PRAGMA freelist_count")[0]:
            faults.append("has free pages, in which old rows may lie")
        if self._one("PRAGMA page_size")[0] < size + 128:
            faults.append("has pages too small for a row, so that rows spill over in order")
        if not traces.tables_alone(self._path, self._one("PRAGMA page_size")[0]):
            faults.append(
                "has pages that are neither of a table nor of an index: rows spilled over"
            )
        if not traces.wiped(self._path):
            # Asked here, under the lock: the journal of a cast under way is not zero.
            faults.append("has a journal that shows what changed last")
        return [*faults, *self._miscounted()]

    def _miscounted(self) -> list[str]:
        tally, taken = self.tally(), self.taken()
        rows = self._db.execute("SELECT slot, state FROM ledger").fetchall()
        spent = sum(not self._unspent(slot, state) for slot, state in rows)
        told = (tally.issued, tally.answered, tally.present)
        if (len(rows), spent, len(taken)) == told:
            return []
        return [f"holds {len(rows)} links, {spent} spent, {len(taken)} responses; told: {told}"]

    def close_on(self, day: date) -> None:
        """Let the box take answers until `day` and no longer."""
        with self._change():
            text = _dump(replace(self.terms, closes=day))
            self._db.execute("UPDATE terms SET text = ?", [text])

    def bodies(self) -> list[bytes]:
        """Every sealed body, dummies included, in an order drawn anew."""
        bodies = [bytes(body) for (body,) in self._db.execute("SELECT body FROM pool")]
        self._ways.chance.shuffle(bodies)
        return bodies

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._db.execute(query, values).fetchone()
        return row


def grow(
    path: Path, ledger_key: bytes, capacity: int, at_once: int = _AT_ONCE, ways: Ways = SAFE
) -> None:
    """Make room for more links, also while the form is served: nobody is kept waiting for long.

    At most `at_once` slots are added while the box is held.
    """
    laid = False
    while not laid:
        with opened(path, ledger_key, ways) as box:
            laid = box.extend(capacity, at_once)
        time.sleep(_BETWEEN)
    with opened(path, ledger_key, ways) as box:
        box.spread(capacity)


def terms(path: Path, ways: Ways = SAFE) -> Terms:
    """What the box at `path` promises."""
    with opened(path, ways=ways) as box:
        return box.terms
