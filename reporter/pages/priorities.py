"""priorities.md: what to begin with, as one picture and one ranked table with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.analysis import priorities
from reporter.analysis.goals import from_snapshot
from reporter.analysis.priorities import RETURNS, WEIGHT, Points, Priority, percent
from reporter.analysis.ranking import OFTEN, TOP, WINDOW
from reporter.analysis.trends import rating
from reporter.charts import drawing
from reporter.pages import markdown as md
from reporter.pages import wording
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records.findings import FAVOURABLE, REASONS


def page(e: Edition) -> str:
    """The themes ranked by what was named, how they are rated, what returns, and the goals."""
    found = priorities.ranked(e.records)
    head = [md.heading(1, e.words("priorities.title"))]
    if not found:
        return md.page([*head, md.block("statement", e.words("question.withheld", dash=md.DASH))])
    return md.page([
        *head,
        md.block("lead", e.words("priorities.lead")),
        md.block("statement", _statement(e, found)),
        _chart(e, found),
        e.folded(_counts(e, found)),
        md.heading(2, e.words("priorities.table")),
        md.table(_head(e), [_row(e, one) for one in found]),
        *_rule(e),
        *_goals(e),
    ])  # fmt: skip


def _points(e: Edition, points: Points) -> str:
    return wording.span(e.words, points.low, points.high)


def _statement(e: Edition, found: Sequence[Priority]) -> str:
    """What surely comes first, or what may."""
    may = [one for one in found if one.first == 1]
    names = [e.theme(one.theme) for one in may]
    if len(may) == 1:
        return e.words("priorities.first", name=names[0], points=_points(e, may[0].points))
    return e.words("priorities.near", names=e.several(names))


def _chart(e: Edition, found: Sequence[Priority]) -> str:
    themes = {one.theme: e.choice(e.now.themes, one.theme) for one in found}
    short = {f"{one.theme}:value": _short(e, one.points) for one in found}
    legend = {key: e.words(f"priorities.key.{key}") for key in _LEGEND}
    title, about = e.words("priorities.title"), e.words("priorities.about")
    return e.chart(drawing.PRIORITIES, themes | short | legend, title, about)


_LEGEND = ("named", "doubted", "returns", "goal")


def _short(e: Edition, points: Points) -> str:
    return e.words("points.short", points=wording.dashed(e.words, points.low, points.high))


def _counts(e: Edition, found: Sequence[Priority]) -> str:
    """The ranges that the points are made of."""
    head = [e.words("table.theme"), e.words("table.named"), e.words("class.agree.favourable")]
    rows = []
    for one in found:
        asked = rating(e.now, one.theme)
        agreed = e.now.company(asked.id, FAVOURABLE) if asked else None
        named = e.now.company(REASONS, one.theme)
        link = md.link(e.theme(one.theme), f"themes/{one.theme}.md")
        rows.append([link, e.count(named), e.count(agreed)])
    return md.table(head, rows)


_COLUMNS = ("place", "theme", "points", "named", "doubted", "returns", "goal")


def _head(e: Edition) -> list[str]:
    return [e.words(f"priorities.column.{one}") for one in _COLUMNS]


def _row(e: Edition, one: Priority) -> list[str]:
    return [
        wording.span(e.words, one.first, one.last),
        md.link(e.theme(one.theme), f"themes/{one.theme}.md"),
        md.strong(_points(e, one.points)),
        _points(e, percent(one.named)),
        _points(e, percent(one.doubted)),
        e.words.number(RETURNS * one.returns),
        e.words.number(WEIGHT * one.weight),
    ]


def _rule(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("priorities.rule.title"))
    yield md.items([
        e.words("priorities.rule.named"),
        e.words("priorities.rule.doubted"),
        e.words(
            "priorities.rule.returns", points=RETURNS, top=TOP, often=OFTEN, window=WINDOW
        ),
        e.words("priorities.rule.goal", points=WEIGHT),
    ])  # fmt: skip
    yield e.words("priorities.rule.range")
    yield e.words("priorities.rule.limits")


def _goals(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("priorities.goals"))
    goals = [from_snapshot(one) for one in e.now.goals]
    if not goals:
        yield e.words("priorities.no_goals")
        return
    head = [e.words(f"priorities.goals.{one}") for one in ("goal", "weight", "themes")]
    rows = [
        [
            e.text(goal.words),
            e.words.number(goal.weight),
            text(", ".join(e.choice(e.now.themes, one) for one in goal.themes)),
        ]
        for goal in goals
    ]
    yield md.table(head, rows)
