"""What an import starts from: a reporting host, and the map of the made-up file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reporter.host import Host
from survey import settings
from survey.project import Project
from tests.support import demo
from tests.support.earlier import MAP


@pytest.fixture
def host(project: Project) -> Host:
    """A reporting host that has published nothing."""
    return demo.host(settings.load(project, {}), date(2026, 11, 24))


@pytest.fixture
def by(tmp_path: Path) -> Path:
    """The map of the made-up file."""
    path = tmp_path / "old.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path
