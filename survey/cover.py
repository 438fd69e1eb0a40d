"""Writes to the open boxes at moments drawn by chance, so that the disk's own times tell nothing.

A file system keeps in its journal when a file was written to, and no program can hide that of its
own file. So while the form is served, each open box is written to again and again, and nothing in
it is changed: as a cast writes (`Box.cover`), and as taking an answer back does, which goes through
all open boxes in a row. When somebody answers is then one such moment among many: with one answer a
day, one of 7,201. The moments come by chance (a Poisson process), because a beat would leave out
whatever falls between.
"""

from __future__ import annotations

import random
import secrets
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from survey.ballots import Terms, box
from survey.ballots.box import SAFE, Ways
from survey.problems import Problem

MEAN = 12.0
"""Seconds between two writes to a box as a cast has them, on the average: 7,200 a day."""
TAKING_BACK = 60.0
"""Seconds between two that look like an answer taken back: 1,440 a day, in every open box.

Together 8,640 writes of 262 kB to each box: 2.3 GB a day.
"""


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
    """Draws the moments, the kind, and the box."""
    taking_back: float = TAKING_BACK
    say: Callable[[str], object] = lambda line: sys.stderr.write(line)
    _told: set[str] = field(default_factory=set)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Cover each box, in a thread of its own, until the block ends; no write outlasts it."""
        ended = threading.Event()
        thread = threading.Thread(target=self.run, args=[ended.wait], name="cover", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def run(self, ended: Callable[[float], bool]) -> None:
        """Cover until `ended`, which waits so many seconds, says that it is over.

        The wait that follows a write does not remember it: no answer can shift what comes next. One
        series for all boxes together, thinned by a draw, is one of its own for each.
        """
        while not ended(self.chance.expovariate(self._rate())):
            self._calmly(self._write)

    def _rate(self) -> float:
        """Writes a second, of both kinds."""
        return len(self.boxes()) / self.mean + 1 / self.taking_back

    def _write(self) -> None:
        paths = self.boxes()
        if self.chance.random() * self._rate() < 1 / self.taking_back:
            nobody = secrets.token_bytes(32)
            box.take_back(paths, self.ledger_key, nobody, self._takes, self.ways)
        elif paths:
            self._like_a_cast(self.chance.choice(paths))

    def _like_a_cast(self, path: Path) -> None:
        with box.opened(path, self.ledger_key, self.ways) as one:
            if self._takes(one.terms):
                one.cover()

    def _takes(self, terms: Terms) -> bool:
        return self.today() <= terms.closes

    def _calmly(self, write: Callable[[], None]) -> None:
        """Go on whatever happens, so that what comes later is covered again."""
        try:
            write()
        except Problem as problem:
            self._tell(" ".join(problem.messages))
        except Exception as error:
            # Even a mistake of ours must not end the series: answers would stand there alone.
            self._tell(type(error).__name__)

    def _tell(self, trouble: str) -> None:
        """Say each trouble once: a line each time would be a clock of its own."""
        if trouble not in self._told:
            self._told.add(trouble)
            lead = "the times of answers are not covered on the disk (said once)"
            self.say(f"{lead}: {trouble}\n")
