"""Which elements and attributes the pages have, and what they say to whoever looks closely.

A reason why a figure is not shown tells something about the answers, and so does a number: neither
may hide in a class, an id or an address. What is in no list here is strange, and read aloud.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from reporter.audit.spelling import plain
from reporter.records.findings import WITHHELD
from survey.period import WRITTEN

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def _set(*names: str) -> frozenset[str]:
    return frozenset(name for some in names for name in some.split())


_ELEMENTS = _set(
    "html head meta title link script body header nav main article aside footer div span p a",
    "ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr br strong em b i code pre sup sub small del abbr",
    "table thead tbody tr th td caption blockquote figure figcaption details summary form label",
    "input button time svg g path text tspan desc",
)
_DRAWN = _set(
    "d x y dy fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin font-size",
    "text-anchor viewBox width xmlns",
)
_PLACES = _set("id for name href src data-list data-edition aria-labelledby aria-describedby")
_FLAGS = _set(
    "data-md-color-accent data-md-color-primary data-md-color-scheme data-md-component",
    "data-md-scrollfix data-md-toggle data-md-type data-search-exclude dir lang hreflang rel role",
    "type hidden checked required defer spellcheck autocapitalize autocomplete autocorrect",
    "aria-expanded aria-hidden aria-live",
)
_SHAPES: Mapping[str, str] = {
    "charset": "utf-8",
    "tabindex": "-1|0",
    "maxlength": r"\d+",
    "data-md-level": r"\d",
    "data-md-color-media": r"[a-z():, -]*",
    **dict.fromkeys(_FLAGS, "[a-z+/ -]*"),
}
_SPOKEN = _set(
    "aria-label alt title content placeholder value data-title data-busy data-found data-missing",
    "data-mistyped data-unreachable data-unread",
)
_CLASSES = re.compile(
    "(?:md-[a-z_-]+|avstamp-mark|aim|axis|brief|chart|check|cover|dash|figure|headline|history|"
    "kicker|label|lead|mark|no-js|note|number|onward|panels?|promise|quiet|root|said|statement|"
    "states|status(?:-[a-z_]+)?|title|turnout|verdict-[a-z_]+|)"
)
_DATED = re.compile(WRITTEN + r"|(?<=[-.])[0-9a-f]{8}(?=\.)|__\w+")
_TWICE = re.compile(r"\d\D+\d")
_AGAIN = re.compile(r"_\d+$")
"""What the engine adds where two headings say the same."""
_SCHEME = re.compile(r"\s*(?:data|javascript|vbscript|blob)\s*:", re.IGNORECASE)
_DASH = f'<span class="dash">{WITHHELD}</span>'
_FOR_BROWSERS = ("viewport", "generator")


def aloud(node: LexborNode) -> Iterator[str]:
    """What an element's attributes say in words; of those for machines, what has another shape."""
    named = node.attributes
    for name, value in named.items():
        if value and name not in _PLACES and not _quiet(name, value, named):
            yield unescaped(value) if name == "style" else value


def placed(node: LexborNode, slugs: Collection[str]) -> Iterator[str]:
    """Names and addresses with more than one number, as words: "#9-of-10".

    `slugs` are the page's own headings' names, which say what the headings say.
    """
    for name, value in node.attributes.items():
        if value and name in _PLACES and value.rpartition("#")[2] not in slugs:
            left = _DATED.sub("", value)
            if _TWICE.search(left):
                yield re.sub(r"[-_/#?&=+.]+", " ", left)


def slugs(parsed: LexborHTMLParser) -> frozenset[str]:
    """The names of the page's headings that are made of what they say."""
    headings = parsed.css("h1[id], h2[id], h3[id], h4[id]")
    told = ((one.id or "", one.text()) for one in headings)
    return frozenset(name for name, text in told if _digits(_AGAIN.sub("", name)) in _named(text))


def _named(text: str) -> tuple[str, str]:
    """The digits that a heading's name may have: as they are read, or those of ASCII alone."""
    ascii_alone = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _digits(plain(text)), _digits(ascii_alone)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def strange(node: LexborNode) -> Iterator[str]:
    """What no page of ours has: an element, an attribute, a class, a dash unlike the others."""
    tag = node.tag or ""
    if not node.is_element_node:
        return
    if tag not in _ELEMENTS:
        yield f"<{tag}>"
    for name, value in node.attributes.items():
        if not _known(name, value or ""):
            yield f'{name}="{value or ""}"'
    if "dash" in (node.attributes.get("class") or "").split() and node.html != _DASH:
        yield node.html or ""


def _known(name: str, value: str) -> bool:
    if name == "class":
        return all(map(_CLASSES.fullmatch, value.split()))
    if name in ("href", "src"):
        return not _SCHEME.match(value)
    return name in _PLACES or name in _SPOKEN or name in _DRAWN or _shaped(name, value)


def _quiet(name: str, value: str, named: Mapping[str, str | None]) -> bool:
    """Whether a value is for machines alone."""
    if name == "class":
        return all(map(_CLASSES.fullmatch, value.split()))
    if name == "content":
        return named.get("name") in _FOR_BROWSERS
    return (name in _DRAWN and _measures(value)) or _shaped(name, value)


def _measures(value: str) -> bool:
    return bool(_MEASURE.fullmatch(value))


_MEASURE = re.compile(
    r"[MmLlHhVvCcSsQqTtAaZz0-9eE., %-]*|none|currentColor|round|start|middle|end|"
    r"var\(--[a-z-]+\)|http://www\.w3\.org/2000/svg"
)


def _shaped(name: str, value: str) -> bool:
    return name in _SHAPES and bool(re.fullmatch(_SHAPES[name], value))


def unescaped(style: str) -> str:
    """A style's text as it is shown: a number that stands for a sign is that sign."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), style)


_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,5})\s?")
