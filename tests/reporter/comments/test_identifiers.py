"""reporter.comments.identifiers: what in a comment may point at a person."""

from __future__ import annotations

import pytest
import yaml

from reporter.comments import identifiers
from tests.support import company
from tests.support.places import SAMPLES


def _kinds(text: str) -> set[str]:
    return {f"{one.level}:{one.kind}" for one in identifiers.find(text)}


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
        ("when I left", "personal:story"),
        ("my shift", "personal:story"),
    ],
)
def test_each_kind_is_pointed_at(text: str, kind: str) -> None:
    assert kind in _kinds(text)


def test_a_plain_comment_has_no_hint() -> None:
    plain = (
        "Mer lön.",
        "Better pay. The office is cold. HR and IT were fine.",
        "Coffee on Fridays",
    )
    for text in (*plain, ""):
        assert not identifiers.find(text)


def test_a_hint_marks_its_words() -> None:
    text = "Fråga inte Torbjörn om det"
    (one,) = identifiers.find(text)
    assert text[one.start : one.end] == "Torbjörn"


def test_an_address_is_marked_to_its_end() -> None:
    text = "Skriv till anna.exempel@example.com."
    (one,) = [hint for hint in identifiers.find(text) if hint.kind == "mail"]
    assert text[one.start : one.end] == "anna.exempel@example.com"


def test_the_made_up_companys_marked_comments_are_found() -> None:
    found = {text: _kinds(text) - {"personal:story"} for text in company.hinted()}
    assert len(found) > 5
    assert all(found.values()), found


@pytest.mark.parametrize(
    "text",
    [
        *("Lågt <b>nu</b>.", "Low.", "1) Bättre chef. Lön!", "- Mer lön\n- Högre tempo"),
        *(
            "*Lön* **Chef**",
            "# Lön\n> Tempot",
            "😀 Bra",
            "→ Högre lön",
            "Maten / Kaffet: Bra; Gott",
        ),
        *("Pay… Better pay. (More of it) “No” they said – Never", "3. Raise pay\n4. Lower targets"),
        *(
            "Per person blev det mindre. Klara mål!",
            "Frank feedback, on Friday",
            "Vi ses på Fredag",
        ),
        *("Excel och SAP på IT i Sverige", "OK, HR AND IT. Monday we use Slack"),
    ],
)
def test_a_word_that_only_opens_a_sentence_is_no_name(text: str) -> None:
    assert not identifiers.find(text)


NAMES = (
    "Łukasz Øyvind Şeyma Çelik Šarić Žana Ñandu İbrahim Đorđe Čedo Ägir Иван O’Brian ŁUKASZ ÖDMAN"
)
CASELESS = "محمد 田中 שרה 김민준"


@pytest.mark.parametrize("name", [*NAMES.split(), *CASELESS.split()])
@pytest.mark.parametrize(
    "frame", ["Det var {} som skrek", "Hon sa till ”{}” att vänta", "Fråga {}, och inte mig"]
)
def test_a_name_is_looked_at_whatever_its_letters(frame: str, name: str) -> None:
    text = frame.format(name)
    found = [text[one.start : one.end] for one in identifiers.find(text) if one.kind == "name"]
    assert found == [name]


@pytest.mark.parametrize("text", ["Katarzyna skrek.", "Nej. Tatiana skrek", "1) Özgürs chef"])
def test_a_listed_name_is_looked_at_where_a_sentence_begins(text: str) -> None:
    assert [one.kind for one in identifiers.find(text)] == ["name"]


@pytest.mark.parametrize(
    "text",
    [
        *("Det var ALDRIG bra", "ALLT VAR DÅLIGT HÄR", "we use JIRA and the GDPR", "Нет. Лучше"),
        *(
            "”Nej.” Bättre så. ”Ja”, sa de.",
            "They said: “No.” (“Never”)",
            "給料が低いです。",
            "الراتب قليل",
        ),
    ],
)
def test_what_is_loud_or_spoken_or_in_a_script_without_capitals_is_no_name(text: str) -> None:
    assert [one for one in identifiers.find(text) if one.kind == "name"] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Enligt mig, Zebulon sa", ["Zebulon"]),
        ("gick med Kalle & Zeb", ["Kalle", "Zeb"]),
        ("Chefen Lågberg var bra", ["Lågberg"]),
        ("Hans på lagret. Klara var bra. Hans Persson.", ["Hans", "Klara", "Hans", "Persson"]),
        ("Gunillas chef, Zebs kontor", ["Gunillas", "Zebs"]),
        ("Frank said no. Per Persson too", ["Frank", "Per", "Persson"]),
    ],
)
def test_a_name_is_told_from_the_first_word_of_a_sentence(text: str, names: list[str]) -> None:
    found = [text[one.start : one.end] for one in identifiers.find(text) if one.kind == "name"]
    assert found == names


def test_no_unseen_comment_has_a_first_word_taken_for_a_name() -> None:
    """298 invented comments in two languages, none of which names anybody."""
    found = [(text, one) for text in _unseen() for one in identifiers.find(text)]
    assert [text[one.start : one.end] for text, one in found if one.kind in ("name", "place")] == []


def _unseen() -> list[str]:
    path = SAMPLES / "unseen.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [row[-1] for language in ("sv", "en") for row in rows[language]]
