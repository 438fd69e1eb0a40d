"""An image of the disk, free blocks and all: no row is left as it was before it was overwritten."""

from __future__ import annotations

import secrets
import sqlite3
import subprocess
from datetime import date
from pathlib import Path

from survey.ballots import Terms, box, receipts, seal, store
from survey.ballots.box import SAFE, Ways
from survey.quarter import Quarter

KEY = b"k" * 32
PUBLIC = seal.public_of(b"p" * 32)


def _rows(path: Path) -> tuple[dict[bytes, bytes], dict[int, bytes]]:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    ledger = dict(db.execute("SELECT mark, state FROM ledger").fetchall())
    pool = dict(db.execute("SELECT slot, tag FROM pool").fetchall())
    db.close()
    return ledger, pool


def _run(folder: Path, ways: Ways = SAFE) -> tuple[list[bytes], list[bytes]]:
    """Thirty casts; the rows as they were before, and some that are still as they were."""
    path = folder / "2026-q4.box"
    box.create(path, Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, 60), KEY)
    marks = [secrets.token_bytes(32) for _ in range(60)]
    with box.opened(path, KEY) as one:
        one.issue(marks)
    ledger, pool = _rows(path)
    for mark in marks[:30]:
        receipt = receipts.new()
        body = seal.close({"kind": "own"}, receipts.leaf(receipt), (PUBLIC,))
        with box.opened(path, KEY, ways) as one:
            one.cast(mark, receipts.tag(receipt), body)
    with box.opened(path, KEY) as one:
        taken = one.taken()
    before = [ledger[mark] for mark in marks[:30]] + [pool[slot] for slot in taken]
    return before, [ledger[mark] for mark in marks[30:]]


def test_an_image_of_the_disk_holds_no_row_as_it_was_before(image: tuple[Path, Path]) -> None:
    disk, folder = image
    before, standing = _run(folder)
    store.let_go()
    subprocess.run(["umount", str(folder)], check=True)
    raw = disk.read_bytes()
    assert all(row in raw for row in standing), "the search itself works"
    assert not [row for row in before if row in raw]


def test_a_journal_that_is_unlinked_leaves_rows_in_free_blocks(image: tuple[Path, Path]) -> None:
    """With the defence off the same search finds them."""
    disk, folder = image

    before, _ = _run(folder, Ways(wipe=lambda journal: journal.unlink(missing_ok=True)))
    store.let_go()
    subprocess.run(["umount", str(folder)], check=True)
    raw = disk.read_bytes()
    assert [row for row in before if row in raw]
