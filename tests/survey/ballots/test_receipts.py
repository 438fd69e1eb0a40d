"""survey.ballots.receipts: a code that proves an answer was counted, never what."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey.ballots import receipts

RECEIPT = bytes(range(16))


@given(some.binary(min_size=16, max_size=16))
def test_a_code_reads_back(receipt: bytes) -> None:
    code = receipts.code(receipt)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert receipts.parse(code) == receipt


def test_a_code_is_read_as_people_write_it() -> None:
    code = receipts.code(RECEIPT)
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert receipts.parse(f" {spoken}\n") == RECEIPT


@pytest.mark.parametrize("place", range(28))
def test_one_wrong_letter_is_noticed_in_nearly_every_place(place: int) -> None:
    letters = receipts.code(RECEIPT).replace("-", "")
    wrong = [letters[:place] + other + letters[place + 1 :] for other in "0123456789ABCDEFGHJKMN"]
    taken = [text for text in wrong if text != letters and receipts.parse(text)]
    assert len(taken) <= 1


COPIED = ["{}.", " {}\n", "\u201c{}\u201d", "({})"]
BETWEEN = [
    "-",
    "\u00a0",
    "\u2010",
    "\u2011",
    "\u2014",
    "\u2212",
    "\u00ad",
    "-\u200b",
    " - ",
    "\u202f",
]


@pytest.mark.parametrize("around", COPIED, ids=ascii)
@pytest.mark.parametrize("between", BETWEEN, ids=ascii)
def test_a_code_is_read_however_it_was_copied(around: str, between: str) -> None:
    code = receipts.code(RECEIPT).replace("-", between)
    assert receipts.parse(around.format(code)) == RECEIPT
    assert receipts.parse(around.format(code).lower()) == RECEIPT


@pytest.mark.parametrize("text", ["", "x", "0" * 28, "Z" * 28, "å" * 28, "0" * 4000])
def test_anything_else_is_no_code(text: str) -> None:
    assert receipts.parse(text) is None


def test_tag_and_leaf_follow_from_the_receipt_but_not_from_each_other() -> None:
    assert receipts.tag(RECEIPT) != receipts.leaf(RECEIPT)
    assert receipts.leaf(RECEIPT) == hashlib.sha256(b"leaf" + RECEIPT).digest()


# The test vectors of Certificate Transparency's reference implementation for RFC 6962.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243",
    "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "root"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_root_is_that_of_rfc_6962(count: int, root: str) -> None:
    assert receipts.root(LEAVES[:count]).hex() == root
