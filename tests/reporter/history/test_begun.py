"""history.begun: an import that was cut off goes on where it was, and no other takes its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporter.history import begun, importing
from reporter.host import Host
from reporter.records import archive
from survey.problems import Problem
from tests.support import earlier


def _cut_off(host: Host, by: Path, folder: Path) -> Path:
    """The file of an import that froze the first of its two records, and was killed then."""
    file = earlier.file(folder, [*earlier.rows(), *earlier.rows(left="2024-05-06")])
    made = list(importing.records(host, importing.plan(host, file, by)))
    host.files.editions.mkdir(parents=True, exist_ok=True)
    begun.remember(host.files, made)
    archive.write(made[0], host.files.edition(made[0].edition))
    return file


def test_the_same_import_on_a_later_day_goes_on_and_keeps_what_was_frozen(
    host: Host, by: Path, tmp_path: Path
) -> None:
    file = _cut_off(host, by, tmp_path)
    (path,) = host.files.editions.glob("????-q?.json")
    frozen = path.read_bytes()
    later = replace(host, today=date(2026, 11, 25))
    done = importing.keep(later, importing.plan(later, file, by))
    assert [one.stem for one in done] == ["2024-q1", "2024-q2"]
    assert path.read_bytes() == frozen
    assert (host.files.public / "sv" / "2024-q2" / "index.html").exists()
    assert begun.editions(host.files) == frozenset()
    with pytest.raises(Problem, match="2024-q1 overlaps"):
        importing.plan(later, file, by)


def test_another_file_does_not_go_on_with_it(host: Host, by: Path, tmp_path: Path) -> None:
    _cut_off(host, by, tmp_path)
    other = importing.plan(host, earlier.file(tmp_path, earlier.rows(50)), by)
    with pytest.raises(Problem, match="2024-q1: was frozen by an import that was cut off"):
        importing.keep(host, other)


def test_a_damaged_list_is_told(host: Host) -> None:
    host.files.importing.write_text("{", encoding="utf-8")
    with pytest.raises(Problem, match="Remove it"):
        begun.editions(host.files)
