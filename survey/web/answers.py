"""The WTForms form built from the questionnaire: valid answers, or messages. It knows no link.

A valid answer is the text of a choice (one), a number or "na" (scale), a list of choices (many),
or `{"text": ..., "consent": ...}` (text). What was not answered is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.core import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from survey import plain
from survey.questions import CONSENTS, NA, Item, Kind, Questionnaire
from survey.words import Words

Answer = str | int | list[str] | dict[str, str]
Valid = Mapping[str, Answer]

LOW = ("1", "2")
"""The ratings that open a follow-up."""
UNDONE = "rather_not"
"""A question that offers this choice itself needs no second way of saying nothing."""


@dataclass(frozen=True)
class Message:
    """What to mend, and the id of the input it is about."""

    input: str
    text: str


@dataclass(frozen=True)
class Told:
    """One question with its answer in words, as it would be stored."""

    question: str
    answers: tuple[str, ...]
    consent: str = ""


class Answers(BaseForm):
    """Every question as an optional field named by its item's id. A text has `consent_<id>` too."""

    def __init__(
        self, questionnaire: Questionnaire, words: Words, posted: MultiDict[str, str] | None = None
    ) -> None:
        super().__init__(list(_fields(questionnaire)))
        self.questionnaire = questionnaire
        self.words = words
        self.process(posted)

    def heeds(self, item: Item) -> bool:
        """Whether an answer to this item counts: a follow-up does only under a low rating."""
        return not item.under or self[item.under].data in LOW

    def asked(self, item: Item) -> str:
        """The question in words; a follow-up's begins with the sentence that was rated."""
        words = item.words[self.words.language]
        if not item.under:
            return words
        return f"{self.asked(self.questionnaire.items[item.under])} {words}"


def consent_name(item: Item) -> str:
    """The name of the field that says what may be done with a text."""
    return f"consent_{item.id}"


def options(item: Item, words: Words) -> list[tuple[str, str]]:
    """What may be chosen, as (value, words). The last one of a single choice takes it back."""
    choices = [(choice.id, choice.words[words.language]) for choice in item.choices]
    return [*choices, *((value, words(key)) for value, key in _aside(item))]


def _aside(item: Item) -> list[tuple[str, str]]:
    """What may be chosen beside the answers, as (value, key of its words)."""
    match item.kind:
        case Kind.SCALE:
            return [(NA, "form.na")]
        case Kind.ONE:
            offered = any(choice.id == UNDONE for choice in item.choices)
            return [] if offered else [("", "form.undo")]
        case Kind.MANY | Kind.TEXT:
            return []
        case _:
            assert_never(item.kind)


def consents(words: Words) -> list[tuple[str, str]]:
    """What a leaver may allow for a text, as (value, words)."""
    return [(consent, words(f"consent.{consent}")) for consent in CONSENTS]


def _fields(questionnaire: Questionnaire) -> Iterator[tuple[str, Any]]:
    for item in questionnaire.items.values():
        yield item.id, _field(item)
        if item.kind.written:
            yield consent_name(item), _consent(item)


def _field(item: Item) -> Field:
    ident = f"q-{item.id}"
    # WTForms would refuse an unknown choice in English; ours speaks the leaver's language.
    match item.kind:
        case Kind.ONE | Kind.SCALE:
            return RadioField(validators=[_known(item)], validate_choice=False, id=ident)
        case Kind.MANY:
            checks = [_known(item), _not_too_many(item)]
            return SelectMultipleField(validators=checks, validate_choice=False, id=ident)
        case Kind.TEXT:
            return TextAreaField(validators=[_fits(item)], filters=[plain.text], id=ident)
        case _:
            assert_never(item.kind)


def _consent(item: Item) -> Field:
    ident, checks = f"q-{consent_name(item)}", [_allowed(item)]
    return SelectField(default=CONSENTS[0], validators=checks, validate_choice=False, id=ident)


Check = Callable[[Answers, Field], None]


def _fits(item: Item) -> Check:
    def check(form: Answers, field: Field) -> None:
        over = len(field.data) - item.limit
        if over > 0 and form.heeds(item):
            _refuse(form, item, "error.long", n=over, limit=item.limit)

    return check


def _known(item: Item) -> Check:
    known = {choice.id for choice in item.choices} | {value for value, _ in _aside(item)}

    def check(form: Answers, field: Field) -> None:
        if set(_chosen(field)) - known:
            _refuse(form, item, "error.unknown")

    return check


def _not_too_many(item: Item) -> Check:
    def check(form: Answers, field: Field) -> None:
        if len(set(_chosen(field))) > item.most:
            _refuse(form, item, "error.many", n=item.most)

    return check


def _allowed(item: Item) -> Check:
    def check(form: Answers, field: Field) -> None:
        if field.data not in CONSENTS and form.heeds(item):
            _refuse(form, item, "error.consent")

    return check


def _refuse(form: Answers, item: Item, key: str, **values: object) -> None:
    raise ValidationError(form.words(key, question=form.asked(item), **values))


def _chosen(field: Field) -> list[str]:
    data = field.data if isinstance(field.data, list) else [field.data]
    return [value for value in data if value]


def messages(form: Answers) -> list[Message]:
    """What to mend, in the order of the form, once `validate` has run."""
    return [
        Message(f"{field.id}-0" if _grouped(field) else field.id, text)
        for field in form
        for text in field.errors
    ]


def _grouped(field: Field) -> bool:
    return isinstance(field, RadioField | SelectMultipleField)


def valid(form: Answers) -> dict[str, Answer]:
    """The answers of a form that validates; a follow-up without its low rating is dropped."""
    found = ((item.id, _answer(form, item)) for item in form.questionnaire.items.values())
    return {ident: answer for ident, answer in found if answer is not None}


def _answer(form: Answers, item: Item) -> Answer | None:
    chosen = _chosen(form[item.id])
    match item.kind:
        case Kind.ONE:
            return next(iter(chosen), None)
        case Kind.SCALE:
            return next((one if one == NA else int(one) for one in chosen), None)
        case Kind.MANY:
            return [choice.id for choice in item.choices if choice.id in chosen] or None
        case Kind.TEXT:
            return _text(form, item)
        case _:
            assert_never(item.kind)


def _text(form: Answers, item: Item) -> Answer | None:
    text = form[item.id].data
    if not text or not form.heeds(item):
        return None
    return {"text": text, "consent": form[consent_name(item)].data}


def empty(answers: Valid) -> bool:
    """Whether nothing was answered: such a form never spends a link."""
    return not answers


def told(form: Answers, answers: Valid) -> list[tuple[str, list[Told]]]:
    """The answers in words, (section, questions), with the unanswered shown as such."""
    language = form.words.language
    return [
        (section.words[language], [_told(form, item, answers.get(item.id)) for item in items])
        for section in form.questionnaire.sections
        if (items := [item for item in section.items if not item.under or item.id in answers])
    ]


def _told(form: Answers, item: Item, answer: Answer | None) -> Told:
    question = form.asked(item)
    if answer is None:
        return Told(question, ())
    if isinstance(answer, dict):
        return Told(question, (answer["text"],), form.words(f"consent.{answer['consent']}"))
    shown = dict(options(item, form.words))
    chosen = answer if isinstance(answer, list) else [str(answer)]
    return Told(question, tuple(shown[value] for value in chosen))
