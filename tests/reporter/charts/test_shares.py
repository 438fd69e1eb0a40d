"""Charts: drawn once, worded per language, harmless to the page around them."""

import re
import subprocess
import sys
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from reporter.charts import dots, series, shares
from reporter.charts.line import Point
from reporter.charts.shares import Bar, Chart, Split

TICKS = [f"{year}-q{number}" for year in (2025, 2026) for number in (1, 2, 3, 4)]
POINTS = [Point(0.2, 0.3), Point(0.25, 0.25), None, Point(0.4, 0.6), None, *[Point(0.5, 0.5)] * 3]
WORDS = {
    **{"pct0": "0 %", "pct50": "50 %", "pct100": "100 %"},
    **{"unfavourable": "Instämmer inte", "neutral": "Varken eller", "favourable": "Instämmer"},
    **{"pay": "Lön och förmåner", "team": "Kollegor", "mark": "Löftet gavs"},
    **{"aim": "mål 50 %", "named": "Skäl", "doubted": "Instämmer inte", "answered": "Svar"},
    **{"returns": "Återkommer", "goal": "Mål"},
    **{tick: tick for tick in TICKS},
}
DRAWN: dict[str, Callable[[], Chart]] = {
    "bars": lambda: shares.bars("reasons", [Bar("pay", 0.2, 0.4), Bar("team", 0.1, 0.1)]),
    "split": lambda: shares.split(
        "areas", [Split("pay", ((0, 0.2), (0.3, 0.3), (0.5, 0.7))), Split("team", None)]
    ),
    "trend": lambda: series.trend("line", TICKS, POINTS, marks=[1, 6]),
    "aimed": lambda: series.trend("aimed", TICKS, POINTS, marks=[2.4], aim=0.5),
    "people": lambda: dots.people("people", 50, 76),
    "ranked": lambda: dots.ranked(
        "ranked",
        [
            dots.Row("pay", (0.4, 0.4), (0.5, 0.6), returns=True, weight=3),
            dots.Row("team", (0, 0.05), (0.2, 0.2), returns=False, weight=0),
        ],
    ),
    "multiples": lambda: series.multiples("all", TICKS, [("pay", POINTS), ("team", POINTS)]),
}

each = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)


def words(chart: Chart, **more: str) -> str:
    return shares.worded(chart, WORDS | more, "Skäl", "Andelar")


def svg(html: str) -> ElementTree.Element:
    """The drawing alone: the figure around it is HTML, not XML."""
    return ElementTree.fromstring(html[html.index("<svg") : html.index("</figure>")])


def texts(html: str) -> list[str]:
    return ["".join(one.itertext()) for one in svg(html).iter("text")]


def paths(html: str, variable: str) -> str:
    """The data of the path painted with the variable, or nothing."""
    paint = f"var(--avstamp-{variable})"
    drawn = svg(html).iter("path")
    return "".join(one.attrib["d"] for one in drawn if one.attrib["fill"] == paint)


@each
def test_the_same_figures_give_the_same_bytes(draw: Callable[[], Chart]) -> None:
    assert draw() == draw()


def test_another_process_gives_the_same_bytes() -> None:
    module = "tests.reporter.charts.test_shares"
    code = f"from {module} import DRAWN; print(*(draw().svg for draw in DRAWN.values()))"
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout}
    assert runs == {(" ".join(draw().svg for draw in DRAWN.values()) + "\n").encode()}


@each
def test_nothing_in_it_needs_inline_style(draw: Callable[[], Chart]) -> None:
    assert "style" not in words(draw())


@each
def test_nothing_of_matplotlib_is_left(draw: Callable[[], Chart]) -> None:
    assert not re.search(r"metadata|rdf|matplotlib|<defs|<!|xmlns|#\d", words(draw()))


