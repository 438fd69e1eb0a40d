"""The pages a leaver can see. It alone joins a link and an answer, for the length of one request.

Nothing of a request is logged or kept, and there is no cookie: the page itself carries the link and
what was typed, and the link is what lets a person answer.

Longer than most: a leaver's whole way, from the link to the receipt, is read from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import parse_qsl

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from survey.ballots import Ballot, Outcome, Terms, box, receipts, seal
from survey.invitations import links
from survey.invitations.links import BadLink, Link
from survey.problems import Problem
from survey.quarter import Quarter
from survey.web import answers
from survey.web.answers import Answers, Message, Valid
from survey.web.context import here, language, languages, load, notice, page, spoken
from survey.web.tickets import Ticket
from survey.words import Words

pages = Blueprint("form", __name__)

MOST_FIELDS = 1000


@dataclass(frozen=True)
class Draft:
    """What one page of the form carries: the link's text, a receipt, a wish, the answers."""

    token: str
    receipt: bytes
    wish: str
    """The button pressed: send, edit, or anything else to look the answers over."""
    form: Answers


class Refused(Exception):
    """An answer that is not taken: why (a key of the catalogue), and whether trying again helps."""

    def __init__(self, key: str, status: int, *messages: Message, final: bool = False) -> None:
        super().__init__(key)
        self.key, self.status, self.messages, self.final = key, status, messages, final


# The pages, in the order a leaver meets them.


@pages.get("/")
def start() -> Response:
    """For whoever comes without a link."""
    return notice("start", 200)


@pages.get("/s/<mailed:token>", strict_slashes=False, merge_slashes=False)
def invited(token: str) -> Response:
    """The empty form: the same page for a used and an unused link but for its fresh receipt.

    What a mail program added to the link is taken off here, where nothing can be spent.

    Whoever hands out the links could otherwise poll them to see who has answered, so this reads the
    signature and the quarter's public terms, and nothing else.
    """
    token = links.as_mailed(token)
    draft = Draft(token, receipts.new(), "", _answers(token, language(), None))
    try:
        return _form(draft, _terms(_link(draft)))
    except Refused as refusal:
        return notice(refusal.key, refusal.status)


@pages.post("/s")
def answer() -> Response:
    """Everything a leaver does with the form: change language, look it over, mend it, send it."""
    draft = _draft(_posted())
    terms = None
    try:
        if not here().posts.take():
            raise Refused("wait", 429)
        link = _link(draft)
        terms = _terms(link)
        if draft.wish == "edit":
            return _form(draft, terms)
        valid = _valid(draft.form)
        if draft.wish != "send":
            return _preview(draft, terms, valid)
        _cast(link, draft, _sealed(draft, terms, valid))
    except Refused as refusal:
        return _form(draft, terms, refusal)
    ticket = Ticket(draft.receipt, link.quarter, draft.form.words.language)
    return redirect(url_for("form.done", ticket=here().tickets.write(ticket)), 303)


@pages.get("/done/<ticket>")
def done(ticket: str) -> Response:
    """The receipt, for the minutes that the ticket can be read."""
    shown = here().tickets.read(ticket)
    if shown is None:
        return notice("shown", 410)
    terms = here().terms(shown.quarter)
    code = receipts.code(shown.receipt)
    return page("done.html", load(shown.language), code=code, terms=terms)


@pages.get("/withdraw")
def withdraw() -> Response:
    """Asks for a receipt code."""
    return _asking(load(language()), "")


@pages.post("/withdraw")
def withdrawn() -> Response:
    """Takes an answer back. The page does not tell whether there was one."""
    posted = _posted()
    words, code = load(spoken(posted.get("lang"))), posted.get("code", "")
    try:
        _take_back(receipts.tag(_code(code)))
    except Refused as refusal:
        return _asking(words, code, refusal)
    return page("withdrawn.html", words)


# The guards: each returns the thing or refuses, and a refusal keeps what was typed.


def _link(draft: Draft) -> Link:
    try:
        return links.read(here().settings.link_keys, draft.token)
    except BadLink:
        raise Refused("wrong", 403, final=True) from None


def _terms(link: Link) -> Terms:
    try:
        terms = here().terms(link.quarter)
    except Problem:
        raise Refused("busy", 503) from None
    if terms is None or not here().takes(terms):
        raise Refused("closed", 410, final=True)
    return terms


