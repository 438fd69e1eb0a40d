"""Attackers on stored bytes. Each guesses an order of arrival; none is told what it was.

An attacker is a function from the files of a store to the tags it found, in the order in which it
believes they came. `agreement` measures a guess: +1 or -1 for an order laid bare, 0 by chance.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

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
