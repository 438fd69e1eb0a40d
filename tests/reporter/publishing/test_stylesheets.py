"""One style sheet: what a page or a script may use stays, and nothing else."""

from __future__ import annotations

from reporter.publishing import stylesheets

SHEET = """@charset "UTF-8";
:root{--used:1px;--unused:url("data:image/svg+xml;{}");--script:2px}
/* a comment with } and "quotes */
.here,.gone{margin:var(--used)}
.gone .here{color:red}
a:not(.gone):hover{color:blue}
@media print{.gone{display:none}.here::after{content:"a } { b"}}
@media screen{.gone{display:none}}
@keyframes pulse{from{top:0}to{top:1px}}
.made-by-script{top:0}
"""
PAGE = '<p class="here">text</p>'


def _merged(*sheets: str, script: str = "") -> str:
    return stylesheets.merged(sheets, stylesheets.classes(PAGE + script))


def test_a_rule_stays_if_its_classes_stand_on_a_page() -> None:
    style = _merged(SHEET)
    assert ".here{margin:var(--used)}" in style
    assert "a:not(.gone):hover{color:blue}" in style
    assert '.here::after{content:"a } { b"}' in style
    assert "@keyframes pulse{from{top:0}to{top:1px}}" in style


def test_a_rule_that_no_page_can_use_goes_with_what_only_it_reads() -> None:
    style = _merged(SHEET)
    assert ".gone" not in style.replace(":not(.gone)", "")
    assert "made-by-script" not in style
    assert "@media screen" not in style
    assert "--unused" not in style
    assert "comment" not in style
    assert style.count("{") == style.count("}")


def test_what_a_script_may_set_stays() -> None:
    style = _merged(SHEET, script='x.classList.add("made-by-script");y("--script")')
    assert ".made-by-script{top:0}" in style
    assert "--script:2px" in style


def test_sheets_keep_their_order() -> None:
    assert _merged(".here{top:0}", ".here{top:1px}") == ".here{top:0}.here{top:1px}"
