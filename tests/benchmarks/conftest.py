"""What the benchmarks measure on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import batches as raw
from tests.benchmarks.batches import Batch


@pytest.fixture
def batches(tmp_path: Path) -> dict[str, list[Batch]]:
    """The batches by the name of their survey."""
    return raw.made(tmp_path)
