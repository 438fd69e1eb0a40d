"""survey.plain: what nobody sees is no text, and a code is read however it was copied."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import plain

NOTHING = [
    *("", " ", "\u200b\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800 \u115f", "\u202e"),
    *("\u00a0\u3000", "\U000e0041", "\u200d", "\ufe0f", "\x00\x07", "\u2028\u2029"),
]


@pytest.mark.parametrize("raw", NOTHING, ids=ascii)
def test_what_nobody_sees_is_no_answer(raw: str) -> None:
    assert plain.text(raw) == ""


KEPT = {
    "abc\u202edef\u202c": "abcdef",
    "\u2067\u05d0\u05d1\u2069": "\u05d0\u05d1",
    "0\u200b70-12\u200d3": "070-123",
    "To\u200drbj\u00f6rn": "Torbj\u00f6rn",
    "a\u0308": "\u00e4",
    "\u0645\u06cc\u200c\u062e\u0648": "\u0645\u06cc\u200c\u062e\u0648",
    "\U0001f469\u200d\U0001f4bb": "\U0001f469\u200d\U0001f4bb",
    "\u2764\ufe0f": "\u2764\ufe0f",
    "rad\r\nrad\rrad\u2028rad": "rad\nrad\nrad\nrad",
    "\tindrag\t.": "indrag\t.",
}


@pytest.mark.parametrize(("raw", "kept"), KEPT.items(), ids=map(ascii, KEPT))
def test_what_is_seen_is_kept(raw: str, kept: str) -> None:
    assert plain.text(raw) == kept


@given(st.text())
def test_a_text_is_settled_after_once_and_turns_no_page_around(raw: str) -> None:
    kept = plain.text(raw)
    assert plain.text(kept) == kept
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    assert not set(kept) & set(turning)
    assert all(unicodedata.category(char) != "Cf" or char in "\u200c\u200d" for char in kept)


DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d\u2e3a\u30a0\u2043"


@pytest.mark.parametrize("dash", DASHES, ids=ascii)
def test_every_dash_is_one(dash: str) -> None:
    assert plain.dashed(f"1{dash}2") == "1-2"
    assert plain.letters(f"k7q2{dash}m4xd.") == "K7Q2M4XD"


@pytest.mark.parametrize("blank", " \t\n\u00a0\u2007\u202f\u3000\u200b\u2060\ufeff", ids=ascii)
def test_every_blank_is_one_or_none(blank: str) -> None:
    assert plain.dashed(f"a{blank}b") in ("a b", "ab")
    assert plain.letters(f" a{blank}b") == "AB"


def test_a_line_has_no_break_and_folding_ends_at_small_letters() -> None:
    assert plain.line(" Anna\u00a0 \n\u202eK.\t ") == "Anna K."
    assert plain.folded("\uff21nna \u2013 STRASSE \u00df") == "anna - strasse ss"


def test_what_is_found_in_the_plain_reading_is_marked_in_what_was_written() -> None:
    raw = "é: a\u0301nna@ex\u200bample\u2060.org, ０７０\u2013\u0661\u0662\nslut"
    read = plain.placed(raw)
    assert read.text == "é: ánna@example.org, 070-12\nslut"
    for part, written in {
        "ánna": "a\u0301nna",
        "example.org": "ex\u200bample\u2060.org",
        "070-12": "０７０\u2013\u0661\u0662",
    }.items():
        start = read.text.index(part)
        first, last = read.span(start, start + len(part))
        assert raw[first:last] == written


@given(st.text(min_size=1))
def test_every_sign_of_the_plain_reading_has_a_place(raw: str) -> None:
    read = plain.placed(raw)
    assert len(read.text) == len(read.starts) == len(read.ends)
    assert all(0 <= a < b <= len(raw) for a, b in zip(read.starts, read.ends, strict=True))
