"""Commitments in forms: both languages side by side, and a history that is only added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from reporter.commitments import Commitment, followup, overdue, reading, writing
from reporter.commitments.commitment import ORDER
from reporter.desk import commitment_rules, context, meanwhile, pressing
from reporter.desk.commitment_form import asked_for, differing, form_for, measures
from reporter.desk.fields import mistakes
from reporter.desk.meanwhile import Differing
from reporter.host import Host
from reporter.records import Record, archive
from survey.problems import Problem

pages = Blueprint("commitments", __name__)


@pages.get("/commitments/")
def listed() -> Response:
    """Every commitment; what is overdue comes first."""
    host = context.host()
    past = archive.read_all(host.files.editions)
    found = reading.read(host.files.commitments, host.questionnaire)
    rows = [(one, overdue(one, host.today), followup.follow_up(one, past)) for one in found]
    rows.sort(key=lambda row: (ORDER.index("overdue" if row[1] else row[0].status), row[0].due))
    return context.page("commitments.html", rows=rows)


@pages.route("/commitments/new", methods=["GET", "POST"])
def new() -> Response:
    """Make a commitment."""
    host = context.host()
    past = archive.read_all(host.files.editions)
    form = form_for(host, past, None)
    if pressing.used():
        return _page(form, host, None, 409, made=pressing.led())
    well = form.validate_on_submit() and not commitment_rules.broken(form, None, past)
    if well and (saved := _save(form, host, past, None)):
        return saved
    return _page(form, host, None)


@pages.route("/commitments/<ident>", methods=["GET", "POST"])
def edit(ident: str) -> Response:
    """Change a commitment, or add a line to its history."""
    host = context.host()
    past = archive.read_all(host.files.editions)
    found = reading.read(host.files.commitments, host.questionnaire)
    one = next((one for one in found if one.id == ident), None)
    if one is None:
        return _gone(host, past)
    form = form_for(host, past, one)
    if form.validate_on_submit() and not commitment_rules.broken(form, one, past):
        if _overtaken(form, host, past, one):
            return _page(form, host, one, 409, differing=differing(form, one))
        if saved := _save(form, host, past, one):
            return saved
    return _page(form, host, one)


def _gone(host: Host, past: Sequence[Record]) -> Response:
    """Show what was typed for a commitment whose file was removed since, to be made anew."""
    if request.method != "POST":
        abort(404)
    form = form_for(host, past, None)
    form.validate()
    form.form_errors = [context.spoken()("desk.commitment.gone")]
    return _page(form, host, None, 409)


def _overtaken(form: FlaskForm, host: Host, past: Sequence[Record], one: Commitment) -> bool:
    """Whether saving would undo what somebody else has saved since the form was shown."""
    if not meanwhile.overtaken(_mark(host, one)):
        return False
    try:
        return asked_for(form, host, past, one) != one
    except Problem:
        return False  # saving tells of it


def _mark(host: Host, one: Commitment | None) -> str:
    path = host.files.commitments / f"{one.id}.md" if one else None
    return meanwhile.mark(path.read_bytes()) if path and path.exists() else ""


def _page(
    form: FlaskForm,
    host: Host,
    one: Commitment | None,
    status: int = 0,
    made: str = "",
    differing: Sequence[Differing] | None = None,
) -> Response:
    """The form; `made` is where it led already, `differing` what somebody else saved meanwhile."""
    now = _mark(host, one)
    base = now if differing is not None else meanwhile.base(now)
    status = status or (422 if request.method == "POST" else 200)
    shown = {"form": form, "one": one, "mistakes": list(mistakes(form)), "made": made}
    shown |= {"base": base, "differing": differing}
    themes = {theme.id: theme.words for theme in host.questionnaire.themes}
    labels = dict(measures(host.questionnaire, [], context.spoken(), flat=True))
    return context.page("commitment.html", status, **shown, themes=themes, measures=labels)


def _save(
    form: FlaskForm, host: Host, past: Sequence[Record], one: Commitment | None
) -> Response | None:
    """Write the file and lead back to the list, or note in the form what a draft would refuse."""
    try:
        asked = asked_for(form, host, past, one)
        if one is None and (same := _same(asked, host)):
            asked = same
        writing.save(asked, host.files.commitments, host.questionnaire, past)
    except Problem as problem:
        form.form_errors = list(problem.messages)
        return None
    return redirect(url_for("commitments.listed", _anchor=asked.id), 303)


def _same(asked: Commitment, host: Host) -> Commitment | None:
    """The commitment that says all of this already: made from another tab, or by another desk."""
    found = reading.read(host.files.commitments, host.questionnaire)
    return next((one for one in found if replace(asked, id=one.id) == one), None)
