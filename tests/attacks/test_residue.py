"""Whoever takes the disk: the database, its journal, old copies and free blocks, with every key.

Each attacker is first shown to work on a store that looks sound, and then tried on the box; and
each defence of the box, switched off, gives its attacker what it looks for.
"""

from __future__ import annotations

import itertools
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from survey.ballots import Ballot, Outcome, Terms, box, seal, store, traces
from survey.ballots.box import SAFE, Ways
from survey.ballots.slots import row_tag
from survey.quarter import Quarter
from tests.attacks import attackers, weak
from tests.attacks.weak import Arrival
from tests.support.between import Between

KEY = b"k" * 32
PRIVATE, PUBLIC = seal.new_keys()
TERMS = Terms(Quarter(2026, 4), (PUBLIC,), date(2027, 1, 30), 7, 30, capacity=40)
N = 30


@dataclass
class Stolen:
    """A box, the submissions in their true order, and what an old copy of it holds."""

    path: Path
    them: list[Arrival] = field(default_factory=list)
    copies: list[bytes] = field(default_factory=list)
    ways: Ways = SAFE

    @property
    def journal(self) -> Path:
        """The box's journal."""
        return Path(f"{self.path}-journal")

    @property
    def marks(self) -> list[bytes]:
        """The links, in the order in which they were spent."""
        return [one.mark for one in self.them]

    @property
    def tags(self) -> list[bytes]:
        """The responses, in the order in which they came: as only the ledger key finds them."""
        return [row_tag(KEY, "pool", one.tag) for one in self.them]

    @property
    def leaf_tags(self) -> list[bytes]:
        """The leaves that prove them, in the same order."""
        return [row_tag(KEY, "leaves", one.tag) for one in self.them]

    def cast(self, *them: Arrival) -> None:
        """Let them answer."""
        for one in them:
            with box.opened(self.path, KEY, self.ways) as ballots:
                cast = ballots.cast(one.mark, one.tag, Ballot(one.body, one.leaf))
                assert cast is Outcome.COUNTED
            self.them.append(one)
            self.copies.append(self.path.read_bytes())


def _sealed(n: int, close: Callable[..., Ballot] = seal.close) -> list[Arrival]:
    """Submissions with short and long texts in turn."""
    texts = [("kort" if number % 2 else secrets.token_hex(3000)) for number in range(n)]
    keep = [{"keep": {"text": text, "consent": "count"}} for text in texts]
    token = secrets.token_bytes
    ballots = [close(one, token(32), [PUBLIC]) for one in keep]
    return [Arrival(token(32), token(32), one.body, one.leaf) for one in ballots]


def _laid_down(folder: Path, them: list[Arrival], ways: Ways = SAFE) -> Stolen:
    stolen = Stolen(folder / "2026-q4.box", ways=ways)
    box.create(stolen.path, TERMS, KEY, ways)
    with box.opened(stolen.path, KEY, ways) as one:
        one.issue([one.mark for one in them])
    stolen.copies.append(stolen.path.read_bytes())
    return stolen


def _filled(folder: Path, ways: Ways = SAFE) -> Stolen:
    them = _sealed(N)
    stolen = _laid_down(folder, them, ways)
    stolen.cast(*them)
    return stolen


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> Stolen:
    """A box after thirty submissions; nothing here changes it."""
    return _filled(tmp_path_factory.mktemp("stolen"))


# Order of rows


def test_no_order_of_responses_or_of_spent_links_lies_in_the_box(stolen: Stolen) -> None:
    assert attackers.telling(stolen.path, stolen.tags) == set()
    assert attackers.telling(stolen.path, stolen.marks) == set()
    assert attackers.telling(stolen.path, [one.body for one in stolen.them]) == set()
    assert attackers.telling(stolen.path, stolen.leaf_tags) == set()
    for ours, theirs in itertools.combinations((stolen.marks, stolen.tags, stolen.leaf_tags), 2):
        asked = sorted(ours), sorted(theirs)
        paired = zip(*(attackers.by_place_in_file(stolen.path, one) for one in asked), strict=True)
        truth = set(zip(ours, theirs, strict=True))
        assert attackers.right(set(paired), truth) < attackers.CHANCE_PAIRS


