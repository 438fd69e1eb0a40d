"""publishing.versions: editions swapped in without a gap, and the list of them."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from reporter import report
from reporter.host import Host
from reporter.publishing import versions
from tests.support import drafted
from tests.support.drafted import Q3


def test_every_language_has_its_editions_a_list_of_them_and_the_latest(host: Host) -> None:
    report.build(host)
    public = host.files.project.site / "public"
    for language, title in (("sv", "kv 2 2026"), ("en", "Q2 2026")):
        folder = public / language
        versions = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
        assert [one["version"] for one in versions] == ["2026-q2", "2026-q1"]
        assert (versions[0]["title"], versions[0]["aliases"]) == (title, ["latest"])
        assert (folder / "latest").resolve().name == "2026-q2"
        page = (folder / "latest" / "index.html").read_text("utf-8")
        assert f'lang="{language}"' in page
        assert 'aria-label=""' not in page, "every control has a name"
    assert sorted(path.name for path in public.iterdir()) == ["en", "index.html", "sv"]


def test_a_crash_before_the_swap_is_mended_by_running_it_again(
    host: Host,
) -> None:
    drafted.draft(host)
    place = drafted.in_the_way(host)
    with pytest.raises(OSError, match="Not a directory"):
        report.publish_edition(host, Q3)
    frozen = host.files.edition(Q3).read_bytes()
    place.unlink()
    report.publish_edition(host, Q3)
    assert host.files.edition(Q3).read_bytes() == frozen
    assert (host.files.project.site / "public" / "sv" / "2026-q3" / "index.html").exists()


def test_readers_never_find_a_gap_while_an_edition_is_swapped(tmp_path: Path) -> None:
    live = tmp_path / "2026-q3"
    live.mkdir()
    (live / "index.html").write_text("old", encoding="utf-8")
    missing: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if not (live / "index.html").exists():
                missing.append("gap")

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(300):
        fresh = tmp_path / ".fresh"
        fresh.mkdir()
        (fresh / "index.html").write_text(str(number), encoding="utf-8")
        versions.swap(fresh, live)
    done.set()
    reader.join()
    assert not missing
    assert (live / "index.html").read_text(encoding="utf-8") == "299"
    assert list(tmp_path.iterdir()) == [live]
