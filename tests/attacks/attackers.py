"""Attackers on stored bytes. None is told how the store is built, or what the truth is.

The first ones guess an order of arrival: each is a function from the files of a store to the tags
it found, in the order in which it believes they came. `agreement` measures a guess: +1 or -1 for an
order laid bare, 0 by chance. The others look for pairs of link and response, for what a change left
behind, and for bodies that are unlike the rest.
"""

from __future__ import annotations

import itertools
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

Order = list[bytes]
Pairs = set[tuple[bytes, bytes]]
Attacker = Callable[[Path, Sequence[bytes]], list[bytes]]
"""The store's file and the tags to be ordered (known from receipts, or told by their length)."""


def agreement(guess: Sequence[bytes], truth: Sequence[bytes]) -> float:
    """Kendall's tau between the guessed and the true order; 0.0 for a guess that misses some."""
    if len(guess) != len(truth):
        return 0.0
    place = {tag: number for number, tag in enumerate(guess)}
    pairs = list(itertools.combinations(truth, 2))
    right = sum(place[a] < place[b] for a, b in pairs)
    return 2 * right / len(pairs) - 1


def chance(n: int, deviations: float = 6.5) -> float:
    """What a guess without knowledge stays under, but once in ten thousand million times."""
    return float(deviations * (2 * (2 * n + 5) / (9 * n * (n - 1))) ** 0.5)


def tells_order(guess: Sequence[bytes], truth: Sequence[bytes]) -> bool:
    """Whether the guess holds the order of arrival, forwards or backwards."""
    return abs(agreement(guess, truth)) > chance(len(truth))


CHANCE_PAIRS = 12
"""Pairing at random gets one right on average; twelve or more with probability 2e-9."""


def right(guess: Pairs, truth: Pairs) -> int:
    """Pairs of link and response that were recovered."""
    return len(guess & truth)


