"""One edition in one language: what its pages ask for, with names, words and charts at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from reporter.analysis.trends import recent
from reporter.charts import shares
from reporter.charts.shares import Chart
from reporter.commitments import Commitment, from_snapshot, overdue
from reporter.pages import markdown as md
from reporter.pages import wording
from reporter.pages.markdown import text
from reporter.records import Asked, Block, Finding, Record, record
from reporter.records.findings import CLASSES, REASONS, SAID, SUM, WROTE
from survey.questions import Choice, Kind, Texts
from survey.words import Words


@dataclass(frozen=True)
class Edition:
    """The newest of `records`, told in the language of `words`, the others being its past."""

    records: Sequence[Record]
    charts: Mapping[str, Chart]
    words: Words

    @property
    def now(self) -> Record:
        """The record that this edition publishes."""
        return self.records[-1]

    @property
    def recent(self) -> Sequence[Record]:
        """As much of the past as lines and their tables show."""
        return recent(self.records)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """The promises as they stood on the day of publication."""
        return tuple(map(from_snapshot, self.now.commitments))

    def plain(self, texts: Texts) -> str:
        """The text in this language, unescaped, for a drawing."""
        return texts.get(self.words.language) or next(iter(texts.values()), "")

    def text(self, texts: Texts) -> str:
        """The text in this language, safe in Markdown."""
        return text(self.plain(texts))

    def theme(self, ident: str) -> str:
        """The theme's name, safe in Markdown."""
        return text(self.choice(self.now.themes, ident))

    def choice(self, choices: Sequence[Choice], ident: str) -> str:
        """The name of the choice with that id, unescaped; the id itself where it is gone."""
        found = next((choice for choice in choices if choice.id == ident), None)
        return self.plain(found.words) if found else ident

    def question(self, asked: Asked) -> str:
        """A question as it was asked, unescaped; "reasons" was never asked in its own words."""
        if asked.id.startswith(f"{SAID}_"):
            side = asked.id.rsplit("_", 1)[1]
            return self.words(f"named.{side}", question=self.plain(asked.words))
        derived = asked.id == REASONS
        return self.words("reasons.asked") if derived else self.plain(asked.words)

    def answer(self, asked: Asked, ident: str) -> str:
        """An answer's name, unescaped."""
        match asked.kind:
            case Kind.SCALE:
                return self.words(f"class.{_scale(asked)}.{ident}")
            case Kind.ONE | Kind.MANY | Kind.TEXT:
                wrote = ident == WROTE
                return self.words("class.wrote") if wrote else self.choice(asked.answers, ident)
            case _:
                assert_never(asked.kind)

    def blocks(self, breakdown: str) -> list[Block]:
        """The blocks of a breakdown, if it cuts the batch at all."""
        blocks = [block for block in self.now.blocks if block.breakdown == breakdown]
        return blocks if len(blocks) > 1 else []

    def block(self, block: Block) -> str:
        """A block's name, unescaped: its area or tenure, or "Other areas" for a joined one."""
        if len(block.members) > 1:
            return self.words(f"block.other.{block.breakdown}")
        return (
            self.member(block.breakdown, block.members[0])
            if block.members
            else self.words("block.all")
        )

    def member(self, breakdown: str, ident: str) -> str:
        """The name of an area or a tenure, unescaped."""
        known = self.now.members.get(breakdown, ())
        return self.choice(known, ident) if ident else self.words("block.unstated")

    def favoured(self, asked: Asked, finding: Finding | None) -> str:
        """A scale's answer in one sentence: "Ungefär sex av tio (18 till 20 av 31) instämmer."."""
        return self.words(f"said.{_scale(asked)}", said=wording.capital(self.said(finding)))

    def short(self, finding: Finding | None) -> str:
        """The range as short as a drawing needs it; empty where it is withheld."""
        return wording.short(self.words, finding)

    def count(self, finding: Finding | None) -> str:
        """The range of people, or the dash."""
        return wording.count(self.words, finding)

    def said(self, finding: Finding | None) -> str:
        """The share in plain words with the count behind it."""
        return wording.said(self.words, finding)

    def state(self, commitment: Commitment) -> str:
        """Where a promise stood on the day of publication: its status, or "overdue"."""
        return "overdue" if overdue(commitment, self.now.published) else str(commitment.status)

    def chip(self, commitment: Commitment) -> str:
        """The state as a word with its shape and colour."""
        state = self.state(commitment)
        return f'<span class="status status-{state}">{self.words(f"status.{state}")}</span>'

    def several(self, names: Sequence[str]) -> str:
        """Names in a sentence: "a, b och c"."""
        *rest, last = names
        return self.words("list.and", rest=", ".join(rest), last=last) if rest else last

    def folded(self, table: str) -> str:
        """The table of the chart above it, open to whoever asks."""
        return md.folded(self.words("table.summary"), table) if table else ""

    def mean(self, asked: Asked, finding: Finding | None) -> str:
        """A five-point scale's mean as far as it may be told."""
        return wording.mean(self.words, finding, len(asked.answers))

    def part(self, block: Block, asked: Asked, answer: str) -> Finding | None:
        """What the block shows of an answer."""
        return record.part(self.now, block.id, asked.id, answer)

    def has_mean(self, asked: Asked) -> bool:
        """Whether any block tells the sum of points."""
        return bool(self.now.parts(asked.id, SUM))

    def chart(self, name: str, labels: Mapping[str, str], title: str, description: str = "") -> str:
        """The chart in this language as one line of HTML, or nothing where none was drawn."""
        if name not in self.charts:
            return ""
        axis = {f"pct{n}": self.words("axis.percent", n=n) for n in (0, 50, 100)}
        about = description or self.words("chart.description")
        return shares.worded(self.charts[name], {**axis, **labels}, title, about)

    def ticks(self) -> dict[str, str]:
        """The labels of an axis of editions."""
        return {str(record.edition): self.words.short(record.quarters) for record in self.records}

    def classes(self, asked: Asked) -> dict[str, str]:
        """The labels of a scale's three classes."""
        return {one: self.answer(asked, one) for one in CLASSES}


def _scale(asked: Asked) -> str:
    """Which words its classes bear: a statement, points to ten, or points to five."""
    if len(asked.answers) != 5:
        return "ten"
    return "agree" if asked.theme else "five"