@each
def test_its_only_ids_bear_its_name_and_name_it(draw: Callable[[], Chart]) -> None:
    chart = draw()
    html = words(chart)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert ids == [f"{chart.name}-title", f"{chart.name}-desc"]
    assert svg(html).attrib["aria-labelledby"] == " ".join(ids)
    assert svg(html).attrib["role"] == "img"


@each
def test_every_token_gets_its_words(draw: Callable[[], Chart]) -> None:
    assert not re.search("[«»]", words(draw()))


@each
def test_it_is_one_line_that_search_passes_over(draw: Callable[[], Chart]) -> None:
    html = shares.worded(draw(), WORDS | {"pay": "Lön\noch\r\n\nförmåner"}, "Två\nrader", "a\n\nb")
    assert len(html.splitlines()) == 1
    assert html.startswith('<figure class="chart" data-search-exclude><svg ')


@each
def test_it_is_small(draw: Callable[[], Chart]) -> None:
    assert len(words(draw())) < 4000


def test_sixteen_reasons_and_fourteen_themes_stay_under_eight_kilobytes() -> None:
    rows = [Bar("pay", 0.123456, 0.23456)] * 16
    assert len(words(shares.bars("reasons", rows))) < 8000
    assert len(words(series.multiples("all", TICKS, [("pay", POINTS)] * 14))) < 9000


def test_words_are_escaped_wherever_they_stand() -> None:
    chart = shares.bars("reasons", [Bar("pay", 0.2, 0.4)])
    evil = '</svg><script>"&'
    html = shares.worded(chart, WORDS | {"pay": evil, "pay:value": evil}, evil, evil)
    assert "<script" not in html
    assert texts(html).count(evil) == 2
    assert [one.text for one in list(svg(html))[:2]] == [evil, evil]


def test_a_label_that_looks_like_a_token_is_left_alone() -> None:
    html = words(shares.bars("reasons", [Bar("pay", 0.2, 0.4)]), pay="«team»")
    assert "«team»" in texts(html)


def test_a_missing_label_is_an_error() -> None:
    with pytest.raises(KeyError, match="rent"):
        words(shares.bars("reasons", [Bar("rent", 0.2, 0.4)]))


def test_a_figure_beside_a_label_may_be_left_out() -> None:
    chart = DRAWN["bars"]()
    assert "2 av 9" in texts(words(chart, **{"pay:value": "2 av 9"}))
    assert len(texts(words(chart))) == len(texts(words(chart, **{"pay:value": "x"}))) - 1


def test_the_last_figure_of_a_line_may_be_left_out() -> None:
    chart = DRAWN["trend"]()
    assert "16 av 31" in texts(words(chart, last="16 av 31"))
    assert "last" not in words(chart)


def test_a_bar_is_solid_to_its_low_and_soft_to_its_high() -> None:
    html = words(shares.bars("reasons", [Bar("pay", 0.25, 0.5)]))
    assert paths(html, "strong").startswith("M0 21 85 21 85 34 0 34")
    assert paths(html, "soft").startswith("M85 21 169.5 21")


def test_an_exact_bar_has_no_soft_end() -> None:
    assert not paths(words(shares.bars("reasons", [Bar("pay", 0.25, 0.25)])), "soft")


def test_a_bar_of_nothing_draws_nothing() -> None:
    assert not paths(words(shares.bars("reasons", [Bar("pay", 0, 0)])), "strong")


def test_classes_told_exactly_fill_their_row() -> None:
    html = words(shares.split("areas", [Split("pay", ((0.25, 0.25), (0.25, 0.25), (0.5, 0.5)))]))
    assert "M0.5 63 84.5 63" in paths(html, "unfavourable")
    assert "M85.5 63 169.5 63" in paths(html, "neutral")
    assert "M170.5 63 339.5 63" in paths(html, "favourable")


def test_a_border_that_is_not_told_is_hatched() -> None:
    told = Split("pay", ((0.2, 0.2), (0.3, 0.3), (0.5, 0.5)))
    untold = Split("pay", ((0, 0.2), (0.3, 0.3), (0.5, 0.7)))
    strokes = [shares.split("areas", [row]).svg.count("M") for row in (told, untold)]
    assert strokes[1] > strokes[0] + 5


