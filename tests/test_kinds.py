"""Every kind of question, from the form to the auditor: none is taken for another on the way."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from survey.invitations import guide
from survey.questions import Item, Questionnaire, Section
from survey.settings import Settings
from survey.web import app


def test_the_form_has_no_look_for_a_kind_it_does_not_know(here: Settings) -> None:
    page = app.create(here, date.today).jinja_env.get_template("_questions.html")
    with pytest.raises(UndefinedError, match="date"):
        page.module.question({}, SimpleNamespace(kind="date"), None, None)  # type: ignore[attr-defined]


def test_nor_has_the_guide(here: Settings) -> None:
    item = Item("last_day", "date", {"en": "Your last day?"})  # type: ignore[arg-type]
    asked = Questionnaire(("en",), (), (), (), (Section("one", {"en": "One"}, (item,)),))
    with pytest.raises(UndefinedError, match="date"):
        guide.html(asked, here.organisation, ["en"])
