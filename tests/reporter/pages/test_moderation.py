"""pages.moderation: what became of the comments has a page, and voices are text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from reporter.audit.attributes import strange
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.records.record import Voice
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quote_runs_as_its_writer_wrote_and_turns_nothing_else(language: str) -> None:
    voice = Voice("pay", "problem", "quote", dict.fromkeys(LANGUAGES, "\u202eלא מספיק\u200b!"))
    made = [replace(written.published(), voices=(voice,))]
    page = pages.edition(made, {}, words_in(language))["themes/pay.md"]
    assert '<span dir="auto">לא מספיק!</span>' in page
    assert strange_of(page) == []


def strange_of(page: str) -> list[str]:
    """What the auditor finds strange in the line of the quote."""
    line = next(one for one in page.splitlines() if "dir=" in one)
    return [said for node in LexborHTMLParser(line).css("span") for said in strange(node)]
