"""The attacker who takes a disk and reads in its ext4 journal when a file was written to."""

from __future__ import annotations

import itertools
import re
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK, _INODE = 4096, 256
_APART = 0.025
"""Seconds: changes of one file that lie closer belong to one write."""


def times(disk: Path, inode: int) -> list[float]:
    """Every time of change of a file that any copy of its inode on the disk tells, in order.

    The inode's table has one copy, and the file system's journal one for each of its commits.
    """
    raw = disk.read_bytes()
    place = _place(disk, inode)
    extents = raw[place + 40 : place + 100]  # where its data lie: the same in every copy
    found = {_changed(raw[at - 40 :][:_INODE]) for at in _all(raw, extents) if (at - 40) % 128 == 0}
    return sorted(found)


def _place(disk: Path, inode: int) -> int:
    asked = ["debugfs", "-R", f"imap <{inode}>", str(disk)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    block, offset = re.findall(r"located at block (\d+), offset (0x[0-9a-f]+)", said)[0]
    return int(block) * _BLOCK + int(offset, 16)


def _all(raw: bytes, part: bytes) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), raw)]


def _changed(copy: bytes) -> float:
    (seconds,), (extra,) = struct.unpack("<I", copy[16:20]), struct.unpack("<I", copy[136:140])
    return float(seconds + ((extra & 3) << 32) + (extra >> 2) / 1e9)


@dataclass(frozen=True)
class Event:
    """One moment at which the box was written to, as the disk tells it."""

    at: float
    box: tuple[float, ...]
    journal: tuple[float, ...]
    """The times of the box and of its SQLite journal within it."""

    @property
    def features(self) -> dict[str, float]:
        """Whatever might tell an answer from a write that changes nothing."""
        both = sorted((*self.box, *self.journal))
        return {
            "copies of the box": len(self.box),
            "copies of the journal": len(self.journal),
            "length": both[-1] - both[0],
            "from journal to box": (self.box or both)[-1] - (self.journal or both)[0],
            "part of a second": self.at % 1,
        }


def events(box: Sequence[float], journal: Sequence[float], apart: float = _APART) -> list[Event]:
    """The writes that the two files' times tell of, one after another."""
    marked = sorted([(at, 0) for at in box] + [(at, 1) for at in journal])
    groups: list[list[tuple[float, int]]] = []
    for one in marked:
        if groups and one[0] - groups[-1][-1][0] <= apart:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [
        Event(
            group[0][0],
            tuple(at for at, which in group if which == 0),
            tuple(at for at, which in group if which == 1),
        )
        for group in groups
    ]


def area(yes: Sequence[float], no: Sequence[float]) -> float:
    """How well a feature tells the one kind from the other: .5 not at all, 0 or 1 for certain."""
    pairs = itertools.product(yes, no)
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / (len(yes) * len(no))
