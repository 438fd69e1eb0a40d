"""What the auditor looks at: a fresh project, and one with two published editions."""

from __future__ import annotations

import pytest

from reporter.paths import Files
from survey.project import Project
from tests.support import sites
from tests.support.audits import whole


@pytest.fixture
def files(project: Project) -> Files:
    """Where a fresh project keeps its editions."""
    return Files(project)


@pytest.fixture
def site(files: Files) -> Files:
    """Two published editions."""
    sites.publish(files, [whole("2026-q1"), whole("2026-q2")])
    return files
