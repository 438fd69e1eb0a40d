"""comments.uncovered: frequent words that no theme covers are listed."""

from __future__ import annotations

from reporter.comments import codebook, uncovered, wordlists
from survey.project import Project
from survey.questions import Questionnaire


def test_frequent_words_that_no_theme_covers_are_listed_from_k_comments_on(
    project: Project, questionnaire: Questionnaire
) -> None:
    book = codebook.read(project, questionnaire.themes)
    texts = ["The lönelyft and a gizmo"] * 2 + ["gizmos again, zebra", "my gizmo wages"]
    assert uncovered.words(book, texts, 4) == [uncovered.Word("gizmo", 4)]
    wordlists.write_not_a_theme(project, "gizmo", questionnaire.themes)
    book = codebook.read(project, questionnaire.themes)
    assert uncovered.words(book, texts, 2) == []
