"""why.md and ahead.md: one question after another, the statement first, then picture and table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from reporter.analysis import ranking
from reporter.charts import drawing
from reporter.pages import markdown as md
from reporter.pages.context import Edition
from reporter.pages.markdown import text
from reporter.records import Asked, Block, Finding
from reporter.records.findings import CLASSES, FAVOURABLE, OTHERS, WROTE
from survey.questions import WHY, Kind


def why(e: Edition) -> str:
    """Why people left, and whether they could have been kept."""
    asked = sorted((one for one in e.now.asked if _told(one, "why")), key=_place)
    asked += [one for one in e.now.asked if _chosen(e, one)]
    return _page(e, "why", asked)


def _told(asked: Asked, page: str) -> bool:
    """Whether it stands on that page: a rating has its theme's, and `reasons` tells the others."""
    return asked.shown == page and asked.id != OTHERS and not _rates(asked)


def _place(asked: Asked) -> int:
    """Why somebody left comes first; an organisation's own questions follow as they were asked."""
    return WHY.index(asked.id) if asked.id in WHY else len(WHY)


def _chosen(e: Edition, asked: Asked) -> bool:
    """Whether it is an earlier survey's own question with answers to choose from, not to rate."""
    return _listed(asked.kind) and e.now.imported is not None and _told(asked, "ahead")


def _listed(kind: Kind) -> bool:
    match kind:
        case Kind.ONE | Kind.MANY:
            return True
        case Kind.SCALE | Kind.TEXT:
            return False
        case _:
            assert_never(kind)


def ahead(e: Edition) -> str:
    """Whether they recommend us and would come back, and what else was asked."""
    rest = [one for one in e.now.asked if _told(one, "ahead")]
    return _page(e, "ahead", [one for one in rest if not _chosen(e, one)])


def _rates(asked: Asked) -> bool:
    return asked.kind.rated and bool(asked.theme)


def _page(e: Edition, name: str, asked: Sequence[Asked]) -> str:
    lead = "earlier.lead" if e.now.imported else f"{name}.lead"
    head = [md.heading(1, e.words(title(e, name))), md.block("lead", e.words(lead))]
    wrote = [one for one in asked if one.kind.written]
    body = [part for one in asked if not one.kind.written for part in _question(e, one)]
    return md.page([*head, *body, *_wrote(e, wrote)])


def title(e: Edition, name: str) -> str:
    """What the page is called: an earlier survey's other questions need not look ahead."""
    return "earlier.title" if e.now.imported and name == "ahead" else f"{name}.title"


def _question(e: Edition, asked: Asked) -> Iterator[str]:
    yield md.heading(2, text(e.question(asked)))
    answers = _answers(e, asked)
    if not answers:
        yield md.block("statement", e.words("question.withheld", dash=md.DASH))
        return
    yield md.block("statement", statement(e, asked))
    yield _chart(e, asked, answers)
    yield e.folded(_table(e, asked, answers))
    yield _by_block(e, asked, answers)


def _answers(e: Edition, asked: Asked) -> list[str]:
    """The answers that show a figure, in the order that chart and table share."""
    match asked.kind:
        case Kind.SCALE:
            return [one for one in reversed(CLASSES) if e.now.company(asked.id, one)]
        case Kind.ONE | Kind.MANY | Kind.TEXT:
            return [one.answer for one in ranking.shown(e.now, asked)]
        case _:
            assert_never(asked.kind)


def statement(e: Edition, asked: Asked) -> str:
    """The question's answer in one sentence that holds over the whole range."""
    match asked.kind:
        case Kind.SCALE:
            return e.favoured(asked, e.now.company(asked.id, FAVOURABLE))
        case Kind.ONE | Kind.MANY | Kind.TEXT:
            return _leading(e, asked)
        case _:
            assert_never(asked.kind)


def _leading(e: Edition, asked: Asked) -> str:
    first = ranking.most(e.now, asked.id, 1)
    if first.findings and first.clear:
        return e.words("question.first", answer=told(e, asked, first.findings[0]))
    near = ranking.most(e.now, asked.id, 2).findings
    if len(near) < 2:
        return e.words("question.unclear")
    pair = [told(e, asked, one) for one in near]
    return e.words("question.near", first=pair[0], second=pair[1])


def told(e: Edition, asked: Asked, finding: Finding) -> str:
    """An answer with its share: "”Nej”, ungefär hälften (29 av 54)"."""
    answer = text(e.answer(asked, finding.answer))
    return e.words("question.told", answer=answer, said=e.said(finding))


def _chart(e: Edition, asked: Asked, answers: Sequence[str]) -> str:
    labels = _labels(e, asked, answers)
    return e.chart(drawing.question(asked.id), labels, e.question(asked))


def _labels(e: Edition, asked: Asked, answers: Sequence[str]) -> dict[str, str]:
    """What the chart's tokens stand for, as `drawing` laid it out for this kind."""
    match asked.kind:
        case Kind.SCALE:
            rows = {block.id: e.block(block) for block in e.blocks(asked.breakdown)}
            return {**rows, **e.classes(asked), "all": e.words("block.all")}
        case Kind.ONE | Kind.MANY | Kind.TEXT:
            names = {one: e.answer(asked, one) for one in answers}
            short = {f"{one}:value": e.short(e.now.company(asked.id, one)) for one in answers}
            return names | short
        case _:
            assert_never(asked.kind)


def _table(e: Edition, asked: Asked, answers: Sequence[str]) -> str:
    head = [e.words("table.answer"), e.words("table.count")]
    rows = [[text(e.answer(asked, one)), e.count(e.now.company(asked.id, one))] for one in answers]
    return md.table(head, rows)


def _by_block(e: Edition, asked: Asked, answers: Sequence[str]) -> str:
    """The same answers for each block of the question's breakdown, if it has one."""
    blocks = e.blocks(asked.breakdown)
    if not blocks:
        return ""
    head = [e.words(f"table.{asked.breakdown}"), *(text(e.answer(asked, one)) for one in answers)]
    return md.table(head, [_row(e, asked, block, answers) for block in blocks])


def _row(e: Edition, asked: Asked, block: Block, answers: Sequence[str]) -> list[str]:
    counts = [e.count(e.part(block, asked, one)) for one in answers]
    return [text(e.block(block)), *counts]


def _wrote(e: Edition, asked: Sequence[Asked]) -> list[str]:
    """How many wrote in their own words. What they wrote is not on this page."""
    if not asked:
        return []
    head = [e.words("table.question"), e.words("table.wrote")]
    rows = [[e.text(one.words), e.count(e.now.company(one.id, WROTE))] for one in asked]
    title = md.heading(2, e.words("wrote.title"))
    more = [md.link(e.words("voices.more"), "moderation.md")] if e.now.moderation else []
    return [title, md.block("statement", e.words("wrote.statement")), md.table(head, rows), *more]
