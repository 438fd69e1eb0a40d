"""An edition's pages as {path: Markdown} in one language. Pure; computes no number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reporter.charts import drawing
from reporter.charts.shares import Chart
from reporter.pages import (
    commitments,
    corrections,
    data,
    method,
    moderation,
    overview,
    priorities,
    questions,
    receipt,
    themes,
    trends,
)
from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.records import Record
from survey.problems import Problem
from survey.words import Words

draw = drawing.draw
"""records → charts by name, without words: once for all languages."""

csv_of = data.csv_of
"""record → its figures as CSV: `data/<edition>.csv` beside the pages."""


def edition(
    records: Sequence[Record],
    charts: Mapping[str, Chart],
    words: Words,
    written: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The newest record's edition, the earlier records being its past.

    `written` holds the pages written by hand; none may stand where a generated one does.
    """
    found = _pages(Edition(records, charts, words))
    _check(found, written or {}, words)
    return {**found, **(written or {})}


def _pages(e: Edition) -> dict[str, str]:
    told = {
        "index.md": overview.page(e),
        "why.md": questions.why(e),
        "themes/index.md": themes.index(e),
        "areas.md": themes.areas(e),
        "ahead.md": questions.ahead(e),
        "trends.md": trends.lines(e),
        "priorities.md": priorities.page(e),
        "commitments/index.md": commitments.index(e),
    }
    told |= {_theme(one.id): themes.page(e, one.id) for one in e.now.themes}
    told |= {"corrections.md": corrections.page(e)} if corrections.any_of(e) else {}
    told |= {_promise(one.id): commitments.page(e, one) for one in e.commitments}
    noted = {path: f"{page}\n{_note(e, path)}\n" for path, page in told.items()}
    about = {"method.md": method.page, "receipt.md": receipt.page, "data.md": data.page}
    if e.now.moderation:
        about["moderation.md"] = moderation.page
    return noted | {path: page(e) for path, page in about.items()}


def _note(e: Edition, path: str) -> str:
    """What the dash means and what protects, at the foot of every page with figures."""
    method_md = "../" * path.count("/") + "method.md"
    link = md.link(e.words("nav.method"), method_md)
    told = e.words("note", dash=md.DASH, k=e.now.k, link=link)
    return md.styled("note", " ".join([told, *corrections.pointer(e, path)]))


def _theme(ident: str) -> str:
    return f"themes/{ident}.md"


def _promise(ident: str) -> str:
    return f"commitments/{ident}.md"


def _check(found: Mapping[str, str], written: Mapping[str, str], words: Words) -> None:
    taken = [
        f"site/pages/{words.language}/{path}: a generated page has this name. Give it another."
        for path in sorted(found.keys() & written.keys())
    ]
    if taken:
        raise Problem(*taken)


def nav(
    records: Sequence[Record], words: Words, written: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The navigation as MkDocs reads it, with titles in the language of `words`."""
    e = Edition(records, {}, words)
    rated: list[dict[str, str]] = [{words("nav.themes"): "themes/index.md"}]
    rated += [{e.choice(e.now.themes, one.id): _theme(one.id)} for one in e.now.themes]
    promised: list[dict[str, str]] = [{words("commitments.more"): "commitments/index.md"}]
    promised += [{e.plain(one.title): _promise(one.id)} for one in e.commitments]
    ledger = ("moderation",) if e.now.moderation else ()
    about = [_entry(words, name) for name in ("method", "receipt", *ledger, "data")]
    about += [_entry(words, "corrections")] if corrections.any_of(e) else []
    about += [{_title(path, page): path} for path, page in sorted((written or {}).items())]
    return [
        *(_entry(words, name) for name in ("index", "why")),
        {words("themes.title"): rated},
        _entry(words, "areas"),
        {words("earlier.title"): "ahead.md"} if e.now.imported else _entry(words, "ahead"),
        *(_entry(words, name) for name in ("trends", "priorities")),
        {words("nav.commitments"): promised},
        {words("nav.about"): about},
    ]


def _entry(words: Words, name: str) -> dict[str, str]:
    return {words(f"nav.{name}"): f"{name}.md"}


def _title(path: str, page: str) -> str:
    """The page's first heading, or its file name where it has none."""
    lines = (line[2:].strip() for line in page.splitlines() if line.startswith("# "))
    return next(lines, path.removesuffix(".md"))
