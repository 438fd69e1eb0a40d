"""Makes a project: the sample files and the secrets that are missing. It never overwrites one."""

from __future__ import annotations

import shutil
from pathlib import Path

from survey import durable, samples, settings
from survey.problems import Problem
from survey.project import Project

_SAMPLES = (
    "mkdocs.yml",
    "survey/questionnaire.yaml",
    "reporter/policy.toml",
    "site/pages",
    "site/theme",
)
_FOLDERS = ("responses", "site/commitments", "site/editions")


def project(of: Project) -> list[Path]:
    """Lay down what is missing, and name it; a Problem if nothing is."""
    fresh = not of.config.exists()
    made = [of.root / name for name in _SAMPLES if _copy(of, name)]
    if fresh:
        durable.write(of.root / samples.MADE_BY, samples.version() + "\n")
    for name in _FOLDERS:
        (of.root / name).mkdir(parents=True, exist_ok=True)
    of.responses.chmod(0o750)
    made += settings.make_secrets(of.secrets)
    if not made:
        raise Problem(f"{of.root}: everything is there already. Nothing was overwritten.")
    return made


def _copy(of: Project, name: str) -> bool:
    target = of.root / name
    if target.exists():
        return False
    source = samples.source(name)
    if source is None:
        raise Problem(f"{name}: the sample is missing. Install Avstamp again.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
    return True
