"""The ballot box of a quarter: cast, withdraw, count, close, hand over. It never reads content.

The file is a SQLite database whose rows are all laid down before anybody answers. A cast overwrites
one free row of answers, one free row of leaves, each chosen at random, and one row of the ledger,
in place and in one transaction. Nothing is inserted, moved or freed, so the bytes keep no order of
arrival. When the box is closed, all that finds a row is wiped, and its host signs what is left.

Longer than most: reviewers want all that a box does in one file.
"""

from __future__ import annotations

import random
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, assert_never

from survey.ballots import closing, earlier, seal, store, traces
from survey.ballots.seal import Ballot
from survey.ballots.slots import Slots, says, state
from survey.ballots.terms import Outcome, Stage, Tally, Terms, dump, load, slots_for
from survey.problems import Problem

_chance = random.SystemRandom()

_AT_ONCE = 500
"""Slots that growth adds, or closing wipes, while it holds the box."""
_BETWEEN = 0.005
"""Seconds in which whoever waits for the box gets it: twice as long as they look away."""

_PART = 8_000
"""Bytes of what was asked in one row: a longer row would spill into pages of its own."""

_TABLES = (
    "CREATE TABLE terms(id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE TABLE tally(id INTEGER PRIMARY KEY, issued BLOB, answered BLOB, withdrawn BLOB,"
    " salt BLOB)",
    closing.TABLE,
    "CREATE TABLE ledger(slot INTEGER PRIMARY KEY, mark BLOB NOT NULL, state BLOB NOT NULL)",
    "CREATE UNIQUE INDEX ledger_mark ON ledger(mark)",
    earlier.ASKED,
)


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


def create(path: Path, terms: Terms, ledger_key: bytes, ways: Ways = SAFE, asked: str = "") -> None:
    """Lay down a new box, whole or not at all; an existing one is never touched.

    `asked` is what its answers answer, as `survey.bound` writes it; the box only keeps it.
    """
    if path.exists():
        raise Problem(f"{path}: a box is open there already. A quarter has one box.")
    terms = replace(terms, closer=closing.closer(ledger_key, terms.id))
    with store.new(path, ways.connect) as db:
        for table in _TABLES:
            db.execute(table)
        db.execute(f"PRAGMA user_version={earlier.FORMAT}")
        db.execute("INSERT INTO terms VALUES (1, ?)", [dump(terms)])
        db.execute("INSERT INTO tally VALUES (1, ?, ?, ?, ?)", [*[_count(0)] * 3, earlier.salt()])
        db.execute(closing.BEGUN)
        kept = zlib.compress(asked.encode(), 9)
        parts = [(kept[place : place + _PART],) for place in range(0, len(kept), _PART)]
        db.executemany("INSERT INTO asked(part) VALUES (?)", parts)
        for pool in _pools(db, terms, ledger_key, ways):
            db.execute(pool.made)
            pool.lay(1, slots_for(terms.capacity))


def _pools(db: sqlite3.Connection, terms: Terms, key: bytes, ways: Ways) -> tuple[Slots, Slots]:
    """The sealed answers and the sealed leaves."""
    body = partial(ways.dummy, terms.publics)
    leaf = partial(seal.dummy_leaf, terms.publics)
    return Slots(db, "pool", key, ways.chance, body), Slots(db, "leaves", key, ways.chance, leaf)


