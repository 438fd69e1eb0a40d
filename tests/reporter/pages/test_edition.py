"""Pages: what an edition says, in both languages, from its records alone."""

from __future__ import annotations

import csv
import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import markdown as engine  # type: ignore[import-untyped]
import pytest

from reporter.commitments.commitment import Status, Step
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.pages.markdown import DASH
from reporter.records.findings import Finding
from reporter.records.record import Record
from survey import quarter, words
from survey.problems import Problem
from survey.questions import Choice
from tests.support.editions import PROMISE, THEMES, by_area, record

SV, EN = map(words_in, ("sv", "en"))
NASTY = '<img src=x onerror=alert(1)> | *a* _b_ [c](d) `e` "f" # {g}'


def records(**changes: Any) -> list[Record]:
    reasons = {"pay": (30, 12, 12), "team": (30, 0, 2), "growth": (30, 5, 7)}
    old = record("2025-q2", reasons, {"team": (30, 12, 12)})
    new = record("2026-q1", reasons, {"team": (30, 26, 26), "growth": (31, 3, 5)}, **changes)
    return [old, by_area(new)]


def edition(language: words.Words = SV, **changes: Any) -> dict[str, str]:
    made = records(**changes)
    return pages.edition(made, pages.draw(made), language)


def plain(page: str) -> str:
    """The page without its drawings, as a reader sees its spaces."""
    return re.sub(r"<figure.*?</figure>", "", page).replace("\u00a0", " ")


def test_every_page_exists_in_both_languages() -> None:
    fixed = {"index", "why", "areas", "ahead", "trends", "commitments/index", "method", "data"}
    fixed |= {"receipt", "priorities"}
    themes = {"index", *(one.id for one in THEMES)}
    expected = {f"{one}.md" for one in fixed} | {f"themes/{one}.md" for one in themes}
    assert set(edition(SV)) == set(edition(EN)) == expected


def test_both_languages_tell_the_same_figures() -> None:
    swedish, english = edition(SV), edition(EN)
    for path in swedish:
        found = [re.findall(r"\d+", plain(page[path])) for page in (swedish, english)]
        assert sorted(found[0]) == sorted(found[1]), path


def test_every_count_on_a_page_stands_in_a_record() -> None:
    made = records()
    told = {(f.low, f.high, f.n) for one in made for f in one.findings}
    told |= {
        (f.low, f.high, f.n)
        for one in made
        for asked in one.asked
        for answer in ("favourable", "neutral", "unfavourable")
        if (f := one.company(asked.id, answer))
    }
    for path, page in edition().items():
        if path == "method.md":
            continue  # explains with examples
        for low, high, n in _counts(plain(page).lower()):
            assert (low, high, n) in told, path


def _counts(page: str) -> Iterator[tuple[int, int, int]]:
    for said in re.finditer(r"(högst |minst )?(?<![,\d])(\d+)(?: till (\d+))? av (\d+)", page):
        end, low, high, n = said[1], int(said[2]), int(said[3] or said[2]), int(said[4])
        yield (0 if end == "högst " else low, n if end == "minst " else high, n)


def test_no_range_is_told_as_a_percentage() -> None:
    for path, page in edition(promises=[PROMISE]).items():
        if not path.startswith(("commitments/", "method")):
            assert "%" not in plain(page), path


def test_the_overview_says_what_leads_and_how_many_answered() -> None:
    page = plain(edition()["index.md"])
    assert "<strong>31</strong> svarade, av de 40 som fick en länk" in page
    assert "De här två skälen nämndes av flest." in page
    assert "De vanligaste skälen är **Pay** och **Growth**." in page
    assert "| Pay | ungefär fyra av tio (12 av 30) |" in page


def test_a_reason_that_perhaps_nobody_named_is_not_among_the_leading_ones() -> None:
    assert "**Team**: högst" not in edition()["index.md"]


def test_the_overview_says_what_moved_and_where_it_was() -> None:
    page = plain(edition()["index.md"])
    assert "**Team**: en större andel instämmer, 26 av 30 nu, 12 av 30 förra gången" in page


def test_the_first_edition_does_not_compare() -> None:
    made = records()[1:]
    page = pages.edition(made, pages.draw(made), SV)["index.md"]
    assert SV("changed.first") in page


