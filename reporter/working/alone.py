"""One command at a time for each project: who else comes waits a little, or is told who is there.

The lock is the operating system's, on the folder `site/`: it ends with its process, however that
ends. What a command left that was cut off is cleared by the next one, whichever that is.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from reporter.host import Host
from reporter.paths import Files
from reporter.working import leftovers
from reporter.working.room import room
from survey.problems import Problem
from survey.quarter import Quarter

P = ParamSpec("P")
T = TypeVar("T")
Step = Callable[Concatenate[Host, P], T]

WAIT = 5.0
"""Seconds until whoever waits is told to come again."""
_PAUSE = 0.05
_MINE: ContextVar[frozenset[Path]] = ContextVar("mine", default=frozenset())
"""The projects that this thread holds: a step within a step does not wait for itself."""


def alone(name: str) -> Callable[[Step[P, T]], Step[P, T]]:
    """A decorator of steps that build or change editions: `name` is what others are told.

    Their first argument is the host; a quarter after it is told too.
    """

    def around(step: Step[P, T]) -> Step[P, T]:
        @wraps(step)
        def run(host: Host, /, *arguments: P.args, **named: P.kwargs) -> T:
            about = [str(one) for one in arguments[:1] if isinstance(one, Quarter)]
            with room(), held(host.files, " ".join([name, *about])):
                return step(host, *arguments, **named)

        return run

    return around


@contextmanager
def held(files: Files, what: str, wait: float = WAIT) -> Iterator[None]:
    """Hold the project for `what`, cleared before and after; a Problem names who has it instead."""
    folder = files.project.site.resolve()
    if folder in _MINE.get():
        yield
        return
    with ExitStack() as ends:
        _taken(files, folder, wait, ends)
        mine = _MINE.set(_MINE.get() | {folder})
        ends.callback(_MINE.reset, mine)
        leftovers.clear(files)
        ends.callback(leftovers.clear, files)
        _say(files, what)
        yield


def tidied(files: Files) -> None:
    """Clear what was cut off, unless somebody is at work now. Every command calls it first."""
    with suppress(OSError, Problem), held(files, "clearing up", wait=0):
        pass


def _taken(files: Files, folder: Path, wait: float, ends: ExitStack) -> None:
    """Lock the folder until `ends` do."""
    if not folder.is_dir():
        raise Problem(f"{folder}: there is no such folder. Name the project's: --project DIR.")
    handle = os.open(folder, os.O_RDONLY)
    ends.callback(os.close, handle)
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise Problem(_busy(files)) from None
            time.sleep(_PAUSE)
        else:
            return


def _say(files: Files, what: str) -> None:
    """Leave word of what is at work. A disk that takes none holds nothing to be built either."""
    with suppress(OSError):
        leftovers.folder(files)
        _word(files).write_text(what, encoding="utf-8")


def _word(files: Files) -> Path:
    return files.building / "at-work"


def _busy(files: Files) -> str:
    try:
        running = f"`{_word(files).read_text(encoding='utf-8')}` is at work"
    except OSError:
        running = "another command is at work"
    mend = "Nothing was changed by this one: run it again when that has ended"
    return f"{files.project.site}: {running} in this project. {mend}."
