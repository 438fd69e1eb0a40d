"""No attacker finds the order of arrival in a box; each finds it where a defence is missing."""

from __future__ import annotations

import itertools
import random
import secrets
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from survey.ballots import Terms, box, receipts, seal, traces
from survey.ballots.box import SAFE, Ways
from survey.ballots.slots import row_tag
from survey.quarter import Quarter
from tests.attacks import attackers

KEY = b"k" * 32
PUBLIC = seal.public_of(b"p" * 32)
N = 60
SHORT, LONG = "ok", "Det var mycket att göra i högsäsong. " * 16


def _box(folder: Path, links: int = N + 20) -> tuple[Path, list[bytes]]:
    path = folder / "2026-q4.box"
    terms = Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, links)
    box.create(path, terms, KEY)
    marks = [secrets.token_bytes(32) for _ in range(links)]
    with box.opened(path, KEY) as one:
        one.issue(marks)
    return path, marks


def _cast(path: Path, mark: bytes, text: str, ways: Ways = SAFE) -> bytes:
    receipt = receipts.new()
    answers = {"keep": {"text": text, "consent": "count"}}
    body = seal.close(answers, receipts.leaf(receipt), (PUBLIC,))
    with box.opened(path, KEY, ways) as one:
        one.cast(mark, receipts.tag(receipt), body)
    return receipts.tag(receipt)


def _rows(tags: list[bytes], table: str = "pool") -> list[bytes]:
    """What finds them in a pool, with the ledger key in hand."""
    return [row_tag(KEY, table, tag) for tag in tags]


def _withdraw(path: Path, tag: bytes) -> None:
    with box.opened(path, KEY) as one:
        one.withdraw(tag)


