"""history.encoding: bytes of any program are read as they were meant, or refused by place."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.host import Host
from tests.support import earlier
from tests.support.earlier import Cells, real, saved

MENDED: dict[str, Callable[[Cells], bytes]] = {
    "byte-order mark": lambda cells: codecs.BOM_UTF8 + saved(cells),
    "UTF-16": lambda cells: saved(cells, "utf-16"),
    "old Mac lines": lambda cells: saved(cells, lineterminator="\r"),
    "Windows letters": lambda cells: saved(
        [cells[0], *[[*row[:8], "Skön", *row[9:]] for row in cells[1:]]], "cp1252"
    ),
    "UTF-16 without its mark": lambda cells: saved(cells, "utf-16-le"),
    "UTF-32": lambda cells: saved(cells, "utf-32"),
    "line ends doubled": lambda cells: saved(cells).replace(b"\r\n", b"\r\r\n"),
    "two kinds of line ends": lambda cells: saved(cells).replace(b"\r\n", b"\n", 400),
    "a DOS end of file": lambda cells: saved(cells) + b"\x1a",
}  # fmt: skip


REFUSED: dict[str, Callable[[Cells], bytes]] = {
    "NUL bytes": lambda cells: saved(cells).replace(b"\r\n77,", b"\r\n\0\0,"),
    "a spreadsheet": lambda _: b"PK\x03\x04" + bytes(range(256)),
    "bytes of no encoding": lambda cells: saved(cells).replace(b"\r\n77,", b"\r\n\x81,"),
}  # fmt: skip


@real
@pytest.mark.parametrize("kind", MENDED)
def test_a_damaged_copy_is_imported_to_the_same_findings(
    kind: str, host: Host, tmp_path: Path
) -> None:
    earlier.check_mended(host, MENDED[kind], tmp_path)


@real
@pytest.mark.parametrize("kind", REFUSED)
def test_a_copy_damaged_beyond_that_is_refused_with_row_and_column(
    kind: str, host: Host, tmp_path: Path
) -> None:
    said = earlier.check_refused(host, REFUSED[kind], tmp_path)
    assert kind == "NUL bytes" or re.search(r"row \d+, column '?[\w ]+", said)
