"""Mints a batch of links: into the ledger first, then onto slips in an order that says nothing."""

from __future__ import annotations

from survey import box, links
from survey.quarter import Quarter
from survey.settings import Settings
from survey.slips import Slip


def issue(settings: Settings, quarter: Quarter, count: int) -> list[Slip]:
    """Mint `count` links of the quarter and enter them in its box.

    Slip numbers are random and the slips sorted by them, so that neither the order of minting nor
    that of the ledger can be read from the pile.
    """
    numbers = sorted({links.number() for _ in range(count)})
    while len(numbers) < count:
        numbers = sorted({*numbers, links.number()})
    minted = [links.numbered(settings.link_keys[-1], quarter, number) for number in numbers]
    with box.opened(settings.project.box(quarter), settings.ledger_key) as one:
        one.issue([links.mark(settings.ledger_key, link) for link in minted])
    base = settings.organisation.form_url
    return [
        Slip(number, f"{base}/s/{links.mint(settings.link_keys, link)}")
        for number, link in zip(numbers, minted, strict=True)
    ]