def test_an_edition_of_several_quarters_says_so() -> None:
    both = (quarter.parse("2025-q4"), quarter.parse("2026-q1"))
    page = edition(quarters=both)["index.md"]
    assert "fjärde kvartalet 2025, första kvartalet 2026" in page


def test_what_is_withheld_is_the_same_dash_for_every_reason() -> None:
    page = edition()["themes/pay.md"]
    (south,) = re.findall(r"^\| Övriga områden \|.*$", page, re.MULTILINE)
    assert south.count(DASH) == 4
    assert not re.search(r"\| *\|", page)


def test_a_mean_that_one_area_keeps_back_is_not_called_the_mean_of_everyone() -> None:
    old, new = records()
    south = Finding("area-2", "rate_pay", "favourable", 11, 5, 5)
    made = [old, replace(new, findings=(*new.findings, south))]
    page = pages.edition(made, pages.draw(made), SV)["themes/pay.md"].replace("\u00a0", " ")
    assert f"| **Alla** | 19 av 31 | högst 2 av 20 | 4 av 20 | {DASH} |" in page
    assert "| North | 14 av 20 | högst 2 av 20 | 4 av 20 | 3,4 till 3,6 av 5 |" in page


def test_an_area_is_named_and_a_joined_one_lists_its_members() -> None:
    page = edition()["areas.md"]
    assert "## North" in page
    assert "Hit räknas South, ej angivet." in page


def test_areas_too_small_to_divide_are_not_shown() -> None:
    made = [record(ratings={"pay": (30, 12, 12)})]
    page = pages.edition(made, pages.draw(made), EN)["areas.md"]
    assert EN("areas.none") in page


def test_an_edition_that_withholds_everything_still_has_all_its_pages() -> None:
    made = [record(asked=())]
    found = pages.edition(made, pages.draw(made), SV)
    assert DASH in found["index.md"]
    assert "".join(found.values()).count("<figure") == 1  # how many answered is no secret


def test_every_chart_has_its_figures_beside_it() -> None:
    for path, page in edition().items():
        for after in page.split("</figure>")[1:]:
            beside = after.split("<figure")[0]
            assert "| --- |" in beside or "\n- " in beside, path


def test_overdue_promises_come_first_and_stand_on_the_overview() -> None:
    later = replace(PROMISE, id="later", due=date(2027, 1, 1), title={"sv": "Sen", "en": "Later"})
    found = edition(promises=[later, PROMISE])
    page = found["commitments/index.md"]
    assert page.index("Se över lönerna") < page.index("[Sen]")
    assert '<span class="status status-overdue">försenat</span>' in page
    assert "commitments/pay-review.md" in found["index.md"]
    assert "Försenade: en." in found["index.md"]


def test_a_done_promise_shows_the_word_of_the_person_who_finished_it() -> None:
    step = Step(date(2026, 1, 9), Status.DONE, {"sv": "Lönerna är justerade.", "en": "Pay is set."})
    done = replace(PROMISE, status=Status.DONE, history=(*PROMISE.history, step))
    page = edition(promises=[done])["commitments/pay-review.md"]
    assert "**9 januari 2026** (klart) Lönerna är justerade." in page
    assert "overdue" not in page


def test_a_dropped_promise_stays_with_its_reason() -> None:
    dropped = replace(
        PROMISE, status=Status.DROPPED, reason={"sv": "Pengarna tog slut.", "en": "x"}
    )
    found = edition(promises=[dropped])
    for path in ("commitments/index.md", "commitments/pay-review.md"):
        assert "därför att: Pengarna tog slut." in found[path]


def test_no_name_or_promise_becomes_markup() -> None:
    nasty = {"sv": NASTY, "en": NASTY}
    themes = tuple(replace(theme, words=nasty) for theme in THEMES)
    areas = {"area": (Choice("north", nasty), Choice("south", nasty)), "tenure": ()}
    promise = replace(PROMISE, title=nasty, goal=nasty, owner=nasty)
    plain_page, nasty_page = (
        _tags(edition(promises=[PROMISE])),
        _tags(edition(promises=[promise], themes=themes, members=areas)),
    )
    assert nasty_page == plain_page


