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
APART = 0.025
"""Seconds: changes of one file that lie closer belong to one write."""


@dataclass(frozen=True, order=True)
class Copy:
    """What one copy of a file's inode tells."""

    written: float
    """When the file was last written to, in seconds."""
    changed: float
    read: float
    size: int
    blocks: int


def copies(disk: Path, inode: int) -> list[Copy]:
    """Every copy of a file's inode on the disk, in the order of writing.

    The inode's table has one copy, and the file system's journal one for each of its commits.
    """
    raw = disk.read_bytes()
    place = _place(disk, inode)
    extents = raw[place + 40 : place + 100]  # where its data lie: the same in every copy
    found = {_copy(raw[at - 40 :][:_INODE]) for at in _all(raw, extents) if (at - 40) % 128 == 0}
    return sorted(found)


def _place(disk: Path, inode: int) -> int:
    asked = ["debugfs", "-R", f"imap <{inode}>", str(disk)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    block, offset = re.findall(r"located at block (\d+), offset (0x[0-9a-f]+)", said)[0]
    return int(block) * _BLOCK + int(offset, 16)


def _all(raw: bytes, part: bytes) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), raw)]


def _copy(raw: bytes) -> Copy:
    """The fields of struct ext4_inode, by their places in it."""
    (size,), (blocks,) = struct.unpack("<I", raw[4:8]), struct.unpack("<I", raw[28:32])
    return Copy(_time(raw, 16, 136), _time(raw, 12, 132), _time(raw, 8, 140), size, blocks)


def _time(raw: bytes, place: int, extra: int) -> float:
    (seconds,) = struct.unpack("<I", raw[place : place + 4])
    (more,) = struct.unpack("<I", raw[extra : extra + 4])
    return float(seconds + ((more & 3) << 32) + (more >> 2) / 1e9)


@dataclass(frozen=True)
class Event:
    """One moment at which the box was written to, as the disk tells it."""

    box: tuple[Copy, ...]
    journal: tuple[Copy, ...]
    """The copies of the box's inode and of its SQLite journal's from within it."""

    @property
    def times(self) -> list[float]:
        """When either file was written to."""
        return sorted(one.written for one in (*self.box, *self.journal))

    @property
    def features(self) -> dict[str, float]:
        """Whatever might tell an answer from a write that changes nothing."""
        box, journal = self.box or self.journal, self.journal or self.box
        return {
            "copies of the box": len(self.box),
            "copies of the journal": len(self.journal),
            "length": self.times[-1] - self.times[0],
            "from journal to box": box[-1].written - journal[0].written,
            "from box to journal": journal[-1].written - box[-1].written,
            "from reading to writing": box[-1].written - box[-1].read,
            "of the journal, likewise": journal[-1].written - journal[-1].read,
            "from writing to changing": box[-1].changed - box[-1].written,
            "sizes": box[-1].size + journal[-1].size,
            "blocks": box[-1].blocks + journal[-1].blocks,
            "part of a second": self.times[0] % 1,
        }


def events(box: Sequence[Copy], journal: Sequence[Copy], apart: float = APART) -> list[Event]:
    """The writes that the two files' inodes tell of, one after another."""
    marked = sorted([(one, 0) for one in box] + [(one, 1) for one in journal])
    groups: list[list[tuple[Copy, int]]] = []
    for one in marked:
        if groups and one[0].written - groups[-1][-1][0].written <= apart:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [Event(_of(group, 0), _of(group, 1)) for group in groups]


def _of(group: Sequence[tuple[Copy, int]], file: int) -> tuple[Copy, ...]:
    return tuple(one for one, which in group if which == file)


def area(yes: Sequence[float], no: Sequence[float]) -> float:
    """How well a feature tells the one kind from the other: .5 not at all, 0 or 1 for certain."""
    pairs = itertools.product(yes, no)
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / (len(yes) * len(no))


def bound(yes: int, no: int) -> float:
    """How far from .5 an area without knowledge stays, but once in a million times."""
    return float(5 * ((yes + no + 1) / (12 * yes * no)) ** 0.5)
