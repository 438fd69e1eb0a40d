"""The search index of a built edition: it is there, and says nothing that its pages do not say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reporter.audit.html import SEARCH, Built
from reporter.audit.reading import texts
from reporter.audit.verdict import REBUILD, Refusal
from survey import documents


def faults(built: Built) -> Iterator[Refusal]:
    """An index that is missing where pages search in it, and every text that no page has."""
    index = built.folder / SEARCH
    where = f"{built.address}search"
    if not index.exists():
        if _searches(built):
            yield Refusal(where, SEARCH, "is missing: the pages search in it", REBUILD)
        return
    docs = _docs(documents.text_of(index))
    if docs is None:
        yield Refusal(where, SEARCH, "is no whole search index", REBUILD)
    said: dict[str, str] = {}
    for one in docs or ():
        name = str(one.get("location", "")).partition("#")[0].strip("/")
        if name not in said:
            said[name] = _said(built, name)
        for text in _missing(one, said[name]):
            yield Refusal(where, text[:80], f"stands on no such page: ‘{name}’", REBUILD)


def _missing(one: Mapping[str, Any], said: str) -> Iterator[str]:
    """The first text of each part of an entry that the page does not have after the one before."""
    for key, value in one.items():
        at = 0
        for text in texts(str(value)) if key != "location" else ():
            at = said.find("".join(text.split()), at)
            if at < 0:
                yield text
                break


def _searches(built: Built) -> bool:
    page = built.folder / "index.html"
    return page.exists() and 'data-md-component="search"' in documents.text_of(page)


def _docs(text: str) -> Sequence[Mapping[str, Any]] | None:
    try:
        known = json.loads(text)
        docs = known["docs"] if known.keys() <= {"config", "docs"} else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return docs if isinstance(docs, list) and all(isinstance(one, dict) for one in docs) else None


def _said(built: Built, name: str) -> str:
    """Everything that the page says, without its spaces; nothing where there is no such page."""
    path = built.folder / name / "index.html"
    inside = path.exists() and path.resolve().is_relative_to(built.folder.resolve())
    return "".join("".join(texts(documents.text_of(path))).split()) if inside else ""
