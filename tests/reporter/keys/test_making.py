"""keys.making: each key is made where its holder is, and a half is joined only if it is theirs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reporter import keys
from reporter.keys import halves
from reporter.keys.halves import Half
from reporter.paths import Files
from survey.ballots import pledge, seal
from survey.problems import Problem
from tests.support import boxes
from tests.support.boxes import POLICY, Q2, Q4


@pytest.fixture
def own(tmp_path: Path) -> Files:
    """The second holder's computer: an empty folder, no project."""
    return boxes.files_in(tmp_path / "own")


@pytest.fixture
def hr(tmp_path: Path) -> Files:
    """HR's computer."""
    return boxes.files_in(tmp_path / "hr")


def _refused(hr: Files, half: Half, heard: str = "") -> str:
    with pytest.raises(Problem) as refused:
        keys.join(hr, Q4, POLICY, half, heard or half.fingerprint)
    return str(refused.value)


def test_two_make_a_key_each_in_their_own_place_and_the_public_file_names_both(
    own: Files, hr: Files
) -> None:
    second, half_path, half = keys.second(own, Q4)
    (first,), public = keys.join(hr, Q4, POLICY, halves.read(half_path), half.fingerprint)
    given = pledge.read(public)
    found = [keys.private(path) for path in (first, second)]
    assert given.publics == tuple(map(seal.public_of, found))
    assert (given.apart, given.k, given.minimum) == (True, 7, 30)
    assert [path.stat().st_mode & 0o777 for path in (first, second)] == [0o600, 0o600]
    for one in (half_path.read_text("ascii"), public.read_text("ascii")):
        assert not [secret for secret in found if secret.hex() in one]
    assert list(hr.project.secrets.iterdir()) == [first]


def test_a_half_joins_a_key_that_was_made_before(own: Files, hr: Files) -> None:
    _, _, half = keys.second(own, Q4)
    first, public = keys.make(hr, Q4, POLICY)
    assert not pledge.read(public).apart
    made, _ = keys.join(hr, Q4, POLICY, half, half.fingerprint.lower().replace("-", " "))
    assert made == []
    assert pledge.read(public).publics == (seal.public_of(keys.private(first)), half.public)


def test_the_second_key_is_not_made_where_the_first_one_is(hr: Files) -> None:
    first, public = keys.make(hr, Q4, POLICY)
    for path in (first, public):
        with pytest.raises(Problem, match="on a computer of their own"):
            keys.second(hr, Q4)
        path.unlink()
    keys.second(hr, Q4)


def test_a_second_key_is_never_overwritten(own: Files) -> None:
    path, _, _ = keys.second(own, Q4)
    before = path.read_bytes()
    with pytest.raises(Problem, match="never overwritten"):
        keys.second(own, Q4)
    assert path.read_bytes() == before


def test_what_is_wrong_with_a_half_is_said_all_at_once_and_changes_nothing(
    own: Files, hr: Files
) -> None:
    _, _, half = keys.second(own, Q2)
    assert "is of 2026-q2, not 2026-q4" in _refused(hr, half)
    both = _refused(hr, half, "AAAA-BBBB")
    assert "is of 2026-q2" in both
    assert "another fingerprint than AAAA-BBBB" in both
    assert not hr.public_key(Q4).exists()
    assert not hr.project.secrets.exists()


def test_a_half_without_the_fingerprint_that_was_heard_is_refused_and_does_not_tell_it(
    own: Files, hr: Files
) -> None:
    _, _, half = keys.second(own, Q4)
    with pytest.raises(Problem, match="Ring them up") as refused:
        keys.join(hr, Q4, POLICY, half, "")
    assert half.fingerprint not in str(refused.value)
    for short in (half.fingerprint[:8], half.public.hex()[:8]):
        assert "another fingerprint" in _refused(hr, half, short)


def test_one_key_twice_is_not_two_holders(hr: Files) -> None:
    first, _ = keys.make(hr, Q4, POLICY)
    half = Half(Q4, seal.public_of(keys.private(first)))
    assert "One key twice" in _refused(hr, half)
    first.rename(hr.project.root / "elsewhere")
    assert "One key twice" in _refused(hr, half)


@pytest.mark.parametrize("name", [".secrets/2026-q4.second.key", "responses/x.key", "a.key"])
def test_a_second_key_that_lies_beside_the_first_is_not_joined(
    own: Files, hr: Files, name: str
) -> None:
    path, _, half = keys.second(own, Q4)
    copy = hr.project.root / name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path.read_bytes())
    assert "makes nobody a second holder" in _refused(hr, half)


def test_a_joined_file_and_the_keys_of_a_box_are_never_changed(own: Files, hr: Files) -> None:
    _, _, half = keys.second(own, Q4)
    keys.join(hr, Q4, POLICY, half, half.fingerprint)
    third = replace(half, public=seal.new_keys()[1])
    assert "A joined file is never changed" in _refused(hr, third)
    hr.public_key(Q4).unlink()
    hr.project.box(Q4).touch()
    assert "Its keys are fixed" in _refused(hr, third)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        json.dumps({"avstamp": 2, "quarter": "2026-q4", "half": "70" * 32}),
        json.dumps({"avstamp": 1, "quarter": "2026-q4", "half": "70" * 31}),
        json.dumps({"avstamp": 1, "quarter": "2026-q4", "half": "00" * 32}),
        json.dumps({"avstamp": 1, "quarter": "q4", "half": "70" * 32}),
        json.dumps({"avstamp": 1, "private": "70" * 32}),
    ],
)
def test_what_is_no_half_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.half"
    path.write_text(text, "ascii")
    with pytest.raises(Problem, match="reporter keys QUARTER --second"):
        halves.read(path)
    with pytest.raises(Problem, match="is not there"):
        halves.read(tmp_path / "missing")