def test_an_ordinary_table_tells_by_row_id_even_after_vacuum(tmp_path: Path) -> None:
    them = weak.arrivals(N)
    weak.ordinary(tmp_path / "weak", them)
    found = attackers.telling(tmp_path / "weak", [one.tag for one in them])
    assert {"pool.rowid", "row id"} <= found


def test_overflow_pages_tell(tmp_path: Path) -> None:
    """The end of a long body lies in a page that was taken when it came."""
    them = weak.arrivals(N, size=40_000)
    weak.without_rowid(tmp_path / "weak", them)
    ends = [one.body[-64:] for one in them]
    assert "place in file" in attackers.telling(tmp_path / "weak", ends)


def test_a_clock_tells(tmp_path: Path) -> None:
    them = weak.arrivals(N)
    weak.clock(tmp_path / "weak", them)
    assert "pool.came" in attackers.telling(tmp_path / "weak", [one.tag for one in them])


class Inserting(Between):
    """Puts each response in a row of its own."""

    def execute(self, query: str, values: Sequence[Any] = ()) -> Any:
        """Insert where the box overwrites."""
        if query.startswith("UPDATE pool"):
            query, values = "INSERT INTO pool VALUES (NULL, ?, ?, ?)", values[:3]
        return self.db.execute(query, values)


def test_a_box_that_inserts_instead_of_overwriting_tells(tmp_path: Path) -> None:
    stolen = _filled(tmp_path, Ways(connect=lambda path: Inserting(store.connect(path))))
    assert {"pool.rowid", "place in file"} <= attackers.telling(stolen.path, stolen.tags)


# What a cast moves


def test_the_file_keeps_its_shape_and_counts_no_more_than_the_casts(stolen: Stolen) -> None:
    """Its counter tells how many changes there were, which the tally says as well."""
    first, last = stolen.copies[0], stolen.copies[-1]
    assert len(first) == len(last)
    assert attackers.free_pages(stolen.path) == 0
    counts = [int.from_bytes(copy[24:28]) for copy in (first, last)]
    assert counts[1] - counts[0] == N


def test_rows_that_are_deleted_leave_free_pages(tmp_path: Path) -> None:
    them = weak.arrivals(N, size=9000)
    weak.deleting(tmp_path / "weak", them)
    assert attackers.free_pages(tmp_path / "weak")
    raw = (tmp_path / "weak").read_bytes()
    assert attackers.residue(raw, [one.body[-64:] for one in them])


# Journal


def test_the_journal_pairs_no_link_with_a_response(stolen: Stolen) -> None:
    journal = stolen.journal.read_bytes()
    assert journal
    assert not journal.strip(b"\x00")
    assert not Path(f"{stolen.path}-wal").exists()
    data = stolen.path.read_bytes()
    assert not attackers.journal_pairs(data, journal, sorted(stolen.marks), sorted(stolen.tags))


def test_without_the_tidy_the_journal_pairs_the_last_link_with_its_response(
    tmp_path: Path,
) -> None:
    stolen = _filled(tmp_path, Ways(wipe=lambda _: None))
    data, journal = stolen.path.read_bytes(), stolen.journal.read_bytes()
    pairs = attackers.journal_pairs(data, journal, sorted(stolen.marks), sorted(stolen.tags))
    assert pairs == {(stolen.marks[-1], stolen.tags[-1])}


def test_a_write_ahead_log_pairs_them_all(tmp_path: Path) -> None:
    them = weak.arrivals(N)
    log = weak.wal(tmp_path / "weak", them)
    marks, tags = [one.mark for one in them], [one.tag for one in them]
    pairs = attackers.wal_pairs(log, sorted(marks), sorted(tags))
    assert attackers.right(pairs, set(zip(marks, tags, strict=True))) == N


_DIES_HALFWAY = """
import os, signal, sys
from pathlib import Path
from survey.ballots import store, traces
with store.held(Path(sys.argv[1]), store.connect, traces.wipe) as db:
    db.execute("PRAGMA cache_size=1")
    db.execute("BEGIN EXCLUSIVE")
    db.execute("UPDATE pool SET tag = zeroblob(32)")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("anew", [True, False])
def test_a_hot_journal_is_rolled_back_in_place_and_wiped(tmp_path: Path, anew: bool) -> None:
    """By a process that starts then, and by one that had the box open all along."""
    them = _sealed(2)
    stolen = _laid_down(tmp_path, them)
    stolen.cast(them[0])
    place = stolen.journal.stat().st_ino
    subprocess.run([sys.executable, "-c", _DIES_HALFWAY, str(stolen.path)], check=False)
    assert stolen.journal.read_bytes().strip(b"\x00"), "the journal is hot"
    if anew:
        store.let_go()
    stolen.cast(them[1])
    assert stolen.journal.stat().st_ino == place
    assert not stolen.journal.read_bytes().strip(b"\x00")
    assert len(seal.open_all(_bodies(stolen.path), [PRIVATE])) == 2
    assert bytes(32) not in [tag for (tag,) in _tags(stolen.path)]


def _tags(path: Path) -> list[tuple[bytes]]:
    db = sqlite3.connect(path)
    tags = db.execute("SELECT tag FROM pool").fetchall()
    db.close()
    return tags


# Bodies


def _bodies(path: Path) -> list[bytes]:
    with box.opened(path) as one:
        return one.bodies()


def test_bodies_have_one_size_and_none_is_surely_filler(stolen: Stolen) -> None:
    bodies = _bodies(stolen.path)
    assert len(attackers.odd_sizes(bodies)) == 1
    assert attackers.surely_filler(bodies) == []
    assert len(seal.open_all(bodies, [PRIVATE])) == N


def test_random_filler_is_told_by_one_bit(tmp_path: Path) -> None:
    filler = Ways(dummy=lambda publics: secrets.token_bytes(seal.size(len(publics))))
    box.create(tmp_path / "2026-q4.box", TERMS, KEY, filler)
    assert len(attackers.surely_filler(_bodies(tmp_path / "2026-q4.box"))) > 5


def test_a_body_says_nothing_of_the_length_of_its_text(stolen: Stolen) -> None:
    long = stolen.tags[::2]
    order = attackers.by_density(dict(zip(stolen.tags, [o.body for o in stolen.them], strict=True)))
    # Of the fifteen that compress worst 7.5 are long by chance; all or none with 1.3e-8.
    assert 1 <= len(set(order[N // 2 :]) & set(long)) <= 14


def test_unpadded_bodies_tell_the_length_and_the_box_refuses_them(tmp_path: Path) -> None:
    them = _sealed(N, weak.unpadded)
    assert len(attackers.odd_sizes([one.body for one in them])) > 1
    order = attackers.by_density({one.tag: one.body for one in them})
    assert set(order[N // 2 :]) == {one.tag for one in them[::2]}
    with pytest.raises(ValueError, match="another size"):
        _laid_down(tmp_path, them).cast(them[0])


# Successive copies


def test_copies_of_the_box_tell_no_content_once_the_private_key_is_destroyed(
    stolen: Stolen,
) -> None:
    """A copy after each submission does pair links with rows; the rows stay closed for good."""
    steps = attackers.differences(stolen.copies, [*sorted(stolen.marks), *sorted(stolen.tags)])
    assert steps == [[mark, tag] for mark, tag in zip(stolen.marks, stolen.tags, strict=True)]
    other, _ = seal.new_keys()
    with pytest.raises(seal.CannotOpen):
        seal.open_all([one.body for one in stolen.them], [other])
    assert all(len(seal.open_all([one.body], [PRIVATE])) == 1 for one in stolen.them)


# The folder


def test_the_folder_holds_as_many_files_as_before_anybody_answered(stolen: Stolen) -> None:
    names = {path.name for path in stolen.path.parent.iterdir()}
    assert names == {"2026-q4.box", "2026-q4.box-journal"}


# Growth, withdrawal and a killed process, on a disk image with its free blocks


def _unmounted(raw: Path, folder: Path) -> bytes:
    """The disk without its blocks of zeros, which are most of it."""
    store.let_go()
    subprocess.run(["umount", folder], check=True)
    disk = raw.read_bytes()
    blocks = (disk[place : place + 4096] for place in range(0, len(disk), 4096))
    return b"".join(block for block in blocks if any(block))


def _old(before: bytes, stolen: Stolen) -> set[bytes]:
    """What lay where something else lies now, with both keys in hand: states, tags and bodies."""
    db, then = sqlite3.connect(stolen.path), sqlite3.connect(":memory:")
    then.deserialize(before)
    now, old = _parts(db, stolen.marks), _parts(then, stolen.marks)
    for one in (db, then):
        one.close()
    return old - now


def _parts(db: sqlite3.Connection, marks: list[bytes]) -> set[bytes]:
    """The states of these links, and every part of every row of the pool."""
    ledger = dict(db.execute("SELECT mark, state FROM ledger").fetchall())
    both = "SELECT state, tag, body FROM pool UNION ALL SELECT state, tag, body FROM leaves"
    pool = db.execute(both).fetchall()
    parts = {part for state, tag, body in pool for part in (state, tag, body[:64], body[-64:])}
    return parts | {ledger[mark] for mark in marks}


def test_no_before_image_is_left_on_the_disk(image: tuple[Path, Path]) -> None:
    raw, folder = image
    stolen = _filled(folder)
    old = _old(stolen.copies[0], stolen)
    assert len(old) == 9 * N
    disk = _unmounted(raw, folder)
    assert attackers.residue(disk, sorted(old)) == []
    # Nor a second copy of anything that is there now, from which an order could be read.
    assert [disk.count(tag) for tag in stolen.tags] == [1] * N


def _deleting(path: Path) -> sqlite3.Connection:
    """A connection that does with its journal what SQLite does by itself."""
    db = store.connect(path)
    db.execute("PRAGMA locking_mode=NORMAL")
    db.execute("PRAGMA journal_mode=DELETE")
    return db


def test_a_journal_that_is_deleted_leaves_before_images_in_free_blocks(
    image: tuple[Path, Path],
) -> None:
    raw, folder = image
    stolen = _filled(folder, Ways(connect=_deleting))
    old = _old(stolen.copies[0], stolen)
    assert attackers.residue(_unmounted(raw, folder), sorted(old))


def _killed_between_commit_and_tidy(stolen: Stolen, one: Arrival) -> None:
    """A cast in a process that is killed before it could wipe the journal."""
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from survey.ballots import box, seal, traces\n"
        "here = Path(sys.argv[1])\n"
        "mark, tag, key = (bytes.fromhex(text) for text in sys.argv[2:5])\n"
        "opening = [traces.wipe]\n"
        "die = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "wipe = lambda journal: (opening.pop() if opening else die)(journal)\n"
        "with box.opened(here, key, box.Ways(wipe=wipe)) as ballots:\n"
        "    sealed = sys.stdin.buffer.read()\n"
        f"    size = {seal.leaf_size(1)}\n"
        "    ballots.cast(mark, tag, seal.Ballot(sealed[size:], sealed[:size]))\n"
    )
    told = [str(stolen.path), one.mark.hex(), one.tag.hex(), KEY.hex()]
    done = subprocess.run(
        [sys.executable, "-c", code, *told], input=one.leaf + one.body, check=False
    )
    assert done.returncode == -9
    stolen.them.append(one)


def test_growth_withdrawals_and_a_kill_leave_nothing_either(image: tuple[Path, Path]) -> None:
    raw, folder = image
    them = _sealed(N)
    stolen = _laid_down(folder, them)
    stolen.cast(*them[:15])
    box.grow(stolen.path, KEY, 60)
    grown = stolen.path.read_bytes()
    stolen.cast(*them[15:28])
    withdrawn = [them[3], them[20]]
    for one in withdrawn:
        with box.opened(stolen.path, KEY) as ballots:
            ballots.withdraw(one.tag)
    _killed_between_commit_and_tidy(stolen, them[28])
    assert stolen.journal.read_bytes().strip(b"\x00"), "the last cast shows until the restart"
    stolen.cast(them[29])
    present = [row_tag(KEY, "pool", one.tag) for one in them if one not in withdrawn]
    assert attackers.telling(stolen.path, present) == set()
    old = _old(stolen.copies[0], stolen) | _old(grown, stolen)
    assert len(old) > 4 * N
    assert stolen.journal.stat().st_size <= traces.SPARE
    disk = _unmounted(raw, folder)
    assert attackers.residue(disk, sorted(old)) == []
    gone = [
        part
        for one in withdrawn
        for part in (row_tag(KEY, "pool", one.tag), one.body[:64], one.body[-64:], one.leaf)
    ]
    assert attackers.residue(disk, gone) == []
    assert [disk.count(tag) for tag in present] == [1] * len(present)
