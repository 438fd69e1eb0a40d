"""A disk of its own for those who look at every block of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.ballots import store


@pytest.fixture
def image(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A file that holds an ext4 file system, and where it is mounted."""
    yield from _mounted(tmp_path, 16)


@pytest.fixture
def large_image(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """The same with room for a whole project and its site."""
    yield from _mounted(tmp_path, 192)


@pytest.fixture
def roomy(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A larger one, whose own journal holds hundreds of changes, as that of a real disk does."""
    yield from _mounted(tmp_path, 192, "-J", "size=64")


def _mounted(tmp_path: Path, megabytes: int, *options: str) -> Iterator[tuple[Path, Path]]:
    disk, folder = tmp_path / "disk.img", tmp_path / "mounted"
    folder.mkdir()
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        pytest.skip("only root can mount an image, with mkfs.ext4 at hand")
    with disk.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-b", "4096", *options, str(disk)], check=True)
    mount = ["mount", "-o", "loop,nodiscard", str(disk), str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("loop mounts are not permitted here")
    try:
        yield disk, folder
    finally:
        store.let_go()
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)
