"""mkdocs.yml as the engine reads it, also where no engine is: `!ENV` and `INHERIT` resolved.

The form, the letters and the feed read the site's name and addresses from it; they must agree with
the pages, which MkDocs makes. A test holds this reader against MkDocs' own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from survey import documents
from survey.problems import Problem

_DEEPEST = 10
"""Files that inherit from each other: more is a circle."""


def read(path: Path, environ: Mapping[str, str] = os.environ, depth: int = 0) -> dict[str, Any]:
    """The mapping in the file over the one that it inherits from."""
    if depth > _DEEPEST:
        raise Problem(f"{path.name}: inherits from itself. Mend its `INHERIT`.")
    found = documents.read(path, environ)
    parent = found.pop("INHERIT", None)
    if parent is None:
        return found
    return _over(read(path.parent / str(parent), environ, depth + 1), found)


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        before = merged.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        merged[key] = _over(before, value) if both else value  # type: ignore[arg-type]
    return merged
