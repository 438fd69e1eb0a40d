"""trends.md and commitments.md: what moves over time, and what came of what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporter import drawing, overview, ranking, trends
from reporter import markdown as md
from reporter.edition import Edition
from reporter.findings import FAVOURABLE
from reporter.followup import FollowUp, follow_up
from reporter.markdown import text
from reporter.promise import Commitment, Status, overdue

_COLUMNS = 4
"""Editions in the wide tables; a theme's own page shows them all."""


def lines(e: Edition) -> str:
    """All lines side by side, what returns, and what moved."""
    now = e.now
    rated = {theme.id: trends.rating(now, theme.id) for theme in now.themes}
    ratings = {key: (asked.id, FAVOURABLE) for key, asked in rated.items() if asked}
    reasons = {theme.id: (trends.REASONS, theme.id) for theme in now.themes}
    return md.page([
        md.heading(1, e.words("trends.title")),
        md.block("lead", e.words("trends.lead")),
        md.heading(2, e.words("changed.title")),
        *overview.changes(e),
        *_recurring(e),
        *_family(e, drawing.RATING_LINES, ratings),
        *_family(e, drawing.REASON_LINES, reasons),
    ])  # fmt: skip


def _recurring(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("recurring.title"))
    yield e.words("recurring.rule", often=ranking.OFTEN, window=ranking.WINDOW, top=ranking.TOP)
    if len(e.records) < ranking.OFTEN:
        yield md.block("statement", e.words("recurring.early"))
        return
    found = ranking.recurring(e.records)
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
    head = [e.words("table.theme"), *(e.quarter(one.edition) for one in columns)]
    yield e.folded(md.table(head, [_row(e, key, *family[key]) for key in family]))


def _row(e: Edition, theme: str, question: str, answer: str) -> list[str]:
    line = trends.line(e.recent, question, answer)
    found = {spot.edition: spot.finding for spot in line.spots}
    columns = e.recent[-_COLUMNS:]
    name = md.link(e.theme(theme), f"themes/{theme}.md")
    return [name, *(e.count(found.get(one.edition)) for one in columns)]


_ORDER = (Status.UNDER_WAY, Status.PLANNED, Status.DONE, Status.DROPPED)


def commitments(e: Edition) -> str:
    """Every promise: the overdue ones first, in plain sight."""
    late = [one for one in e.commitments if overdue(one, e.now.published)]
    rest = [one for one in e.commitments if one not in late]
    groups = {"overdue": sorted(late, key=lambda one: one.due)}
    groups |= {status: [one for one in rest if one.status is status] for status in _ORDER}
    return md.page([
        md.heading(1, e.words("commitments.title")),
        md.block("lead", e.words("commitments.lead")),
        md.block("statement", overview.promised(e)),
        *(part for name, many in groups.items() for part in _group(e, name, many)),
        md.heading(2, e.words("verdict.title")),
        e.words("verdict.rule"),
    ])  # fmt: skip


def _group(e: Edition, name: str, many: list[Commitment]) -> Iterator[str]:
    if many:
        yield md.heading(2, e.words(f"group.{name}"))
    for one in many:
        yield from _commitment(e, one, name)


def _commitment(e: Edition, one: Commitment, state: str) -> Iterator[str]:
    yield md.heading(3, e.text(one.title), one.id)
    status = f'<span class="status status-{state}">{e.words(f"status.{state}")}</span>'
    yield f"{status} {e.text(one.goal)}"
    yield e.words("commitment.reason", reason=e.text(one.reason)) if one.reason else ""
    yield md.table([e.words("table.what"), e.words("table.told")], _facts(e, one))
    yield from _history(e, one)


def _facts(e: Edition, one: Commitment) -> Iterator[list[str]]:
    theme = md.link(e.theme(one.theme), f"themes/{one.theme}.md")
    yield [e.words("commitment.theme"), theme]
    yield [e.words("commitment.owner"), e.text(one.owner)]
    yield [e.words("commitment.made"), e.words.day(one.made)]
    yield [e.words("commitment.due"), e.words.day(one.due)]
    yield [e.words("commitment.measure"), _measure(e, one)]
    told = follow_up(one, e.records)
    yield [e.words("commitment.before"), _spot(e, told.before)]
    yield [e.words("commitment.after"), _spot(e, told.after)]
    yield [e.words("commitment.verdict"), _verdict(e, told)]


def _measure(e: Edition, one: Commitment) -> str:
    measure = one.measure
    aim = e.words("commitment.aim", baseline=measure.baseline, target=measure.target)
    return f"{_measured(e, one)} {aim}"


def _measured(e: Edition, one: Commitment) -> str:
    measure = one.measure
    asked = e.now.question(measure.question)
    if asked is None:
        return e.words("commitment.retired")
    answer = text(e.answer(asked, measure.answer))
    return e.words("commitment.measured", asked=text(e.question(asked)), answer=answer)


def _spot(e: Edition, spot: trends.Spot | None) -> str:
    if spot is None:
        return md.DASH
    return f"{e.quarter(spot.edition)}: {e.said(spot.finding)}"


def _verdict(e: Edition, told: FollowUp) -> str:
    words = e.words(f"verdict.{told.verdict}")
    return f'<span class="verdict-{told.verdict}">{words}</span>'


def _history(e: Edition, one: Commitment) -> Iterator[str]:
    if one.history:
        yield md.strong(e.words("commitment.history"))
    yield md.items(
        f"{e.words.day(step.date)}, {e.words(f'status.{step.status}')}: {e.text(step.words)}"
        for step in one.history
    )
