"""survey.words and documents: two equal languages, and YAML as people wrote it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from survey import documents, questions, words
from survey.problems import Problem
from survey.project import PACKAGED
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.web import app
from survey.web import pages as views
from survey.words import Words
from tests.support.places import ROOT

FOLDERS = [ROOT / "survey" / "locale", ROOT / "reporter" / "locale"]


def _both(folder: Path) -> tuple[Words, Words]:
    return words.load(folder, "sv"), words.load(folder, "en")


def _fields(phrase: words.Phrase) -> set[str]:
    texts = (phrase,) if isinstance(phrase, str) else phrase
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("folder", FOLDERS, ids=["form", "site"])
def test_both_languages_have_the_same_phrases_with_the_same_values(folder: Path) -> None:
    swedish, english = _both(folder)
    assert list(swedish.phrases) == list(english.phrases)
    for key, phrase in swedish.phrases.items():
        assert _fields(phrase) == _fields(english.phrases[key]), key
        assert isinstance(phrase, str) == isinstance(english.phrases[key], str), key


@pytest.mark.parametrize("folder", FOLDERS, ids=["form", "site"])
def test_no_phrase_is_empty_or_left_in_the_other_language(folder: Path) -> None:
    swedish, english = _both(folder)
    for key, phrase in swedish.phrases.items():
        for text in (phrase, english.phrases[key]):
            assert all(one.strip() for one in ((text,) if isinstance(text, str) else text)), key
        if isinstance(phrase, str) and len(_letters(phrase).split()) > 4:
            assert phrase != english.phrases[key], key


def _letters(phrase: str) -> str:
    return re.sub(r"\{[^}]*\}", "", phrase)


def test_plurals_dates_numbers_and_quarters_are_told_as_the_language_does() -> None:
    swedish, english = _both(FOLDERS[0])
    assert swedish.day(date(2027, 1, 30)) == "30 januari 2027"
    assert english.day(date(2027, 1, 30)) == "30 January 2027"
    assert (swedish.number(3.5), english.number(3.5)) == ("3,5", "3.5")
    assert swedish.period(Quarter(2026, 4)) == "fjärde kvartalet 2026"
    assert english.period(Quarter(2026, 4)) == "fourth quarter of 2026"
    counted = Words("en", {"answers": ("{n} answer", "{n} answers")})
    assert [counted("answers", n=n) for n in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]


def test_periods_are_told_by_one_name_where_they_have_one_and_by_their_months_else() -> None:
    swedish, english = _both(FOLDERS[1])
    q = {n: Quarter(2026, n) for n in (1, 2, 3, 4)}
    assert swedish.span([q[3], q[4]]) == "andra halvåret 2026"
    assert english.span([q[1], q[2], q[3], q[4]]) == "year 2026"
    assert swedish.span([q[2], q[3]]) == "april till september 2026"
    assert english.span([q[4], q[4].next]) == "months October 2026 to March 2027"
    assert [swedish.short([q[3], q[4]]), english.short([q[4]])] == ["halvår 2 2026", "Q4 2026"]
    assert english.short([q[2], q[3], q[4]]) == "Q2 2026–Q4 2026"


def test_a_phrase_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        _both(FOLDERS[0])[0]("no.such.key")


def test_yaml_keeps_what_people_typed() -> None:
    text = "no: yes\nrange: 1-2\nzip: 00120\ndate: 2026-11-24\n"
    assert documents.parse(text, "x.yaml") == {
        "no": "yes",
        "range": "1-2",
        "zip": "00120",
        "date": "2026-11-24",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml: cannot be read: the key 'a' is given twice"),
        ("a: [1, 2\n", "x.yaml: cannot be read"),
        ("- a\n- b\n", "x.yaml: holds no keys"),
        ("", "x.yaml: holds no keys"),
        ("a: !!python/object:os.system x\n", ""),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text: str, message: str) -> None:
    if not message:
        assert documents.parse(text, "x.yaml") == {"a": "x"}, "a tag builds nothing"
        return
    with pytest.raises(Problem, match=re.escape(message)):
        documents.parse(text, "x.yaml")


def test_a_file_that_is_not_utf8_or_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: å".encode("latin-1"))
    with pytest.raises(Problem, match=r"latin\.yaml: is not UTF-8"):
        documents.read(path)
    with pytest.raises(Problem, match=r"gone\.yaml"):
        documents.read(tmp_path / "gone.yaml")


def test_both_catalogues_have_the_same_keys_and_fill_in_the_same_values() -> None:
    swedish, english = (words.load(PACKAGED / "locale", language) for language in ("sv", "en"))
    assert list(swedish.phrases) == list(english.phrases)
    for key in swedish.phrases:
        assert _filled_in(swedish.phrases[key]) == _filled_in(english.phrases[key]), key


def _filled_in(phrase: words.Phrase) -> set[str]:
    return set(re.findall(r"{(\w+)}", phrase if isinstance(phrase, str) else " ".join(phrase)))


def test_every_phrase_is_used_and_every_used_phrase_exists() -> None:
    known = set(words.load(PACKAGED / "locale", "sv").phrases)
    sources = [*PACKAGED.rglob("*.py"), *PACKAGED.rglob("*.html")]
    text = "".join(map(_text, sources))
    named = set(re.findall(r'"([a-z]+(?:\.[a-z]+)+)"', text))
    called = set(re.findall(r'words\("([a-z.]+[a-z])"', text))
    assert known - named - _built() == set()
    assert {*called, *_notices()} - known == set()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("'", '"')


def _built() -> set[str]:
    consents = {f"consent.{consent}" for consent in questions.CONSENTS}
    quarters = {f"quarter.{number}" for number in range(1, 5)}
    longer = {"half.1", "half.2", "year"}
    return _notices() | _guides() | consents | quarters | longer | {"language.sv", "language.en"}


def _guides() -> set[str]:
    """What the interview guide asks about each theme, and what it says first."""
    spoken = words.load(PACKAGED / "locale", "sv")
    themes = [theme.id for theme in read_questionnaire(PACKAGED / "questionnaire.yaml").themes]
    asked = {f"guide.{one}.{n}" for one in [*themes, "any"] for n in (1, 2, 3)}
    told = {f"guide.before.{one}" for one in ("first", "aloud", "silence", "enter", "paper")}
    return {key for key in asked | told if key in spoken}


def _notices() -> set[str]:
    """A title and a text for each way of being told no."""
    said = re.findall(r'(?:notice|Refused)\("(\w+)"', _text(Path(views.__file__)))
    keys = {*said, *app.CALM.values(), "broken", "failed", "busy"}
    return {f"{key}.{part}" for key in keys for part in ("title", "text")}
