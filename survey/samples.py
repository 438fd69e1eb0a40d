"""What of a project is still as the sample has it, and which version laid the project down."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from survey import project
from survey.project import PACKAGED, Organisation, Project

_SOURCES = (PACKAGED.parent, Path(sys.prefix) / "share" / "avstamp")
"""Where samples lie: beside the packages in a checkout, else where pip puts what is no module."""
_OWN = ("organisation", "contact", "second_holder", "form_url")
"""What no two organisations have in common."""
MADE_BY = ".avstamp"
"""The file in a project that names the version that made it."""

CHANGES = (
    "every box must be closed on the host that opened it, `survey close`, before it can be drafted",
    "a box keeps the questionnaire it was opened with, and is asked and counted by it",
    "two holders make their keys in two places: reporter keys QUARTER --second",
)
"""What whoever runs a project of 0.1.0 does otherwise now; the changelog has the rest."""


def source(name: str) -> Path | None:
    """Where the sample of that name lies."""
    return next((path for one in _SOURCES if (path := one / name).exists()), None)


def version() -> str:
    """The version that runs."""
    return metadata.version("avstamp")


def unset(of: Project, now: Organisation) -> Iterator[str]:
    """The places of mkdocs.yml that nobody has made their own, in words."""
    sample = source("mkdocs.yml")
    if sample is None or sample.resolve() == of.config.resolve():
        return
    before = project.organisation(Project(sample.parent))
    for name in _OWN:
        if getattr(before, name) == getattr(now, name):
            shown = getattr(now, name)
            text = shown if isinstance(shown, str) else ", ".join(shown.values())
            yield f"mkdocs.yml: `{name}` is still the sample's: {text}. Leavers would read it."


def made_by(of: Project) -> str:
    """The version that made the project; "" if that was before projects kept it."""
    path = of.root / MADE_BY
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def upgrades(of: Project) -> list[str]:
    """Which version made the project, and what is done otherwise since."""
    before = made_by(of)
    if before:
        return [f"made by {before}, run by {version()}"]
    lead = f"made by 0.1.0 or earlier, run by {version()}. Since then:"
    return [lead, *(f"  {one}" for one in CHANGES)]
