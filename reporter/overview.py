"""index.md: the edition at a glance, strengths beside weaknesses, and what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reporter import drawing, trends
from reporter import markdown as md
from reporter.edition import Edition
from reporter.findings import Finding
from reporter.markdown import text
from reporter.promise import OPEN, Status, overdue
from reporter.ranking import Leading
from reporter.record import Asked
from reporter.trends import Change
from survey.questions import Kind


def page(e: Edition) -> str:
    """The first page of an edition."""
    title = e.words("index.title", quarter=e.words.quarter(e.now.edition))
    return md.page([
        md.heading(1, title),
        md.block("lead", _lead(e)),
        _carried(e),
        *(part for name, top in drawing.leaders(e.now).items() for part in _leading(e, name, top)),
        md.heading(2, e.words("changed.title")),
        *changes(e),
        *_promises(e),
        e.words("index.receipt", link=md.link(e.words("nav.receipt"), "receipt.md")),
    ])  # fmt: skip


def _lead(e: Edition) -> str:
    number = e.words.number
    counts = {name: getattr(e.now, name) for name in ("issued", "answered", "withdrawn")}
    told = [e.words(f"index.{name}", n=n, count=number(n)) for name, n in counts.items() if n]
    return " ".join(told)


def _carried(e: Edition) -> str:
    if len(e.now.quarters) == 1:
        return ""
    quarters = ", ".join(map(e.words.quarter, e.now.quarters))
    return e.words("index.carried", quarters=quarters, minimum=e.now.minimum)


def _leading(e: Edition, name: str, leading: Leading) -> Iterator[str]:
    n = len(leading.findings)
    yield md.heading(2, e.words(f"{name}.title"))
    if not n:
        yield e.words("leading.none", dash=md.DASH)
        return
    yield md.block("statement", e.words(f"{name}.{_sure(leading)}", n=n, count=number(e, n)))
    yield _chart(e, name, leading)
    told = md.items(_told(e, one) for one in leading.findings)
    yield md.folded(e.words("leading.summary"), told)
    yield md.link(e.words(f"{name}.more"), _MORE[name])


def _chart(e: Edition, name: str, leading: Leading) -> str:
    keys = {drawing.key(one): one for one in leading.findings}
    values = {f"{key}:value": e.short(one) for key, one in keys.items()}
    names = {key: name_of(e, one) for key, one in keys.items()}
    return e.chart(drawing.top(name), names | values, e.words(f"{name}.title"))


def _told(e: Edition, finding: Finding) -> str:
    kind = _family(e.now.question(finding.question))
    return (
        f"{md.strong(text(name_of(e, finding)))}: {e.words(f'told.{kind}', said=e.said(finding))}"
    )


_MORE = {"reasons": "why.md", "best": "themes/index.md", "worst": "themes/index.md"}


def _sure(leading: Leading) -> str:
    return "clear" if leading.clear else "among"


def number(e: Edition, n: int) -> str:
    """A small number in words, a large one in figures."""
    key = f"number.{n}"
    return e.words(key) if key in e.words else e.words.number(n)


def name_of(e: Edition, finding: Finding) -> str:
    """What a finding is about, unescaped: a theme for a rating, else the answer."""
    asked = e.now.question(finding.question)
    if asked is None:
        return finding.question
    if asked.theme:
        return e.choice(e.now.themes, asked.theme)
    return e.plain(asked.words) if asked.kind == Kind.SCALE else e.answer(asked, finding.answer)


def changes(e: Edition) -> Iterator[str]:
    """What surely moved since the edition before, in words that follow the question."""
    if len(e.records) < 2:
        yield e.words("changed.first")
        return
    found = trends.changed(e.records)
    yield md.items(_change(e, change) for change in found)
    yield e.words("changed.some" if found else "changed.none")


def _change(e: Edition, change: Change) -> str:
    asked = e.now.question(change.after.question)
    kind = _family(asked)
    name = text(name_of(e, change.after))
    moved = e.words(f"moved.{kind}.{change.move}")
    sizes = e.words("moved.sizes", after=e.count(change.after), before=e.count(change.before))
    return f"{md.strong(name)}: {moved}, {sizes}"


def _family(asked: Asked | None) -> str:
    if asked is None or asked.kind != Kind.SCALE:
        return "reason"
    return "theme" if asked.theme else "scale"


@dataclass(frozen=True)
class Tally:
    """How many promises stand where."""

    all: int
    done: int
    open: int
    dropped: int
    overdue: int


def tally(e: Edition) -> Tally:
    """The promises of the edition, counted by where they stand."""
    status = [one.status for one in e.commitments]
    late = sum(overdue(one, e.now.published) for one in e.commitments)
    unfinished = sum(one in OPEN for one in status)
    return Tally(
        len(status), status.count(Status.DONE), unfinished, status.count(Status.DROPPED), late
    )


def _promises(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("commitments.title"))
    yield md.block("statement", promised(e))
    late = [one for one in e.commitments if overdue(one, e.now.published)]
    yield md.items(
        e.words(
            "promised.late",
            title=md.link(e.text(one.title), f"commitments.md#{one.id}"),
            due=e.words.day(one.due),
            owner=e.text(one.owner),
        )
        for one in late
    )
    if e.commitments:
        yield _link(e, "commitments")


def promised(e: Edition) -> str:
    """The promises in two or three short sentences; the overdue ones are never left out."""
    count = tally(e)
    if not count.all:
        return e.words("promised.nothing")
    parts = [e.words("promised.all", n=count.all, count=number(e, count.all))]
    for name in ("open", "overdue", "done", "dropped"):
        n = getattr(count, name)
        parts += [e.words(f"promised.{name}", n=n, count=number(e, n))] if n else []
    return " ".join(parts)


def _link(e: Edition, name: str) -> str:
    return md.link(e.words(f"{name}.more"), f"{name}.md")
