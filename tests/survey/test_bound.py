"""survey.bound: what a box was opened with, kept whole, and compared with the project's file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey import bound
from survey.bound import Change, Difference
from survey.project import PACKAGED
from survey.questionnaire import read_questionnaire
from survey.questions import Choice, Item, Kind, Questionnaire

ASKED = read_questionnaire(PACKAGED / "questionnaire.yaml")


def _with(ident: str, item: Item | None, of: Questionnaire = ASKED) -> Questionnaire:
    """The questionnaire with one question changed, or without it."""
    new = {**of.items, ident: item}
    sections = tuple(
        replace(one, items=tuple(found for old in one.items if (found := new[old.id])))
        for one in of.sections
    )
    return replace(of, sections=sections)


AREA, PAY, KEEP = (ASKED.items[one] for one in ("area", "rate_pay", "keep"))
MORE = Choice("lager", {"sv": "Lager", "en": "Stores"})


def test_it_is_kept_whole_and_equal_ones_are_one_text() -> None:
    text = bound.dump(ASKED)
    assert bound.load(text) == ASKED
    assert bound.dump(bound.load(text)) == text


CHANGED = {
    "gone": (_with("keep", None), [Difference(Change.QUESTION_GONE, "keep")]),
    "answer gone": (
        _with("area", replace(AREA, choices=AREA.choices[1:])),
        [Difference(Change.ANSWER_GONE, "area", AREA.choices[0].id)],
    ),
    "answer new": (
        _with("area", replace(AREA, choices=(*AREA.choices, MORE))),
        [Difference(Change.ANSWER_NEW, "area", "lager")],
    ),
    "renamed": (
        _with("area", replace(AREA, choices=(MORE, *AREA.choices[1:]))),
        [
            Difference(Change.ANSWER_GONE, "area", AREA.choices[0].id),
            Difference(Change.ANSWER_NEW, "area", "lager"),
        ],
    ),
    "limit": (_with("keep", replace(KEEP, limit=5)), [Difference(Change.OTHERWISE, "keep")]),
    "theme": (
        _with("rate_pay", replace(PAY, theme="")),
        [Difference(Change.OTHERWISE, "rate_pay")],
    ),
    "kind": (_with("keep", replace(KEEP, kind=Kind.SCALE)), [Difference(Change.OTHERWISE, "keep")]),
    "words": (
        _with("keep", replace(KEEP, words={"sv": "Vad?", "en": "What?"})),
        [Difference(Change.WORDS, "keep")],
    ),
    "a language": (
        _with("keep", replace(KEEP, words={"en": KEEP.words["en"]})),
        [Difference(Change.WORDS, "keep")],
    ),
}


@pytest.mark.parametrize(("other", "found"), CHANGED.values(), ids=CHANGED)
def test_every_difference_is_named(other: Questionnaire, found: list[Difference]) -> None:
    assert bound.differences(ASKED, other) == found
    assert bound.differences(ASKED, ASKED) == []


def test_a_new_question_is_named_where_it_is_new() -> None:
    assert bound.differences(_with("keep", None), ASKED) == [
        Difference(Change.QUESTION_NEW, "keep")
    ]


def test_two_quarters_are_counted_by_what_either_asked() -> None:
    """An area was renamed and a question dropped between them: nothing of the older one is lost."""
    renamed = replace(AREA, choices=(MORE, *AREA.choices[1:]))
    newer = _with("keep", None, _with("area", renamed))
    both = bound.joined(ASKED, newer)
    assert [one.id for one in both.items["area"].choices] == [
        *(one.id for one in renamed.choices),
        AREA.choices[0].id,
    ]
    for before in (ASKED, newer):
        assert not [one for one in bound.differences(before, both) if one.change.loses]


def test_one_id_of_two_kinds_is_told() -> None:
    other = _with("keep", replace(KEEP, kind=Kind.ONE, choices=AREA.choices))
    assert bound.clashes(ASKED, other) == [Difference(Change.OTHERWISE, "keep")]
    assert bound.clashes(ASKED, ASKED) == []


@pytest.mark.parametrize(("other", "found"), CHANGED.values(), ids=CHANGED)
def test_wording_may_be_corrected_and_nothing_else(
    other: Questionnaire, found: list[Difference]
) -> None:
    corrected = found == [Difference(Change.WORDS, "keep")]
    assert bound.resolved(bound.dump(ASKED), other) == (other if corrected else ASKED)
    assert bound.resolved("", other) == other
    (line, *_) = bound.told("2026-q4.box", bound.dump(ASKED), other)
    assert ("asks in the file's wording" in line) == corrected
    assert f"'{found[0].question}'" in line
