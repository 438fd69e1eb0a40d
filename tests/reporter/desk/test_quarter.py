"""desk.quarter: a quarter at a glance, and its keys."""

from __future__ import annotations

import re
import stat
from dataclasses import replace

import pytest

from reporter import cli
from reporter.records import archive
from survey.settings import Settings
from tests.support import boxes, desks
from tests.support.desks import OF, Desk
from tests.support.records import edition


def test_the_quarter_at_a_glance_counts_and_tells_nobody(closed: Desk) -> None:
    shown = closed.get(f"/q/{OF}/?lang=en").html
    assert re.findall(r"<dd>(\d+)</dd>", shown) == ["45", "40", "0", "0"]
    assert 'class="step next" aria-current="step"' in shown
    assert closed.get("/").location == f"/q/{OF}/"


def test_a_missing_key_is_told_with_its_mend_and_can_be_made(desk: Desk) -> None:
    shown = desk.get("/q/2026-q4/").html
    assert "reporter keys 2026-q4 --second" in shown
    assert "reporter keys 2026-q4<" not in shown
    assert desk.post("/q/2026-q4/keys").status == 303
    path = desk.project.secrets / "2026-q4.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = desk.post("/q/2026-q4/keys")
    assert again.status == 409
    assert "never overwritten" in again.html


def test_a_key_that_is_still_somewhere_is_not_told_of_as_destroyed(desk: Desk) -> None:
    files = desk.host().files
    told = {
        (1, 0): "1 of 2 private keys were here",
        (2, 0): "private keys are destroyed: 2 of 2",
        (1, 1): "The second holder destroys theirs, where they made it",
        (0, 1): "0 of 2 private keys were here",
    }
    for (gone, apart), words in told.items():
        made = replace(edition(OF), holders=2, destroyed=gone, apart=apart)
        archive.write(made, files.edition(OF))
        assert words in desk.get(f"/q/{OF}/?lang=en").html


def test_a_second_key_beside_the_first_is_told_on_the_desk_and_by_status(
    here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether an earlier version made both here, or somebody copied the second one in."""
    host = boxes.made_together(here)
    desk = desks.desk(here.project)
    desk.sign_in()
    words = "so whoever has it opens the answers alone"
    shown = desk.get(f"/q/{boxes.Q1}/?lang=en").html
    assert words in shown
    assert "2026-q1.second.key" in shown
    assert cli.main(["--project", str(here.project.root), "status", str(boxes.Q1)]) == 0
    assert words in capsys.readouterr().out
    host.files.private_keys(boxes.Q1)[1].unlink()
    assert words not in desk.get(f"/q/{boxes.Q1}/?lang=en").html
