"""comments.paraphrases: what is told in other words, or word for word, names nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporter.comments import Paraphrase, Quote, State, decisions, paraphrases
from reporter.comments.decisions import Why
from survey.problems import Problem
from tests.support import written
from tests.support.written import LANGUAGES, PROBLEM, STRENGTH, THEMES

# Paraphrases


def test_a_paraphrase_of_five_is_written_by_one_and_approved_by_another() -> None:
    state = paraphrases.save(written.five(), written.said(), LANGUAGES)
    assert not paraphrases.voices(state, LANGUAGES)
    assert paraphrases.waiting(state)
    state = paraphrases.approve(state, "pay", PROBLEM, "CD", LANGUAGES)
    (voice,) = paraphrases.voices(state, LANGUAGES)
    assert (voice.theme, voice.side, voice.kind) == ("pay", "problem", "paraphrase")
    assert paraphrases.waiting(paraphrases.save(state, written.said(), LANGUAGES))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (written.said(side=STRENGTH), "rests on 0 writers"),
        (written.said(words={"sv": "Lönen."}), "no text in 'en'"),
        (written.said(writer=" "), "has no writer"),
        (written.said(words={"sv": "Skriv a@b.se", "en": "Low."}), "holds an address"),
        (written.said(words={"sv": "Se low pay number 3", "en": "so low pay number 3 x"}), None),
        (written.said(words={"sv": "Låg.", "en": "It was low in October."}), r"\(date\)"),
        (written.said(words={"sv": "Hos gruppchefen.", "en": "Low."}), r"\(title\)"),
        (written.said(words={"sv": "Efter 12 år.", "en": "Low."}), r"\(service\)"),
    ],
)
def test_a_paraphrase_that_breaks_a_rule_is_refused(said: Paraphrase, message: str | None) -> None:
    if message is None:
        paraphrases.save(written.five(), said, LANGUAGES)
        return
    with pytest.raises(Problem, match=message):
        paraphrases.save(written.five(), said, LANGUAGES)


def test_five_words_in_a_row_from_any_comment_must_be_acknowledged() -> None:
    other = written.comment("Nobody ever told us why, honestly!", question="keep", consent="count")
    state = replace(
        written.five(), comments=(*written.five().comments, *written.decided(other).comments)
    )
    said = written.said(words={"sv": "Låg.", "en": "So nobody EVER told us: why?"})
    (warning,) = paraphrases.warnings(state, said)
    assert "nobody ever told us why" in str(warning)
    with pytest.raises(Problem, match="five words"):
        paraphrases.save(state, said, LANGUAGES)
    paraphrases.save(state, replace(said, acknowledged=(str(warning),)), LANGUAGES)


def test_the_writer_cannot_approve() -> None:
    state = paraphrases.save(written.five(), written.said(), LANGUAGES)
    for who in ("AB", "a.b.", " "):
        with pytest.raises(Problem, match="approve"):
            paraphrases.approve(state, "pay", PROBLEM, who, LANGUAGES)


@pytest.mark.parametrize("other", [{"consent": "count"}, {"question": "stay"}])
def test_four_tellable_comments_on_one_question_are_no_five_writers(other: dict[str, str]) -> None:
    found = [written.comment(f"low {n}") for n in range(4)] + [written.comment("low 5", **other)]
    assert paraphrases.writers(written.decided(*found, theme="pay"), "pay", PROBLEM) == 4


def test_held_texts_and_open_stops_are_no_source() -> None:
    state = written.five()
    state = decisions.hold(state, state.comments[0].id, Why.WRITER)
    assert paraphrases.writers(state, "pay", PROBLEM) == 4
    stopped = written.decided(*(written.comment(f"a{n}@b.se") for n in range(5)), theme="pay")
    assert paraphrases.writers(stopped, "pay", PROBLEM) == 0
    cleared = decisions.clear(stopped, stopped.comments[0].id)
    assert paraphrases.writers(cleared, "pay", PROBLEM) == 1


def test_what_stops_being_true_stops_publication() -> None:
    state = paraphrases.approve(
        paraphrases.save(written.five(), written.said(), LANGUAGES), "pay", PROBLEM, "CD", LANGUAGES
    )
    state = decisions.confirm(state, state.comments[0].id, ["team"], THEMES)
    with pytest.raises(Problem, match="rests on 4"):
        paraphrases.voices(state, LANGUAGES)


# Quotes


def _quotable(text: str = "Pay us more", **other: str) -> tuple[State, Quote]:
    state = written.decided(written.comment(text, consent="quote", **other), theme="pay")
    return state, Quote(state.comments[0].id, "pay", text, "AB", "CD")


HIDDEN = "Pay\u202e us\u200b mo\u00adre\ufeff"


def test_nothing_that_nobody_sees_is_kept_of_what_is_typed_or_told() -> None:
    said = written.said(words={"sv": f" {HIDDEN}\u2028nu ", "en": HIDDEN})
    (kept,) = paraphrases.save(written.five(), said, LANGUAGES).paraphrases
    assert kept.words == {"sv": "Pay us more nu", "en": "Pay us more"}
    state, wanted = _quotable(HIDDEN)
    (voice,) = paraphrases.voices(paraphrases.quote(state, wanted), LANGUAGES)
    assert set(voice.words.values()) == {"Pay us more"}


def test_a_file_of_an_earlier_version_is_told_without_what_nobody_sees() -> None:
    state, wanted = _quotable(HIDDEN)
    (voice,) = paraphrases.voices(replace(state, quotes=(wanted,)), LANGUAGES)
    assert set(voice.words.values()) == {"Pay us more"}


@pytest.mark.parametrize("number", ["070\u2013123 45 67", "850101\u20131234", "a (at) example.org"])
def test_a_number_is_neither_quoted_nor_paraphrased_however_it_is_spelt(number: str) -> None:
    state, wanted = _quotable(f"Ring {number}")
    with pytest.raises(Problem, match="address or a number"):
        paraphrases.quote(state, wanted)
    said = written.said(words={"sv": f"Ring {number}", "en": "Low."})
    with pytest.raises(Problem, match="address or a number"):
        paraphrases.save(written.five(), said, LANGUAGES)


def test_a_quote_with_consent_and_two_readers_is_told() -> None:
    state, wanted = _quotable()
    (voice,) = paraphrases.voices(paraphrases.quote(state, wanted), LANGUAGES)
    assert (voice.kind, voice.words["sv"]) == ("quote", "Pay us more")
    waits = paraphrases.quote(state, replace(wanted, reader=""))
    assert not paraphrases.voices(waits, LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": "Pay me more"}, "not what the comment says"),
        ({"text": " "}, "is empty"),
        ({"theme": "team"}, "not on 'team'"),
        ({"reader": "A B"}, "second reader"),
        ({"approver": ""}, "no approver"),
    ],
)
def test_a_quote_that_breaks_a_rule_is_refused(changes: dict[str, str], message: str) -> None:
    state, wanted = _quotable()
    with pytest.raises(Problem, match=message):
        paraphrases.quote(state, replace(wanted, **changes))


def test_no_consent_a_hold_a_stop_length_or_a_second_quote_forbids_it() -> None:
    state, wanted = _quotable()
    without = replace(state, comments=(replace(state.comments[0], consent="paraphrase"),))
    long, longer = _quotable("a" * 201)
    stop, stopped = _quotable("Mail a@b.se")
    twice = written.decided(
        *(written.comment(f"Pay {n}", consent="quote") for n in range(2)), theme="pay"
    )
    first, second = (Quote(one.id, "pay", one.text, "AB", "CD") for one in twice.comments)
    for refused, one, message in (
        (without, wanted, "consent"),
        (decisions.hold(state, wanted.comment, Why.HARM), wanted, "held back"),
        (long, longer, "longer than 200"),
        (stop, stopped, "address"),
        (paraphrases.quote(twice, first), second, "second on its theme"),
    ):
        with pytest.raises(Problem, match=message):
            paraphrases.quote(refused, one)
