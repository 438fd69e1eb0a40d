"""Whether an order tells anything: every list stands as public things alone would put it.

Rows sorted by what is not told would tell it: of two reasons that both stand as "at most 2", the
first would be the one that somebody named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reporter.records import Asked, Block, Finding, Record
from reporter.records.findings import CLASSES, SUM
from survey.questions import Kind

_TELLS = "stands out of the questionnaire's order, and an order can tell what is not told"


def rows(record: Record) -> Iterator[tuple[Finding, str]]:
    """Every figure that stands elsewhere than questionnaire and blocks would put it."""
    place = _places(record)
    for before, one in zip(record.findings, record.findings[1:], strict=False):
        if place(before) >= place(one):
            yield one, _TELLS


def lists(record: Record) -> Iterator[str]:
    """Every other list of the record that is in an order of its own."""
    asked, blocks = _numbered(one.id for one in record.asked), _numbered(_blocks(record))
    last = len(asked) + len(blocks)
    dashes = [(asked.get(one, last), blocks.get(block, last)) for block, one in record.withheld]
    if dashes != sorted(dashes):
        yield f"the list of what is not shown {_TELLS}"
    for breakdown in dict.fromkeys(block.breakdown for block in record.blocks):
        if not _in_order(breakdown, record):
            yield f"the list of groups by {breakdown} {_TELLS}"
    voices = [(one.theme, one.side, one.kind) for one in record.voices]
    if voices != sorted(voices):
        yield f"the list of paraphrases and quotes {_TELLS}"


def _places(record: Record) -> Callable[[Finding], tuple[int, int, int]]:
    questions, blocks = _numbered(one.id for one in record.asked), _numbered(_blocks(record))
    answers = {one.id: _numbered(_answers(record, one)) for one in record.asked}
    last = 1 + max(map(len, (questions, blocks, *answers.values())), default=0)

    def place(one: Finding) -> tuple[int, int, int]:
        known = answers.get(one.question, {})
        where = questions.get(one.question, last), blocks.get(one.block, last)
        return *where, known.get(one.answer, last)

    return place


def _answers(record: Record, asked: Asked) -> Sequence[str]:
    """A question's answers as the record lists them; themes of comments may go by their ids."""
    if asked.kind is Kind.SCALE:
        return (*CLASSES, SUM)
    listed = [one.id for one in asked.answers]
    shown = list(dict.fromkeys(one.answer for one in record.findings if one.question == asked.id))
    return shown if shown == sorted(shown) and set(shown) <= set(listed) else listed


def _blocks(record: Record) -> list[str]:
    return [block.id for block in record.blocks]


def _in_order(breakdown: str, record: Record) -> bool:
    """Groups of one area or tenure as the questionnaire lists those, and the joined one last."""
    members = _numbered(one.id for one in record.members.get(breakdown, ()))
    mine = [one for one in record.blocks if one.breakdown == breakdown]
    places = [(len(one.members) > 1, _first(one, members)) for one in mine]
    return places == sorted(places)


def _first(block: Block, members: dict[str, int]) -> int:
    return members.get(block.members[0], len(members)) if len(block.members) == 1 else 0


def _numbered(names: Iterator[str] | Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
