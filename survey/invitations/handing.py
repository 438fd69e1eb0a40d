"""Writes links to where they are handed out from, and only then lets them count.

A link that counts and that nobody holds is a vote that whoever finds it later has. So the text is
written first, whole, and the links are entered in the box when that has worked.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from survey import durable
from survey.problems import Problem

Entered = Callable[[], None]
"""Makes the links count."""
_OWNER = 0o600
STDOUT = Path("-")


def nothing() -> None:
    """For what counts already, or never will: a lost slip again, a guide."""


def write(text: str, out: Path, entered: Entered = nothing) -> None:
    """Write the text to the file, or to the standard output, and then let its links count.

    UTF-8 whatever the machine's language is. A Problem if it cannot be written: no link counts.
    """
    if out == STDOUT:
        _to_stdout(text.encode(), entered)
        entered()
    else:
        _to_file(text, out, entered)


def _to_file(text: str, out: Path, entered: Entered) -> None:
    if out.exists():
        raise Problem(f"{out}: is there already. Name another file: its links would be lost.")
    try:
        aside = durable.aside(out, text, _OWNER)
    except OSError as error:
        durable.leftover(out).unlink(missing_ok=True)
        raise _unwritten(str(out), error, entered) from None
    try:
        entered()
    except BaseException:
        aside.unlink()
        raise
    aside.replace(out)
    durable.sync(out.parent)


def _to_stdout(content: bytes, entered: Entered) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        _sync()
    except OSError as error:
        _forget_stdout()
        raise _unwritten("the standard output", error, entered) from None


def _sync() -> None:
    """A file that the shell writes to is on the disk, not in a cache, before its links count."""
    try:
        handle = sys.stdout.fileno()
    except OSError:  # a test's, or none
        return
    if stat.S_ISREG(os.fstat(handle).st_mode):
        os.fsync(handle)


def _forget_stdout() -> None:
    """What could not be written must not be tried again when the process ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        return


def _unwritten(where: str, error: OSError, entered: Entered) -> Problem:
    kept = "" if entered is nothing else "No link was made. "
    mend = "Name a file with room for it: --out FILE."
    return Problem(f"{where}: cannot be written ({error.strerror}). {kept}{mend}")
