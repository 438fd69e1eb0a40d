"""ballots.pledge: a public key file of an earlier version is read, and written alike.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from survey.ballots import pledge
from survey.ballots.pledge import Pledge
from tests.support import frozen
from tests.support.places import VECTORS

PUBLICS = (bytes(range(32)), bytes(range(32, 64)))
GIVEN = Pledge(frozen.Q4, PUBLICS, k=7, minimum=30)


def test_the_file_is_written_byte_for_byte_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "2026-q4.pub"
    pledge.write(GIVEN, path)
    assert path.read_bytes() == frozen.vector("2026-q4.pub")
    assert pledge.read(VECTORS / "2026-q4.pub") == GIVEN


def test_it_holds_the_keys_in_hexadecimal_and_the_two_numbers() -> None:
    first, second = (public.hex() for public in PUBLICS)
    lines = [
        "{",
        ' "avstamp": 1,',
        ' "quarter": "2026-q4",',
        ' "publics": [',
        f'  "{first}",',
        f'  "{second}"',
        " ],",
        ' "k": 7,',
        ' "minimum": 30',
        "}",
    ]
    assert frozen.text("2026-q4.pub") == "\n".join(lines) + "\n"


def test_keys_made_apart_are_told_in_one_more_line_and_other_files_do_not_have_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "2026-q4.pub"
    pledge.write(replace(GIVEN, apart=True), path)
    assert path.read_bytes() == frozen.vector("2026-q4-apart.pub")
    assert pledge.read(VECTORS / "2026-q4-apart.pub") == replace(GIVEN, apart=True)
    plain = frozen.text("2026-q4.pub")
    assert frozen.text("2026-q4-apart.pub") == plain.replace("30\n", '30,\n "apart": true\n')
