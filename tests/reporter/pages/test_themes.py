"""pages.themes: what is withheld is a dash, and no mean tells of more than it is made of."""

from __future__ import annotations

import re
from dataclasses import replace

from reporter.pages import edition as pages
from reporter.pages.markdown import DASH
from reporter.records import Finding
from tests.support.told import SV, edition, records


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
    assert f"| **Alla** | 19 av 31 | 2 av 20 | 4 av 20 | {DASH} |" in page
    assert "| North | 14 av 20 | 2 av 20 | 4 av 20 | 3,4 till 3,6 av 5 |" in page
