"""How much is taken at once, counted for everyone together: it keeps no list of addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Bucket:
    """`burst` at once, then `rate` a second. `clock` counts seconds."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._then = burst, clock()
        self._turn = threading.Lock()

    def take(self) -> bool:
        """Take one, if there is one left."""
        with self._turn:
            now = self._clock()
            self._left = min(self._burst, self._left + (now - self._then) * self._rate)
            self._then = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
