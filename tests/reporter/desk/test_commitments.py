"""desk.commitments: promises are made, listed and followed up as their files are documented."""

from __future__ import annotations

import re
import shutil
from datetime import date

from reporter.commitments import reading
from tests.support import desks
from tests.support.desks import OF, Desk
from tests.support.places import COMMITMENTS


def _filled(**others: str) -> dict[str, str]:
    texts = {
        f"{name}_{language}": f"{name} <b>{language}</b>"
        for name in ("title", "goal", "owner")
        for language in ("sv", "en")
    }
    days = {"made": "2026-11-02", "due": "2027-06-30", "line_date": "2026-11-02"}
    rest = {"theme": "pay", "measure": "rate_pay:favourable", "baseline": "40", "target": "50"}
    return {**texts, **days, **rest, "line_status": "planned", **others}


def test_a_commitment_is_made_in_the_documented_format(desk: Desk) -> None:
    saved = desk.post("/commitments/new", **_filled(title_en="Better pay"))
    assert saved.location == "/commitments/#better-pay"
    text = (desk.project.site / "commitments" / "better-pay.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle:\n  sv: title <b>sv</b>\n  en: Better pay\ntheme: pay\n")
    found = reading.read(desk.project.site / "commitments", desk.host().questionnaire)
    one = next(one for one in found if one.id == "better-pay")
    assert (one.due, one.measure.target) == (date(2027, 6, 30), 50)
    assert "title &lt;b&gt;sv&lt;/b&gt;" in desk.get("/commitments/?lang=sv").html


def test_commitments_are_listed_in_the_order_of_the_published_page(desk: Desk) -> None:
    samples = COMMITMENTS
    shutil.copytree(samples, desk.project.site / "commitments", dirs_exist_ok=True)
    shown = desk.get("/commitments/?lang=sv").html
    found = re.findall(r"(Försenat|Pågår|Planerat|Klart|Nedlagt)\b", shown)
    order = ["Försenat", "Pågår", "Planerat", "Klart", "Nedlagt"]
    assert sorted(found, key=order.index) == found
    assert set(found) > {"Klart", "Nedlagt"}


def test_all_mistakes_are_told_at_once_in_the_readers_language(desk: Desk) -> None:
    desk.get("/commitments/?lang=sv")
    wrong = _filled(goal_en=" ", due="2027-02-30", target="110", owner_sv="a@b.se", theme="x")
    shown = desk.post("/commitments/new", **wrong, line_text_sv="Vi börjar.")
    assert shown.status == 422
    for ident in ("goal_en", "due", "target", "owner_sv", "theme", "line_text_en"):
        assert f'<a href="#{ident}">' in shown.html
    assert "Fyll i fältet." in shown.html
    assert "Vi börjar." in shown.html, "what was typed is kept"


def test_what_a_draft_would_refuse_is_refused_here(desk: Desk) -> None:
    desk.post("/commitments/new", **_filled(title_en="Better pay", line_date="2026-11-09"))
    page, line = "/commitments/better-pay", {"line_text_sv": "Steg.", "line_text_en": "Step."}
    desk.post(page, **_filled(title_en="Better pay", **line, line_date="2026-11-09"))
    before = desks.files(desk.project.site / "commitments")
    wrong = [
        ("due", {"due": "2026-11-01"}, "Välj en dag efter den då det lovades."),
        ("target", {"target": "40"}, "Målet är där ni står i dag. Skriv vart det ska."),
        ("line_date", {**line, "line_date": "2026-11-08"}, "Raden är äldre än den förra"),
        ("line_text_sv", {"line_status": "under_way"}, "Skriv en rad om vad som har hänt"),
    ]
    for language, same in (("sv", True), ("en", False)):
        desk.get(f"/?lang={language}")
        for ident, fields, said in wrong:
            shown = desk.post(page, **_filled(**fields))
            assert shown.status == 422
            assert f'<a href="#{ident}">' in shown.html
            assert (said in shown.html) is same
    assert desks.files(desk.project.site / "commitments") == before


def test_a_day_that_an_edition_told_is_moved_only_with_a_word(drafted: Desk) -> None:
    page = "/commitments/ett-ordersystem"
    desk = drafted
    assert desk.post(f"/q/{OF}/publish", typed=str(OF)).status == 303
    form = desk.get(f"{page}?lang=sv").html
    fields = dict(re.findall(r'name="((?:title|owner)_\w+)"[^>]*value="([^"]*)"', form))
    status = re.search(r'<option value="(\w+)" selected', form)
    assert status
    sent = {**fields, "due": "2029-01-01", "line_date": "2026-11-05", "line_status": status[1]}
    shown = desk.post(page, **sent)
    assert shown.status == 422
    assert "En utgåva har berättat den förra dagen" in shown.html
    assert "without a word" not in shown.html


def test_a_line_is_added_and_nothing_else_is_touched(desk: Desk) -> None:
    folder = desk.project.site / "commitments"
    found = reading.read(folder, desk.host().questionnaire)
    one = next(one for one in found if one.status == "planned")
    path = folder / f"{one.id}.md"
    before = path.read_text(encoding="utf-8")
    shown = desk.get(f"/commitments/{path.stem}").html
    texts = {"title": one.title, "goal": one.goal, "owner": one.owner}
    fields = {f"{name}_{key}": text for name, many in texts.items() for key, text in many.items()}
    measure = one.measure
    sent = desk.post(
        f"/commitments/{path.stem}",
        **_filled(
            **fields,
            theme=one.theme,
            measure=f"{measure.question}:{measure.answer}",
            baseline=str(measure.baseline),
            target=str(measure.target),
            made=str(one.made),
            due=str(one.due),
            line_date="2026-11-05",
            line_status="under_way",
            line_text_sv="Ett steg till.",
            line_text_en="One more step.",
        ),
    )
    assert sent.status == 303, shown
    lines = path.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before.splitlines() if line not in lines]
    assert gone in ([], [f"status: {one.status}"])
    assert lines[-5:-1] == [
        "  - date: 2026-11-05",
        "    status: under_way",
        "    sv: Ett steg till.",
        "    en: One more step.",
    ]
