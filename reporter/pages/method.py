"""method.md and data.md: how it is counted, what is withheld and why, and the figures to take."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from reporter.analysis import trends
from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records.findings import SUM
from reporter.records.record import Asked, Block, Record


def page(e: Edition) -> str:
    """How the edition was counted and what protects those who answered."""
    return md.page([
        md.heading(1, e.words("method.title")),
        md.block("lead", e.words("method.lead")),
        *_count(e),
        *_section(e, "ranges", limit=2),
        *_section(e, "blocks", k=e.now.k),
        *_blocks(e),
        *_section(e, "dash", dash=md.DASH, k=e.now.k),
        *_section(e, "once", minimum=e.now.minimum),
        *_section(e, "change", n=_watched(e)),
        *_section(e, "limits", k=e.now.k),
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
    quarters = ", ".join(map(e.words.quarter, now.quarters))
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


def data(e: Edition) -> str:
    """Where the figures lie, and what their columns mean."""
    name = f"data/{e.now.edition}"
    columns = [[f"`{column}`", e.words(f"column.{column}")] for column in COLUMNS]
    return md.page([
        md.heading(1, e.words("data.title")),
        md.block("lead", e.words("data.lead")),
        md.items(md.link(e.words(f"data.{kind}"), f"{name}{end}") for kind, end in FILES.items()),
        md.heading(2, e.words("data.columns")),
        md.table([e.words("table.column"), e.words("table.meaning")], columns),
        md.heading(2, e.words("data.questions")),
        md.table(
            [e.words("table.id"), e.words("table.question")],
            [[f"`{one.id}`", text(e.question(one))] for one in e.now.asked],
        ),
        md.heading(2, e.words("data.answers")),
        e.words("data.sum"),
        e.folded(_answers(e)),
    ])  # fmt: skip


FILES = {"csv": ".csv", "json": ".json", "receipts": "-receipts.txt"}
"""What a reader can take, and how its name ends after the edition's."""


def _answers(e: Edition) -> str:
    head = [e.words("table.question"), e.words("table.id"), e.words("table.answer")]
    return md.table(head, [row for one in e.now.asked for row in _rows(e, one)])


def _rows(e: Edition, asked: Asked) -> Iterator[list[str]]:
    told = {one.answer for one in e.now.findings if one.question == asked.id}
    for answer in sorted(told - {SUM}):
        yield [f"`{asked.id}`", f"`{answer}`", text(e.answer(asked, answer))]


COLUMNS = ("edition", "breakdown", "block", "members", "question", "answer", "n", "low", "high")


def csv_of(record: Record) -> str:
    """Every public figure as a row of ids and whole numbers; a withheld question has none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    blocks = {block.id: block for block in record.blocks}
    for one in record.findings:
        figures = [one.question, one.answer, one.n, one.low, one.high]
        writer.writerow([*_where(record, blocks.get(one.block), one.block), *figures])
    for ident, question in record.withheld:
        writer.writerow([*_where(record, blocks.get(ident), ident), question, "", "", "", ""])
    return out.getvalue()


def _where(record: Record, block: Block | None, ident: str) -> list[str]:
    members = " ".join(one or "-" for one in block.members) if block else ""
    return [str(record.edition), block.breakdown if block else "", ident, members]
