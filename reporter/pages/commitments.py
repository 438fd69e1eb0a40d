"""commitments/: the register of all promises, and a page each with what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from reporter.analysis import trends
from reporter.charts import drawing
from reporter.commitments import Commitment, follow_up
from reporter.commitments.commitment import ORDER
from reporter.commitments.followup import FollowUp
from reporter.pages import markdown as md
from reporter.pages import overview
from reporter.pages.context import Edition
from reporter.pages.markdown import text


def index(e: Edition) -> str:
    """Every promise ever published: the overdue ones first, in plain sight."""
    order = sorted(e.commitments, key=lambda one: (ORDER.index(e.state(one)), one.due))
    return md.page([
        md.heading(1, e.words("commitments.title")),
        md.block("lead", e.words("commitments.lead")),
        md.block("statement", overview.promised(e)),
        *(md.part("promise", _entry(e, one)) for one in order),
        md.block("quiet", md.anchor(e.words("feed.follow"), "../../feed.xml")),
    ])  # fmt: skip


def _entry(e: Edition, one: Commitment) -> Iterator[str]:
    yield md.heading(2, md.link(e.text(one.title), f"{one.id}.md"), one.id)
    due = e.words("commitment.line", owner=e.text(one.owner), due=e.words.day(one.due))
    yield f"{e.chip(one)} {due}"
    yield e.text(one.goal)
    yield _because(e, one)
    yield e.words("commitment.so_far", verdict=_verdict(e, follow_up(one, e.records)))


def _because(e: Edition, one: Commitment) -> str:
    return e.words("commitment.reason", reason=e.text(one.reason)) if one.reason else ""


def page(e: Edition, one: Commitment) -> str:
    """One promise: what it wants, how the measure has gone, and everything said of it."""
    told = follow_up(one, e.records)
    return md.page([
        md.heading(1, e.text(one.title)),
        f"{e.chip(one)} {e.words('commitment.goal', goal=e.text(one.goal))}",
        md.block("statement", _because(e, one)) if one.reason else "",
        md.table([e.words("table.what"), e.words("table.told")], _facts(e, one)),
        md.heading(2, e.words("commitment.verdict")),
        md.block("statement", _verdict(e, told)),
        _compared(e, told),
        *_line(e, one),
        *_history(e, one),
        md.heading(2, e.words("verdict.title")),
        e.words("verdict.rule"),
        md.link(e.words("commitments.more"), "index.md"),
    ])  # fmt: skip


def _facts(e: Edition, one: Commitment) -> Iterator[list[str]]:
    yield [e.words("commitment.theme"), md.link(e.theme(one.theme), f"../themes/{one.theme}.md")]
    yield [e.words("commitment.owner"), e.text(one.owner)]
    yield [e.words("commitment.made"), e.words.day(one.made)]
    yield [e.words("commitment.due"), e.words.day(one.due)]
    yield [e.words("commitment.measure"), _measure(e, one)]


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


def _verdict(e: Edition, told: FollowUp) -> str:
    words = e.words(f"verdict.{told.verdict}")
    return f'<span class="verdict-{told.verdict}">{words}</span>'


def _compared(e: Edition, told: FollowUp) -> str:
    head = [e.words("table.when"), e.words("table.edition"), e.words("table.count")]
    spots = {"before": told.before, "after": told.after}
    rows = [[e.words(f"commitment.{name}"), *_spot(e, spot)] for name, spot in spots.items()]
    return md.table(head, rows)


def _spot(e: Edition, spot: trends.Spot | None) -> list[str]:
    return [e.words.short(spot.quarters), e.said(spot.finding)] if spot else [md.DASH, md.DASH]


def _line(e: Edition, one: Commitment) -> Iterator[str]:
    """The measure over the editions, with the day of the promise and its aim."""
    measure = one.measure
    line = trends.line(e.recent, measure.question, measure.answer)
    labels = {
        **e.ticks(),
        "mark": e.words("commitment.mark", day=e.words.day(one.made)),
        "aim": e.words("commitment.target", target=measure.target),
        "last": e.short(line.spots[-1].finding if line.spots else None),
    }
    title = e.words("commitment.chart", title=e.plain(one.title))
    chart = e.chart(drawing.promise(one.id), labels, title)
    yield chart
    yield e.words("rating.cut") if line.cut else ""
    head = [e.words("table.edition"), e.words("table.count")]
    rows = [[e.words.short(spot.quarters), e.count(spot.finding)] for spot in reversed(line.spots)]
    yield e.folded(md.table(head, rows)) if chart else ""


def _history(e: Edition, one: Commitment) -> Iterator[str]:
    if not one.history:
        return
    yield md.heading(2, e.words("commitment.history"))
    steps = [
        f"{md.strong(e.words.day(step.date))} ({e.words(f'status.{step.status}')}) "
        f"{e.text(step.words)}"
        for step in one.history
    ]
    yield md.part("history", [md.items(steps)])
