"""trends.md: what moves over time, and what returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporter.analysis import ranking, trends
from reporter.charts import drawing
from reporter.pages import markdown as md
from reporter.pages import overview
from reporter.pages.context import Edition
from reporter.records.findings import FAVOURABLE, REASONS

_COLUMNS = 4
"""Editions in the wide tables; a theme's own page shows them all."""


def lines(e: Edition) -> str:
    """All lines side by side, what returns, and what moved."""
    now = e.now
    rated = {theme.id: trends.rating(now, theme.id) for theme in now.themes}
    ratings = {key: (asked.id, FAVOURABLE) for key, asked in rated.items() if asked}
    reasons = {theme.id: (REASONS, theme.id) for theme in now.themes}
    return md.page([
        md.heading(1, e.words("trends.title")),
        md.block("lead", e.words("trends.lead")),
        md.heading(2, e.words("changed.title")),
        *overview.changes(e),
        *(_recurring(e) if _named(e) else ()),
        *(_family(e, drawing.RATING_LINES, ratings) if ratings else ()),
        *(_family(e, drawing.REASON_LINES, reasons) if _named(e) else ()),
    ])  # fmt: skip


def _named(e: Edition) -> bool:
    """Whether reasons were asked for at all: an earlier survey may have asked in another way."""
    return not e.now.imported or e.now.question(REASONS) is not None


def _recurring(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("recurring.title"))
    yield e.words("recurring.rule", often=ranking.OFTEN, window=ranking.WINDOW, top=ranking.TOP)
    if len(e.recent) < ranking.OFTEN:
        yield md.block("statement", e.words("recurring.early"))
        return
    found = ranking.recurring(e.recent)
    yield "" if found else md.block("statement", e.words("recurring.none"))
    yield md.items(
        e.words(
            "recurring.one",
            theme=md.link(e.theme(one.theme), f"themes/{one.theme}.md"),
            times=overview.number(e, one.times),
            editions=overview.number(e, one.editions),
        )
        for one in found
    )


def _family(e: Edition, name: str, family: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    title = e.words(f"{name}.title")
    yield md.heading(2, title)
    yield e.words(f"{name}.about")
    themes = {key: e.choice(e.now.themes, key) for key in family}
    yield e.chart(name, themes | e.ticks(), title)
    columns = e.recent[-_COLUMNS:]
    head = [e.words("table.theme"), *(e.words.short(one.quarters) for one in columns)]
    yield e.folded(md.table(head, [_row(e, key, *family[key]) for key in family]))


def _row(e: Edition, theme: str, question: str, answer: str) -> list[str]:
    line = trends.line(e.recent, question, answer)
    found = {spot.edition: spot.finding for spot in line.spots}
    columns = e.recent[-_COLUMNS:]
    name = md.link(e.theme(theme), f"themes/{theme}.md")
    return [name, *(e.count(found.get(one.edition)) for one in columns)]
