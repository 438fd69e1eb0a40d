"""keys.halves: a half of an earlier version, or of a browser's page, is read, and written alike.

A red test here means that halves under way in the post would be refused. Mend the code, never the
file in tests/vectors/.
"""

from __future__ import annotations

from pathlib import Path

from reporter.keys import halves
from reporter.keys.halves import Half
from tests.support import frozen
from tests.support.places import VECTORS

GIVEN = Half(frozen.Q4, bytes(range(32)))


def test_the_file_is_written_byte_for_byte_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "2026-q4.second.half"
    halves.write(GIVEN, path)
    assert path.read_bytes() == frozen.vector("2026-q4.second.half")
    assert halves.read(VECTORS / "2026-q4.second.half") == GIVEN


def test_it_holds_the_quarter_and_the_key_in_hexadecimal() -> None:
    key = GIVEN.public.hex()
    lines = ["{", ' "avstamp": 1,', ' "quarter": "2026-q4",', f' "half": "{key}"', "}"]
    assert frozen.text("2026-q4.second.half") == "\n".join(lines) + "\n"
