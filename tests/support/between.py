"""A box's connection with somebody between it and SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Between:
    """Passes everything on; a test overrides `execute`."""

    db: sqlite3.Connection

    def execute(self, query: str, values: Sequence[Any] = ()) -> Any:
        """As SQLite does it."""
        return self.db.execute(query, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.db, name)
