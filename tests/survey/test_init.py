"""survey.init: a project is laid down once, and only what is missing is made again."""

from __future__ import annotations

import pytest

from survey import init
from survey.problems import Problem
from survey.project import Project


def test_init_overwrites_nothing(project: Project) -> None:
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    with pytest.raises(Problem, match="Nothing was overwritten"):
        init.project(project)
    assert before == {path: path.read_bytes() for path in before}


def test_init_makes_again_only_what_is_missing(project: Project) -> None:
    (project.secrets / "flask.key").unlink()
    assert init.project(project) == [project.secrets / "flask.key"]
