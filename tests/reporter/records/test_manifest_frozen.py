"""records.manifest: the list of an edition's files, by which the auditor knows a changed one.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from reporter.records import manifest
from tests.support import frozen
from tests.support.places import VECTORS

FILES = {"data/2026-q4.csv": b"a,b\n", "index.html": "<p>Å</p>\n".encode()}


def test_a_list_is_kept_byte_for_byte_and_read_back(tmp_path: Path) -> None:
    built = tmp_path / "built-pages"
    for name, content in FILES.items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_bytes(content)
    found = manifest.hashed(built, "sv/2026-q4/")
    manifest.keep(tmp_path, "2026-q4", found)
    kept = tmp_path / manifest.FOLDER / "2026-q4.json"
    assert kept.read_bytes() == frozen.vector("built.json")
    shutil.copy(VECTORS / "built.json", kept)
    assert manifest.read(tmp_path, "2026-q4") == found


def test_it_is_the_hash_of_every_file_in_the_order_of_their_addresses() -> None:
    lines = [
        f' "sv/2026-q4/{name}": "{hashlib.sha256(content).hexdigest()}"'
        for name, content in sorted(FILES.items())
    ]
    assert frozen.text("built.json") == "{\n" + ",\n".join(lines) + "\n}\n"
