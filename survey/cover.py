"""Writes to the open boxes at moments drawn by chance, so that the disk's own times tell nothing.

A file system keeps in its journal when a file was written to, and no program can hide that of its
own file. So while the form is served, each open box is written to again and again as a cast
writes, and changes nothing (`Box.cover`). When somebody answers is then one such moment among many:
with one answer a day, one of 2,881. The moments come by chance (a Poisson process), because a beat
would leave out whatever falls between.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from survey.ballots import box
from survey.ballots.box import SAFE, Ways
from survey.problems import Problem

MEAN = 30.0
"""Seconds between two writes to a box, on the average: 2,880 a day, which is 0.76 GB of writing."""


@dataclass
class Cover:
    """Covers the boxes of one form for as long as `running` lasts."""

    boxes: Callable[[], Sequence[Path]]
    """Finds the boxes anew: one may be opened while the form is served."""
    ledger_key: bytes
    mean: float = MEAN
    today: Callable[[], date] = date.today
    ways: Ways = SAFE
    chance: random.Random = field(default_factory=random.SystemRandom)
    _ended: threading.Event = field(default_factory=threading.Event)
    _told: bool = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Cover each box, in a thread of its own, until the block ends."""
        thread = threading.Thread(target=self._run, name="cover", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join(timeout=5)

    def _run(self) -> None:
        paths = self.boxes()
        # One process for all boxes together, thinned by a draw, is one of its own for each.
        while not self._ended.wait(self.chance.expovariate(max(1, len(paths)) / self.mean)):
            paths = self.boxes()
            if paths:
                self._write(self.chance.choice(paths))

    def _write(self, path: Path) -> None:
        try:
            with box.opened(path, self.ledger_key, self.ways) as one:
                if self.today() <= one.terms.closes:
                    one.cover()
        except Problem as problem:
            self._tell(problem)

    def _tell(self, problem: Problem) -> None:
        """Say it once: a line each time would be a clock of its own."""
        if not self._told:
            self._told = True
            lead = "the times of answers are not covered on the disk (said once)"
            sys.stderr.write(f"{lead}: {problem}\n")
