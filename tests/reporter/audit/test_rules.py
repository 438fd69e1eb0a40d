"""audit.rules: a figure that a weakened gate lets out is refused, with the page it stands on."""

from __future__ import annotations

from reporter.audit import audit
from reporter.counting import disclosure
from reporter.paths import Files
from reporter.records import Finding
from reporter.records.findings import SUM
from tests.support import sites
from tests.support.audits import others, rated, refused, unanimous, whole


def test_a_gate_without_a_margin_is_refused(files: Files) -> None:
    sites.publish(files, [unanimous(lambda count, _: (count, count))])
    told = refused(files)
    assert "sv/2026-q1/themes/pay: “11 av 11 (rate_pay, favourable, area-2)” lets anybody" in told
    assert "is told too exactly" in told
    assert "certain that all 11 answered ‘favourable’ to ‘rate_pay’" in told


def test_a_gate_with_its_margin_is_safe_on_the_same_answers(files: Files) -> None:
    sites.publish(files, [unanimous(disclosure.display)])
    assert audit.site(files).safe


def test_a_mean_without_its_clamp_is_refused(files: Files) -> None:
    south = rated("area-2", 11, (0, 0, 11), 55)[:3]
    exact = Finding("area-2", "rate_pay", SUM, 11, 55, 55)
    sites.publish(files, [others(whole(), *south, exact)])
    told = refused(files)
    assert "(rate_pay, sum, area-2)” is a mean told too exactly" in told
    assert "certain that all 11 answered ‘favourable’" in told


def test_groups_of_four_are_refused(files: Files) -> None:
    small = rated("area-2", 4, (0, 0, 4), 19)
    sites.publish(files, [others(whole(), *small)])
    told = refused(files)
    assert "(rate_pay, unfavourable, area-2)” is of 4 people, fewer than 7" in told
    assert "sv/2026-q1/themes/pay" in told
