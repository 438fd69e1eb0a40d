"""audit.html: every text of a built site is read, wherever a reader may find it."""

from __future__ import annotations

import json

from reporter.paths import Files
from tests.support.audits import refused


def test_a_figure_in_the_search_index_alone_is_refused(site: Files) -> None:
    index = site.project.site / "public/sv/2026-q1/search/search_index.json"
    index.parent.mkdir()
    docs = [{"title": "Lön", "text": "<p>29 av 31 nämnde lönen.</p>"}]
    index.write_text(json.dumps({"docs": docs}), encoding="utf-8")
    assert "sv/2026-q1/search: “29 av 31”" in refused(site)
