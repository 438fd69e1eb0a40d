"""themes/ and areas.md: the fourteen ratings, theme by theme and area by area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reporter.analysis import trends
from reporter.charts import drawing
from reporter.pages import markdown as md
from reporter.pages import moderation
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.pages.wording import capital
from reporter.records import Asked, Block, Finding
from reporter.records.findings import CLASSES, FAVOURABLE, REASONS, SUM

_FALLING = tuple(reversed(CLASSES))
"""Favourable first: the order of every table's columns."""


def index(e: Edition) -> str:
    """All themes at a glance."""
    rated = _rated(e)
    rows = {asked.theme: e.choice(e.now.themes, asked.theme) for asked in rated}
    classes = e.classes(rated[0]) if rated else {}
    title = e.words("themes.title")
    return md.page([
        md.heading(1, title),
        md.block("lead", e.words("themes.lead")),
        e.chart(drawing.RATINGS, rows | classes, title),
        _table(e, rated, None, ""),
    ])  # fmt: skip


def _rated(e: Edition) -> list[Asked]:
    found = (trends.rating(e.now, theme.id) for theme in e.now.themes)
    return [asked for asked in found if asked]


def _table(e: Edition, rated: Sequence[Asked], block: Block | None, up: str) -> str:
    """The ratings of everyone, or of one block; each theme leads to its page."""
    means = any(e.has_mean(asked) for asked in rated)
    head = [e.words("table.theme"), *(e.words(f"class.agree.{one}") for one in _FALLING)]
    rows = []
    for asked in rated:
        name = md.link(e.theme(asked.theme), f"{up}{asked.theme}.md")
        rows.append([name, *_cells(e, asked, block, means)])
    return md.table([*head, *([e.words("table.mean")] if means else [])], rows)


def _cells(e: Edition, asked: Asked, block: Block | None, means: bool) -> list[str]:
    """The three classes and the mean, of everyone or of a block."""
    answers = [*_FALLING, SUM]
    found = [
        e.part(block, asked, one) if block else e.now.company(asked.id, one) for one in answers
    ]
    counts = [e.count(one) for one in found[:-1]]
    return [*counts, e.mean(asked, _whole(found))] if means else counts


def _whole(found: Sequence[Finding | None]) -> Finding | None:
    """The sum of points, unless a block keeps it back: then it is not the sum of everyone."""
    favourable, points = found[0], found[-1]
    return points if favourable and points and points.n == favourable.n else None


def page(e: Edition, theme: str) -> str:
    """One theme: its rating, its line, its areas, its weight as a reason, its promises."""
    asked = trends.rating(e.now, theme)
    return md.page([
        md.heading(1, e.theme(theme)),
        *(_rating(e, asked) if asked else ()),
        *_reason(e, theme),
        *moderation.of_theme(e, theme),
        *(() if e.now.imported else _promises(e, theme)),
    ])  # fmt: skip


def _rating(e: Edition, asked: Asked) -> Iterator[str]:
    yield md.block("lead", e.words("rating.item", item=e.text(asked.words)))
    favourable = e.now.company(asked.id, FAVOURABLE)
    if favourable is None:
        yield md.block("statement", e.words("question.withheld", dash=md.DASH))
    else:
        yield md.block("statement", e.favoured(asked, favourable))
    yield from _over_time(e, asked)
    yield from _by_area(e, asked)


def _over_time(e: Edition, asked: Asked) -> Iterator[str]:
    yield md.heading(2, e.words("rating.line"))
    line = trends.line(e.recent, asked.id, FAVOURABLE)
    labels = {**e.ticks(), "mark": e.words("rating.mark")}
    labels["last"] = e.short(line.spots[-1].finding)
    title = e.words("rating.chart", theme=e.choice(e.now.themes, asked.theme))
    yield e.chart(drawing.theme(asked.theme), labels, title)
    yield e.words("rating.cut") if line.cut else ""
    yield _editions(e, asked, line)


def _editions(e: Edition, asked: Asked, line: trends.Line) -> str:
    """Each edition of the line, newest first, with the theme's weight as a reason beside it."""
    reasons = trends.line(e.recent, REASONS, asked.theme)
    named = {spot.edition: spot.finding for spot in reasons.spots}
    head = [e.words("table.edition"), text(e.answer(asked, FAVOURABLE)), e.words("table.named")]
    rows = [
        [e.words.short(spot.quarters), e.count(spot.finding), e.count(named.get(spot.edition))]
        for spot in reversed(line.spots)
    ]
    return md.table(head, rows)


def _by_area(e: Edition, asked: Asked) -> Iterator[str]:
    blocks = e.blocks(asked.breakdown)
    if not blocks:
        return
    yield md.heading(2, e.words(f"rating.by.{asked.breakdown}"))
    means = e.has_mean(asked)
    head = [e.words(f"table.{asked.breakdown}")]
    head += [text(e.answer(asked, one)) for one in _FALLING]
    head += [e.words("table.mean")] if means else []
    everyone = [md.strong(e.words("block.all")), *_cells(e, asked, None, means)]
    rows = [[text(e.block(one)), *_cells(e, asked, one, means)] for one in blocks]
    yield md.table(head, [everyone, *rows])


def _reason(e: Edition, theme: str) -> Iterator[str]:
    yield md.heading(2, e.words("rating.reason"))
    named = e.now.company(REASONS, theme)
    said = capital(e.said(named))
    key = "rating.named" if named else "question.withheld"
    yield e.words(key, said=said, dash=md.DASH)


def _promises(e: Edition, theme: str) -> Iterator[str]:
    yield md.heading(2, e.words("rating.promises"))
    found = [one for one in e.commitments if one.theme == theme]
    yield "" if found else e.words("rating.no_promise")
    lines = [
        f"{e.chip(one)} {md.link(e.text(one.title), f'../commitments/{one.id}.md')}"
        for one in found
    ]
    yield md.part("states", [md.items(lines)])


def areas(e: Edition) -> str:
    """Each area that is large enough to be shown, and which ones were joined."""
    head = [md.heading(1, e.words("areas.title")), md.block("lead", e.words("areas.lead"))]
    blocks = e.blocks("area")
    cut = [asked for asked in _rated(e) if asked.breakdown == "area"]
    if not blocks or not cut:
        return md.page([*head, md.block("statement", e.words("areas.none"))])
    return md.page([*head, *(part for one in blocks for part in _area(e, one, cut))])


def _area(e: Edition, block: Block, cut: Sequence[Asked]) -> Iterator[str]:
    name = e.block(block)
    yield md.heading(2, text(name))
    yield md.block("statement", e.words("areas.people", n=block.n))
    if len(block.members) > 1:
        members = ", ".join(e.member(block.breakdown, one) for one in block.members)
        yield e.words("areas.joined", members=text(members))
    rows = {asked.theme: e.choice(e.now.themes, asked.theme) for asked in cut}
    yield e.chart(drawing.block(block.id), rows | e.classes(cut[0]), name)
    yield e.folded(_table(e, cut, block, "themes/"))
