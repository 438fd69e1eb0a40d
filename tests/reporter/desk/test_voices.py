"""desk.voices: what is told of comments takes two people, and shows no order."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from reporter.comments import decisions, private_file
from tests.support import desks
from tests.support.desks import OF, Desk


def test_a_paraphrase_needs_two_people_and_a_quote_two_readers(drafted: Desk) -> None:
    path = drafted.host().files.comments(OF)
    alike = [replace(one, id=f"aaaaaaa{n}", text=f"x {n}") for n, one in enumerate(desks.NASTY * 2)]
    many = [replace(one, themes=("pay",)) for one in alike]
    private_file.write(path, replace(desks.state(drafted), comments=tuple(many)))
    at = {"theme": "pay", "side": "strength"}
    words = {"words_sv": "Lönen är bra.", "words_en": "The pay is good."}
    assert drafted.post(f"/q/{OF}/voices", do="save", **at, **words, writer="AB").status == 303
    same = drafted.post(f"/q/{OF}/voices", do="approve", **at, approver="AB")
    assert same.status == 422
    assert "Lön och förmåner, styrka: AB skrev den. Någon annan måste godkänna den." in same.html
    drafted.post(f"/q/{OF}/voices", do="approve", **at, approver="CD")
    assert desks.state(drafted).paraphrases[0].approver == "CD"
    sent = {"do": "quote", "comment": "aaaaaaa0", **at, "text": "x 0", "approver": "AB"}
    assert drafted.post(f"/q/{OF}/voices", **sent).status == 303
    drafted.post(f"/q/{OF}/voices", do="read", comment="aaaaaaa0", reader="CD")
    assert desks.state(drafted).quotes[0].reader == "CD"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Lön och förmåner, problem: svenska: kan peka ut någon (namn): ”Zebulon”."),
        ("en", "Pay and benefits, problem: Swedish: may point at somebody (name): “Zebulon”."),
    ],
)
def test_what_is_amiss_in_a_paraphrase_is_told_in_the_readers_language(
    drafted: Desk, language: str, said: str
) -> None:
    alike = [
        replace(desks.NASTY[0], id=f"aaaaaaa{n}", side=decisions.Side.PROBLEM, text="x")
        for n in range(6)
    ]
    read = tuple(replace(one, themes=("pay",)) for one in alike)
    path = drafted.host().files.comments(OF)
    private_file.write(path, replace(desks.state(drafted), comments=read))
    drafted.get(f"/?lang={language}")
    sent = {"do": "save", "theme": "pay", "side": "problem", "writer": "AB", "words_en": "Low."}
    page = drafted.post(f"/q/{OF}/voices", **sent, words_sv="Enligt mig, Zebulon").html
    assert said in html.unescape(page)
    kept = re.search(r'name="acknowledged" value="([^"]+)"', page)
    assert kept
    sent |= {"words_sv": "Enligt mig, Zebulon", "acknowledged": html.unescape(kept[1])}
    assert drafted.post(f"/q/{OF}/voices", **sent).status == 303


def test_whoever_paraphrases_sees_what_was_written_and_no_order_of_it(drafted: Desk) -> None:
    texts = ["c <i>", "a", "d", "b", "e"]
    read = [
        replace(desks.NASTY[0], id=f"aaaaaaa{n}", text=text, themes=("pay",))
        for n, text in enumerate(texts)
    ]
    path = drafted.host().files.comments(OF)
    private_file.write(path, replace(desks.state(drafted), comments=tuple(read)))
    page = drafted.get(f"/q/{OF}/voices").html
    told = re.search(r'<div class="texts".*?><ul>(.*?)</ul>', page, re.DOTALL)
    assert told
    assert re.findall(r"<li dir=\"auto\">(.*?)</li>", told[1]) == [
        "a",
        "b",
        "c &lt;i&gt;",
        "d",
        "e",
    ]
    private_file.write(path, replace(desks.state(drafted), comments=tuple(read[:4])))
    assert 'class="texts"' not in drafted.get(f"/q/{OF}/voices").html, "four are too few"
