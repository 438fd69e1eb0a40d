"""ballots.receipts: codes that people have on paper are printed and read as they always were.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from survey.ballots import receipts
from tests.support import frozen

KNOWN = [tuple(one.values()) for one in json.loads(frozen.text("receipts.json"))]
RFC_4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize(("receipt", "code", "leaf", "withdraw"), KNOWN)
def test_a_receipt_gives_its_code_its_leaf_and_what_withdraws_it(
    receipt: str, code: str, leaf: str, withdraw: str
) -> None:
    raw = bytes.fromhex(receipt)
    assert receipts.code(raw) == code
    assert receipts.leaf(raw).hex() == leaf
    assert receipts.tag(raw).hex() == withdraw


@pytest.mark.parametrize("code", [code for _, code, _, _ in KNOWN])
def test_a_printed_code_is_read_as_it_stands_and_as_people_type_it(code: str) -> None:
    receipt = next(receipt for receipt, known, _, _ in KNOWN if known == code)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for text in (code, code.replace("-", ""), typed, f" {code}\n"):
        assert receipts.parse(text) == bytes.fromhex(receipt)


@pytest.mark.parametrize(("receipt", "code", "leaf", "withdraw"), KNOWN)
def test_the_same_follows_from_hashlib_and_base32_alone(
    receipt: str, code: str, leaf: str, withdraw: str
) -> None:
    """26 letters of the number, two of ten bits of a hash of it, in Crockford's alphabet."""
    raw = bytes.fromhex(receipt)
    check = hashlib.sha256(b"check" + raw).digest()
    letters = base64.b32encode(bytes(4) + raw)[-26:] + base64.b32encode(check[:5])[:2]
    spelled = letters.decode().translate(str.maketrans(RFC_4648, CROCKFORD))
    assert code.replace("-", "") == spelled
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert leaf == hashlib.sha256(b"leaf" + raw).hexdigest()
    assert withdraw == hashlib.sha256(b"withdraw" + raw).hexdigest()
