"""The built site as a stranger finds it: every text of every page, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path

from reporter.audit.geometry import Drawing, drawings
from reporter.audit.reading import Segment, read, strange, styled
from reporter.audit.spelling import plain
from reporter.audit.tables import Rows, tables
from survey import documents
from survey.period import WRITTEN
from survey.questions import LANGUAGES

Publication = tuple[str, str]
"""(language, edition), as the folders are named."""


SEARCH = "search/search_index.json"
"""Where an edition's search index lies."""


@dataclass(frozen=True)
class Page:
    """A page by its address below `site/public`."""

    address: str
    name: str
    """Its address below its edition: "why", "themes/pay", "" for the first page."""
    segments: tuple[Segment, ...]
    strange: tuple[str, ...] = ()
    """Elements and attributes that no page of ours has, as they stand there."""
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Rows, ...] = ()


@dataclass(frozen=True)
class Built:
    """One edition in one language, as files."""

    language: str
    edition: str
    folder: Path

    @property
    def address(self) -> str:
        """What a reader sees of where it lies."""
        return f"{self.language}/{self.edition}/"

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, the search index among them."""
        return tuple(self._pages())

    def _pages(self) -> Iterator[Page]:
        for path in sorted(self.folder.rglob("*.html")):
            name = path.relative_to(self.folder).as_posix().removesuffix("index.html").rstrip("/")
            text = documents.text_of(path)
            parts = strange(text), tuple(drawings(text)), tuple(tables(text))
            yield Page(f"{self.address}{name}", name, read(text), *parts)
        for path in sorted(self.folder.rglob("*.css")):
            name = path.relative_to(self.folder).as_posix()
            yield Page(f"{self.address}{name}", name, styled(documents.text_of(path)))
        index = self.folder / SEARCH
        if index.exists():
            yield Page(f"{self.address}search", "search", _searched(index))

    def data(self, name: str) -> str | None:
        """A data file's text, or None where there is none."""
        path = self.folder / "data" / name
        return documents.text_of(path) if path.exists() else None


def published(public: Path, aside: Mapping[Publication, Path] | None = None) -> list[Built]:
    """All that readers find now, with what was built aside in its place."""
    found = {
        (path.parent.name, path.name): path
        for path in public.glob("*/????-*")
        if path.parent.name in LANGUAGES
        and re.fullmatch(WRITTEN, path.name)
        and path.is_dir()
        and not path.is_symlink()
    }
    return [Built(*key, folder) for key, folder in sorted({**found, **(aside or {})}.items())]


def by_hand(folder: Path) -> frozenset[tuple[str, str]]:
    """(language, name) of every page that people wrote, in a folder for each language."""
    paths = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.md")]
    names = ((one.parts[0], "/".join(one.parts[1:])) for one in paths if len(one.parts) > 1)
    return frozenset((one, name.removesuffix("index").rstrip("/")) for one, name in names)


def _searched(index: Path) -> tuple[Segment, ...]:
    documents_found = json.loads(documents.text_of(index)).get("docs", [])
    texts = (f"{one.get('title', '')} ¦ {one.get('text', '')}" for one in documents_found)
    return tuple(Segment(plain(unescape(_TAG.sub(" ¦ ", text))), free=True) for text in texts)


_TAG = re.compile(r"<[^>]*>")
