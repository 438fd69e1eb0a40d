"""Markdown that is safe by construction: every value is escaped before it enters a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reporter.records.findings import WITHHELD
from survey import plain

DASH = f'<span class="dash">{WITHHELD}</span>'
"""What is withheld, and what nobody was asked: the same look for every reason."""

# A value is never markup: to Markdown an entity is text, in a table, a heading or a link alike.
_MARKUP = re.compile(r"""[&<>|\\`*_{}\[\]()#~^=$:"@]|^[-+]|(?<=\d)\.""")

_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks and line ends; what holds the thousands of a number together stays."""


def text(value: str) -> str:
    """The value as plain text of one line: no character of it can begin or end markup.

    Nor can one that nobody sees turn the page around or hide in it, whatever record it comes from.
    """
    line = plain.seen(_BLANKS.sub(" ", value)).strip()
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", line)


def heading(level: int, safe: str, ident: str = "") -> str:
    """A heading of that level; links reach it by `ident` if it has one."""
    return f"{'#' * level} {safe}" + (f" {{#{ident}}}" if ident else "")


def block(css: str, safe: str) -> str:
    """A paragraph that the style sheet knows by the class `css`."""
    return f'<p class="{css}">{safe}</p>'


def styled(css: str, safe: str) -> str:
    """A paragraph that the style sheet knows, in which a link to another page still works."""
    return f"{safe}\n{{: .{css} }}"


def strong(safe: str) -> str:
    """Words that carry the sentence."""
    return f"**{safe}**"


def turned(safe: str) -> str:
    """Somebody's own words, which run from the right where their writing does."""
    return f'<span dir="auto">{safe}</span>'


def link(safe: str, path: str) -> str:
    """A link to another page of the edition, by its Markdown path."""
    return f"[{safe}]({path})"


def anchor(safe: str, address: str) -> str:
    """A link in a block of HTML, by the address that the page has when it is built."""
    return f'<a href="{address}">{safe}</a>'


def items(lines: Iterable[str]) -> str:
    """A list, one line an item."""
    return "\n".join(f"- {line}" for line in lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column names the row."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def folded(summary: str, safe: str) -> str:
    """A part that opens when asked for, such as the table of a chart that shows its figures."""
    opening = f'<details markdown="1"><summary>{summary}</summary>'
    return f"{opening}\n\n{safe}\n\n</details>"


def part(css: str, parts: Iterable[str], tag: str = "div") -> str:
    """A part of the page that the style sheet lays out; `parts` are Markdown as anywhere."""
    inside = "\n\n".join(part for part in parts if part)
    return f'<{tag} class="{css}" markdown="1">\n\n{inside}\n\n</{tag}>' if inside else ""


def alone(markdown: str) -> str:
    """The page across the whole width, without the columns of links at its sides."""
    return f"---\nhide: [navigation, toc]\n---\n{markdown}"


def page(parts: Iterable[str]) -> str:
    """The parts with a blank line between; empty parts fall away."""
    return "\n\n".join(part for part in parts if part) + "\n"
