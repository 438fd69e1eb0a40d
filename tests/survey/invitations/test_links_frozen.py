"""invitations.links: links on slips that were handed out are minted and read as they always were.

These are printed or frozen: a red test here means that old slips, receipts or records would stop
working. Mend the code, never the file in tests/vectors/.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode

import pytest

from survey import quarter
from survey.invitations import links
from survey.invitations.links import Link
from tests.support import frozen

KNOWN = json.loads(frozen.text("links.json"))
OLD, NEW = (bytes.fromhex(key) for key in KNOWN["keys"])
LEDGER = bytes.fromhex(KNOWN["ledger"])
Row = dict[str, str]


def _link(row: Row) -> Link:
    return Link(quarter.parse(row["quarter"]), bytes.fromhex(row["nonce"]))


@pytest.mark.parametrize("row", KNOWN["links"])
def test_a_link_is_minted_with_the_newest_key(row: Row) -> None:
    assert links.mint([OLD], _link(row)) == row["old"]
    assert links.mint([OLD, NEW], _link(row)) == links.mint([NEW], _link(row)) == row["new"]


@pytest.mark.parametrize("row", KNOWN["links"])
def test_a_link_of_either_key_is_read_while_both_are_kept(row: Row) -> None:
    for token in (row["old"], row["new"]):
        assert links.read([OLD, NEW], token) == _link(row)
    with pytest.raises(links.BadLink):
        links.read([NEW], row["old"])


@pytest.mark.parametrize("row", KNOWN["links"])
def test_the_ledger_knows_a_link_by_the_same_mark(row: Row) -> None:
    assert links.mark(LEDGER, _link(row)).hex() == row["mark"]


@pytest.mark.parametrize("row", KNOWN["slips"])
def test_the_number_on_a_slip_gives_its_link_again(row: Row) -> None:
    link = links.numbered(NEW, quarter.parse(row["quarter"]), row["slip"])
    assert link == _link(row)
    assert links.mint([OLD, NEW], link) == row["token"]
    assert links.spelled(row["slip"].lower().replace("-", " ").replace("0", "o")) == row["slip"]


# The same once more, by hmac alone


@pytest.mark.parametrize("row", KNOWN["links"])
def test_tokens_and_marks_follow_from_hmac_alone(row: Row) -> None:
    """A token is payload.signature: JSON of quarter and nonce, signed by a key for links alone."""
    nonce = bytes.fromhex(row["nonce"])
    assert row["old"] == _token(OLD, row["quarter"], nonce)
    assert row["new"] == _token(NEW, row["quarter"], nonce)
    assert row["mark"] == _hmac(LEDGER, b"link" + row["quarter"].encode() + nonce).hex()


@pytest.mark.parametrize("row", KNOWN["slips"])
def test_slips_follow_from_hmac_alone(row: Row) -> None:
    nonce = _hmac(NEW, f"nonce{row['quarter']} {row['slip']}".encode())[:16]
    assert row["nonce"] == nonce.hex()
    assert row["token"] == _token(NEW, row["quarter"], nonce)


def _token(key: bytes, of: str, nonce: bytes) -> str:
    payload = _base64(f'["{of}", "{_base64(nonce)}"]'.encode())
    signature = _hmac(_hmac(key, b"avstamp one-time link"), payload.encode())
    return f"{payload}.{_base64(signature)}"


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
