"""audit.themes: comments' themes are told of ten or more, of as many as wrote, by three or more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporter.audit import audit, themes
from reporter.paths import Files
from reporter.records import Finding
from reporter.records.findings import WROTE
from tests.support import sites
from tests.support.audits import named, refused, told


def test_themes_by_their_rule_are_published(files: Files) -> None:
    sites.publish(files, [told((14, 14), named(14, 5, 5))])
    assert audit.site(files).safe


@pytest.mark.parametrize(
    ("wrote", "one", "what"),
    [
        ((29, 31), named(30, 12, 12), "29 to 31 wrote, and no closer"),
        ((14, 14), named(13, 5, 5), "14 to 14 wrote, and no closer"),
        ((7, 7), named(7, 3, 3), "a theme of 7 who wrote, fewer than 10"),
        ((14, 14), named(14, 0, 2), "may have been named by fewer than 3"),
        ((14, 14), named(14, 5, 5, "weather"), "is no theme"),
    ],
)
def test_a_theme_that_its_rule_would_not_have_told_is_refused(
    files: Files, wrote: tuple[int, int], one: Finding, what: str
) -> None:
    """Behind gates that told exact bases, seven writers or one name, nothing was said of it."""
    sites.publish(files, [told(wrote, one)])
    said = refused(files)
    assert what in said
    assert "withdraw-figure 2026-q1 all said_improve_problem" in said


def test_themes_of_a_text_that_nobody_can_count_are_refused() -> None:
    made = told((14, 14), named(14, 5, 5))
    bare = replace(made, findings=tuple(one for one in made.findings if one.answer != WROTE))
    assert [what for _, what in themes.broken(bare)] == [
        "tells what comments name, but no figure tells how many wrote one"
    ]
