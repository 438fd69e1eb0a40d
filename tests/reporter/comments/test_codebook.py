"""comments.codebook: words suggest themes, in either language; the file is checked and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from reporter.comments import codebook, wordlists
from reporter.comments.codebook import Codebook, Hit
from survey import documents
from survey.problems import Problem
from survey.project import Project
from survey.questions import Questionnaire
from tests.support.places import SAMPLES

THEMES = ("pay", "team")
SMALL = """
# a comment of its own
themes:
  pay:
    sv: >
      lön*, *bidrag, få betalt

    # kept
    en: [pay, team pay]
  team:
    sv: >
      kollega
    en: >
      team, colleague
ignore:
  en: >
    pay attention
not_a_theme: []
"""


def _small(text: str = SMALL) -> Codebook:
    return codebook.parse(text, "codebook.yaml", THEMES)


@pytest.fixture
def shipped(project: Project, questionnaire: Questionnaire) -> Codebook:
    """The packaged codebook."""
    return codebook.read(project, questionnaire.themes)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("My colleagues", ("team",)),
        ("Kollegorna och lönerna", ("pay", "team")),
        ("friskvårdsbidraget", ("pay",)),
        ("att FÅ BETALT", ("pay",)),
        ("we pay attention", ()),
        ("The team pay was low", ("pay",)),
        ("payment due", ("pay",)),
        ("slön", ()),
        ("", ()),
        ("🎉" * 600, ()),
    ],
)
def test_stems_wildcards_and_phrases_hit_in_both_languages(
    text: str, themes: tuple[str, ...]
) -> None:
    small = _small(SMALL.replace("[pay, team pay]", "[pay*, team pay]"))
    assert small.suggested(text) == themes


def test_a_hit_marks_its_words() -> None:
    text = "Bra, men LÖNEN är låg"
    assert _small().suggest(text) == (Hit("pay", "lön*", 9, 14),)
    assert text[9:14] == "LÖNEN"


def test_all_mistakes_are_told_at_once() -> None:
    text = SMALL.replace("lön*, *bidrag", "l*, lö*n, x!, *bidrag, *bidrag").replace("team:", "tem:")
    with pytest.raises(Problem) as caught:
        _small(text.replace("ignore:", "ignored:"))
    told = " ".join(caught.value.messages)
    for word in ("'l*'", "'lö*n'", "'x!'", "'*bidrag' twice", "'tem'", "'team'", "'ignored'"):
        assert word in told, word


def test_a_list_is_replaced_and_the_rest_of_the_file_kept() -> None:
    words = ["löner", "ob-tillägg"]
    text = wordlists.replaced(SMALL, ("themes", "pay", "sv"), words)
    assert text == SMALL.replace("lön*, *bidrag, få betalt", "löner, ob-tillägg")
    assert _small(text).themes["pay"]["sv"] == tuple(words)
    twice = wordlists.replaced(text, ("themes", "pay", "en"), ["wage"] * 30)
    assert "# kept" in twice
    assert _small(wordlists.replaced(twice, ("themes", "pay", "en"), ["wage"])).themes["pay"]["en"]


def test_a_word_found_to_be_no_theme_is_remembered_in_the_projects_own_copy(
    project: Project, questionnaire: Questionnaire
) -> None:
    themes = questionnaire.themes
    before = codebook.PACKAGED.read_text(encoding="utf-8")
    wordlists.write_not_a_theme(project, "Fredag", themes)
    wordlists.write_not_a_theme(project, "fredag", themes)
    wordlists.write_words(project, "pay", "sv", ["lön*"], themes)
    now = codebook.read(project, themes)
    assert now.not_a_theme == ("fredag",)
    assert now.themes["pay"]["sv"] == ("lön*",)
    assert codebook.PACKAGED.read_text(encoding="utf-8") == before


def test_a_word_shows_what_it_would_hit_before_it_is_added() -> None:
    texts = ["the bus was late", "busy", "on the bus"]
    assert codebook.trial("bus", "en", texts) == [texts[0], texts[2]]
    assert codebook.trial("bus*", "en", texts) == texts
    with pytest.raises(Problem, match="nearly everything"):
        codebook.trial("b*", "en", texts)
    pay, *_ = codebook.rates(_small(), ["pay and pay", "team", "pay"])
    assert (pay.word, pay.comments, round(pay.share, 2)) == ("pay", 2, 0.67)


# What the shipped codebook is worth


def _score(found: Codebook, rows: Iterable[tuple[Sequence[str], str]]) -> float:
    """Micro-F1 over comments and themes."""
    right = wrong = missed = 0
    for themes, text in rows:
        gold, got = set(themes), set(found.suggested(text))
        right, wrong, missed = (
            right + len(gold & got),
            wrong + len(got - gold),
            missed + len(gold - got),
        )
    return 2 * right / (2 * right + wrong + missed)


@pytest.mark.parametrize(("language", "least"), [("en", 0.76), ("sv", 0.74)])
def test_the_shipped_codebook_suggests_what_a_person_would(
    shipped: Codebook, language: str, least: float
) -> None:
    rows = documents.read(SAMPLES / "unseen.yaml")[language]
    score = _score(shipped, [(themes.split(), text) for themes, text in rows])
    print(f"{language}: micro-F1 {score:.3f} on {len(rows)} comments")
    assert score >= least


def test_general_language_hits_almost_nothing(shipped: Codebook) -> None:
    lists = documents.read(codebook.PACKAGED.with_name("general.yaml"))
    words = [word.strip() for many in lists.values() for word in many.split(",")]
    hit = [word for word in words if shipped.suggest(word)]
    assert len(hit) <= 0.01 * len(words), hit
