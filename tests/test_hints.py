"""reporter.hints: what in a comment may point at a person."""

from __future__ import annotations

import json

import company
import pytest

from reporter import hints
from reporter.hints import Level
from survey.project import PACKAGED


def _kinds(text: str) -> set[str]:
    return {f"{one.level}:{one.kind}" for one in hints.find(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Skriv till anna.exempel@example.com", "stop:mail"),
        ("Ring 070-123 45 67", "stop:phone"),
        ("call +46 70 123 45 67", "stop:phone"),
        ("Jag är 850709-9805", "stop:personnummer"),
        ("Det blev aldrig bra med Torbjörn.", "look:name"),
        ("Gunilla vet allt.", "look:name"),
        ("Every time Zebulon said no.", "look:name"),
        ("Kontoret i Granselfors var kallt.", "look:place"),
        ("Mötet den 3 mars var värst.", "look:date"),
        ("It happened in October.", "look:date"),
        ("after 31 years with you", "look:service"),
        ("efter fjorton års slit, tolv år", "look:service"),
        ("Vår gruppchef skrek", "look:title"),
        ("Jag var den enda kvinnan", "look:rare"),
        ("As the only welder", "look:rare"),
        ("när jag blev gravid", "look:rare"),
        ("Hon sa nej", "personal:story"),
        ("my shift", "personal:story"),
    ],
)
def test_each_kind_is_pointed_at(text: str, kind: str) -> None:
    assert kind in _kinds(text)


def test_a_plain_comment_has_no_hint() -> None:
    for text in ("Mer lön.", "Better pay. The office is cold. HR and IT were fine.", ""):
        assert not hints.find(text)


def test_a_hint_marks_its_words() -> None:
    text = "Fråga inte Torbjörn om det"
    (one,) = hints.find(text)
    assert text[one.start : one.end] == "Torbjörn"


def test_the_made_up_companys_marked_comments_are_found() -> None:
    found = {text: _kinds(text) - {"personal:story"} for text in company.hinted()}
    assert len(found) > 5
    assert all(found.values()), found


def test_the_form_points_at_the_very_same_stops() -> None:
    script = (PACKAGED / "static" / "form.js").read_text(encoding="utf-8")
    for patterns in json.loads(hints.PATTERNS.read_text(encoding="utf-8"))[Level.STOP].values():
        for pattern in patterns:
            assert f"/{pattern}/" in script