def test_three_classes_of_unknown_size_still_end_where_the_row_ends() -> None:
    chart = shares.split("areas", [Split("pay", ((0, 1), (0, 1), (0, 1)))])
    numbers = re.findall(r'd="([^"]+)"', chart.svg)
    assert max(float(one) for one in re.findall(r"[\d.]+", " ".join(numbers))) <= shares.WIDTH


def test_a_withheld_row_and_a_gap_show_a_dash() -> None:
    assert texts(words(DRAWN["split"]())).count("–") == 1
    assert texts(words(DRAWN["trend"]())).count("–") == 2


def test_a_line_is_broken_where_nothing_is_told() -> None:
    html = words(series.trend("line", TICKS[:4], [Point(0, 0), Point(1, 1), None, Point(1, 1)]))
    line = next(one for one in svg(html).iter("path") if one.get("stroke-width") == "2.4")
    assert line.attrib["d"].count("M") == 1
    assert len(line.attrib["d"].split()) == 4


@pytest.mark.parametrize("size", range(10))
def test_a_line_of_any_length_can_be_drawn(size: int) -> None:
    points = [None if index % 3 == 1 else Point(0.1, 0.9) for index in range(size)]
    ticks = [f"2024-q{index}" for index in range(size)]
    html = shares.worded(
        series.trend("line", ticks, points), WORDS | dict(zip(ticks, ticks, strict=True)), "", ""
    )
    assert texts(html).count("–") == points.count(None)


def test_only_ticks_with_room_are_named() -> None:
    named = {one for one in texts(words(DRAWN["trend"]())) if one in TICKS}
    assert named == {"2025-q1", "2026-q1", "2026-q4"}


def test_a_long_title_takes_two_lines() -> None:
    chart = series.multiples("all", TICKS, [("pay", POINTS)])
    html = words(chart, pay="Förändring och anställningstrygghet")
    spans = [one.text for one in svg(html).iter("tspan")]
    assert spans == ["Förändring och", "anställningstrygghet"]


def test_a_label_that_no_line_holds_is_cut_with_a_sign() -> None:
    html = words(
        DRAWN["bars"](), pay="Övriga områden med ett par långa namn och några till därtill"
    )
    assert any(one.startswith("Övriga områden") and one.endswith("…") for one in texts(html))


def test_empty_charts_are_charts() -> None:
    for chart in (shares.bars("a", []), shares.split("b", []), series.multiples("c", [], [])):
        assert words(chart).endswith("</svg></figure>")


def test_a_dot_a_person_and_a_large_one_for_each_answer() -> None:
    html = words(dots.people("people", 50, 76))
    strokes = {one.attrib["stroke-width"]: one.attrib["d"].count("M") for one in _strokes(html)}
    assert strokes == {"12": 50, "4": 26}


def _strokes(html: str) -> list[ElementTree.Element]:
    return [one for one in svg(html).iter("path") if one.get("stroke-linecap")]


def test_so_many_people_that_dots_would_blur_are_a_bar() -> None:
    html = words(dots.people("people", 300, dots.MOST_PEOPLE + 1))
    assert "Svar" in texts(html)
    assert len(html) < 4000


def test_a_theme_that_returns_has_a_ring_and_its_goals_as_many_squares_as_they_weigh() -> None:
    html = words(DRAWN["ranked"]())
    legend = 1
    assert paths(html, "mark").count("M") == 3 + legend
    rings = [one for one in svg(html).iter("path") if one.get("stroke") == "var(--avstamp-mark)"]
    assert rings[0].attrib["d"].count("M") == 1 + legend


def test_an_aim_has_a_line_of_its_own_with_its_name() -> None:
    assert "mål 50 %" in texts(words(DRAWN["aimed"]()))
    assert "mål 50 %" not in texts(words(DRAWN["trend"]()))