def _valid(form: Answers) -> Valid:
    if not form.validate():
        raise Refused("mend", 422, *answers.messages(form))
    valid = answers.valid(form)
    if answers.empty(valid):
        # Mail scanners post forms too: without an answer no link is spent.
        raise Refused("empty", 422)
    return valid


def _sealed(draft: Draft, terms: Terms, valid: Valid) -> Ballot:
    try:
        return seal.close(valid, receipts.leaf(draft.receipt), terms.publics)
    except seal.TooLong as long:
        text = draft.form.words("error.together", n=long.by)
        raise Refused("mend", 422, Message("answers", text)) from None


def _cast(link: Link, draft: Draft, ballot: Ballot) -> None:
    settings, ways = here().settings, here().ways
    mark, tag = links.mark(settings.ledger_key, link), receipts.tag(draft.receipt)
    try:
        path = settings.project.box(link.quarter)
        with box.opened(path, settings.ledger_key, ways) as ballots:
            if not here().takes(ballots.terms):
                raise Refused("closed", 410, final=True)
            outcome = ballots.cast(mark, tag, ballot)
    except Problem:
        # Nobody can tell what a failing disk has kept. Sent again, it counts once all the same.
        raise Refused("unsure", 503) from None
    match outcome:
        case Outcome.COUNTED | Outcome.REPEATED:
            return
        case Outcome.SPENT:
            raise Refused("spent", 410, final=True)
        case Outcome.UNKNOWN:
            raise Refused("wrong", 403, final=True)
        case Outcome.CLOSED:
            raise Refused("closed", 410, final=True)
        case _:
            assert_never(outcome)


def _code(text: str) -> bytes:
    receipt = receipts.parse(text)
    if receipt is None:
        raise Refused("code", 422)
    if not here().withdrawals.take():
        raise Refused("wait", 429)
    return receipt


def _take_back(tag: bytes) -> None:
    settings = here().settings
    try:
        box.take_back(settings.project.boxes(), settings.ledger_key, tag, here().takes, here().ways)
    except Problem:
        raise Refused("untaken", 503) from None


# What a request says.


def _posted() -> MultiDict[str, str]:
    """The fields of the body, read strictly: a damaged body must not store a damaged answer."""
    if request.mimetype != "application/x-www-form-urlencoded":
        abort(400)
    body = request.get_data(cache=False)
    if body.count(b"&") >= MOST_FIELDS:
        abort(413)
    try:
        return MultiDict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict"))
    except ValueError:
        abort(400)


def _draft(posted: MultiDict[str, str]) -> Draft:
    wish = posted.get("do", "")
    words = spoken(wish if wish in languages() else posted.get("lang"))
    if wish in languages():
        # A change of language draws the page again that it was asked on, and sends nothing.
        wish = "look" if posted.get("page") == "preview" else "edit"
    receipt = _receipt(posted.get("receipt", ""))
    token = posted.get("token", "")
    return Draft(token, receipt, wish, _answers(token, words, posted))


def _receipt(text: str) -> bytes:
    """The page's receipt; one that was tampered with is replaced."""
    return bytes.fromhex(text) if re.fullmatch(r"[0-9a-f]{32}", text) else receipts.new()


def _answers(token: str, of: str, posted: MultiDict[str, str] | None) -> Answers:
    """The form of the link's own quarter: what its box was opened with."""
    return Answers(here().asked(_quarter(token)), load(of), posted)


def _quarter(token: str) -> Quarter | None:
    try:
        return links.read(here().settings.link_keys, token).quarter
    except BadLink:
        return None


# What is shown.


def _form(draft: Draft, terms: Terms | None, refusal: Refused | None = None) -> Response:
    status = refusal.status if refusal else 200
    shown = {"draft": draft, "form": draft.form, "terms": terms, "refusal": refusal}
    return page("form.html", draft.form.words, status, answers=answers, **shown)


def _preview(draft: Draft, terms: Terms, valid: Valid) -> Response:
    told, kept = answers.told(draft.form, valid), list(_kept(draft.form))
    return page("preview.html", draft.form.words, draft=draft, terms=terms, told=told, kept=kept)


def _kept(form: Answers) -> Iterable[tuple[str, str]]:
    """Everything typed, as hidden fields, so that changing one's mind loses nothing."""
    for one in form:
        for value in one.data if isinstance(one.data, list) else [one.data]:
            if value:
                yield one.name, value


def _asking(words: Words, code: str, refusal: Refused | None = None) -> Response:
    return page(
        "withdraw.html", words, refusal.status if refusal else 200, code=code, refusal=refusal
    )
