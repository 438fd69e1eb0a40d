"""audit.order: what stands in an order that nothing public explains is refused."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from reporter.audit import audit, order
from reporter.paths import Files
from reporter.records import Block, Finding, Record
from reporter.records.record import Voice
from tests.support import sites
from tests.support.audits import AREAS, change, refused, whole

MOVED = "stands out of the questionnaire's order"


def _sorted_by_count(made: Record) -> Record:
    """Rows sorted by what the ranges do not tell: here, by chance."""
    rows = list(made.findings)
    random.Random(3).shuffle(rows)
    return replace(made, findings=tuple(rows))


def test_rows_in_an_order_of_their_own_are_refused_with_page_and_figure(files: Files) -> None:
    sites.publish(files, [_sorted_by_count(whole())])
    told = refused(files)
    assert MOVED in told
    assert "sv/2026-q1/why: “" in told


def test_a_row_that_stands_twice_is_refused() -> None:
    made = whole()
    twice = replace(made, findings=(made.findings[0], *made.findings))
    assert [one for one, _ in order.rows(twice)] == [made.findings[0]]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"withheld": (("area-2", "rate_pay"), ("area-1", "rate_pay"))}, "what is not shown"),
        ({"withheld": (("all", "rate_pay"), ("all", "reasons"))}, "what is not shown"),
        ({"blocks": (Block("all", "none", (), 31), *reversed(AREAS))}, "groups by area"),
    ],
)
def test_a_list_in_an_order_of_its_own_is_refused(changes: dict[str, object], what: str) -> None:
    assert list(order.lists(whole())) == []
    (told,) = order.lists(whole(**changes))
    assert told.startswith(f"the list of {what} {MOVED}")


def test_voices_in_an_order_of_their_own_are_refused() -> None:
    voices = [Voice(one, "problem", "quote", {"sv": one, "en": one}) for one in ("team", "pay")]
    (told,) = order.lists(whole(voices=tuple(voices)))
    assert told.startswith("the list of paraphrases and quotes")
    assert list(order.lists(whole(voices=tuple(reversed(voices))))) == []


def test_themes_of_comments_may_go_by_their_ids_as_they_always_have() -> None:
    rows = [Finding("all", "reasons", one, 31, 12, 12) for one in ("growth", "pay", "team")]
    assert list(order.rows(whole(findings=tuple(rows)))) == []


def test_rows_of_the_data_file_in_another_order_are_refused(site: Files) -> None:
    path = site.project.site / "public/sv/2026-q1/data/2026-q1.csv"
    head, first, second, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join((head, second, first, *rest)), encoding="utf-8")
    assert f"data/2026-q1.csv: “{second.strip().replace(',', ', ')}” stands elsewhere" in refused(
        site
    )


def test_a_row_of_the_data_file_that_stands_twice_is_refused(site: Files) -> None:
    row = "2026-q1,none,all,,reasons,pay,31,12,12\n"
    change(site.project.site / "public/sv/2026-q1/data/2026-q1.csv", row, row + row)
    assert "stands elsewhere than in its record" in refused(site)


def test_what_is_published_as_it_was_frozen_tells_nothing_by_its_order(site: Files) -> None:
    assert not any(MOVED in str(one) for one in audit.site(site).refusals)
