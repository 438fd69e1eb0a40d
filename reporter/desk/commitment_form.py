"""The form of a commitment: its fields in both languages, and the way to a file and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm

from reporter import summary
from reporter.commitments import Commitment, Status, reading, writing
from reporter.commitments.commitment import Measure, Step
from reporter.desk import context
from reporter.desk.fields import Day, Line, Percent, Pick, Words, a_day, a_percent, needed, wrong
from reporter.desk.meanwhile import Differing
from reporter.host import Host
from reporter.pages.context import Edition
from reporter.records import Asked, Finding, Record
from survey.problems import Problem
from survey.questions import Kind, Questionnaire, Texts
from survey.words import Words as Phrases

FIXED = ("theme", "goal", "measure", "baseline", "target", "made")
"""What a published edition has told of a commitment is never another afterwards."""


class _Line(FlaskForm):  # type: ignore[misc]
    """What every commitment's form has: a day to be done by, and a line of history to add."""

    line_status: Pick
    line_date: Day

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - the library's
        """Each field by itself, then what belongs together."""
        well = bool(super().validate(extra_validators))
        for field in self._half_told():
            field.errors = [*field.errors, str(wrong("pair"))]
            well = False
        return well

    def _half_told(self) -> list[Any]:
        """The empty fields of a line or a reason that is begun, or that dropping asks for."""
        lines = [field for field in self if field.name.startswith("line_text_")]
        reasons = [field for field in self if field.name.startswith("reason_")]
        dropped = self.line_status.data == Status.DROPPED
        begun = any(field.data for field in lines)
        missing = [field for field in lines if begun and not field.data]
        return missing + [field for field in reasons if begun and dropped and not field.data]


def form_for(host: Host, past: Sequence[Record], one: Commitment | None) -> FlaskForm:
    """The form of a commitment, filled in from `one`; what an edition has told stays as it is."""
    words = context.spoken()
    told = one is not None and _is_told(one, past)
    fields = _fields(host.questionnaire, words)
    fields["measure"] = _measure_field(host, past, words)
    kept = {name: field for name, field in fields.items() if not (told and _root(name) in FIXED)}
    made: type[FlaskForm] = type("Promise", (_Line,), kept)
    start = _values(one) if one else {"made": host.today.isoformat()}
    return made(data={**start, "line_date": host.today.isoformat()})


def _is_told(one: Commitment, past: Sequence[Record]) -> bool:
    return any(old["id"] == one.id for record in past for old in record.commitments)


def _root(name: str) -> str:
    return name.partition("_")[0]


def _fields(asked: Questionnaire, words: Phrases) -> dict[str, Any]:
    """The fields in the order of the page; texts have one for each language."""
    here = words.language
    themes = [(theme.id, theme.words[here]) for theme in asked.themes]
    states = [(str(one), words(f"status.{one}")) for one in Status]
    return {
        **_texts(asked, words, "title", needed),
        "theme": Pick(words("desk.field.theme"), {"": themes}),
        **_texts(asked, words, "goal", needed),
        "measure": None,
        "baseline": Percent(words("desk.field.baseline"), [a_percent]),
        "target": Percent(words("desk.field.target"), [a_percent, needed]),
        **_texts(asked, words, "owner", needed, _role),
        "made": Day(words("desk.field.made"), [a_day]),
        "due": Day(words("desk.field.due"), [a_day]),
        "line_date": Day(words("desk.field.line_date"), [a_day]),
        "line_status": Pick(words("desk.field.line_status"), {"": states}),
        **_texts(asked, words, "line_text"),
        **_texts(asked, words, "reason"),
    }


def _texts(asked: Questionnaire, words: Phrases, name: str, *checks: Any) -> dict[str, Words]:  # noqa: ANN401
    return {
        f"{name}_{one}": (Line if name in _SHORT else Words)(
            f"{words(f'desk.field.{name}')} ({words(f'desk.in.{one}')})", list(checks)
        )
        for one in asked.languages
    }


_SHORT = ("title", "owner")


def _role(_: FlaskForm, field: Words) -> None:
    if "@" in (field.data or ""):
        raise wrong("address")


def _measure_field(host: Host, past: Sequence[Record], words: Phrases) -> Pick:
    groups: dict[str, list[tuple[str, str]]] = {}
    for value, label in measures(host.questionnaire, past, words):
        question, answer = label
        groups.setdefault(question, []).append((value, answer))
    return Pick(words("desk.field.measure"), groups)


