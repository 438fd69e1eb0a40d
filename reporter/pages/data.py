"""data.md and what lies beside it: the figures to take as CSV, and what their columns mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records import Asked, Block, Record
from reporter.records.findings import SUM


def page(e: Edition) -> str:
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
