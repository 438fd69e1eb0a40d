"""Mints a batch of links: into the ledger first, then onto slips in an order that says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from survey.ballots import box
from survey.invitations import links
from survey.invitations.links import Link
from survey.invitations.slips import Slip
from survey.problems import Problem
from survey.quarter import Quarter
from survey.settings import Settings


@dataclass(frozen=True)
class Pile:
    """Slips that are made, and do not count before they are entered."""

    settings: Settings
    quarter: Quarter
    slips: tuple[Slip, ...]
    links: tuple[Link, ...]

    def enter(self) -> None:
        """Let them count: enter their marks in the quarter's box."""
        with box.opened(self.settings.project.box(self.quarter), self.settings.ledger_key) as one:
            one.issue([links.mark(self.settings.ledger_key, link) for link in self.links])


def minted(settings: Settings, quarter: Quarter, count: int) -> Pile:
    """Make `count` links of the quarter, if its box has room for them.

    Slip numbers are random and the slips sorted by them, so that neither the order of minting nor
    that of the ledger can be read from the pile.
    """
    with box.opened(settings.project.box(quarter), settings.ledger_key) as one:
        one.check_room(count)
    numbers = sorted({links.number() for _ in range(count)})
    while len(numbers) < count:
        numbers = sorted({*numbers, links.number()})
    key = settings.link_keys[-1]
    made = tuple(links.numbered(key, quarter, number) for number in numbers)
    slips = tuple(_slip(settings, key, *pair) for pair in zip(numbers, made, strict=True))
    return Pile(settings, quarter, slips, made)


def issue(settings: Settings, quarter: Quarter, count: int) -> list[Slip]:
    """Make links and let them count at once: for whoever holds them in memory."""
    pile = minted(settings, quarter, count)
    pile.enter()
    return list(pile.slips)


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
