"""Mints a batch of links: into the ledger first, then onto slips in an order that says nothing."""

from __future__ import annotations

from survey.ballots import box
from survey.invitations import links
from survey.invitations.links import Link
from survey.invitations.slips import Slip
from survey.problems import Problem
from survey.quarter import Quarter
from survey.settings import Settings


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
    key = settings.link_keys[-1]
    return [_slip(settings, key, *pair) for pair in zip(numbers, minted, strict=True)]


def again(settings: Settings, quarter: Quarter, number: str) -> Slip:
    """The very link of a lost slip, from its number; never whether it was used.

    It is the same link, so however often it is printed it counts once.
    """
    number = links.spelled(number)
    with box.opened(settings.project.box(quarter), settings.ledger_key) as one:
        for key in settings.link_keys:
            link = links.numbered(key, quarter, number)
            if one.knows(links.mark(settings.ledger_key, link)):
                return _slip(settings, key, number, link)
    raise Problem(f"{number}: no slip of {quarter} has this number. Read it from the slip again.")


def _slip(settings: Settings, key: bytes, number: str, link: Link) -> Slip:
    return Slip(number, f"{settings.organisation.form_url}/s/{links.mint([key], link)}")
