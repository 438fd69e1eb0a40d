"""pages.edition: every page of an edition, in both languages, from its records alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import markdown as engine  # type: ignore[import-untyped]
import pytest

from reporter.pages import edition as pages
from reporter.pages.markdown import DASH
from survey.problems import Problem
from survey.questions import Choice
from tests.support.editions import PROMISE, THEMES, record
from tests.support.told import EN, SV, edition, plain, records

NASTY = '<img src=x onerror=alert(1)> | *a* _b_ [c](d) `e` "f" # {g}'


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


def test_pages_load_no_raw_tables() -> None:
    raw = "('pandas', 'reporter.counting.tables', 'reporter.counting.opening')"
    code = (
        f"import sys, reporter.pages.edition; print([one for one in {raw} if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
