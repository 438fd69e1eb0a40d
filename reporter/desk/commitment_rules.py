"""What a draft would refuse of a commitment, told at its fields in the reader's language.

`writing.save` checks it all again and has the last word; what only an editor can cause is told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flask_wtf import FlaskForm

from reporter.commitments import Commitment
from reporter.desk.fields import wrong
from reporter.records import Record


def broken(form: FlaskForm, one: Commitment | None, past: Sequence[Record]) -> bool:
    """Whether fields that are well by themselves do not belong together; each is told of it."""
    found = list(_broken(form, one, past))
    for name, key in found:
        form[name].errors = [*form[name].errors, str(wrong(key))]
    return bool(found)


def _broken(
    form: FlaskForm, one: Commitment | None, past: Sequence[Record]
) -> Iterator[tuple[str, str]]:
    """Each field at fault, and the mistake's key."""
    made = form["made"].day if "made" in form or one is None else one.made
    if form["due"].day <= made:
        yield "due", "after"
    if "target" in form and form["target"].percent == form["baseline"].percent:
        yield "target", "same"
    lines = [field.name for field in form if field.name.startswith("line_text_")]
    told = any(form[name].data for name in lines)
    if told and form["line_date"].day < max(made, _latest(one)):
        yield "line_date", "order"
    if not told:
        yield from _unexplained(form, one, past, lines)


def _latest(one: Commitment | None) -> date:
    return one.history[-1].date if one and one.history else date.min


def _unexplained(
    form: FlaskForm, one: Commitment | None, past: Sequence[Record], lines: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """A status without a line would be lost; a new day that an edition told otherwise, refused."""
    status = str(one.status) if one else "planned"
    if form["line_status"].data != status:
        yield lines[0], "unsaid"
    told = [old for record in past for old in record.commitments if one and old["id"] == one.id]
    if told and one and form["due"].day != one.due:
        yield lines[0], "moved"
