"""The auditor against gates made weak on purpose: each is refused, with page and figure."""

from __future__ import annotations

import re

import pytest

from reporter.audit import audit
from reporter.paths import Files
from survey.project import Project
from tests.attacks.weakened import GATES, STRONG


@pytest.fixture
def files(project: Project) -> Files:
    """Where a fresh project keeps its editions."""
    return Files(project)


def test_the_same_leavers_through_the_real_gate_are_safe(files: Files) -> None:
    STRONG.publish(files)
    assert audit.site(files).refusals == ()


@pytest.mark.parametrize("name", GATES)
def test_what_a_weak_gate_lets_out_is_refused(files: Files, name: str) -> None:
    GATES[name].publish(files)
    told = "\n".join(map(str, audit.site(files).refusals))
    assert re.search(GATES[name].told, told), told
