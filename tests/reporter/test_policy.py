"""reporter.policy and keys: thresholds are data with reasons; keys are kept, then gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter import keys
from reporter.paths import Files
from reporter.policy import Policy, published, read_policy
from reporter.private import destroy, write_once
from survey.ballots import pledge, seal
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.questions import Questionnaire

Q4 = Quarter(2026, 4)


def _messages(project: Project, questionnaire: Questionnaire, text: str) -> list[str]:
    (project.root / "reporter" / "policy.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_policy(project, questionnaire)
    return list(caught.value.messages)


@pytest.fixture
def source(project: Project) -> str:
    """The sample policy's text."""
    return (project.root / "reporter" / "policy.toml").read_text(encoding="utf-8")


def test_the_sample_policy_places_every_question(
    project: Project, questionnaire: Questionnaire
) -> None:
    policy = read_policy(project, questionnaire)
    assert (policy.k, policy.minimum) == (7, 30)
    assert list(policy.breakdown) == published(questionnaire)


def test_five_mistakes_give_five_messages(
    project: Project, questionnaire: Questionnaire, source: str
) -> None:
    text = source.replace("k = 7", "k = 4", 1).replace("minimum = 30", 'minimum = "30"')
    text = text.replace('rate_pay = "area"', 'rate_pay = "age"')
    text = text.replace('kept = "none"\n', "").replace("[breakdown]", 'mode = "x"\n[breakdown]')
    assert [one.split(". ")[0] for one in _messages(project, questionnaire, text)] == [
        "policy.toml has an unknown key 'mode'",
        "policy.toml: `minimum` is missing or no whole number",
        "policy.toml: `k` is 4",
        "policy.toml: [breakdown] has `kept = None`",
        "policy.toml: [breakdown] has `rate_pay = age`",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minimum = 30", "minimum = 20", "`minimum` is 20. Write at least 3 k = 21"),
        ("merge_below = 20", "merge_below = 3", "`merge_below` is 3. Write at least k = 7"),
        ('kind = "none"', 'kinds = "none"', "unknown key 'kinds'"),
        ("k = 7", "k = true", "`k` is missing or no whole number"),
        ("k = 7", "k = ", "cannot be read"),
        (
            'reasons = "none" ',
            'reasons = "area" ',
            "`main_reason` by none and `reasons` by",
        ),
        ('other_reasons = "hidden"', 'other_reasons = "none"', "none` beside `reasons`"),
    ],
)
def test_a_mistake_stops_the_run(
    project: Project, questionnaire: Questionnaire, source: str, old: str, new: str, message: str
) -> None:
    messages = _messages(project, questionnaire, source.replace(old, new, 1))
    assert any(message in one for one in messages), messages


# Keys


def _files(tmp_path: Path) -> Files:
    return Files(Project(tmp_path))


POLICY = Policy(7, 30, 20, {})


def test_the_public_file_carries_the_pledge_and_the_private_one_stays(tmp_path: Path) -> None:
    (private,), public = keys.make(_files(tmp_path), Q4, POLICY)
    given = pledge.read(public)
    assert (given.quarter, given.k, given.minimum) == (Q4, 7, 30)
    assert given.publics == (seal.public_of(keys.private(private)),)
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.read_bytes() not in public.read_bytes()


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    (private,), _ = keys.make(_files(tmp_path), Q4, POLICY)
    before = private.read_bytes()
    with pytest.raises(Problem, match="never overwritten"):
        keys.make(_files(tmp_path), Q4, POLICY)
    assert private.read_bytes() == before


def test_a_destroyed_key_is_overwritten_first(tmp_path: Path) -> None:
    (private,), _ = keys.make(_files(tmp_path), Q4, POLICY)
    secret = private.read_bytes()
    twin = tmp_path / "same-inode"
    twin.hardlink_to(private)
    destroy(private)
    assert not private.exists()
    assert len(twin.read_bytes()) == len(secret)
    assert secret[20:60] not in twin.read_bytes()


def test_two_holders_get_a_key_each_and_the_public_file_names_both_in_order(
    tmp_path: Path,
) -> None:
    privates, public = keys.make(_files(tmp_path), Q4, POLICY, holders=2)
    assert [path.name for path in privates] == ["2026-q4.key", "2026-q4.second.key"]
    found = [keys.private(path) for path in privates]
    assert pledge.read(public).publics == tuple(map(seal.public_of, found))
    assert [path.stat().st_mode & 0o777 for path in privates] == [0o600, 0o600]


@pytest.mark.parametrize("carried", [0, 1])
def test_a_key_that_was_carried_away_is_not_made_again(tmp_path: Path, carried: int) -> None:
    privates, public = keys.make(_files(tmp_path), Q4, POLICY, holders=2)
    before = public.read_bytes()
    privates[carried].unlink()
    for holders in (1, 2):
        with pytest.raises(Problem, match="never overwritten"):
            keys.make(_files(tmp_path), Q4, POLICY, holders)
    assert public.read_bytes() == before
    assert not privates[carried].exists()


def test_a_key_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = _files(tmp_path).private_keys(Q4)[0]
    path.parent.mkdir()
    path.write_text("another", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_once(path, "private")
    assert path.read_text(encoding="utf-8") == "another"


def test_a_missing_or_damaged_key_is_told_in_words(tmp_path: Path) -> None:
    path = _files(tmp_path).private_keys(Q4)[0]
    with pytest.raises(Problem, match="the private key is not here"):
        keys.private(path)
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Problem, match="is not a private key file"):
        keys.private(path)


def test_a_drafts_working_files_lie_under_responses(tmp_path: Path) -> None:
    files = _files(tmp_path)
    for path in (files.draft(Q4), files.comments(Q4)):
        assert path.is_relative_to(tmp_path / "responses")
