"""The handbook: it builds without a broken link, and its recipes name what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import DOCS, ROOT

CODE = [
    path for folder in ("survey", "reporter", "tests") for path in (ROOT / folder).rglob("*.py")
]
RECIPES = (DOCS / "CONTRIBUTING.md").read_text(encoding="utf-8")


def _named(pattern: str) -> list[str]:
    return sorted(set(re.findall(pattern, RECIPES)))


def test_the_handbook_builds_without_a_broken_link(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "docs/handbook.yml"]
    done = subprocess.run(
        [*run, "-d", str(tmp_path)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", _named(r"`((?:survey|reporter|tests|site|docs)/[\w./]+?)`"))
def test_a_file_that_a_recipe_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_tests_and_names_of_the_recipes_are_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    names = _named(r"`(test_\w+)`") + _named(r"`(_?[A-Z][A-Z_]+)`")
    assert len(names) > 30
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []
