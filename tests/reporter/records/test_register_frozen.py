"""records.register: the chain of what was published goes on from where it stands.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import hashlib
import json

from reporter.records import register
from tests.support import frozen

EDITIONS = {"2024-q1": "record-imported.json", "2026-q4": "record.json"}


def test_two_editions_make_the_register_byte_for_byte() -> None:
    entries: tuple[register.Entry, ...] = ()
    for edition, name in EDITIONS.items():
        entries = register.added(entries, edition, frozen.text(name))
    assert register.dump(entries).encode() == frozen.vector("register.json")
    assert register.parse(frozen.text("register.json"), "register.json") == entries
    assert register.broken(entries) == []


def test_the_chain_follows_from_hashlib_alone() -> None:
    """An entry's chain is the hash of the chain before it, the edition and the record's hash."""
    before, lines = "", []
    for edition, name in EDITIONS.items():
        digest = hashlib.sha256(frozen.vector(name)).hexdigest()
        before = hashlib.sha256((before + edition + digest).encode("ascii")).hexdigest()
        lines.append(f'{{"edition": "{edition}", "sha256": "{digest}", "chain": "{before}"}}')
    assert frozen.text("register.json") == "[\n " + ",\n ".join(lines) + "\n]\n"
    assert len(json.loads(frozen.text("register.json"))) == len(EDITIONS)
