"""A collecting host in a folder, for whatever a leaver does at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.leaver import Host, host


@pytest.fixture
def place(tmp_path: Path) -> Host:
    """The host: one open box and three links."""
    return host(tmp_path)
