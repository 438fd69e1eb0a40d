"""ballots.fingerprints: long enough to be trusted, the same for ever, and of nothing less than all.

They are read to each other on the telephone, between this version and others, and between the
program and a page in a browser: a red test here means that two who hold one key hear two.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from survey.ballots import fingerprints
from survey.ballots.pledge import Pledge
from survey.quarter import Quarter

Q4 = Quarter(2026, 4)
PUBLICS = (bytes(range(32)), bytes(range(32, 64)))
GIVEN = Pledge(Q4, PUBLICS, k=7, minimum=30)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _by_hand(text: str) -> str:
    """The first 100 bits of the SHA-256, five a letter, without our code."""
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(text.encode()).digest())
    found = "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 100, 5))
    return "-".join(found[at : at + 4] for at in range(0, 20, 4))


def test_a_half_has_the_fingerprint_that_it_always_had() -> None:
    found = fingerprints.of_half(Q4, PUBLICS[0])
    assert found == _by_hand(f"avstamp half 2026-q4 {PUBLICS[0].hex()}")
    assert found == "ZR2C-0MQP-DKBF-BRXF-R9DC"


def test_a_public_key_file_has_the_fingerprint_that_it_always_had() -> None:
    found = fingerprints.of_pledge(GIVEN)
    keys = " ".join(public.hex() for public in PUBLICS)
    assert found == _by_hand(f"avstamp pledge 2026-q4 7 30 together {keys}")
    assert found == "RKD3-4NZ6-RFQ6-A60F-33VB"


@pytest.mark.parametrize(
    "changed",
    [
        replace(GIVEN, quarter=Quarter(2026, 3)),
        replace(GIVEN, publics=PUBLICS[::-1]),
        replace(GIVEN, publics=PUBLICS[:1]),
        replace(GIVEN, k=5),
        replace(GIVEN, minimum=15),
        replace(GIVEN, apart=True),
    ],
)
def test_whatever_changes_in_the_file_changes_its_fingerprint(changed: Pledge) -> None:
    assert fingerprints.of_pledge(changed) != fingerprints.of_pledge(GIVEN)


def test_a_half_of_another_quarter_has_another_fingerprint() -> None:
    assert fingerprints.of_half(Q4, PUBLICS[0]) != fingerprints.of_half(Q4.next, PUBLICS[0])


def test_it_may_be_typed_as_it_is_heard_but_not_shortened() -> None:
    shown = fingerprints.of_half(Q4, PUBLICS[0])
    heard = shown.replace("-", " ").replace("0", "o").replace("1", "l").lower()
    assert fingerprints.alike(heard, shown)
    for wrong in ("", shown[:8], shown[:-1], shown + "0", shown[::-1]):
        assert not fingerprints.alike(wrong, shown)
