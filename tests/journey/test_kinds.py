"""Every kind of question, from the form to the auditor: none is taken for another on the way.

A new kind fails here until it stands in `WALKS`, and then at every place that does not know it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import UndefinedError

from reporter import keys, report
from reporter.audit import audit, equations
from reporter.audit.intruder import Memory, attack
from reporter.audit.solver import clock
from reporter.counting import batch, opening, tables
from reporter.host import Host
from reporter.paths import Files
from reporter.records import Record, archive
from reporter.records.findings import FAVOURABLE, NEUTRAL, SUM, UNFAVOURABLE, WROTE
from survey import init, settings
from survey.invitations import guide
from survey.project import PACKAGED, Project
from survey.quarter import Quarter
from survey.questions import Item, Kind, Questionnaire, Section
from survey.settings import Settings
from survey.web import app
from tests.support import boxes, demo, replay

QUARTER = Quarter(2026, 1)
PEOPLE = 40


@dataclass(frozen=True)
class Walk:
    """A question of one kind, what forty people answer, and what must be told of it."""

    yaml: str
    answer: Callable[[int], Any]
    field: str
    """What the form asks it with."""
    printed: str
    """What stands under it in the interview guide."""
    counts: Mapping[str, int]
    """Answer → how many gave it: before the gate."""
    shown: Mapping[str, tuple[int, int]]
    """Answer → the range that is told: after it."""
    row: str
    """How its page tells the first of them."""


_ABC = "answers: {a: {en: Apple}, b: {en: Bean}, c: {en: Corn}}"

WALKS = {
    Kind.ONE: Walk(
        f'{{id: ask_one, kind: one, en: "Which one?", {_ABC}}}',
        lambda n: "a" if n < 20 else "b" if n < 38 else "c",
        '<input type="radio" name="ask_one" value="a"',
        "Apple · Bean · Corn",
        {"a": 20, "b": 18, "c": 2},
        {"a": (20, 20), "b": (18, 18), "c": (0, 2)},
        "Apple 20 of 40",
    ),
    Kind.MANY: Walk(
        f'{{id: ask_many, kind: many, most: 2, en: "Which of these?", {_ABC}}}',
        lambda n: ["a"] if n < 15 else ["a", "b"] if n < 30 else ["c"],
        '<input type="checkbox" name="ask_many" value="a"',
        "At most 2: Apple · Bean · Corn",
        {"a": 30, "b": 15, "c": 10},
        {"a": (30, 30), "b": (15, 15), "c": (10, 10)},
        "Apple 30 of 40",
    ),
    Kind.SCALE: Walk(
        '{id: ask_scale, kind: scale, points: five, en: "How was it?"}',
        lambda n: 2 if n < 10 else 3 if n < 22 else 5,
        '<input type="radio" name="ask_scale" value="na"',
        "Bad · Poor · Fair · Good · Best",
        {UNFAVOURABLE: 10, NEUTRAL: 12, FAVOURABLE: 18},
        {UNFAVOURABLE: (10, 10), NEUTRAL: (12, 12), FAVOURABLE: (18, 18), SUM: (146, 149)},
        "18 of 40",
    ),
    Kind.TEXT: Walk(
        '{id: ask_text, kind: text, limit: 100, en: "In your words?"}',
        lambda n: {"text": f"word {n}", "consent": "count"} if n < 12 else "",
        '<textarea id="q-ask_text" name="ask_text"',
        '<div class="line"></div>',
        {WROTE: 12, "none": 28},
        {WROTE: (12, 12)},
        "In your words? 12 of 40",
    ),
}

ITEMS = "\n".join(f"      - {walk.yaml}" for walk in WALKS.values())
QUESTIONNAIRE = f"""
languages: [en]
groups: {{g: {{en: Group}}}}
themes: {{pay: {{group: g, en: Pay}}}}
reasons: {{other: {{group: g, en: Other}}}}
scales:
  five: {{1: {{en: Bad}}, 2: {{en: Poor}}, 3: {{en: Fair}}, 4: {{en: Good}}, 5: {{en: Best}}}}
follow_up: {{limit: 100, en: "Why?"}}
sections:
  - id: every
    en: Every kind
    items:
{ITEMS}
"""
BREAKDOWN = "\n".join(f'ask_{kind} = "none"' for kind in WALKS)
POLICY = f"k = 7\nminimum = 30\nmerge_below = 20\n[breakdown]\n{BREAKDOWN}\n"
FILES = {"survey/questionnaire.yaml": QUESTIONNAIRE, "reporter/policy.toml": POLICY}


@dataclass(frozen=True)
class Walked:
    """What is left of the way: each step's outcome."""

    here: Settings
    form: str
    look: str
    raw: Mapping[str, tables.Table]
    frozen: Record
    pages: str


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """One edition of every kind, its answers sent through the form."""
    here = _here(Project(tmp_path_factory.mktemp("kinds")))
    addresses = demo.open_quarter(here, QUARTER, PEOPLE)
    visitor = demo.InProcess(app.create(here, lambda: QUARTER.last).test_client())
    form = visitor.ask(addresses[0]).html
    look = _look(visitor, form)
    for number, address in enumerate(addresses):
        told = {f"ask_{kind}": walk.answer(number) for kind, walk in WALKS.items()}
        replay.answer(visitor, address, told)
    boxes.closed(here, here.project.box(QUARTER))
    host = demo.host(here, QUARTER.closes + timedelta(days=6))
    raw = _raw(host)
    report.draft(host, QUARTER, here.project.boxes())
    report.publish_edition(host, QUARTER)
    frozen = archive.read(host.files.edition(QUARTER))
    built = here.project.site / "public" / "en" / str(QUARTER)
    read = [
        (built / page / "index.html").read_text(encoding="utf-8")
        for page in ("why", "ahead", "data")
    ]
    return Walked(here, form, look, raw, frozen, _plain(" ".join(read)))


