"""audit.charts: what a chart draws is held to its record, whatever its words say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import pytest

from reporter.audit.charts import Charts
from reporter.audit.geometry import Drawing, Shape, drawings
from reporter.audit.views import View, narrowed
from reporter.charts.shares import Chart
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.paths import Files
from reporter.records import Record
from tests.support import sites
from tests.support.audits import change, page, refused, whole
from tests.support.records import history

KINDS = (
    "people",
    "priorities",
    "ratings",
    "ratings-area-1",
    "top-reasons",
    "top-best",
    "q-kind",
    "q-recommend",
    "theme-pay",
    "promise-ett-ordersystem",
    "rating-lines",
    "reason-lines",
)


@lru_cache
def _views() -> list[View]:
    return list(map(narrowed, _records()))


def _records() -> tuple[Record, ...]:
    """Four editions; in the third nobody was asked of reasons, in the last 500 were invited."""
    first, second, third, last = history(4)
    gap = replace(third, findings=tuple(f for f in third.findings if f.question != "reasons"))
    return first, second, gap, last


@lru_cache
def _drawn(language: str) -> dict[str, Drawing]:
    records = _records()
    made = pages.edition(records, pages.draw(records), words_in(language))
    found = (one for text in made.values() for one in drawings(text))
    return {one.name: one for one in found}


def _faults(drawing: Drawing, language: str = "en") -> list[tuple[str, str]]:
    return list(Charts(_views(), language).faults(drawing))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_chart_of_the_made_up_company_is_explained(language: str) -> None:
    drawn = _drawn(language)
    assert drawn.keys() >= set(KINDS)
    assert [fault for one in drawn.values() for fault in _faults(one, language)] == []


@pytest.mark.parametrize("invited", [31, 120, 121, 400, 401])
def test_people_are_explained_however_many_they_are(invited: int) -> None:
    made = [whole(issued=invited)]
    text = pages.edition(made, pages.draw(made), words_in("en"))["index.md"]
    people = next(one for one in drawings(text) if one.name == "people")
    assert list(Charts(list(map(narrowed, made)), "en").faults(people)) == []
    assert list(Charts([narrowed(whole(issued=invited, answered=30))], "en").faults(people))


def _moved(drawing: Drawing, by: float) -> Iterator[Drawing]:
    """The drawing with one dot of one shape moved, for each shape and each of its numbers."""
    for place, shape in enumerate(drawing.shapes):
        if not (shape.paint == "muted 1" and len(shape.dots) == 4):  # one of many slanted lines
            for number in {0, 1, len(shape.dots) // 2, len(shape.dots) - 2}:
                dots = [*shape.dots]
                dots[number] += by
                shapes = [*drawing.shapes]
                shapes[place] = Shape(shape.paint, tuple(dots))
                yield replace(drawing, shapes=tuple(shapes))


@pytest.mark.parametrize("name", KINDS)
def test_a_shape_that_is_moved_by_a_unit_is_refused(name: str) -> None:
    drawing = _drawn("en")[name]
    assert all(_faults(one) for one in _moved(drawing, 1.0))


@pytest.mark.parametrize("name", KINDS)
def test_a_shape_too_many_or_too_few_is_refused(name: str) -> None:
    drawing = _drawn("en")[name]
    less = replace(drawing, shapes=drawing.shapes[1:])
    more = replace(drawing, shapes=(*drawing.shapes, Shape("strong", (0, 0, 9, 0, 9, 9, 0, 9))))
    assert _faults(less)
    assert _faults(more)


def test_a_slanted_line_outside_what_is_not_told_is_refused() -> None:
    drawing = _drawn("en")["ratings"]
    stray = Shape("muted 1", (2.0, 68.0, 7.0, 63.0))
    assert _faults(replace(drawing, shapes=(*drawing.shapes, stray)))


def test_a_drawing_with_a_name_that_no_record_knows_is_refused() -> None:
    for name in ("q-secret", "theme-secret", "promise-secret", "exact", ""):
        assert _faults(replace(_drawn("en")["q-kind"], name=name))


def test_rows_under_the_wrong_labels_are_refused() -> None:
    drawing = _drawn("en")["ratings"]
    first, second, *rest = drawing.rows("label")
    swapped = (replace(first, words=second.words), replace(second, words=first.words), *rest)
    others = tuple(one for one in drawing.labels if one.ink != "label")
    assert _faults(replace(drawing, labels=(*others, *swapped)))


def _exactly(records: Sequence[Record]) -> dict[str, Chart]:
    """The charts of a gate that shows what was counted, under words of one that does not."""
    *before, now = records
    exact = [replace(one, high=one.low) for one in now.findings]
    return pages.draw([*before, replace(now, findings=tuple(exact))])


def test_charts_of_exact_counts_under_honest_words_are_refused_by_page_and_figure(
    files: Files,
) -> None:
    sites.publish(files, [whole()], _exactly)
    told = refused(files)
    assert "en/2026-q1/why: “q-reasons: TEAM” is drawn otherwise than its record tells" in told
    assert "sv/2026-q1/areas: “ratings-area-2: Pay” is drawn otherwise" in told


def test_a_bar_made_longer_by_hand_is_refused(site: Files) -> None:
    change(page(site, "en/2026-q1/why"), "M0 65 131.6 65 ", "M0 65 135.6 65 ")
    assert "en/2026-q1/why: “q-reasons: " in refused(site)


def test_a_drawing_typed_into_a_page_is_refused(site: Files) -> None:
    svg = '<svg viewBox="0 0 9 9"><path fill="var(--avstamp-strong)" d="M0 0 9 0 9 9z"/></svg>'
    change(page(site, "en/2026-q1/why"), "</h1>", f"</h1>{svg}")
    assert "is a drawing that no record explains" in refused(site)


def test_rows_of_a_chart_in_an_order_of_their_own_are_refused() -> None:
    drawing = _drawn("en")["q-kept"]
    first, second, *rest = drawing.rows("label")
    assert not _faults(drawing)
    swapped = (replace(first, y=second.y), replace(second, y=first.y), *rest)
    assert _faults(replace(drawing, labels=swapped))


def test_a_theme_that_two_scales_rate_is_drawn_by_the_first_in_the_order_of_themes() -> None:
    made = whole()
    pay = next(one for one in made.asked if one.id == "rate_pay")
    team = replace(pay, id="rate_team", theme="team", words={"sv": "Lag", "en": "Crew"})
    more = replace(pay, id="rate_more", words={"sv": "Mer", "en": "More"})
    rows = [
        replace(one, question=asked.id, low=one.low + by, high=one.high + by)
        for asked, by in ((team, 0), (more, 1))
        for one in made.findings
        if one.question == pay.id
    ]
    asked = (made.asked[0], team, pay, more)
    both = replace(made, asked=asked, findings=(*made.findings, *rows))
    text = "".join(pages.edition([both], pages.draw([both]), words_in("en")).values())
    found = {one.name: one for one in drawings(text)}
    assert found.keys() >= {"top-best", "top-worst"}
    known = Charts([narrowed(both)], "en")
    assert [fault for one in found.values() for fault in known.faults(one)] == []
