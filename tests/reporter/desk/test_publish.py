"""desk.publish: from a draft to a published edition, or to what stands in its way."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from reporter.records import archive
from tests.support import desks
from tests.support.desks import ADDRESS, AFTER, OF, Desk


def test_a_draft_without_a_key_is_told_in_words(closed: Desk) -> None:
    closed.host().files.private_keys(OF)[0].unlink()
    refused = closed.post(f"/q/{OF}/draft")
    assert refused.status == 409
    assert "the private key of holder 1 of 1 is missing" in refused.html
    assert "the private key of holder 1 of 1 is missing" in closed.get(f"/q/{OF}/").html


def test_the_quarter_is_drafted_looked_at_and_published(closed: Desk) -> None:
    assert closed.post(f"/q/{OF}/draft").location == f"/q/{OF}/draft"
    shown = closed.get(f"/q/{OF}/draft?lang=en").html
    assert "40 answers counted" in shown
    page = closed.client.get(f"/preview/en/{OF}/why/", base_url=f"http://{ADDRESS}")
    assert page.status_code == 200
    page.close()
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    files = closed.host().files
    assert stat.S_IMODE(files.draft(OF).stat().st_mode) == 0o600
    assert closed.post(f"/q/{OF}/publish", typed="2026-q2").status == 422
    assert files.private_keys(OF)[0].exists()
    assert "Not audited as it stands now" in closed.get(f"/q/{OF}/").html
    assert closed.post(f"/q/{OF}/audit").location == f"/q/{OF}/publish#audit"
    assert "The audit found nothing" in closed.get(f"/q/{OF}/").html
    assert "1 editions" in closed.get(f"/q/{OF}/publish").html
    assert closed.post(f"/q/{OF}/publish", typed=" 2026-Q3 ").location == f"/q/{OF}/"
    assert not files.private_keys(OF)[0].exists()
    assert archive.read(files.edition(OF)).counted == 40
    assert (closed.project.site / "public" / "sv" / "latest" / "index.html").exists()
    assert "The quarter is published" in closed.get(f"/q/{OF}/").html


def test_a_key_that_was_moved_away_is_told_at_the_draft_and_with_the_edition(
    closed: Desk, tmp_path: Path
) -> None:
    """It lies on in free blocks of this disk, whatever is done to the stick."""
    stick = closed.host().files.private_keys(OF)[0].rename(tmp_path / "stick.key")
    desk = desks.desk(closed.project, AFTER, stick)
    desk.sign_in()
    told = "stick.key: was made on this machine and moved away"
    for step, fields in (("draft", {}), ("publish", {"typed": str(OF)})):
        leads = desk.post(f"/q/{OF}/{step}", **fields).location
        assert told in desk.get(leads).html
        assert told not in desk.get(leads).html, "it is said once"
    assert archive.read(closed.host().files.edition(OF)).destroyed == 0
    assert not stick.exists()


def test_what_the_auditor_refuses_is_shown_and_no_key_is_lost(drafted: Desk) -> None:
    files = drafted.host().files
    page = files.pages / "en" / "more.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# More\n\n3 of 917 people were angry.\n", encoding="utf-8")
    drafted.post(f"/q/{OF}/audit")
    for path in (f"/q/{OF}/", f"/q/{OF}/publish"):
        assert "“3 of 917” stands in no record" in drafted.get(path).html
    refused = drafted.post(f"/q/{OF}/publish", typed=str(OF))
    assert refused.status == 422
    assert "“3 of 917” stands in no record" in refused.html
    assert files.private_keys(OF)[0].exists()
    assert not files.edition(OF).exists()


def test_the_reasons_why_something_is_withheld_are_told_to_hr_in_words(drafted: Desk) -> None:
    path = drafted.host().files.withheld(OF)
    path.write_text(json.dumps([["area-1", "rate_pay", "too few answered"]]), encoding="utf-8")
    for language, why in (("sv", "För få svarade på frågan"), ("en", "Too few in the group")):
        assert why in drafted.get(f"/q/{OF}/draft?lang={language}").html


@pytest.mark.parametrize(
    "path",
    ["../../../../../.secrets/link.keys", "%2e%2e/%2e%2e/mkdocs.yml", "..%2f..%2fmkdocs.yml"],
)
def test_the_preview_leads_to_no_other_file(desk: Desk, path: str) -> None:
    page = desk.host().files.preview / "sv" / str(OF) / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("previewed", encoding="utf-8")
    shown = desk.client.get(f"/preview/sv/{OF}/", base_url=f"http://{ADDRESS}")
    assert shown.text == "previewed"
    shown.close()
    assert (page.parent / "../../../../../.secrets").exists()
    assert desk.get(f"/preview/sv/{OF}/{path}").status == 404
