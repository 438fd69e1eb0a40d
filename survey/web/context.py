"""What every page stands on: the settings, the day, the language, and how a page is drawn.

It knows neither a link nor an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from survey import bound, words
from survey.ballots import Terms, box
from survey.ballots.box import SAFE, Ways
from survey.problems import Problem
from survey.project import PACKAGED
from survey.quarter import Quarter
from survey.questions import Questionnaire
from survey.settings import Settings
from survey.web.rate_limit import Bucket
from survey.web.tickets import Tickets
from survey.words import Words


@dataclass(frozen=True)
class Form:
    """One application's settings, clock and memory."""

    settings: Settings
    today: Callable[[], date]
    tickets: Tickets
    posts: Bucket
    """Answers and changes of language, everyone's together."""
    withdrawals: Bucket
    """Each reads a whole box: few at a time, so that nobody can keep it busy."""
    ways: Ways = SAFE
    """How its boxes work: a test gives others, and nothing else can."""
    remembered: dict[Quarter, tuple[Terms, Questionnaire]] = field(default_factory=dict)
    """Each quarter's public terms and what it asks: a visit to the form then opens no box."""

    def remember(self) -> None:
        """Read what every box that is there tells, so that even a first visit opens none."""
        for path in self.settings.project.boxes():
            self._read(path)

    def _read(self, path: Path) -> None:
        with box.opened(path, ways=self.ways) as one:
            terms, asked = one.terms, one.asked()
        self.remembered[terms.quarter] = terms, bound.resolved(asked, self.settings.questionnaire)

    def terms(self, of: Quarter) -> Terms | None:
        """The public terms of a quarter's box, or None if there is no such box."""
        path = self.settings.project.box(of)
        if of not in self.remembered and path.exists():
            self._read(path)
        found = self.remembered.get(of)
        return found[0] if found else None

    def asked(self, of: Quarter | None) -> Questionnaire:
        """What a quarter's box asks; without a box, what the project's file would."""
        with suppress(Problem):  # the box is held: whoever asks for its terms is told so
            if of and self.terms(of):
                return self.remembered[of][1]
        return self.settings.questionnaire

    def takes(self, terms: Terms) -> bool:
        """Whether the box still takes answers, and gives them back."""
        return self.today() <= terms.closes


def here() -> Form:
    """What this application was built on."""
    form: Form = current_app.extensions["avstamp"]
    return form


def languages() -> tuple[str, ...]:
    """The languages the organisation asks in."""
    return here().settings.organisation.languages


def spoken(wanted: str | None) -> str:
    """The wanted language if it is one of ours, else what the browser prefers."""
    return wanted if wanted in languages() else language()


def language() -> str:
    """The language that the address asks for, else the browser, else the organisation's first."""
    asked = request.args.get("lang")
    if asked in languages():
        return asked
    # By the first part of each tag: werkzeug's own match takes "sv" before the "en-GB" asked for.
    wanted = (tag.partition("-")[0] for tag, weight in request.accept_languages if weight)
    return next((tag for tag in wanted if tag in languages()), languages()[0])


def load(of: str) -> Words:
    """The form's phrases in a language."""
    return words.load(PACKAGED / "locale", of)


def page(template: str, of: Words, status: int = 200, **values: object) -> Response:
    """A page in a language."""
    organisation = here().settings.organisation
    html = render_template(template, words=of, organisation=organisation, **values)
    return make_response(html, status)


def notice(key: str, status: int) -> Response:
    """A calm page that says one thing; `key` names its title and text in the catalogue."""
    return page("notice.html", load(language()), status, key=key)
