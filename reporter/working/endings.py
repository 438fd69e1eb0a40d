"""How a command ends that is asked to: by a signal as by an exception, so that it clears up."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ASKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SAID = "stopped. Nothing unfinished is shown to readers: the same command can be run again."


@contextmanager
def orderly(say: Callable[[str], None]) -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and SIGHUP unwind what runs within. Used by `reporter.cli.main`."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> NoReturn:
        say(_SAID)
        sys.exit(128 + number)

    before = {one: signal.signal(one, stop) for one in _ASKED}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
