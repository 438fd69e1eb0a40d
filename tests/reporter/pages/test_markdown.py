"""Markdown: no value of any page can become markup."""

import re

import markdown as engine  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.pages import markdown as md

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
NASTY = [
    "a | b",
    "<script>alert(1)</script>",
    "*fet* och _lutad_",
    "[länk](javascript:alert(1))",
    "![bild](x)",
    "# rubrik",
    "- punkt",
    "+ punkt",
    "1. punkt",
    "`kod`",
    "&lt;b&gt;",
    "text {: onclick=alert(1) }",
    "text { #id }",
    "två\n\nstycken",
    "a\n=====",
    "http://example.com <http://example.com>",
    "\\*",
    "~~~",
    "$x$",
    "[^1]: not",
    "\x02wzxhzdk:0\x03",
]


_TABLE = ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]


def html(text: str) -> str:
    return str(engine.markdown(text, extensions=EXTENSIONS))


def shown(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f]", " ", text).split())


def unescaped(text: str) -> str:
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text).replace("&amp;", "&")


@pytest.mark.parametrize("nasty", NASTY)
def test_a_value_comes_out_as_the_text_it_was(nasty: str) -> None:
    assert unescaped(html(md.text(nasty))) == f"<p>{shown(nasty)}</p>"


def test_nothing_in_a_value_turns_the_page_around_or_hides_in_it() -> None:
    assert md.text("gap\u202e \u2067en\u200b ö\ufeff \u00ad!") == "gap en ö !"
    assert md.text("\u05e9\u05dc\u05d5\u05dd") == "\u05e9\u05dc\u05d5\u05dd"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_the_thousands_of_a_number_stay_together(space: str) -> None:
    assert md.text(f" 1{space}220 av \n 3{space}648 ") == f"1{space}220 av 3{space}648"


@pytest.mark.parametrize("nasty", NASTY)
def test_a_value_stays_in_its_cell_its_heading_and_its_item(nasty: str) -> None:
    safe = md.text(nasty)
    page = md.page(
        [
            md.heading(2, safe),
            md.table(["x", "y"], [[safe, "z"]]),
            md.items([safe, md.strong(safe)]),
        ]
    )
    tags = re.findall(r"<(\w+)", html(page))
    assert tags == ["h2", *_TABLE, "ul", "li", "li", "strong"]


@given(st.text(max_size=40))
def test_no_text_at_all_makes_a_tag(value: str) -> None:
    tags = re.findall(r"<(\w+)", html(f"x {md.text(value)} x"))
    assert tags == ["p"]


def test_a_heading_can_be_reached_by_its_own_id() -> None:
    assert html(md.heading(3, "Se över", "pay-review")) == '<h3 id="pay-review">Se över</h3>'


def test_a_folded_table_is_still_a_table() -> None:
    folded = html(md.folded("Visa", md.table(["a", "b"], [["1", "2"]])))
    assert "<summary>Visa</summary>" in folded
    assert "<td>2</td>" in folded
