"""Where tests find things: the checkout, its docs, the made-up company, real data if at hand."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SAMPLES = Path(__file__).with_name("samples")
"""The made-up company's promises, goals and comments."""
COMMITMENTS = SAMPLES / "commitments"
VECTORS = ROOT / "tests" / "vectors"
"""What is printed or frozen, byte for byte: never made again, see the README there."""
DATA = ROOT.parent / "shared" / "data"
"""Real surveys, no part of the project: where they are missing, their tests are skipped."""
