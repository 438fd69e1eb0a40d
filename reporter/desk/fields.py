"""Fields whose mistakes are told in the reader's language, and the summary of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from reporter.desk import context
from survey import plain


def wrong(key: str, **values: object) -> StopValidation:
    """A mistake in one field, in the words of the catalogue."""
    return StopValidation(context.spoken()(f"desk.error.{key}", **values))


class Words(TextAreaField):
    """A text that must be there, kept on one line."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the text on one line, without what nobody sees."""
        super().process_formdata([plain.line(str(one)) for one in valuelist])


class Line(Words):
    """A short text that must be there."""

    widget = TextInput()


class Day(StringField):
    """A day as the browser's own date field sends it; `day` is set when it is one."""

    day = date.min


class Percent(StringField):
    """A whole per cent, or nothing; `percent` is set when it is one."""

    percent: int | None = None


class Pick(StringField):
    """A choice out of a list: groups by their label, the one group of a plain list being ""."""

    def __init__(
        self,
        label: str,
        groups: Mapping[str, Sequence[tuple[str, str]]],
        **options: Any,  # noqa: ANN401 - the library's own
    ) -> None:
        super().__init__(label, [a_choice], **options)
        self.groups = groups


def needed(_: Form, field: Field) -> None:
    """Refuse an empty field."""
    if not field.data:
        raise wrong("empty")


def a_day(_: Form, field: Day) -> None:
    """Refuse what is no day."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", field.data or ""):
            field.day = date.fromisoformat(str(field.data))
            return
    except ValueError:
        pass  # 2026-02-30 looks like a day and is none
    raise wrong("day")


def a_percent(_: Form, field: Percent) -> None:
    """Refuse what is neither a whole per cent nor nothing."""
    text = (field.data or "").strip().removesuffix("%").strip()
    if text and not re.fullmatch(r"\d{1,2}|100", text):
        raise wrong("percent")
    field.percent = int(text) if text else None


def a_choice(_: Form, field: Pick) -> None:
    """Refuse what is not in the list."""
    if field.data not in {value for many in field.groups.values() for value, _ in many}:
        raise wrong("choice")


def mistakes(form: FlaskForm) -> Iterator[tuple[str, str, str]]:
    """Every mistake as (the field's id, its label, what to do), in the order of the form."""
    for field in form:
        for message in field.errors:
            yield str(field.id), str(field.label.text), str(message)
