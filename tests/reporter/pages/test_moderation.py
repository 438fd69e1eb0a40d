"""pages.moderation: what became of the comments has a page, and voices are text."""

from __future__ import annotations

import pytest

from reporter.language import words_in
from reporter.pages import edition as pages
from tests.support import written
from tests.support.records import LAST, edition
from tests.support.written import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_theme_pages_tell_voices_as_text_and_the_ledger_has_a_page(language: str) -> None:
    spoken = words_in(language)
    made = [written.published()]
    found = pages.edition(made, pages.draw(made), spoken)
    assert spoken("voices.title") in found["themes/pay.md"]
    assert "<script" not in found["themes/pay.md"]
    assert "**fet**" not in found["themes/pay.md"]
    assert spoken("moderation.texts") in found["moderation.md"]
    assert "](moderation.md)" in found["ahead.md"]
    assert "moderation.md" in str(pages.nav(made, spoken))
    assert "moderation.md" not in pages.edition([edition(LAST)], {}, spoken)
