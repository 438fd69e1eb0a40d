"""audit.attack: what the figures make certain of somebody is refused, with whose answer it is."""

from __future__ import annotations

from dataclasses import replace

from reporter.paths import Files
from reporter.records import Finding
from tests.support import sites
from tests.support.audits import CLASSES, Q1, Q2, others, rated, refused, whole


def test_an_exact_line_for_everyone_above_ranges_is_refused(files: Files) -> None:
    south = rated("area-2", 11, (0, 0, 11), 53)
    exact = [
        Finding("all", "rate_pay", one, 31, count, count)
        for one, count in zip(CLASSES, (4, 3, 24), strict=True)
    ]
    sites.publish(files, [others(whole(), *south, *exact)])
    told = refused(files)
    assert "certain that all 11 answered ‘favourable’ to ‘rate_pay’" in told
    assert "sv/2026-q1/themes/pay: " in told


def test_an_edition_rebuilt_with_one_late_answer_is_refused(site: Files) -> None:
    late = others(
        whole("2026-q1", counted=32, answered=32),
        *(Finding("all", "reasons", key, 32, *told) for key, told in LATE.items()),
    )
    sites.show(site, [late, whole("2026-q2")])
    told = refused(site)
    assert "counts people whom 2026-q1 counts too" in told
    assert "certain that all 1 answered ‘pay’ to ‘reasons’" in told
    assert "certain that all 1 did not answer ‘growth’ to ‘reasons’" in told


LATE = {"pay": (13, 13), "team": (0, 2), "growth": (18, 18)}


def test_two_editions_of_the_same_quarter_are_refused(files: Files) -> None:
    both = whole("2026-q2", quarters=(Q1, Q2))
    sites.publish(files, [whole("2026-q1"), both])
    assert "2026-q1 counts too; a subtraction tells their answers" in refused(files)


def test_a_hidden_group_that_follows_by_subtraction_is_refused(files: Files) -> None:
    made = others(whole(), *rated("area-1", 20, (4, 3, 13), 70))
    without = [one for one in made.findings if one.block != "area-2"]
    everyone = [
        Finding("all", "rate_pay", one, 24, count, count)
        for one, count in zip(CLASSES, (4, 3, 17), strict=True)
    ]
    sites.publish(files, [replace(made, findings=(*without, *everyone))])
    assert "certain that all 4 answered ‘favourable’ to ‘rate_pay’" in refused(files)
