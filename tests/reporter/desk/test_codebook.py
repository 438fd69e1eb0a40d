"""desk.codebook: a word is saved only after HR saw what it hits."""

from __future__ import annotations

import re

import pytest

from tests.support.desks import Desk


def test_a_word_that_would_hit_everything_is_refused(closed: Desk) -> None:
    for language, said in (("sv", "nästan allt"), ("en", "nearly everything")):
        closed.get(f"/?lang={language}")
        shown = closed.post("/codebook/pay/en", words="a*, x_y, pay", seen="a*")
        assert shown.status == 422
        assert said in shown.html
        assert "x_y" in shown.html, "all of them at once"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "**bold** [x](y)", "\U0001f44d" * 600]
)
def test_whatever_is_typed_is_shown_as_text(closed: Desk, text: str) -> None:
    shown = closed.post("/codebook/pay/en", words=text)
    assert "<script>alert" not in shown.html
    assert "<strong>bold" not in shown.html
    assert shown.status == 422


def test_a_word_is_saved_only_after_its_hits_were_seen(drafted: Desk) -> None:
    own = drafted.project.root / "reporter" / "codebook.yaml"
    before = own.read_bytes() if own.exists() else b""
    shown = drafted.post("/codebook/pay/en", words="pay*, salary", seen="pay*")
    assert shown.status == 200
    hits = r'<th scope="row" lang="en">pay\*</th><td>\d+</td><td>\d+(,\d)? %</td>'
    assert re.search(hits, shown.html)
    assert re.search(r'<p class="soft" lang="en">[^<]*salary', shown.html), "it hits nothing here"
    assert (own.read_bytes() if own.exists() else b"") == before
    assert drafted.post("/codebook/pay/en", words="pay*,salary", seen="pay*, salary").status == 303
    assert "pay*, salary" in own.read_text(encoding="utf-8")


def test_a_frequent_word_is_remembered_as_no_theme(drafted: Desk) -> None:
    assert drafted.post("/codebook/", word="fika").status == 303
    own = drafted.project.root / "reporter" / "codebook.yaml"
    assert "fika" in own.read_text(encoding="utf-8")
