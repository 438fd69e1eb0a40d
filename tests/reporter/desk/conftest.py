"""A desk before and after somebody signs in, with a closed quarter, and with it drafted."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.comments import private_file
from reporter.report import draft
from survey import init
from survey.project import Project
from tests.support import desks
from tests.support.desks import OF, Desk
from tests.support.places import COMMITMENTS


@pytest.fixture
def outside(project: Project) -> Desk:
    """A desk that nobody has signed in to."""
    shutil.copytree(COMMITMENTS, project.site / "commitments", dirs_exist_ok=True)
    return desks.desk(project)


@pytest.fixture
def desk(outside: Desk) -> Desk:
    """A desk with HR at it."""
    outside.sign_in()
    return outside


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with forty answers in a closed box, made once."""
    made = Project(tmp_path_factory.mktemp("desk") / "project")
    made.root.mkdir()
    init.project(made)
    desks.answered(made)
    return made.root


@pytest.fixture
def closed(desk: Desk, answered: Path) -> Desk:
    """The same desk, with forty answers in the quarter's closed box."""
    shutil.copytree(answered, desk.project.root, dirs_exist_ok=True)
    return desk


@pytest.fixture
def drafted(closed: Desk) -> Desk:
    """The quarter drafted, its comments waiting to be read."""
    path = closed.host().files.comments(OF)
    draft(closed.host(), OF, closed.project.handed_over())
    state = private_file.read(path)
    private_file.write(path, replace(state, comments=(*desks.NASTY, *state.comments)))
    return closed
