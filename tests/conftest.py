"""What many tests start from: a project of their own, and a real browser where one is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from survey import init, settings
from survey.project import PACKAGED, Project
from survey.questionnaire import read_questionnaire
from survey.questions import Questionnaire
from survey.settings import Settings

os.environ["AVSTAMP_ALLOW"] = "filesystem swap"
"""Tests run on whatever a machine has; what is refused is tested with a machine of its own."""

_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    """The packaged questionnaire."""
    return read_questionnaire(PACKAGED / "questionnaire.yaml")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh project, as `survey init` makes it."""
    made = Project(tmp_path / "project")
    made.root.mkdir()
    init.project(made)
    return made


@pytest.fixture
def here(project: Project) -> Settings:
    """The settings of the fresh project."""
    return settings.load(project, {})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. In CI a missing one is a failure, elsewhere a reason to skip."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed: apt-get install chromium")
        pytest.skip("chromium is not installed")
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=path, args=list(_CHROMIUM))
        yield chromium
        chromium.close()
