"""A draft's comments as a file: read and written whole, by one step at a time.

Comments lie here unbundled. The file is sorted by ids drawn by chance, so that it tells neither who
wrote what, nor that two texts are one person's. No answer to any other question is here.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reporter import private
from reporter.comments.decisions import Comment, Paraphrase, Quote, Side, State, Why
from survey import documents
from survey.problems import Problem

FORMAT = 1


def dump(state: State) -> str:
    """The file's text, a comment a line."""
    rows = {name: [asdict(one) for one in getattr(state, name)] for name in _PARTS}
    lines = [f'"{name}": {_lines(many)}' for name, many in rows.items()]
    return "{\n" + ",\n".join([f'"avstamp": {FORMAT}', *lines]) + "\n}\n"


_PARTS = ("comments", "paraphrases", "quotes", "undo")


def _lines(rows: Sequence[object]) -> str:
    lines = ",\n ".join(json.dumps(one, ensure_ascii=False) for one in rows)
    return f"[\n {lines}\n]" if rows else "[]"


def read(path: Path) -> State:
    """The state in the file, or a Problem if there is none or it is damaged."""
    if not path.exists():
        raise Problem(f"{path.name}: there are no comments to read. Run: reporter draft QUARTER")
    try:
        data = json.loads(documents.text_of(path))
        return State(
            tuple(_comment(one) for one in data["comments"]),
            tuple(_paraphrase(one) for one in data["paraphrases"]),
            tuple(Quote(**one) for one in data["quotes"]),
            tuple(_comment(one) for one in data["undo"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        what = f"is damaged ({type(error).__name__})"
        raise Problem(f"{path.name}: {what}. Remove it and draft the quarter again.") from None


def _comment(one: Mapping[str, Any]) -> Comment:
    themes = one["themes"]
    held = one["held"]
    return Comment(**{
        **one,
        "side": Side(one["side"]),
        "themes": None if themes is None else tuple(themes),
        "held": None if held is None else Why(held),
    })  # fmt: skip


def _paraphrase(one: Mapping[str, Any]) -> Paraphrase:
    seen = tuple(one["acknowledged"])
    return Paraphrase(**{**one, "side": Side(one["side"]), "acknowledged": seen})


def write(path: Path, state: State) -> None:
    """Write the file whole or not at all, and wipe what stood there before."""
    private.write(path, dump(state))


def change(path: Path, step: Callable[[State], State]) -> State:
    """Read, take one step and write, while nobody else does: no decision is ever lost."""
    with _alone(path.parent):
        state = step(read(path))
        write(path, state)
    return state


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder: a lock file would be one more file to destroy."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
