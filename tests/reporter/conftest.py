"""What a published edition is added to: a reporting host with two of them."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import archive
from survey.project import Project
from survey.questions import Questionnaire
from tests.support.drafted import Q2
from tests.support.places import COMMITMENTS
from tests.support.records import history


@pytest.fixture
def host(project: Project, questionnaire: Questionnaire) -> Host:
    """A reporting host with two past editions."""
    policy = read_policy(project, questionnaire)
    shutil.copytree(COMMITMENTS, project.site / "commitments", dirs_exist_ok=True)
    for one in history(2, Q2):
        archive.write(one, project.site / "editions" / f"{one.edition}.json")
    return Host(Files(project), questionnaire, policy, date(2026, 11, 24), lambda _: None)
