"""A box and a private key → one data frame in memory, comments unbundled. It writes no file."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

import pandas as pd

from reporter.counting.asked import FILE
from reporter.counting.batch import Sealed
from survey.ballots import Response, seal
from survey.problems import Problem
from survey.questions import NA, Item, Kind, Questionnaire


@dataclass(frozen=True)
class Comment:
    """One text, apart from everything else its writer answered."""

    question: str
    theme: str
    consent: str
    text: str
    side: str


@dataclass(frozen=True)
class Batch:
    """What one edition is made of; it lives in memory only.

    `frame` has a row a response and a column an item: text ids of choices, numbers of scales, lists
    of what was ticked, and for a text whether one was written.
    """

    frame: pd.DataFrame
    comments: tuple[Comment, ...]
    leaves: tuple[bytes, ...]
    bound: bool = False
    """Whether some answers lay sealed together with their leaf, as an earlier version did it."""


def opened(boxes: Iterable[tuple[Sealed, Sequence[bytes]]], questionnaire: Questionnaire) -> Batch:
    """Open the boxes with their private keys, and mix what was in them."""
    responses: list[Response] = []
    leaves: list[bytes] = []
    for one, privates in boxes:
        found = _responses(one, privates)
        responses += found
        leaves += _leaves(one, privates, [response.leaf for response in found])
    random.SystemRandom().shuffle(responses)
    comments = [comment for one in responses for comment in _comments(one.answers, questionnaire)]
    random.SystemRandom().shuffle(comments)
    bound = any(one.leaf for one in responses)
    _check_known(responses, questionnaire)
    rows = frame(responses, questionnaire)
    return Batch(rows, tuple(comments), tuple(sorted(leaves)), bound)


def frame(responses: Sequence[Response], questionnaire: Questionnaire) -> pd.DataFrame:
    """A row a response and a column an item; see `Batch`."""
    rows = [_row(response.answers, questionnaire) for response in responses]
    return pd.DataFrame(rows, columns=list(questionnaire.items), dtype=object)


def _responses(one: Sealed, privates: Sequence[bytes]) -> list[Response]:
    name = one.terms.quarter
    try:
        responses = seal.open_all(one.bodies, privates)
    except seal.CannotOpen:
        mend = "Use the key that was made for this quarter, with `reporter keys`."
        raise Problem(f"{name}: the box was not sealed to this key. {mend}") from None
    if len(responses) != one.tally.present:
        what = f"holds {len(responses)} responses but its tally says {one.tally.present}"
        raise Problem(f"{name}: the box {what}. Fetch it again from the collecting host.")
    return responses


def _leaves(one: Sealed, privates: Sequence[bytes], beside: Iterable[bytes]) -> list[bytes]:
    """The leaves of a box: in a pool of their own, or as it was earlier, beside the answers."""
    leaves = [*filter(None, beside), *seal.open_leaves(one.leaves, privates)]
    if len(leaves) != one.tally.present:
        what = f"proves {len(leaves)} responses but holds {one.tally.present}"
        mend = "Fetch it again from the collecting host."
        raise Problem(f"{one.terms.quarter}: the box {what}. {mend}")
    return leaves


def _check_known(responses: Iterable[Response], questionnaire: Questionnaire) -> None:
    """Stop if any answer could not be counted: it must never pass for one not given."""
    unknown = sorted({
        where for one in responses for where in _unknown(one.answers, questionnaire)
    })  # fmt: skip
    if unknown:
        mend = f"{FILE} does not know it. Put it back there, as it was when the box was opened."
        raise Problem(*(f"{where} was answered, and {mend}" for where in unknown))


def _unknown(answers: Mapping[str, Any], questionnaire: Questionnaire) -> Iterable[str]:
    for ident, answer in answers.items():
        item = questionnaire.items.get(ident)
        if item is None:
            yield f"the question '{ident}'"
        elif not item.kind.written:
            known = {*(choice.id for choice in item.choices), NA}
            for one in answer if isinstance(answer, list) else [answer]:
                if str(one) not in known:
                    yield f"the answer '{one}' of '{ident}'"


def _row(answers: Mapping[str, Any], questionnaire: Questionnaire) -> dict[str, object]:
    return {ident: _value(item, answers.get(ident)) for ident, item in questionnaire.items.items()}


def _value(item: Item, answer: Any) -> object:  # noqa: ANN401 - as it came out of the seal
    """The answer as a cell; a rating that somebody would rather not give is none."""
    known = {choice.id for choice in item.choices}
    match item.kind:
        case Kind.ONE:
            return answer if answer in known else None
        case Kind.SCALE:
            return int(answer) if str(answer) in known else None
        case Kind.MANY:
            return [one for one in answer or () if one in known]
        case Kind.TEXT:
            return bool(answer)
        case _:
            assert_never(item.kind)


def _comments(answers: Mapping[str, Any], questionnaire: Questionnaire) -> Iterable[Comment]:
    for ident, item in questionnaire.items.items():
        if item.kind.written and (answer := answers.get(ident)):
            yield Comment(ident, item.theme, answer["consent"], answer["text"], item.side)