def _here(project: Project) -> Settings:
    """A project with a questionnaire and a policy of its own, in English alone."""
    for path, text in FILES.items():
        (project.root / path).parent.mkdir()
        (project.root / path).write_text(text, encoding="utf-8")
    init.project(project)
    told = project.config.read_text(encoding="utf-8")
    english = re.sub(r"sv: [^,]*, ", "", told.replace("[sv, en]", "[en]"))
    project.config.write_text(english, encoding="utf-8")
    return settings.load(project, {})


def _look(visitor: demo.InProcess, form: str) -> str:
    """What the first of them sees before it is sent."""
    page = replay.Page(form)
    told = {f"ask_{kind}": walk.answer(0) for kind, walk in WALKS.items()}
    fields = replay.fields(page.forms[0], told)
    return visitor.ask("/s", [*fields[:-1], ("do", "look")]).html


def _raw(host: Host) -> dict[str, tables.Table]:
    sealed = [batch.sealed(path) for path in host.files.project.boxes()]
    opened = [(one, keys.of_box(host.files, one.terms, ())) for one in sealed]
    frame = opening.opened(opened, host.questionnaire).frame
    return {one.question: one for one in tables.count(frame, host.questionnaire, host.policy)}


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("kind", Kind)
def test_the_form_asks_it_in_its_own_way_and_shows_it_before_it_is_sent(
    walked: Walked, kind: Kind
) -> None:
    assert WALKS[kind].field in walked.form
    words = walked.here.questionnaire.items[f"ask_{kind}"].words["en"]
    assert words in walked.form
    assert words in walked.look


@pytest.mark.parametrize("kind", Kind)
def test_the_guide_has_a_place_for_its_answer(walked: Walked, kind: Kind) -> None:
    printed = guide.html(walked.here.questionnaire, walked.here.organisation, ["en"])
    assert WALKS[kind].printed in printed


@pytest.mark.parametrize("kind", Kind)
def test_the_table_counts_what_was_sent(walked: Walked, kind: Kind) -> None:
    table = walked.raw[f"ask_{kind}"]
    assert (table.kind, table.n, table.counts) == (kind, {"": 40}, {"": WALKS[kind].counts})


@pytest.mark.parametrize("kind", Kind)
def test_the_gate_shows_its_answers_and_no_others(walked: Walked, kind: Kind) -> None:
    told = [one for one in walked.frozen.findings if one.question == f"ask_{kind}"]
    assert [one.kind for one in walked.frozen.asked if one.id == f"ask_{kind}"] == [kind]
    assert {one.answer: (one.low, one.high) for one in told} == WALKS[kind].shown
    assert {one.n for one in told} == {PEOPLE}


@pytest.mark.parametrize("kind", Kind)
def test_a_page_tells_it(walked: Walked, kind: Kind) -> None:
    assert WALKS[kind].row in walked.pages


@pytest.mark.parametrize("kind", Kind)
def test_the_auditor_finds_out_what_all_answered(walked: Walked, kind: Kind) -> None:
    first = next(one for one in walked.frozen.findings if one.question == f"ask_{kind}")
    everybody = replace(first, low=PEOPLE, high=PEOPLE)
    leaking = replace(walked.frozen, findings=(everybody,))
    worked_out = {
        (puzzle.places[certain.people].question, certain.insider)
        for puzzle in equations.puzzles([leaking])
        for certain in attack(puzzle.system, clock(60), Memory())
    }
    assert (f"ask_{kind}", None) in worked_out


def test_the_auditor_lets_the_edition_pass_that_has_every_kind(walked: Walked) -> None:
    verdict = audit.site(Files(walked.here.project))
    assert (verdict.refusals, verdict.questions) == ((), len(Kind))


@pytest.mark.parametrize("template", ["web/templates/_questions", "invitations/templates/guide"])
def test_the_templates_have_a_macro_for_each_kind(template: str) -> None:
    text = (PACKAGED / f"{template}.html").read_text(encoding="utf-8")
    (table,) = re.findall(r"{(.*)}\[item\.kind\]", text)
    assert set(re.findall(r'"(\w+)": ', table)) == set(Kind)


def test_the_form_has_no_look_for_a_kind_it_does_not_know(here: Settings) -> None:
    page = app.create(here, date.today).jinja_env.get_template("_questions.html")
    with pytest.raises(UndefinedError, match="unheard"):
        page.module.question({}, SimpleNamespace(kind="unheard"), None, None)  # type: ignore[attr-defined]


def test_nor_has_the_guide(here: Settings) -> None:
    item = Item("last_day", "unheard", {"en": "Your last day?"})  # type: ignore[arg-type]
    asked = Questionnaire(("en",), (), (), (), (Section("one", {"en": "One"}, (item,)),))
    with pytest.raises(UndefinedError, match="unheard"):
        guide.html(asked, here.organisation, ["en"])
