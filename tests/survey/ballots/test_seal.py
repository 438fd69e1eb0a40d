"""survey.ballots.seal: one size for every answer, and only the private key opens it."""

from __future__ import annotations

import random

import pytest
from nacl.public import PrivateKey, SealedBox

from survey.ballots import seal

PRIVATE, PUBLIC = seal.new_keys()
OTHER, OTHER_PUBLIC = seal.new_keys()
LEAF = b"l" * 32
ANSWERS = {"kind": "own", "rate_pay": 4, "keep": {"text": "Blåbär & \u2603", "consent": "count"}}


def test_an_answer_comes_back_as_it_was() -> None:
    ballot = seal.close(ANSWERS, LEAF, [PUBLIC])
    assert seal.open_all([ballot.body], [PRIVATE]) == [seal.Response(ANSWERS)]
    assert seal.open_leaves([ballot.leaf, seal.dummy_leaf([PUBLIC])], [PRIVATE]) == [LEAF]


def test_the_answers_of_a_receipt_cannot_be_found_by_its_leaf() -> None:
    """With every key, what is opened beside the answers is blank."""
    body = seal.close(ANSWERS, LEAF, [PUBLIC]).body
    assert LEAF not in SealedBox(PrivateKey(PRIVATE)).decrypt(body)


def test_short_long_and_dummy_bodies_have_one_size() -> None:
    long = {"keep": {"text": "ord " * 1500, "consent": "quote"}}
    bodies = [
        seal.close(ANSWERS, LEAF, [PUBLIC]).body,
        seal.close(long, LEAF, [PUBLIC]).body,
        seal.dummy([PUBLIC]),
    ]
    assert {len(body) for body in bodies} == {seal.size(1)}
    leaves = [seal.close(long, LEAF, [PUBLIC]).leaf, seal.dummy_leaf([PUBLIC])]
    assert {len(leaf) for leaf in leaves} == {seal.leaf_size(1)}


def test_a_dummy_holds_no_response() -> None:
    bodies = [seal.dummy([PUBLIC]), seal.close(ANSWERS, LEAF, [PUBLIC]).body]
    assert len(seal.open_all(bodies, [PRIVATE])) == 1


def test_a_foreign_key_opens_nothing() -> None:
    with pytest.raises(seal.CannotOpen):
        seal.open_all([seal.close(ANSWERS, LEAF, [PUBLIC]).body], [OTHER])


def test_with_two_holders_neither_opens_alone() -> None:
    body = seal.close(ANSWERS, LEAF, [PUBLIC, OTHER_PUBLIC]).body
    assert len(body) == seal.size(2)
    assert len(seal.open_all([body], [PRIVATE, OTHER])) == 1
    for keys in ([PRIVATE], [OTHER], [OTHER, PRIVATE]):
        with pytest.raises((seal.CannotOpen, ValueError)):
            seal.open_all([body], keys)


def test_the_public_key_follows_from_the_private() -> None:
    assert seal.public_of(PRIVATE) == PUBLIC


def test_the_largest_answer_in_plain_language_fits() -> None:
    dice = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyzåäö ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ.,-0123456789"
    answers = {
        f"item{number}": {"text": "".join(dice.choices(letters, k=600)), "consent": "count"}
        for number in range(10)
    }
    assert seal.close(answers, LEAF, [PUBLIC])


def test_what_does_not_fit_says_by_how_much() -> None:
    noise = "".join(map(chr, random.Random(1).choices(range(0x1F300, 0x1FAFF), k=16000)))
    with pytest.raises(seal.TooLong) as caught:
        seal.close({"keep": {"text": noise, "consent": "count"}}, LEAF, [PUBLIC])
    assert caught.value.by > 0
