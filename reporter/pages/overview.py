"""index.md: the edition in ten seconds, then in pictures; it prints on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reporter.analysis import trends
from reporter.analysis.ranking import Leading
from reporter.analysis.trends import Change
from reporter.charts import dots, drawing
from reporter.commitments import Commitment
from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records import Asked, Finding
from reporter.records.findings import REASONS
from reporter.records.record import Source


def page(e: Edition) -> str:
    """The first page of an edition."""
    leaders = drawing.leaders(e.now)
    panels = [
        md.part("panel", _leading(e, name, top)) for name, top in leaders.items() if _asked(e, name)
    ]
    last = [md.part("panel", _changed(e))]
    last += [] if e.now.imported else [md.part("panel", _promises(e))]
    return md.alone(
        md.page([
            md.part("cover", _cover(e, leaders)),
            md.part("panels", panels),
            md.part("panels", last),
            "" if e.now.imported else _receipt(e),
        ])
    )  # fmt: skip


def _asked(e: Edition, name: str) -> bool:
    """Whether the ranking is of anything asked: an earlier survey had its own questions."""
    reasons, scales = e.now.question(REASONS), any(one.theme for one in e.now.asked)
    return not e.now.imported or (reasons is not None if name == "reasons" else scales)


def _receipt(e: Edition) -> str:
    return e.words("index.receipt", link=md.link(e.words("nav.receipt"), "receipt.md"))


def _cover(e: Edition, leaders: dict[str, Leading]) -> Iterator[str]:
    day = e.words.day(e.now.published)
    head = [
        md.block("kicker", e.words(_kicker(e), day=day)),
        md.heading(1, e.words("index.title", quarter=e.words.span(e.now.quarters))),
        _carried(e),
    ]
    yield md.part("headline", head)
    yield md.part("turnout", _turnout(e))
    yield md.part("brief", [md.items(brief(e, leaders)), _onward(e)])


def _kicker(e: Edition) -> str:
    return "index.kicker.imported" if e.now.imported else "index.kicker"


def _onward(e: Edition) -> str:
    """To the priorities, where there are any: an earlier survey may have asked for no reasons."""
    if e.now.imported and not _asked(e, REASONS):
        return ""
    return md.styled("onward", md.link(e.words("priorities.title"), "priorities.md"))


def _turnout(e: Edition) -> Iterator[str]:
    """How many answered of how many who were asked: in numbers, and as people."""
    if e.now.imported:
        yield from _earlier(e, e.now.imported)
        return
    counts = {name: e.words.number(getattr(e.now, name)) for name in ("answered", "issued")}
    yield md.block("number", e.words("index.turnout", **counts))
    yield _people(e)
    n = e.now.withdrawn
    yield md.block("quiet", e.words("index.withdrawn", n=n, count=e.words.number(n))) if n else ""


def _earlier(e: Edition, source: Source) -> Iterator[str]:
    """How many are counted here. Nobody knows how many an earlier survey was sent to."""
    n = e.now.counted
    yield md.block("number", e.words("index.counted", n=n, count=e.words.number(n)))
    yield md.block("quiet", e.words("index.imported", name=e.text(source.name)))


def _people(e: Edition) -> str:
    labels = {"answered": e.words("method.answered")}
    kind = "bar" if e.now.issued > dots.MOST_PEOPLE else "about"
    title, about = e.words("people.title"), e.words(f"people.{kind}")
    drawn = e.chart(drawing.PEOPLE, labels, title, about)
    return f"{drawn}\n\n{md.block('quiet', about)}" if drawn else ""


def _carried(e: Edition) -> str:
    if len(e.now.quarters) == 1:
        return ""
    quarters = ", ".join(map(e.words.period, e.now.quarters))
    return e.words("index.carried", quarters=quarters, minimum=e.now.minimum)


def brief(e: Edition, leaders: dict[str, Leading]) -> Iterator[str]:
    """What leads, what moved and what was promised: a sentence each, true over the ranges."""
    for name, leading in leaders.items():
        if leading.findings:
            names = [md.strong(text(name_of(e, one))) for one in leading.findings]
            key = f"brief.{name}.{_sure(leading)}"
            yield e.words(key, n=len(names), names=e.several(names))
    yield _moved(e)
    if not e.now.imported:
        yield promised(e)


def _moved(e: Edition) -> str:
    if len(e.records) < 2:
        return e.words("changed.first")
    if not trends.comparable(e.records):
        return e.words("changed.apart")
    found = trends.changed(e.records)
    if not found:
        return e.words("changed.none")
    names = [md.strong(text(name_of(e, one.after))) for one in found]
    return e.words("brief.changed", n=len(names), names=e.several(names))


def _leading(e: Edition, name: str, leading: Leading) -> Iterator[str]:
    n = len(leading.findings)
    yield md.heading(2, e.words(f"{name}.title"))
    if not n:
        yield e.words("leading.none", dash=md.DASH)
        return
    yield md.block("statement", e.words(f"{name}.{_sure(leading)}", n=n, count=number(e, n)))
    yield _chart(e, name, leading)
    yield e.folded(_table(e, leading))
    yield md.link(e.words(f"{name}.more"), _MORE[name])


def _chart(e: Edition, name: str, leading: Leading) -> str:
    keys = {drawing.key(one): one for one in leading.findings}
    values = {f"{key}:value": e.short(one) for key, one in keys.items()}
    names = {key: name_of(e, one) for key, one in keys.items()}
    return e.chart(drawing.top(name), names | values, e.words(f"{name}.title"))


def _table(e: Edition, leading: Leading) -> str:
    kind = _family(e.now.question(leading.findings[0].question))
    head = [e.words(f"brief.head.{kind}"), e.words(f"brief.told.{kind}")]
    rows = [[text(name_of(e, one)), e.said(one)] for one in leading.findings]
    return md.table(head, rows)


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
    return e.plain(asked.words) if asked.kind.rated else e.answer(asked, finding.answer)


def _changed(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("changed.title"))
    yield from changes(e)
    yield md.link(e.words("trends.more"), "trends.md")


def changes(e: Edition) -> Iterator[str]:
    """What surely moved since the edition before, in words that follow the question."""
    if len(e.records) < 2:
        yield e.words("changed.first")
        return
    if not trends.comparable(e.records):
        yield e.words("changed.apart")
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
    if asked is None or not asked.kind.rated:
        return "reason"
    return "theme" if asked.theme else "scale"


_FIRST = ("overdue", "under_way", "planned", "done", "dropped")


def _promises(e: Edition) -> Iterator[str]:
    yield md.heading(2, e.words("commitments.title"))
    yield md.block("statement", promised(e))
    order = sorted(e.commitments, key=lambda one: (_FIRST.index(e.state(one)), one.due))
    yield md.part("states", [md.items(_stand(e, one) for one in order)])
    if e.commitments:
        yield md.link(e.words("commitments.more"), "commitments/index.md")


def _stand(e: Edition, one: Commitment) -> str:
    line = e.words("commitment.line", owner=e.text(one.owner), due=e.words.day(one.due))
    title = md.link(e.text(one.title), f"commitments/{one.id}.md")
    return f'{e.chip(one)} {title} <span class="quiet">{line}</span>'


def promised(e: Edition) -> str:
    """The promises in a few short sentences, each counted once; the overdue ones come first."""
    if e.now.imported:
        return e.words("promised.earlier")
    n = len(e.commitments)
    if not n:
        return e.words("promised.nothing")
    states = Counter(map(e.state, e.commitments))
    told = [e.words("promised.all", n=n, count=number(e, n))]
    told += [
        e.words(f"promised.{one}", count=number(e, states[one])) for one in _FIRST if states[one]
    ]
    return " ".join(told)