def _count(number: int) -> bytes:
    # Eight bytes whatever the number: an integer column would change the row's size as it grows.
    return number.to_bytes(8)


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
        """A transaction; within one that is under way, part of it."""
        if self._db.in_transaction:
            return nullcontext()
        return store.changing(self._db, self._path, self._ways.wipe)

    @property
    def terms(self) -> Terms:
        """What the box promises."""
        return load(str(self._one("SELECT text FROM terms")[0]))

    def tally(self) -> Tally:
        """Links issued, answers that came, answers taken back."""
        row = self._one("SELECT issued, answered, withdrawn FROM tally")
        return Tally(*(int.from_bytes(count) for count in row))

    def asked(self) -> str:
        """The questionnaire that the box was opened with, as it was given; "" in format 1."""
        if self.stage() is Stage.EARLIER:
            return ""
        parts = self._db.execute("SELECT part FROM asked ORDER BY id").fetchall()
        kept = b"".join(part for (part,) in parts)
        return zlib.decompress(kept).decode() if kept else ""

    def stage(self) -> Stage:
        """How far the box has come, as it says itself; `sealed` looks whether that is true."""
        if self._one("PRAGMA user_version")[0] < earlier.FORMAT:
            return Stage.EARLIER
        return Stage(self._one("SELECT stage FROM closing")[0])

    def _takes(self) -> bool:
        """Whether the box may be written to; one of format 1 is brought up to date before it is."""
        stage = self.stage()
        if stage is Stage.EARLIER:
            with self._change():
                old = earlier.Old(self._db, self._key, self.terms, self._path.name)
                old.renew(*self._pools())
        return stage.takes

    def _pools(self) -> tuple[Slots, Slots]:
        return _pools(self._db, self.terms, self._key, self._ways)

    def _among(self) -> int:
        """The slots in use: not those that growth has only laid down."""
        return slots_for(self.terms.capacity)

    def issue(self, marks: Sequence[bytes]) -> None:
        """Enter fresh links in the ledger, in an order that says nothing about who got which."""
        self.check_room(len(marks))
        issued = self.tally().issued
        with self._change():
            for slot, mark in enumerate(sorted(marks), start=issued + 1):
                row = [slot, mark, state(self._key, b"unspent", slot)]
                self._db.execute("INSERT INTO ledger VALUES (?, ?, ?)", row)
            self._add(issued=len(marks))

    def check_room(self, count: int) -> None:
        """A Problem if so many more links cannot be issued."""
        self._check_open()
        room = self.terms.capacity - self.tally().issued
        if count > room:
            mend = f"At most {room} more links can be issued for this quarter."
            raise Problem(f"{self._path.name}: {count} links do not fit. {mend}")

    def _check_open(self) -> None:
        if not self._takes():
            raise Problem(f"{self._path.name}: the box is closed, for good. Nothing can be added.")

    def cast(self, mark: bytes, tag: bytes, ballot: Ballot) -> Outcome:
        """Spend the link and put the sealed ballot in, or neither; durable when it returns.

        It writes as much whatever the outcome, unless the box is closed.
        """
        with self._change():
            # Asked within the transaction: outside of it each question would lock the file anew.
            if not self._takes():
                return Outcome.CLOSED
            query = "SELECT slot, state FROM ledger WHERE mark = ?"
            row = self._db.execute(query, [mark]).fetchone()
            if row is not None and self._unspent(*row):
                self._put(row[0], tag, ballot)
                return Outcome.COUNTED
            self._refresh()
            if row is None:
                return Outcome.UNKNOWN
            return Outcome.REPEATED if self._pools()[0].find(tag) else Outcome.SPENT

    def _put(self, slot: int, tag: bytes, ballot: Ballot) -> None:
        (pool, leaves), among = self._pools(), self._among()
        self._mark(slot, b"spent")
        pool.put(tag, ballot.body, among)
        leaves.put(tag, ballot.leaf, among)
        self._add(answered=1)

    def _unspent(self, slot: int, found: bytes) -> bool:
        if says(self._key, b"unspent", slot, found):
            return True
        if says(self._key, b"spent", slot, found):
            return False
        # A box restored from an old copy, or another host's ledger key: no second vote for anyone.
        mend = "Put back the ledger key that the box was opened with."
        raise Problem(f"{self._path.name}: the ledger was not written with this key. {mend}")

    def _mark(self, slot: int, word: bytes) -> None:
        query = "UPDATE ledger SET state = ? WHERE slot = ?"
        self._db.execute(query, [state(self._key, word, slot), slot])

    def withdraw(self, tag: bytes) -> None:
        """Take back the response with this tag, if there is one; the link stays spent.

        It writes as much whether there is one or not: neither its time nor the disk tells.
        """
        with self._change():
            if self._takes():
                self._stir()
                gone, _ = [pool.clear(tag, self._among()) for pool in self._pools()]
                self._add(withdrawn=gone)

    def cover(self) -> None:
        """Write what a cast writes, in its order, and change nothing.

        A file system's journal keeps when the box was written to. Whoever serves the box calls this
        at moments drawn by chance, so often that an answer is one such moment among many.
        """
        with self._change():
            if self._takes():
                self._refresh()

    def _refresh(self) -> None:
        self._stir()
        for pool in self._pools():
            pool.refresh(self._among())
        self._add()

    def _stir(self) -> None:
        """Write a row of the ledger again: its state looks new, and says the same."""
        issued = self.tally().issued
        if issued:
            slot = self._ways.chance.randrange(issued) + 1
            (found,) = self._one("SELECT state FROM ledger WHERE slot = ?", slot)
            self._mark(slot, b"unspent" if self._unspent(slot, found) else b"spent")

    def _add(self, issued: int = 0, answered: int = 0, withdrawn: int = 0) -> None:
        now = self.tally()
        counts = now.issued + issued, now.answered + answered, now.withdrawn + withdrawn
        query = "UPDATE tally SET issued = ?, answered = ?, withdrawn = ?, salt = ?"
        self._db.execute(query, [*map(_count, counts), earlier.salt()])

    def knows(self, mark: bytes) -> bool:
        """Whether a link with this mark was issued; never whether it was used."""
        self._check_open()
        query = "SELECT 1 FROM ledger WHERE mark = ?"
        return self._db.execute(query, [mark]).fetchone() is not None

    def extend(self, capacity: int, most: int) -> bool:
        """Lay down at most so many of the free slots that growth needs; whether all are there.

        They are not used until `spread`. Dummies alone are added to the file: a killed process's
        addition is cut off again when the box is next opened, and then lies in free blocks of the
        disk. With responses in it, it would tell who had answered by then.
        """
        self._check_open()
        terms, end, laid = self.terms, slots_for(capacity), True
        if capacity <= terms.capacity:
            mend = f"Give a larger number than {terms.capacity}."
            raise Problem(f"{self._path.name}: a box only grows, not to {capacity}. {mend}")
        with self._change():
            for pool in self._pools():
                last = pool.last()
                pool.lay(last + 1, min(last + most, end))
                laid = laid and last + most >= end
        return laid

    def spread(self, capacity: int) -> None:
        """Take the added slots into use, so that they cannot be told from the old ones.

        Every placement is then as likely as if the box had had its size from the beginning.
        """
        terms = self.terms
        with self._change():
            for pool in self._pools():
                pool.spread(slots_for(terms.capacity), slots_for(capacity))
            self._promise(replace(terms, capacity=capacity))

    def _promise(self, terms: Terms) -> None:
        self._db.execute("UPDATE terms SET text = ?", [dump(terms)])

    def taken(self) -> list[int]:
        """The slots that a response lies in, which the ledger key alone can tell."""
        pool, _ = self._pools()
        return pool.taken()

    def stop(self, day: date) -> None:
        """Take nothing any more, for good, and forget every link; `day` is told as the last one."""
        takes, terms = self._takes(), self.terms
        if terms.closer != closing.closer(self._key, terms.id):
            mend = "Close it there, where its form is served, and fetch the closed file."
            raise Problem(f"{self._path}: the box was opened by another host. {mend}")
        if not takes:
            return
        with self._change():
            self._promise(replace(terms, closes=min(day, terms.closes)))
            self._enter(Stage.CLOSING, bytes(closing.SIZE))
            self._db.execute("DROP TABLE ledger")  # its pages are zeroed: secure_delete

    def _enter(self, stage: Stage, signature: bytes) -> None:
        query = "UPDATE closing SET stage = ?, signature = ?"
        self._db.execute(query, [stage.value, signature])

    def blank(self, first: int, most: int) -> bool:
        """Wipe what finds so many rows from the first on; whether that was the last of them."""
        with self._change():
            for pool in self._pools():
                pool.blank(first, first + most - 1)
        return first + most > max(pool.last() for pool in self._pools())

    def sign(self) -> None:
        """Seal a box in which nothing finds a row any more."""
        if self.stage() is Stage.CLOSED:
            return
        with self._change():
            signature = closing.sign(self._key, self.terms.id, self._content())
            self._enter(Stage.CLOSED, signature)

    def _content(self) -> bytes:
        sealed = self.bodies(), self.leaves()
        return closing.content_of(self.terms, self.tally(), self.asked(), *sealed)

    def sealed(self) -> Stage:
        """How far the box has come, its seal looked at: for whoever is about to count it."""
        stage = self.stage()
        if stage is not Stage.CLOSED:
            return stage
        (signature,) = self._one("SELECT signature FROM closing")
        blank = all(pool.blanked() for pool in self._pools())
        true = blank and closing.genuine(self.terms.closer, self._content(), signature)
        return Stage.CLOSED if true else Stage.CHANGED

    def faults(self) -> list[str]:
        """What is wrong with the file, in words; nothing if it is as it should be."""
        found = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check")]
        faults = [] if found == ["ok"] else [f"is damaged: {', '.join(found[:3])}"]
        if any(self._unequal()):
            faults.append("has rows of unequal size, which tell answers from free slots")
        if self._one("PRAGMA page_size")[0] < seal.size(len(self.terms.publics)) + 128:
            faults.append("has pages too small for a row, so that rows spill over in order")
        if not traces.wiped(self._path):
            # Asked here, under the lock: the journal of a cast under way is not zero.
            faults.append("has a journal that shows what changed last")
        return [*faults, *self._faults_of(self.sealed())]

    def _unequal(self) -> Iterator[bool]:
        holders, (pool, leaves) = len(self.terms.publics), self._pools()
        yield pool.unequal(seal.size(holders))
        yield self.stage() is not Stage.EARLIER and leaves.unequal(seal.leaf_size(holders))

    def _faults_of(self, stage: Stage) -> list[str]:
        match stage:
            case Stage.EARLIER:
                return self._spilled()
            case Stage.OPEN:
                return [*self._spilled(), *self._miscounted()]
            case Stage.CLOSING:
                return ["is not wiped to its end: run `survey close` again"]
            case Stage.CLOSED:
                return []
            case Stage.CHANGED:
                return ["is not as it was when its host closed it"]
            case _:
                assert_never(stage)

    def _spilled(self) -> list[str]:
        faults = []
        if self._one("PRAGMA freelist_count")[0]:
            faults.append("has free pages, in which old rows may lie")
        if not traces.tables_alone(self._path, self._one("PRAGMA page_size")[0]):
            faults.append(
                "has pages that are neither of a table nor of an index: rows spilled over"
            )
        return faults

    def _miscounted(self) -> list[str]:
        tally, taken = self.tally(), self.taken()
        rows = self._db.execute("SELECT slot, state FROM ledger").fetchall()
        spent = sum(not self._unspent(slot, found) for slot, found in rows)
        told = (tally.issued, tally.answered, tally.present)
        if (len(rows), spent, len(taken)) == told:
            return []
        return [f"holds {len(rows)} links, {spent} spent, {len(taken)} responses; told: {told}"]

    def bodies(self) -> list[bytes]:
        """Every sealed answer, dummies included, in an order drawn anew."""
        return self._pools()[0].bodies()

    def leaves(self) -> list[bytes]:
        """Every sealed leaf, dummies included, in an order of its own; none in format 1."""
        return [] if self.stage() is Stage.EARLIER else self._pools()[1].bodies()

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


def close(
    path: Path, ledger_key: bytes, day: date, at_once: int = _AT_ONCE, ways: Ways = SAFE
) -> None:
    """Close a box for good, wipe all that finds a row, and sign it; `day` was its last at most.

    Safe to run again after a kill: what was begun is brought to its end.
    """
    with opened(path, ledger_key, ways) as box:
        box.stop(day)
    first, last = 1, False
    while not last:
        with opened(path, ledger_key, ways) as box:
            last = box.blank(first, at_once)
        first += at_once
    with opened(path, ledger_key, ways) as box:
        box.sign()


def terms(path: Path, ways: Ways = SAFE) -> Terms:
    """What the box at `path` promises."""
    with opened(path, ways=ways) as box:
        return box.terms


def take_back(
    paths: Iterable[Path],
    ledger_key: bytes,
    tag: bytes,
    takes: Callable[[Terms], bool],
    ways: Ways = SAFE,
) -> None:
    """Withdraw from every box that still takes answers: a receipt does not name its quarter."""
    for path in paths:
        with opened(path, ledger_key, ways) as box:
            if takes(box.terms):
                box.withdraw(tag)
