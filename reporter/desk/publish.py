"""From a draft to a published edition: draft, preview, audit, and the ceremony of the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, redirect, request, send_from_directory, session, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField

from reporter import drafts, preflight, report, summary
from reporter.counting.asked import Disagreement
from reporter.desk import context, meanwhile
from reporter.desk.fields import mistakes, wrong
from reporter.host import Host
from reporter.records import Record, archive
from survey import quarter
from survey.problems import Problem
from survey.quarter import Quarter

pages = Blueprint("publish", __name__)

_STILL = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""A previewed page lies where the desk lies: none of its scripts may run there."""


class Confirmation(FlaskForm):  # type: ignore[misc]
    """The quarter's name, typed by whoever publishes it."""

    typed = StringField()


@pages.get("/q/<name>/draft")
def draft(name: str) -> Response:
    """What the draft says that is new, what it withholds, and the way to its preview."""
    of, host = context.of(name), context.host()
    found = _drafted(host, of)
    told = None
    if found:
        past = [one for one in archive.read_all(host.files.editions) if one.edition < of]
        told = summary.of([*past, found], context.spoken(), drafts.reasons(host, of))
    shown = {"standing": context.standing_of(of), "warned": session.pop("warned", [])}
    return context.page("draft.html", of=of, draft=found, news=told, **shown)


@pages.post("/q/<name>/draft")
def make_draft(name: str) -> Response:
    """Open the batch and build the preview, as `reporter draft` does."""
    of, warned = context.of(name), list[str]()
    host = replace(context.host(), warn=warned.append)
    boxes, as_asked = host.files.project.handed_over(), request.form.get("as_asked") == "yes"
    try:
        report.shown_draft(host, of, boxes, context.here().key_files, as_asked)
    except Disagreement as problem:
        return context.page("disagreement.html", 409, of=of, problem=problem, mends=problem.mends)
    session["warned"] = warned
    return redirect(url_for("publish.draft", name=of), 303)


@pages.post("/q/<name>/preview")
def make_preview(name: str) -> Response:
    """Build the preview again, with what was decided about the comments since the draft."""
    of, host = context.of(name), context.host()
    report.preview(host, report.reviewed(host, of))
    return redirect(url_for("publish.draft", name=of), 303)


def _drafted(host: Host, of: Quarter) -> Record | None:
    return report.reviewed(host, of) if host.files.draft(of).exists() else None


@pages.get("/preview/<language>/<name>/", defaults={"path": ""})
@pages.get("/preview/<language>/<name>/<path:path>")
def preview(language: str, name: str, path: str) -> Response:
    """A page of the drafted edition as it was built; without its scripts."""
    if language not in context.here().organisation.languages:
        abort(404)
    folder = context.host().files.preview / language / str(context.of(name))
    file = f"{path}index.html" if not path or path.endswith("/") else path
    answer = send_from_directory(folder.resolve(), file)
    answer.headers["Content-Security-Policy"] = _STILL
    return answer


@pages.get("/q/<name>/publish")
def publish(name: str) -> Response:
    """What stands between the draft and its publication, and the words about the key."""
    return _ceremony(context.of(name), Confirmation(), 200)


@pages.post("/q/<name>/audit")
def audit(name: str) -> Response:
    """Audit the draft, as `reporter audit 2026-q4` does, and lead to what was said."""
    of = context.of(name)
    preflight.audited(context.host(), of)
    return redirect(url_for("publish.publish", name=of, _anchor="audit"), 303)


@pages.post("/q/<name>/publish")
def do_publish(name: str) -> Response:
    """Publish, as `reporter publish` does, once the quarter's name is typed."""
    of, warned = context.of(name), list[str]()
    host = replace(context.host(), warn=warned.append)
    form = Confirmation()
    if host.files.edition(of).exists() and not host.files.draft(of).exists():
        return redirect(url_for("quarter.quarter", name=of), 303)  # done from another tab
    if meanwhile.overtaken(_mark(host, of)):
        return _ceremony(of, form, 409, [context.spoken()("desk.meanwhile.draft")])
    if _typed(form) != of:
        form.typed.errors = [str(wrong("typed", quarter=of))]
        return _ceremony(of, form, 422)
    try:
        report.publish_edition(host, of, context.here().key_files)
    except Problem as problem:
        return _ceremony(of, form, 422, problem.messages)
    session["warned"] = warned
    return redirect(url_for("quarter.quarter", name=of), 303)


def _mark(host: Host, of: Quarter) -> str:
    """What the page of the ceremony was shown for: the draft, and what was decided of comments."""
    files = (host.files.draft(of), host.files.comments(of))
    return meanwhile.mark([path.read_bytes() if path.exists() else b"" for path in files])


def _typed(form: Confirmation) -> Quarter | None:
    try:
        return quarter.parse(str(form.typed.data or "").strip().lower())
    except Problem:
        return None


def _ceremony(
    of: Quarter, form: Confirmation, status: int, problems: Sequence[str] = ()
) -> Response:
    host = context.host()
    form.typed.label.text = context.spoken()("desk.field.typed", quarter=of)
    shown = {
        "draft": host.files.draft(of).exists(),
        "verdict": preflight.last(host, of),
        "problems": problems,
        "base": _mark(host, of),
        "form": form,
        "standing": context.standing_of(of),
    }
    return context.page("publish.html", status, of=of, mistakes=list(mistakes(form)), **shown)
