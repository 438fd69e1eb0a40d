"""pages.receipt: what became of the keys, and whether the numbers and the list add up."""

from __future__ import annotations

import pytest

from tests.support.told import SV, edition

KEPT = [
    (0, 0, "", "nycklarna"),
    (1, 1, "Svaren låg låsta med en nyckel tills de räknades. Den förstördes 10 maj 2026", ""),
    (2, 2, "med 2 nycklar tills de räknades. De förstördes 10 maj 2026", "kan inte visa"),
    (2, 1, "Av dem förstördes 1 här 10 maj 2026", "Sedan dess kan ingen"),
    (1, 0, "Ingen nyckel fanns här", "Sedan dess kan ingen"),
]


@pytest.mark.parametrize(("holders", "destroyed", "said", "unsaid"), KEPT)
def test_the_receipt_page_tells_what_became_of_the_keys_and_no_more(
    holders: int, destroyed: int, said: str, unsaid: str
) -> None:
    page = edition(holders=holders, destroyed=destroyed)["receipt.md"]
    assert said in page
    assert not unsaid or unsaid not in page


HELD = {"Två personer hade var sin nyckel": 1, "Nycklarna gjordes på samma ställe": 0}


@pytest.mark.parametrize("told", HELD)
def test_held_by_two_is_told_only_where_two_made_their_keys_apart(told: str) -> None:
    page = edition(holders=2, destroyed=1, apart=HELD[told])["receipt.md"]
    assert [one for one in HELD if one in page] == [told]
    for holders in (0, 1):
        assert not [one for one in HELD if one in edition(holders=holders)["receipt.md"]]


def test_a_carried_quarter_with_one_key_is_not_told_as_held_by_two() -> None:
    page = edition(holders=3, destroyed=2, apart=1)["receipt.md"]
    assert not [one for one in HELD if one in page]


def test_of_the_second_holders_key_the_page_does_not_say_that_it_is_destroyed() -> None:
    page = edition(holders=2, destroyed=1, apart=1)["receipt.md"]
    assert "Nyckeln som gjordes här förstördes 10 maj 2026" in page
    assert "Den andra innehavaren förstör sin egen, och det kan vi inte visa." in page
    page = edition(holders=2, destroyed=0, apart=1)["receipt.md"]
    assert "Ingen nyckel fanns här" in page


def test_the_receipt_page_says_that_the_numbers_add_up_or_that_they_do_not() -> None:
    assert "31 svar − 0 tillbakatagna = 31 räknade. Siffrorna går ihop." in edition()["receipt.md"]
    for wrong in ({"withdrawn": 1}, {"counted": 30}, {"issued": 30}):
        page = edition(**wrong)["receipt.md"]
        assert "**" in page
        assert "Siffrorna går inte ihop." in page


def test_the_receipt_page_says_when_its_list_is_not_right() -> None:
    assert "Listan stämmer inte" not in edition()["receipt.md"]
    for wrong in ({"root": "00" * 32}, {"leaves": ("ab",)}, {"leaves": ("00" * 32,)}):
        assert "Listan stämmer inte" in edition(**wrong)["receipt.md"]
    assert SV("receipt.unlisted") in edition(leaves=(), root="")["receipt.md"]