def _tags(found: Mapping[str, str]) -> dict[str, list[str]]:
    """Every tag of every page, in order, without the drawings (whose labels may break lines)."""
    extensions = ["attr_list", "md_in_html", "tables", "toc"]
    html = {
        path: engine.markdown(plain(page), extensions=extensions) for path, page in found.items()
    }
    return {path: re.findall(r"<[a-z]\w*", page) for path, page in html.items()}


def test_links_lead_to_pages_that_exist() -> None:
    found = edition(promises=[PROMISE])
    for path, page in found.items():
        for target in re.findall(r"\]\(([^)#]+\.md)", page):
            assert str((Path("/") / Path(path).parent / target).resolve())[1:] in found, path


def test_written_pages_join_and_never_replace_a_generated_one() -> None:
    made = records()
    written = {"about.md": "# Om enkäten\n"}
    assert pages.edition(made, {}, SV, written)["about.md"] == "# Om enkäten\n"
    with pytest.raises(Problem, match=r"site/pages/sv/index\.md"):
        pages.edition(made, {}, SV, {"index.md": "# Mitt\n"})


def test_the_navigation_holds_every_page_once() -> None:
    made = records()
    written = {"about.md": "# Om enkäten\n"}
    paths = list(_paths(pages.nav(made, SV, written)))
    assert sorted(paths) == sorted(pages.edition(made, {}, SV, written))


def _paths(nav: list[dict[str, Any]]) -> Iterator[str]:
    for entry in nav:
        for target in entry.values():
            yield from [target] if isinstance(target, str) else _paths(target)


def test_the_csv_holds_every_figure_and_every_withheld_question() -> None:
    made = records()[-1]
    rows = list(csv.DictReader(io.StringIO(pages.csv_of(made))))
    assert len(rows) == len(made.findings) + len(made.withheld)
    assert rows[0]["question"] == "reasons"
    (south,) = [row for row in rows if row["block"] == "area-2"]
    assert (south["members"], south["n"], south["low"]) == ("south -", "", "")


def test_both_catalogues_have_the_same_phrases_with_the_same_fields() -> None:
    assert SV.phrases.keys() == EN.phrases.keys()
    for key in SV.phrases:
        assert _fields(SV, key) == _fields(EN, key), key


def _fields(spoken: words.Words, key: str) -> set[str]:
    phrase = spoken.phrases[key]
    forms = [phrase] if isinstance(phrase, str) else phrase
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def test_pages_load_no_raw_tables() -> None:
    raw = "('pandas', 'reporter.counting.tables', 'reporter.counting.opening')"
    code = (
        f"import sys, reporter.pages.edition; print([one for one in {raw} if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


KEPT = [
    (0, 0, "", "nycklarna"),
    (1, 1, "Svaren låg låsta med en nyckel tills de räknades. Den förstördes 10 maj 2026", ""),
    (2, 2, "med 2 nycklar tills de räknades. De förstördes 10 maj 2026", "kan inte visa"),
    (2, 1, "Av dem förstördes 1 här 10 maj 2026", "Sedan dess kan ingen"),
    (1, 0, "Ingen nyckel fanns här", "Sedan dess kan ingen"),
]


@pytest.mark.parametrize(("holders", "destroyed", "said", "unsaid"), KEPT)
def test_the_receipt_page_tells_what_became_of_the_keys_and_no_more(
    holders: int, destroyed: int, said: str, unsaid: str
) -> None:
    page = edition(holders=holders, destroyed=destroyed)["receipt.md"]
    assert said in page
    assert not unsaid or unsaid not in page


def test_the_receipt_page_says_that_the_numbers_add_up_or_that_they_do_not() -> None:
    assert "31 svar − 0 tillbakatagna = 31 räknade. Siffrorna går ihop." in edition()["receipt.md"]
    for wrong in ({"withdrawn": 1}, {"counted": 30}, {"issued": 30}):
        page = edition(**wrong)["receipt.md"]
        assert "**" in page
        assert "Siffrorna går inte ihop." in page


def test_the_receipt_page_says_when_its_list_is_not_right() -> None:
    assert "Listan stämmer inte" not in edition()["receipt.md"]
    for wrong in ({"root": "00" * 32}, {"leaves": ("ab",)}, {"leaves": ("00" * 32,)}):
        assert "Listan stämmer inte" in edition(**wrong)["receipt.md"]
    assert SV("receipt.unlisted") in edition(leaves=(), root="")["receipt.md"]