def measures(
    asked: Questionnaire, past: Sequence[Record], words: Phrases, flat: bool = False
) -> list[tuple[str, Any]]:
    """Each measurable answer: "question:answer", and its two labels with the latest figure."""
    edition = Edition(past, {}, words)
    found: list[tuple[str, Any]] = []
    for question, answers in reading.measurable(asked).items():
        shown = _question(asked, question)
        label = edition.question(shown)
        for answer in answers:
            name = edition.answer(shown, answer)
            latest = summary.latest(past, question, answer)
            told = f"{name} – {edition.count(latest)}" if latest else name
            found.append((f"{question}:{answer}", f"{label} {name}" if flat else (label, told)))
    return found


def _question(asked: Questionnaire, ident: str) -> Asked:
    if ident not in asked.items:
        return Asked(ident, Kind.MANY, "none", {}, asked.reasons)
    item = asked.items[ident]
    return Asked(ident, item.kind, "none", item.words, item.choices, item.theme)


def _values(one: Commitment) -> dict[str, object]:
    texts = {"title": one.title, "goal": one.goal, "owner": one.owner, "reason": one.reason}
    values = {f"{name}_{key}": text for name, many in texts.items() for key, text in many.items()}
    measure = one.measure
    return {
        **values,
        "theme": one.theme,
        "measure": f"{measure.question}:{measure.answer}",
        "baseline": str(measure.baseline),
        "target": str(measure.target),
        "made": one.made.isoformat(),
        "due": one.due.isoformat(),
        "line_status": str(one.status),
    }


def differing(form: FlaskForm, one: Commitment) -> list[Differing]:
    """Each field whose text is another than what is saved, in the order of the page."""
    return [
        Differing(str(field.label.text), str(saved), str(field.data or ""))
        for name, saved in _values(one).items()
        if name in form and name != "line_status" and (field := form[name]).data != saved
    ]


def asked_for(
    form: FlaskForm, host: Host, past: Sequence[Record], one: Commitment | None
) -> Commitment:
    """The commitment that the form asks for: what `one` was, and what is new."""
    languages = host.questionnaire.languages
    told = one is not None and "goal_" + languages[0] not in form
    ground = one if told and one else _ground(form, host, past, one)
    title, owner = (_written(form, name, languages) for name in ("title", "owner"))
    changed = {**vars(ground), "title": title, "owner": owner, "due": form["due"].day}
    asked = Commitment(**changed)
    text = _written(form, "line_text", languages)
    if not any(text.values()):
        return asked
    status = Status(form["line_status"].data)
    reason = _written(form, "reason", languages) if status is Status.DROPPED else {}
    longer = writing.lengthened(asked, Step(form["line_date"].day, status, text))
    return Commitment(**{**vars(longer), "reason": reason})


def _ground(
    form: FlaskForm, host: Host, past: Sequence[Record], one: Commitment | None
) -> Commitment:
    """The commitment that the form asks for: what `one` was, and what is new."""
    """What may still be changed while no edition has told it."""
    languages = host.questionnaire.languages
    title = _written(form, "title", languages)
    return Commitment(
        id=one.id if one else _fresh_id(title, host),
        title=title,
        theme=form["theme"].data,
        goal=_written(form, "goal", languages),
        measure=_measured(form, past),
        owner={},
        made=form["made"].day,
        due=form["due"].day,
        status=one.status if one else Status.PLANNED,
        reason=one.reason if one else {},
        history=one.history if one else (),
    )


def _measured(form: FlaskForm, past: Sequence[Record]) -> Measure:
    question, _, answer = str(form["measure"].data).partition(":")
    baseline = form["baseline"].percent
    if baseline is None:
        baseline = _middle(summary.latest(past, question, answer))
    return Measure(question, answer, baseline, form["target"].percent)


def _middle(latest: Finding | None) -> int:
    """The published share in whole per cents; half-way where it is a range."""
    if latest is None:
        raise Problem(context.spoken()("desk.error.baseline"))
    return round(50 * sum(latest.shares))


def _written(form: FlaskForm, name: str, languages: Sequence[str]) -> Texts:
    return {one: form[f"{name}_{one}"].data or "" for one in languages}


def _fresh_id(title: Texts, host: Host) -> str:
    """A file name made of the title, in English where there is one; it stays for ever."""
    text = title.get("en") or next(iter(title.values()))
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "commitment"
    number = 1
    while (host.files.commitments / f"{_numbered(name, number)}.md").exists():
        number += 1
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"
