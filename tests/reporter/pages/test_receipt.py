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
