"""The public key file that a reporter hands to the collecting host: the keys, and what it pledges.

The form tells every leaver k and the minimum, so they travel with the key, into the box and back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey import documents, durable, quarter
from survey.ballots import seal
from survey.period import Length
from survey.problems import Problem
from survey.quarter import Quarter

FORMAT = 1


@dataclass(frozen=True)
class Pledge:
    """Whoever holds the private keys will show no group under k, and open nothing under minimum."""

    quarter: Quarter
    publics: tuple[bytes, ...]
    k: int
    minimum: int
    apart: bool = False
    """Whether the second key was made by its holder elsewhere, so that one place had never both."""
    months: Length = Length.QUARTER
    """What an edition tells of: no answer is opened before such a period is over."""


def write(pledge: Pledge, path: Path) -> None:
    """Write the public key file; it holds no secret."""
    shown = {
        "avstamp": FORMAT,
        "quarter": str(pledge.quarter),
        "publics": [public.hex() for public in pledge.publics],
        "k": pledge.k,
        "minimum": pledge.minimum,
        # Not told of other files: they keep the bytes that they always had.
        **({"apart": True} if pledge.apart else {}),
        **({"months": pledge.months} if pledge.months is not Length.QUARTER else {}),
    }
    durable.write(path, json.dumps(shown, indent=1) + "\n")


def read(path: Path) -> Pledge:
    """The pledge in the file, or a Problem if it is no public key file."""
    try:
        return _pledge(json.loads(documents.text_of(path)))
    except (ValueError, KeyError, TypeError, AttributeError, Problem):
        mend = "Take the .pub file that `reporter keys` wrote."
        raise Problem(f"{path.name}: is not a public key file. {mend}") from None


def _pledge(raw: Mapping[str, Any]) -> Pledge:
    if raw["avstamp"] != FORMAT:
        raise ValueError
    publics = tuple(bytes.fromhex(public) for public in raw["publics"])
    if not publics or not all(map(seal.usable, publics)) or len(set(publics)) < len(publics):
        raise ValueError
    of, apart = quarter.parse(raw["quarter"]), raw.get("apart", False) is True
    months = Length(raw.get("months", Length.QUARTER))
    return Pledge(of, publics, int(raw["k"]), int(raw["minimum"]), apart, months)