def by_place_in_file(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """Where the bytes lie, first to last: pages and cells in the order they were used."""
    data = path.read_bytes()
    return sorted((tag for tag in tags if tag in data), key=data.rindex)


def by_row_id(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """The row number that SQLite keeps in every ordinary table."""
    return _asked(path, tags, "ORDER BY rowid")


def by_key(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """The order in which a plain scan brings the rows."""
    return _asked(path, tags, "")


def by_clock(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """A column of times, where somebody thought it harmless."""
    return _asked(path, tags, "ORDER BY at")


def _asked(path: Path, tags: Sequence[bytes], order: str) -> list[bytes]:
    known = set(tags)
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = db.execute(f"SELECT tag FROM pool {order}").fetchall()
    except sqlite3.Error:
        return []
    finally:
        db.close()
    return [bytes(tag) for (tag,) in rows if bytes(tag) in known]


def by_offset_in_page(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """Cells fill a page from its end: a higher offset came earlier."""
    size = int.from_bytes(path.read_bytes()[16:18]) or 65536
    data = path.read_bytes()
    found = [tag for tag in tags if tag in data]
    return sorted(found, key=lambda tag: (data.rindex(tag) // size, -(data.rindex(tag) % size)))


def by_log(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """A write-ahead log, or a journal that was not wiped: changes in the order they were made."""
    found: list[bytes] = []
    for suffix in ("-wal", "-journal"):
        log = path.with_name(path.name + suffix)
        data = log.read_bytes() if log.exists() else b""
        found += sorted((tag for tag in tags if tag in data), key=data.index)
    return found


def by_times_of_files(path: Path, tags: Sequence[bytes]) -> list[bytes]:
    """One file a response: when its inode changed, which nothing can set back."""
    files = sorted(path.parent.glob("*.sealed"), key=lambda file: file.stat().st_ctime_ns)
    known = set(tags)
    return [tag for file in files if (tag := file.read_bytes()[:32]) in known]


ATTACKERS: Mapping[str, Attacker] = {
    "place in file": by_place_in_file,
    "row id": by_row_id,
    "key": by_key,
    "clock": by_clock,
    "offset in page": by_offset_in_page,
    "log": by_log,
    "times of files": by_times_of_files,
}


def best(path: Path, truth: Sequence[bytes]) -> tuple[float, str]:
    """The attacker that comes nearest, told the tags in no order, and how near it comes."""
    tags = sorted(truth)
    scores = {name: agreement(attack(path, tags), truth) for name, attack in ATTACKERS.items()}
    winner = max(scores, key=lambda name: abs(scores[name]))
    return scores[winner], winner


def telling(path: Path, truth: Sequence[bytes]) -> set[str]:
    """The names of all attackers that find the order, those by each column included."""
    tags = sorted(truth)
    guesses = {name: attack(path, tags) for name, attack in ATTACKERS.items()}
    guesses |= dict(by_columns(path, tags))
    return {name for name, guess in guesses.items() if tells_order(guess, truth)}


def by_columns(path: Path, needles: Sequence[bytes]) -> Iterator[tuple[str, Order]]:
    """By row id, and by each column of each table: a clock or a counter sorts by arrival."""
    wanted = set(needles)
    db = sqlite3.connect(path)
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for column in ["rowid", *(row[1] for row in db.execute(f"PRAGMA table_info({table})"))]:
            order = _sorted_by(db, table, column, wanted)
            if len(order) == len(needles):
                yield f"{table}.{column}", order
    db.close()


def _sorted_by(db: sqlite3.Connection, table: str, column: str, wanted: set[bytes]) -> Order:
    try:
        rows = db.execute(f"SELECT * FROM {table} ORDER BY {column}").fetchall()
    except sqlite3.OperationalError:  # WITHOUT ROWID
        return []
    return [one for row in rows if (one := _needle(row, wanted))]


def _needle(row: Sequence[object], wanted: set[bytes]) -> bytes:
    return next((value for value in row if isinstance(value, bytes) and value in wanted), b"")


def free_pages(path: Path) -> int:
    """Pages on the freelist, in which old rows lie."""
    db = sqlite3.connect(path)
    (count,) = db.execute("PRAGMA freelist_count").fetchone()
    db.close()
    return int(count)


# Pairs from what a transaction left behind


def journal_pairs(
    data: bytes, journal: bytes, marks: Sequence[bytes], tags: Sequence[bytes]
) -> Pairs:
    """The links and responses of the last transaction: where the before-images differ from now."""
    page = int.from_bytes(data[16:18])
    changed = [
        (before, data[page * (number - 1) : page * number])
        for number, before in _records(journal, page, len(data) // page)
    ]
    return _together(changed, marks, tags)


def _records(journal: bytes, page: int, pages: int) -> Iterator[tuple[int, bytes]]:
    place = 512
    while place + page + 8 <= len(journal):
        number = int.from_bytes(journal[place : place + 4])
        if not 0 < number <= pages:
            return
        yield number, journal[place + 4 : place + 4 + page]
        place += page + 8


def _together(
    changed: Sequence[tuple[bytes, bytes]], marks: Sequence[bytes], tags: Sequence[bytes]
) -> Pairs:
    hit = [one for before, now in changed for one in (*marks, *tags) if _moved(before, now, one)]
    return set(itertools.product(set(hit) & set(marks), set(hit) & set(tags)))


def _moved(before: bytes, now: bytes, needle: bytes) -> bool:
    """Whether the needle, or the hundred bytes after it, changed in this page."""
    place = now.find(needle)
    if place < 0:
        return False
    end = place + len(needle) + 34
    return before[place:end] != now[place:end]


def wal_pairs(wal: bytes, marks: Sequence[bytes], tags: Sequence[bytes]) -> Pairs:
    """Links and responses that first appear in the frames of one commit."""
    page = int.from_bytes(wal[8:12])
    seen: set[bytes] = set()
    pairs: Pairs = set()
    commit = b""
    for place in range(32, len(wal) - page - 23, page + 24):
        commit += wal[place + 24 : place + 24 + page]
        if int.from_bytes(wal[place + 4 : place + 8]):
            new = {one for one in (*marks, *tags) if one in commit} - seen
            pairs |= set(itertools.product(new & set(marks), new & set(tags)))
            seen, commit = seen | new, b""
    return pairs


def residue(raw: bytes, needles: Sequence[bytes]) -> list[bytes]:
    """Needles that lie anywhere in raw bytes, such as a disk image with its free blocks."""
    return [one for one in needles if one in raw]


# What a body tells without a key


def odd_sizes(bodies: Sequence[bytes]) -> set[int]:
    """The lengths that occur; one length tells nothing."""
    return {len(body) for body in bodies}


def surely_filler(bodies: Sequence[bytes]) -> list[bytes]:
    """Bodies that no sealed box can be: its first 32 bytes are a point whose top bit is 0."""
    return [body for body in bodies if body[31] & 0x80]


def by_density(bodies: Mapping[bytes, bytes]) -> Order:
    """Needles by how well their bodies compress: padding or plain text would show."""
    return sorted(bodies, key=lambda one: (len(zlib.compress(bodies[one])), bodies[one]))


def differences(copies: Sequence[bytes], needles: Sequence[bytes], reach: int = 34) -> list[Order]:
    """For each step between successive copies, the needles that are new or whose row changed."""
    steps = []
    for before, now in itertools.pairwise(copies):
        places = [(one, now.find(one)) for one in needles]
        steps.append(
            [
                one
                for one, at in places
                if at >= 0 and before[at : at + 32 + reach] != now[at : at + 32 + reach]
            ]
        )
    return steps
