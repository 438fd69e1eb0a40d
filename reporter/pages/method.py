"""method.md: how an edition is counted, what is withheld, and why."""

from __future__ import annotations

from collections.abc import Iterator

from reporter.analysis import trends
from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records import Block, Record


def page(e: Edition) -> str:
    """How the edition was counted and what protects those who answered."""
    return md.page([
        md.heading(1, e.words("method.title")),
        md.block("lead", e.words("method.lead")),
        *_count(e),
        *_section(e, "ranges", limit=2),
        e.words("method.left"),
        *_section(e, "blocks", k=e.now.k),
        *_blocks(e),
        *_section(e, "dash", dash=md.DASH, k=e.now.k),
        *_section(e, "once", minimum=e.now.minimum),
        *_section(e, "change", n=_watched(e)),
        *_section(e, "limits", k=e.now.k),
        e.words("method.together"),
        *(() if e.now.imported else _receipt(e)),
    ])  # fmt: skip


def _receipt(e: Edition) -> Iterator[str]:
    yield from _section(e, "receipt")
    yield md.link(e.words("nav.receipt"), "receipt.md")


def _section(e: Edition, name: str, **values: object) -> Iterator[str]:
    yield md.heading(2, e.words(f"method.{name}.title"))
    yield e.words(f"method.{name}", **values)


def _watched(e: Edition) -> int:
    return len(trends.watched(e.now))


def _count(e: Edition) -> Iterator[str]:
    now = e.now
    yield md.heading(2, e.words("method.count.title"))
    yield whence(e)
    quarters = ", ".join(map(e.words.period, now.quarters))
    rows = {
        "quarters": quarters,
        **{name: e.words.number(getattr(now, name)) for name in _numbers(now)},
        "published": e.words.day(now.published),
    }
    head = [e.words("table.what"), e.words("table.told")]
    yield md.table(head, [[e.words(f"method.{name}"), told] for name, told in rows.items()])


def whence(e: Edition) -> str:
    """How the answers came in: by links of our own, or in an earlier survey."""
    source = e.now.imported
    if source is None:
        return e.words("method.count")
    return e.words("method.imported", name=e.text(source.name), licence=e.text(source.licence))


def _numbers(now: Record) -> tuple[str, ...]:
    """How many were asked is not known of an earlier survey: then nothing is said of it."""
    return ("counted",) if now.imported else ("issued", "answered", "withdrawn", "counted")


def _blocks(e: Edition) -> Iterator[str]:
    """Which areas and tenures make each block, and how many people."""
    for breakdown in e.now.members:
        blocks = e.blocks(breakdown)
        if blocks:
            head = [e.words(f"table.{breakdown}"), e.words("table.members"), e.words("table.n")]
            yield md.table(head, [_block(e, one) for one in blocks])


def _block(e: Edition, block: Block) -> list[str]:
    members = ", ".join(e.member(block.breakdown, one) for one in block.members)
    return [text(e.block(block)), text(members), e.words.number(block.n)]
