"""A page as a browser reads it: every text that holds a figure, hidden or not.

Its parser follows the standard as browsers do (WHATWG; lexbor). What a browser may or may not show
is read: templates, scripts, comments, what a style sheet writes. Begin with `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.audit import attributes
from reporter.audit.spelling import counts, plain, turned

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


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


def read(html: str) -> tuple[Segment, ...]:
    """Every text of a page that holds a digit or a share in words; no other tells a figure."""
    return tuple(dict.fromkeys(one for one in _all(html) if counts(one.text)))


def texts(html: str) -> list[str]:
    """Every text of a page that search may find, a piece for each part of its source."""
    page = parsed(html)
    for one in page.css("[data-search-exclude], script"):
        one.decompose()
    root = page.root
    nodes = root.traverse(include_text=True) if root else ()
    found = (plain(node.text_content or "") for node in nodes if node.is_text_node)
    return [text for text in found if text]


def styled(sheet: str) -> tuple[Segment, ...]:
    """Every text that a style sheet writes onto pages and that holds a digit."""
    written = (plain(attributes.unescaped(one)) for one in _WRITTEN.findall(sheet))
    return tuple(Segment(text) for text in dict.fromkeys(written) if _DIGIT.search(text))


_WRITTEN = re.compile(r"content\s*:[^;}]*", re.IGNORECASE)


def strange(html: str) -> tuple[str, ...]:
    """Every attribute and element that no page of ours has, as it stands there."""
    root = parsed(html).root
    nodes = root.traverse() if root else ()
    return tuple(dict.fromkeys(one for node in nodes for one in attributes.strange(node)))


def parsed(html: str) -> LexborHTMLParser:
    """The page as a browser takes it apart."""
    # It takes a hundredth of a second to import, and few commands read a page.
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html)


_DIGIT = re.compile(r"\d")
_SCRIPTED = re.compile(r"(</?)noscript(?=[\s/>])", re.IGNORECASE)


def _all(html: str) -> Iterator[Segment]:
    """What is read with scripts, and without where that makes a difference."""
    for text in dict.fromkeys((html, _SCRIPTED.sub(r"\1noframes", html))):
        page = parsed(text)
        slugs = attributes.slugs(page)
        for root in (page.root, *_fragments(page)):
            texts = _Texts(slugs)
            if root:
                texts.walk(root)
                texts.cut()
            yield from texts.found


def _fragments(page: LexborHTMLParser | LexborNode) -> Iterator[LexborNode]:
    """What stands in templates, and in templates within them."""
    for one in page.template_fragments():
        yield one
        yield from _fragments(one)


_FLOWING = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|nobr|output|q|rb|"
    "rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|.*-.*"
)
"""Elements that do not part a line; so does whatever no browser knows: it has a hyphen."""


_RAW = ("script", "style")


class _Texts:
    """Cuts a page where a reader's eye does: at every element that is not part of a line."""

    def __init__(self, slugs: frozenset[str]) -> None:
        self._slugs = slugs
        self.found: list[Segment] = []
        self._parts: list[str] = []
        self._code = 0
        self._row: str | None = None
        self._heads: list[str] = []
        self._at = 0

    def walk(self, parent: LexborNode) -> None:
        """Read what stands in an element, one after another."""
        node = parent.child
        while node:
            if node.is_text_node:
                self._parts.append(node.text_content or "")
            elif node.is_element_node:
                self._element(node)
            elif node.is_comment_node:
                self._aside(node.comment_content or "")
            node = node.next

    def _element(self, node: LexborNode) -> None:
        tag = node.tag or ""
        flows = _FLOWING.fullmatch(tag) or (tag == "tspan" and not node.attributes)
        if not flows:
            self.cut()
        self._begin(tag)
        for text in attributes.aloud(node):
            self._aside(text)
        self.found += [
            Segment(plain(text), free=True) for text in attributes.placed(node, self._slugs)
        ]
        if tag == "bdo" or node.attributes.get("dir") == "rtl":
            self.found.append(Segment(plain(node.text())[::-1]))
        if tag in _RAW:
            self._raw(node)
        else:
            self.walk(node)
        if not flows:
            self.cut(tag if tag in ("td", "th") else "")
        self._end(tag)

    def _raw(self, node: LexborNode) -> None:
        """A script or style sheet: what it writes. The settings of the page's own are no text."""
        text = node.text(deep=True)
        if node.id == "__config" and node.attributes.get("type") == "application/json":
            self.found.append(Segment(plain(text), free=True))
        elif text:
            self._aside(attributes.unescaped(text))

    def _begin(self, tag: str) -> None:
        if tag == "table":
            self._heads = []
        if tag == "tr":
            self._row, self._at = None, 0
        self._code += tag == "pre"

    def _end(self, tag: str) -> None:
        if tag == "table":
            self._row, self._heads = None, []
        self._code -= tag == "pre"

    def _aside(self, text: str) -> None:
        """A text beside the others; markup within it is read as a page of its own."""
        self.found.append(Segment(plain(text)))
        if "<" in text:
            self.found += _all(text)

    def cut(self, cell: str = "") -> None:
        """End what is read in one go."""
        said = "".join(self._parts)
        self._parts = []
        text = plain(said)
        if text:
            column = self._heads[self._at] if cell == "td" and self._at < len(self._heads) else ""
            self.found.append(Segment(text, self._row or "", column, self._code > 0))
            if back := turned(said):
                self.found.append(Segment(back))
        if cell:
            self._end_cell(cell, text)

    def _end_cell(self, cell: str, text: str) -> None:
        """Remember what names the row and the column for the cells that follow."""
        if cell == "th":
            self._heads.append(text)
        elif self._row is None:
            self._row = text
        self._at += 1