def _states(path: Path, marks: list[bytes]) -> list[bytes]:
    """The spent states of the marks, in their order: an order of spent links to be guessed."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    slots = dict(db.execute("SELECT mark, state FROM ledger").fetchall())
    db.close()
    return [slots[mark] for mark in marks]


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_no_attacker_finds_the_order_of_responses_or_of_spent_links(
    tmp_path: Path, text: str
) -> None:
    path, marks = _box(tmp_path)
    used = secrets.SystemRandom().sample(marks, N)
    tags = [_cast(path, mark, text) for mark in used]
    for truth in (_rows(tags), _rows(tags, "leaves"), _states(path, used)):
        score, winner = attackers.best(path, truth)
        assert abs(score) < attackers.chance(N), winner


def test_nor_after_growth_in_the_middle_and_withdrawals(tmp_path: Path) -> None:
    path, marks = _box(tmp_path)
    early = [_cast(path, mark, SHORT) for mark in marks[: N // 2]]
    box.grow(path, KEY, 200)
    late = [_cast(path, mark, LONG) for mark in marks[N // 2 : N]]
    for tag in (*early[::7], *late[::7]):
        _withdraw(path, tag)
    tags = [tag for tag in (*early, *late) if tag not in (*early[::7], *late[::7])]
    score, winner = attackers.best(path, _rows(tags))
    assert abs(score) < attackers.chance(len(tags)), winner


def test_the_place_of_a_response_says_nothing_about_that_of_its_link(tmp_path: Path) -> None:
    path, marks = _box(tmp_path)
    used = secrets.SystemRandom().sample(marks, N)
    tags = [_cast(path, mark, SHORT) for mark in used]
    data = path.read_bytes()
    places = [
        [bytes([number]) for number in sorted(range(N), key=lambda number: data.index(of[number]))]
        for of in (used, _rows(tags), _rows(tags, "leaves"))
    ]
    for one, other in itertools.combinations(places, 2):
        assert abs(attackers.agreement(one, other)) < attackers.chance(N)


# Each defence switched off: an attacker must find the order, or the test above could not fail.

Weak = Callable[[Path], tuple[Path, list[bytes]]]


def _plain(path: Path, table: str, journal: str = "PERSIST", length: int = 400) -> list[bytes]:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA journal_mode={journal}")
    db.execute(table)
    tags = []
    for number in range(N):
        tags.append(secrets.token_bytes(32))
        row = [tags[-1], number, secrets.token_bytes(length)]
        db.execute("INSERT INTO pool(tag, at, body) VALUES (?, ?, ?)", row)
    if journal != "WAL":
        db.close()
    return tags


def _ordinary(folder: Path) -> tuple[Path, list[bytes]]:
    table = "CREATE TABLE pool(tag BLOB, at INTEGER, body BLOB)"
    return folder / "weak", _plain(folder / "weak", table)


def _without_row_ids(folder: Path) -> tuple[Path, list[bytes]]:
    table = "CREATE TABLE pool(tag BLOB PRIMARY KEY, at INTEGER, body BLOB) WITHOUT ROWID"
    return folder / "weak", _plain(folder / "weak", table, length=8)


def _long_bodies(folder: Path) -> tuple[Path, list[bytes]]:
    table = "CREATE TABLE pool(tag BLOB, at INTEGER, body BLOB)"
    return folder / "weak", _plain(folder / "weak", table, length=9000)


def _write_ahead(folder: Path) -> tuple[Path, list[bytes]]:
    table = "CREATE TABLE pool(tag BLOB PRIMARY KEY, at INTEGER, body BLOB) WITHOUT ROWID"
    return folder / "weak", _plain(folder / "weak", table, journal="WAL")


def _one_file_each(folder: Path) -> tuple[Path, list[bytes]]:
    tags = [secrets.token_bytes(32) for _ in range(N)]
    (folder / "weak").touch()
    for tag in tags:
        time.sleep(0.006)  # the clock of a file system ticks every four milliseconds
        (folder / f"{secrets.token_hex(8)}.sealed").write_bytes(tag + bytes(100))
    return folder / "weak", tags


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    "weak", [_ordinary, _without_row_ids, _long_bodies, _write_ahead, _one_file_each]
)
def test_an_ordinary_store_lays_the_order_bare(tmp_path: Path, weak: Weak) -> None:
    path, truth = weak(tmp_path)
    score, _ = attackers.best(path, truth)
    assert abs(score) > attackers.chance(N)


class NextFree(random.SystemRandom):
    """Draws nothing: one slot after another."""

    def __init__(self) -> None:
        super().__init__()
        self.places = itertools.count()

    def randrange(self, many: int, *_: object) -> int:
        """The next place."""
        return next(self.places) % many


def test_a_box_that_takes_the_next_free_slot_lays_it_bare(tmp_path: Path) -> None:
    path, marks = _box(tmp_path, links=2 * N)
    ways = Ways(chance=NextFree())
    tags = [_cast(path, mark, SHORT, ways) for mark in marks[:N]]
    score, _ = attackers.best(path, _rows(tags))
    assert abs(score) > attackers.chance(N)


def test_a_journal_that_is_not_wiped_shows_the_last_response(tmp_path: Path) -> None:
    path, marks = _box(tmp_path)
    first = _cast(path, marks[0], SHORT)
    assert first not in traces.journal(path).read_bytes()
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    before = db.execute("SELECT slot, state FROM ledger ORDER BY mark").fetchall()
    db.close()
    _cast(path, marks[1], SHORT, Ways(wipe=lambda _: None))
    left = traces.journal(path).read_bytes()
    assert any(state in left for _, state in before), "the spent link's row, as it was before"


def test_nothing_of_what_was_there_before_is_left_in_any_file(tmp_path: Path) -> None:
    """With every key in hand: neither an unspent state nor a free slot's row outlives its use."""
    path, marks = _box(tmp_path)
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    before = dict(db.execute("SELECT mark, state FROM ledger").fetchall())
    free = {slot: bytes(row) for slot, *row in db.execute("SELECT slot, tag FROM pool") for row in
            [row[0]]}  # fmt: skip
    db.close()
    used = marks[:30]
    for mark in used:
        _cast(path, mark, SHORT)
    with box.opened(path, KEY) as one:
        taken = one.taken()
    bytes_left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not [mark for mark in used if before[mark] in bytes_left]
    assert not [slot for slot in taken if free[slot] in bytes_left]
    assert all(before[mark] in bytes_left for mark in marks[30:]), "the search itself works"
