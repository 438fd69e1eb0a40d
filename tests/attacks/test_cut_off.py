"""Commands killed, on full and read-only disks: nothing unpublished is shown, the next ends well.

`AVSTAMP_CUTS=40` draws so many moments; the suite draws one for each command.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from reporter.paths import Files
from reporter.records import archive
from survey import init, quarter
from survey.project import Project
from survey.quarter import Quarter
from tests.support import desks, earlier
from tests.support.places import ROOT

OF = quarter.of(date.today()).previous.previous
"""Its box has closed by now: the commands read the machine's own clock."""
ROUNDS = int(os.environ.get("AVSTAMP_CUTS", "3"))


@dataclass(frozen=True)
class Case:
    """A command to be cut off, and the project that it starts from."""

    start: str
    words: tuple[str, ...]
    done: Callable[[Files], bool]
    """Whether it has been carried out."""


def _drafted(files: Files) -> bool:
    return files.draft(OF).exists() and (files.preview / "sv" / str(OF) / "index.html").exists()


def _published(files: Files) -> bool:
    return _whole(files, OF) and not any(path.exists() for path in files.private_keys(OF))


def _whole(files: Files, edition: Quarter) -> bool:
    pages = [files.public / one / str(edition) / "index.html" for one in ("sv", "en")]
    return files.edition(edition).exists() and all(page.exists() for page in pages)


def _withdrawn(files: Files) -> bool:
    text = files.public / "en" / str(OF) / "data" / f"{OF}.json"
    return _whole(files, OF) and '"notes"' in text.read_text(encoding="utf-8")


def _imported(files: Files) -> bool:
    return all(_whole(files, one) for one in (Quarter(2024, 1), Quarter(2024, 2)))


NOTE = ("withdraw-figure", str(OF), "all", "kind", "--reason", "sv=Fel.", "en=Wrong.")
BRING = ("history", "import", "old.csv", "--map", "old.yaml")
CASES = {
    "draft": Case("closed", ("draft", str(OF)), _drafted),
    "audit": Case("drafted", ("audit", str(OF)), lambda files: files.verdict(OF).exists()),
    "publish": Case("drafted", ("publish", str(OF)), _published),
    "build": Case("published", ("build",), lambda files: _whole(files, OF)),
    "withdraw": Case("published", NOTE, _withdrawn),
    "import": Case("published", BRING, _imported),
}


def _run(root: Path, *words: str, umask: int = 0o022) -> subprocess.Popen[bytes]:
    run = [sys.executable, "-m", "reporter", "--project", str(root), *words]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(run, cwd=root, env=environment, umask=umask, **pipes)  # type: ignore[call-overload,no-any-return]


def _refused(root: Path, *words: str) -> str:
    """What the command said that could not be carried out."""
    _, told = (run := _run(root, *words)).communicate()
    assert run.returncode == 1, told.decode()
    return told.decode()


def _ends_well(root: Path, *words: str) -> float:
    """How long the command took, which must succeed."""
    began = time.monotonic()
    _, told = (run := _run(root, *words)).communicate()
    assert run.returncode == 0, told.decode()
    return time.monotonic() - began


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A project with its box closed, drafted, and published, made once by the commands."""
    folder = tmp_path_factory.mktemp("starts")
    made = Project(folder / "closed")
    made.root.mkdir()
    init.project(made)
    desks.answered(made, OF)
    earlier.file(made.root, [*earlier.rows(), *earlier.rows(left="2024-05-06")])
    earlier.written(made.root / "old.yaml", earlier.MAP)
    for before, after, command in (
        ("closed", "drafted", "draft"),
        ("drafted", "published", "publish"),
    ):
        shutil.copytree(folder / before, folder / after, symlinks=True)
        _ends_well(folder / after, command, str(OF))
    return {path.name: path for path in folder.iterdir()}


def _check(files: Files) -> None:
    """What holds whenever a command was cut off."""
    frozen = {str(one.edition) for one in archive.read_all(files.editions)}
    shown = [path for path in files.public.glob("*/*") if path.is_dir() and not path.is_symlink()]
    assert {path.name for path in shown} <= frozen, "only what is frozen can be read"
    strays = [path for path in files.public.glob(".*") if path.is_dir()]
    assert not strays, "drafts lie elsewhere"
    if files.building.exists():
        assert files.building.stat().st_mode & 0o077 == 0
    key = files.private_keys(OF)[0].exists()
    assert key or files.edition(OF).exists() or archive.read(files.draft(OF)).destroyed == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_command_cut_off_at_any_moment_shows_nothing_and_ends_well_when_run_again(
    starts: dict[str, Path], tmp_path: Path, number: int
) -> None:
    name = list(CASES)[number % len(CASES)]
    how = signal.SIGKILL if number // len(CASES) % 2 == number % 2 else signal.SIGTERM
    case, root = CASES[name], tmp_path / "project"
    files = Files(Project(root))
    moment = random.uniform(0.05, 0.95) * _takes(starts, name, tmp_path)
    while not _cut(starts[case.start], root, case, how, moment):
        moment *= 0.8  # it had ended before: quicker this time than when it was measured
    said = f"{name} {how.name} after {moment:.2f} s"
    print(said)
    _check(files)
    _ends_well(root, *case.words)
    assert case.done(files), said
    assert not files.building.exists(), said


def _cut(start: Path, root: Path, case: Case, how: signal.Signals, moment: float) -> bool:
    """Whether the command was still at work, on a fresh copy, when the signal came."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(start, root, symlinks=True)
    run = _run(root, *case.words)
    time.sleep(moment)
    run.send_signal(how)
    run.communicate()
    return run.returncode != 0


