"""What a box promises and how many it holds: its terms, its tally, what became of a cast."""

from __future__ import annotations

import json
import math
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import assert_never

from survey import quarter
from survey.period import Length, Period, containing
from survey.quarter import Quarter

SLOTS_PER_LINK = 1.25
"""A fifth of a pool stays free, so that drawing a free slot again and again ends soon."""


class Outcome(Enum):
    """What became of a cast."""

    COUNTED = "counted"
    REPEATED = "repeated"
    """This very answer was counted before: its reply was lost, and it was sent again."""
    SPENT = "spent"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    """The box has been closed: it takes nothing, whatever the day."""


class Stage(Enum):
    """How far a box has come. Only a closed one is opened for counting."""

    EARLIER = "earlier"
    """Of format 1, which no host sealed when it closed: its last day alone tells."""
    OPEN = "open"
    CLOSING = "closing"
    """It takes nothing any more, but not everything in it that finds a row is wiped yet."""
    CLOSED = "closed"
    """Wiped, and signed by the host that opened it."""
    CHANGED = "changed"
    """It says that it is closed, and is not as its host signed it."""

    @property
    def takes(self) -> bool:
        """Whether answers are taken while its last day has not passed."""
        match self:
            case Stage.EARLIER | Stage.OPEN:
                return True
            case Stage.CLOSING | Stage.CLOSED | Stage.CHANGED:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Terms:
    """What a box promises to those who answer; it is fixed when the box is opened."""

    quarter: Quarter
    publics: tuple[bytes, ...]
    closes: date
    """The last day on which an answer is taken."""
    k: int
    minimum: int
    capacity: int = 1000
    """The most links that may be issued."""
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    """Drawn anew for each box: two files that share it are copies of one box."""
    closer: bytes = b""
    """The Ed25519 key by which the host that opened the box shows that it closed it, 32 bytes."""
    apart: bool = False
    """Whether the second key was made by its holder elsewhere: see `Pledge`."""
    months: Length = Length.QUARTER
    """What an edition tells of: see `Pledge`."""

    @property
    def period(self) -> Period:
        """The quarter, half-year or year whose end is waited for before anything is opened."""
        return containing(self.quarter.last, self.months)

    @property
    def opens(self) -> date:
        """The first day on which an edition can tell of these answers, if enough have come."""
        return self.period.last + timedelta(days=1)


@dataclass(frozen=True)
class Tally:
    """How many, never who or when."""

    issued: int
    answered: int
    withdrawn: int

    @property
    def present(self) -> int:
        """Responses that lie in the box."""
        return self.answered - self.withdrawn


def slots_for(capacity: int) -> int:
    """The slots of a box that has room for so many links."""
    return math.ceil(capacity * SLOTS_PER_LINK)


def dump(terms: Terms) -> str:
    """The terms as a box keeps them."""
    publics = [public.hex() for public in terms.publics]
    shown = {**vars(terms), "quarter": str(terms.quarter), "closes": str(terms.closes)}
    # The terms of every other box are as they always were.
    if not terms.apart:
        del shown["apart"]
    if terms.months is Length.QUARTER:
        del shown["months"]
    return json.dumps({**shown, "publics": publics, "closer": terms.closer.hex()})


@lru_cache(maxsize=8)  # a cast reads the terms, and they hardly ever change
def load(text: str) -> Terms:
    """The terms that a box keeps; those of format 1 name no closer."""
    raw = json.loads(text)
    publics = tuple(bytes.fromhex(public) for public in raw.pop("publics"))
    of, closes = quarter.parse(raw.pop("quarter")), date.fromisoformat(raw.pop("closes"))
    closer = bytes.fromhex(raw.pop("closer", ""))
    months = Length(raw.pop("months", Length.QUARTER))
    return Terms(of, publics, closes, closer=closer, months=months, **raw)
