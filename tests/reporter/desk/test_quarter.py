"""desk.quarter: a quarter at a glance, and its keys."""

from __future__ import annotations

import re
import stat
from dataclasses import replace

from reporter.records import archive
from tests.support.desks import OF, Desk
from tests.support.records import edition


def test_the_quarter_at_a_glance_counts_and_tells_nobody(closed: Desk) -> None:
    shown = closed.get(f"/q/{OF}/?lang=en").html
    assert re.findall(r"<dd>(\d+)</dd>", shown) == ["45", "40", "0", "0"]
    assert 'class="step next" aria-current="step"' in shown
    assert closed.get("/").location == f"/q/{OF}/"


def test_a_missing_key_is_told_with_its_mend_and_can_be_made(desk: Desk) -> None:
    assert "reporter keys" not in desk.get("/q/2026-q4/").html
    assert desk.post("/q/2026-q4/keys").status == 303
    path = desk.project.secrets / "2026-q4.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = desk.post("/q/2026-q4/keys")
    assert again.status == 409
    assert "never overwritten" in again.html


def test_a_key_that_is_still_somewhere_is_not_told_of_as_destroyed(desk: Desk) -> None:
    files = desk.host().files
    told = {1: "1 of 2 private keys were here", 2: "private keys are destroyed: 2 of 2"}
    for gone, words in told.items():
        archive.write(replace(edition(OF), holders=2, destroyed=gone), files.edition(OF))
        assert words in desk.get(f"/q/{OF}/?lang=en").html
