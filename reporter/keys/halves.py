"""The public half of a key pair that its holder made elsewhere: a small file, no secret in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey import documents, durable, quarter
from survey.ballots import fingerprints, seal
from survey.problems import Problem
from survey.quarter import Quarter

FORMAT = 1


@dataclass(frozen=True)
class Half:
    """What the second holder hands over: the quarter, and the public key they made for it."""

    quarter: Quarter
    public: bytes

    @property
    def fingerprint(self) -> str:
        """What its holder reads aloud on the telephone."""
        return fingerprints.of_half(self.quarter, self.public)


def write(half: Half, path: Path) -> None:
    """Write the half. `second.js` writes the same bytes in a browser."""
    shown = {"avstamp": FORMAT, "quarter": str(half.quarter), "half": half.public.hex()}
    durable.write(path, json.dumps(shown, indent=1) + "\n")


def read(path: Path) -> Half:
    """The half in a file, or a Problem if it is none."""
    if not path.exists():
        raise Problem(f"{path}: is not there. Give the file that the second holder sent you.")
    return parsed(documents.text_of(path), path.name)


def parsed(text: str, name: str) -> Half:
    """The half that a text holds; `name` is what a Problem calls it."""
    try:
        return _half(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, Problem):
        mend = (
            "The second holder's own computer makes it: `reporter keys QUARTER --second`, or the "
            "page that `reporter keys QUARTER --page` writes. Ask for that file again."
        )
        raise Problem(f"{name}: is not the public half of a key. {mend}") from None


def _half(raw: Mapping[str, Any]) -> Half:
    public = bytes.fromhex(raw["half"])
    if raw["avstamp"] != FORMAT or not seal.usable(public):
        raise ValueError
    return Half(quarter.parse(raw["quarter"]), public)
