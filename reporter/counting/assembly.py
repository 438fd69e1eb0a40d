"""Puts what passed the gate together into a record, with the questions as they were worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from reporter.counting.batch import Sealed
from reporter.counting.disclosure import Cleared
from reporter.policy import Policy
from reporter.records import Asked, Block, Record
from reporter.records.findings import MAIN, OTHERS, REASONS, WROTE
from reporter.records.record import Source
from survey.ballots import receipts
from survey.quarter import Quarter
from survey.questions import BREAKDOWNS, Choice, Item, Kind, Questionnaire, default_page


def record(
    covered: Sequence[Sealed],
    questionnaire: Questionnaire,
    policy: Policy,
    blocks: Mapping[str, Sequence[Block]],
    cleared: Cleared,
    leaves: Sequence[bytes],
    commitments: Sequence[Mapping[str, Any]],
    today: date,
) -> Record:
    """The record of one edition. `blocks` is by breakdown, `leaves` sorted, `today` its date."""
    tallies = [one.tally for one in covered]
    return Record(
        edition=covered[-1].terms.quarter,
        quarters=tuple(dict.fromkeys(one.terms.quarter for one in covered)),
        published=today,
        issued=sum(tally.issued for tally in tallies),
        answered=sum(tally.answered for tally in tallies),
        withdrawn=sum(tally.withdrawn for tally in tallies),
        counted=len(leaves),
        **_cleared(questionnaire, policy, blocks, cleared),
        leaves=tuple(leaf.hex() for leaf in leaves),
        root=receipts.root(leaves).hex(),
        commitments=tuple(commitments),
        holders=sum({one.terms.quarter: len(one.terms.publics) for one in covered}.values()),
    )


def earlier(
    quarters: Sequence[Quarter],
    questionnaire: Questionnaire,
    policy: Policy,
    blocks: Mapping[str, Sequence[Block]],
    cleared: Cleared,
    counted: int,
    source: Source,
    today: date,
) -> Record:
    """The record of an imported edition: as many rows were counted, and no receipt was given."""
    return Record(
        edition=quarters[-1],
        quarters=tuple(quarters),
        published=today,
        issued=0,
        answered=0,
        withdrawn=0,
        counted=counted,
        **_cleared(questionnaire, policy, blocks, cleared),
        leaves=(),
        root=receipts.root(()).hex(),
        commitments=(),
        imported=source,
    )


def _choices(questionnaire: Questionnaire, item: str) -> tuple[Choice, ...]:
    return questionnaire.items[item].choices if item in questionnaire.items else ()


def _asked(questionnaire: Questionnaire, policy: Policy, cleared: Cleared, question: str) -> Asked:
    item = _item(questionnaire, question)
    return Asked(
        question,
        Kind.MANY if question == REASONS else item.kind,
        policy.breakdown[question],
        item.words,
        _answers(item.kind, cleared.answers[question]),
        item.theme,
        _most(questionnaire, question),
        "" if item.page == default_page(question) else item.page,
    )


def _answers(kind: Kind, shown: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The answers that the record lists: of a text, that one was written."""
    wrote = (Choice(WROTE, {}),)
    match kind:
        case Kind.ONE | Kind.MANY | Kind.SCALE:
            # None are left where a small batch has no groups to merge into, and nothing is shown.
            return shown or wrote
        case Kind.TEXT:
            return wrote
        case _:
            assert_never(kind)


def _most(questionnaire: Questionnaire, question: str) -> int:
    """Of reasons: the main one, and as many others as may be ticked."""
    if question == REASONS:
        return 1 + questionnaire.items[OTHERS].most
    return questionnaire.items[question].most


def _item(questionnaire: Questionnaire, question: str) -> Item:
    return questionnaire.items[MAIN if question == REASONS else question]


def _cleared(
    questionnaire: Questionnaire,
    policy: Policy,
    blocks: Mapping[str, Sequence[Block]],
    cleared: Cleared,
) -> dict[str, Any]:
    """What any record says: what passed the gate, by which rules, in whose words."""
    every = {block.id: block for many in blocks.values() for block in many}
    return {
        "k": policy.k,
        "minimum": policy.minimum,
        "languages": questionnaire.languages,
        "themes": questionnaire.themes,
        "members": {one: _choices(questionnaire, one) for one in BREAKDOWNS},
        "asked": tuple(_asked(questionnaire, policy, cleared, one) for one in cleared.answers),
        "blocks": tuple(every.values()),
        "findings": cleared.findings,
        "withheld": cleared.withheld,
    }
