"""survey.settings, project and pledge: read once, checked whole, no default secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey import settings
from survey.problems import Problem
from survey.project import PACKAGED, Project


def test_a_fresh_project_has_all_it_needs(project: Project) -> None:
    here = settings.load(project, {})
    assert here.organisation.languages == ("sv", "en")
    assert len({here.ledger_key, here.flask_key, *here.link_keys}) == 3


def test_secrets_are_for_their_owner_alone(project: Project) -> None:
    assert {path.stat().st_mode & 0o777 for path in project.secrets.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["link.keys", "ledger.key", "flask.key"])
def test_each_missing_secret_stops_the_start_with_the_command_that_makes_it(
    project: Project, name: str
) -> None:
    (project.secrets / name).unlink()
    with pytest.raises(
        Problem, match=rf"{name}: the secret is missing. Make it with `survey init`"
    ):
        settings.load(project, {})


def test_everything_amiss_is_told_at_once(project: Project) -> None:
    (project.secrets / "ledger.key").chmod(0o644)
    (project.secrets / "flask.key").write_text("secret", encoding="ascii")
    config = project.config.read_text(encoding="utf-8")
    config = config.replace("organisation: Exempelbolaget", "organization: Exempelbolaget")
    project.config.write_text(config.replace("sv: skyddsombudet, ", ""), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        settings.load(project, {})
    assert sorted(message.split(". ")[0].split("/")[-1] for message in caught.value.messages) == [
        "flask.key: is not 32 bytes in hexadecimal",
        "ledger.key: others can read this secret",
        "mkdocs.yml: extra: avstamp has an unknown key 'organization'",
        "mkdocs.yml: extra: avstamp has no `organisation`",
        "mkdocs.yml: extra: avstamp: second_holder has no text in 'sv'",
    ]


def test_systemd_may_hand_the_secrets_in(project: Project, tmp_path: Path) -> None:
    moved = tmp_path / "credentials"
    project.secrets.rename(moved)
    environ = {"CREDENTIALS_DIRECTORY": str(moved)}
    assert settings.load(project, environ).link_keys
    # The access list by which systemd lets its service's user in shows as rights of a group.
    (moved / "link.keys").chmod(0o440)
    assert settings.load(project, environ).link_keys
    (moved / "link.keys").chmod(0o444)
    with pytest.raises(Problem, match="others can read this secret"):
        settings.load(project, environ)


def test_link_keys_may_be_several_oldest_first(project: Project) -> None:
    path = project.secrets / "link.keys"
    path.write_text(path.read_text(encoding="ascii") + "ab" * 32 + "\n", encoding="ascii")
    assert settings.load(project, {}).link_keys[-1] == b"\xab" * 32


def test_a_projects_own_questionnaire_wins_over_the_packaged(project: Project) -> None:
    assert project.questionnaire == project.root / "survey" / "questionnaire.yaml"
    project.questionnaire.unlink()
    assert project.questionnaire == PACKAGED / "questionnaire.yaml"