_TOOK: dict[str, float] = {}


def _takes(starts: dict[str, Path], name: str, folder: Path) -> float:
    """How long the command takes here when nothing cuts it off, measured once."""
    if name not in _TOOK:
        root, case = folder / "whole", CASES[name]
        shutil.copytree(starts[case.start], root, symlinks=True)
        _TOOK[name] = _ends_well(root, *case.words)
        assert case.done(Files(Project(root)))
    return _TOOK[name]


# Disks


@dataclass(frozen=True)
class Disk:
    """A small file system in memory."""

    folder: Path

    def mount(self, how: str) -> None:
        """Mount it, or mount it in another way."""
        run = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(self.folder)]
        if subprocess.run(run, capture_output=True, check=False).returncode:
            pytest.skip("mounts are not permitted here")

    def holding(self, start: Path, spare: int) -> Path:
        """A copy of a project on the disk, with so many KiB to spare."""
        copy = self.folder / "project"
        shutil.copytree(start, copy, symlinks=True)
        used = subprocess.run(["du", "-sk", str(copy)], capture_output=True, check=True, text=True)
        self.mount(f"remount,size={int(used.stdout.split()[0]) + spare}k")
        return copy


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 500 MB, until it is made smaller."""
    if os.geteuid():
        pytest.skip("only root can mount")
    made = Disk(tmp_path / "disk")
    made.folder.mkdir()
    made.mount("size=500m")
    yield made
    subprocess.run(["umount", "-l", str(made.folder)], check=True)


@pytest.mark.parametrize(
    ("name", "spare"), [("draft", 300), ("publish", 100), ("publish", 5_000), ("import", 5_000)]
)
def test_a_full_disk_shows_nothing_costs_no_key_and_is_told(
    starts: dict[str, Path], disk: Disk, name: str, spare: int
) -> None:
    case = CASES[name]
    root = disk.holding(starts[case.start], spare)
    files = Files(Project(root))
    keys = [path.exists() for path in files.private_keys(OF)]
    assert "the disk is full. Nothing unfinished is shown" in _refused(root, *case.words)
    _check(files)
    assert [path.exists() for path in files.private_keys(OF)] == keys
    assert not files.building.exists()
    disk.mount("remount,size=500m")
    _ends_well(root, *case.words)
    assert case.done(files)


@pytest.mark.parametrize("name", ["draft", "audit", "publish", "build"])
def test_a_read_only_disk_is_told_and_what_is_published_can_be_audited(
    starts: dict[str, Path], disk: Disk, name: str
) -> None:
    case = CASES[name]
    root = disk.holding(starts[case.start], 200_000)
    before = desks.files(root)
    disk.mount("remount,ro")
    assert re.search("the disk is read-only|Read-only file system", _refused(root, *case.words))
    if case.start == "published":
        _ends_well(root, "audit")
    assert desks.files(root) == before
    disk.mount("remount,rw")
    _ends_well(root, *case.words)
    assert case.done(Files(Project(root)))


# Rights


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_whatever_the_umask_the_site_can_be_read_and_a_draft_by_its_owner_alone(
    starts: dict[str, Path], tmp_path: Path, umask: int
) -> None:
    root = tmp_path / "project"
    shutil.copytree(starts["closed"], root, symlinks=True)
    files = Files(Project(root))
    for command in ("draft", "publish"):
        run = _run(root, command, str(OF), umask=umask)
        assert run.communicate() is not None
        assert run.returncode == 0
        private = [*files.draft_folder.rglob("*"), files.opened, *files.private_keys(OF)]
        modes = {path.stat().st_mode & 0o077 for path in private if path.exists()}
        assert modes <= {0}, command
    shown = [files.public, *files.public.rglob("*")]
    folders = {path.stat().st_mode & 0o777 for path in shown if path.is_dir()}
    readable = {path.stat().st_mode & 0o777 for path in shown if path.is_file()}
    assert all(mode & 0o555 == 0o555 and not mode & 0o022 for mode in folders | {0o755})
    assert readable == {0o644}
