"""The built site as a stranger finds it: every text of every page, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from survey import documents

Publication = tuple[str, str]
"""(language, edition), as the folders are named."""


@dataclass(frozen=True)
class Segment:
    """A text that is read in one go: a paragraph, a cell, a label of a chart, an attribute.

    `row` is the first cell of its table row, `column` the head of its column. `free` marks text
    that is no sentence of a page: code,
    and the search index, where cells run together.
    """

    text: str
    row: str = ""
    column: str = ""
    free: bool = False


@dataclass(frozen=True)
class Page:
    """A page by its address below `site/public`."""

    address: str
    name: str
    """Its address below its edition: "why", "themes/pay", "" for the first page."""
    segments: tuple[Segment, ...]


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
            yield Page(f"{self.address}{name}", name, read(documents.text_of(path)))
        index = self.folder / "search" / "search_index.json"
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
        for path in public.glob("*/????-q?")
        if path.is_dir() and not path.is_symlink()
    }
    return [Built(*key, folder) for key, folder in sorted({**found, **(aside or {})}.items())]


def by_hand(folder: Path) -> frozenset[tuple[str, str]]:
    """(language, name) of every page that people wrote, in a folder for each language."""
    paths = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.md")]
    names = ((one.parts[0], "/".join(one.parts[1:])) for one in paths if len(one.parts) > 1)
    return frozenset((one, name.removesuffix("index").rstrip("/")) for one, name in names)


def read(html: str) -> tuple[Segment, ...]:
    """Every text of a page that holds a digit; others cannot tell a figure."""
    parser = _Texts()
    parser.feed(html)
    parser.close()
    return tuple(dict.fromkeys(one for one in parser.found if _DIGIT.search(one.text)))


def _searched(index: Path) -> tuple[Segment, ...]:
    documents_found = json.loads(documents.text_of(index)).get("docs", [])
    texts = (f"{one.get('title', '')} ¦ {one.get('text', '')}" for one in documents_found)
    return tuple(Segment(plain(_TAG.sub(" ¦ ", text)), free=True) for text in texts)


def plain(text: str) -> str:
    """The text with one kind of space, and another between the thousands of a number."""
    text = _THOUSAND.sub(_THIN, text)
    return " ".join(text.replace("\u00a0", " ").replace(_THIN, GLUE).split()).replace(GLUE, _THIN)


_THIN, GLUE = "\u202f", "\ue000"
_THOUSAND = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")
_TAG = re.compile(r"<[^>]*>")
_SILENT = {"script", "style", "template"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"}
_SPOKEN = ("aria-label", "alt", "title", "content", "data-title", "placeholder", "value")
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


class _Texts(HTMLParser):
    """Cuts a page where a reader's eye does: at every element that is not part of a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Segment] = []
        self._parts: list[str] = []
        self._silent = self._code = 0
        self._row: str | None = None
        self._heads: list[str] = []
        self._at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, and read what its attributes say aloud."""
        if tag not in _INLINE:
            self._cut()
        if tag == "table":
            self._heads = []
        if tag == "tr":
            self._row, self._at = None, 0
        self._silent += tag in _SILENT
        self._code += tag == "pre"
        for name, value in attrs:
            if name in _SPOKEN and value and not _machine(tag, attrs):
                self.found.append(Segment(plain(value)))

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag not in _INLINE:
            self._cut(tag if tag in ("td", "th") else "")
        if tag == "table":
            self._row, self._heads = None, []
        self._silent -= tag in _SILENT and self._silent > 0
        self._code -= tag == "pre" and self._code > 0

    def handle_data(self, data: str) -> None:
        """Gather what is read."""
        if not self._silent:
            self._parts.append(data)

    def close(self) -> None:
        """Cut what is left."""
        super().close()
        self._cut()

    def _cut(self, cell: str = "") -> None:
        text = plain("".join(self._parts))
        self._parts = []
        if text:
            column = self._heads[self._at] if cell == "td" and self._at < len(self._heads) else ""
            self.found.append(Segment(text, self._row or "", column, self._code > 0))
        if cell:
            self._end_cell(cell, text)

    def _end_cell(self, cell: str, text: str) -> None:
        """Remember what names the row and the column for the cells that follow."""
        if cell == "th":
            self._heads.append(text)
        elif self._row is None:
            self._row = text
        self._at += 1


def _machine(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element's attributes are for browsers: a viewport, a generator, a field."""
    if tag == "meta":
        return not any(value in ("description", "og:description") for _, value in attrs)
    return tag in ("input", "option", "button", "link", "svg")
