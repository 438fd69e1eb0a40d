"""Sealed boxes with answers in them: of a quarter, of two key holders, of many collecting hosts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from reporter import keys
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import Policy
from reporter.private import write_once
from survey.ballots import Outcome, Terms, box, pledge, receipts, seal
from survey.ballots.pledge import Pledge
from survey.invitations import links
from survey.project import Project
from survey.quarter import Quarter
from survey.settings import Settings
from tests.support import company, demo

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
LATER = date(2026, 11, 24)


def answered(
    here: Settings, of: Quarter, answers: list[dict[str, object]], close: bool = True
) -> None:
    """A box of that quarter with these answers in it, closed by its host unless told."""
    addresses = demo.open_quarter(here, of, len(answers) + 5)
    path = here.project.box(of)
    publics = box.terms(path).publics
    for address, one in zip(addresses, answers, strict=False):
        link = links.read(here.link_keys, address.rpartition("/")[2])
        receipt = receipts.new()
        body = seal.close(one, receipts.leaf(receipt), publics)
        with box.opened(path, here.ledger_key) as ballots:
            ballots.cast(links.mark(here.ledger_key, link), receipts.tag(receipt), body)
    if close:
        closed(here, path)


def closed(here: Settings, path: Path) -> None:
    """Close the box as its host does: it can be drafted then."""
    box.close(path, here.ledger_key, date.max)


def reporting(here: Settings) -> Host:
    """A reporting host long after the quarters closed."""
    return demo.host(here, LATER)


def two_holders(here: Settings, elsewhere: Path) -> tuple[Host, Path]:
    """A host whose first quarter is sealed to two keys, with 31 answers, and the second's file.

    The second holder has made theirs in a folder of their own.
    """
    host = reporting(here)
    own, _, half = keys.second(files_in(elsewhere), Q1)
    keys.join(host.files, Q1, host.policy, half, half.fingerprint)
    fill(here, Q1, here.project.box(Q1), company.quarter_answers(Q1, 4, 31))
    return host, own


def made_together(here: Settings, leavers: int = 31) -> Host:
    """The same as an earlier version made it: both keys here, and no word of it in the file."""
    host = reporting(here)
    pairs = [seal.new_keys() for _ in range(2)]
    for path, (secret, _) in zip(host.files.private_keys(Q1), pairs, strict=True):
        write_once(path, json.dumps({"avstamp": 1, "private": secret.hex()}) + "\n")
    publics = tuple(public for _, public in pairs)
    given = Pledge(Q1, publics, host.policy.k, host.policy.minimum)
    pledge.write(given, host.files.public_key(Q1))
    fill(here, Q1, here.project.box(Q1), company.quarter_answers(Q1, 4, leavers))
    return host


def fill(
    here: Settings,
    of: Quarter,
    path: Path,
    answers: list[dict[str, object]],
    close: bool = True,
    receipt_of: Callable[[int], bytes] = lambda _: receipts.new(),
) -> None:
    """A box at `path`, sealed to the quarter's public file, with these answers in it.

    `receipt_of` gives the receipt of the first, the second and so on.
    """
    given = pledge.read(here.project.responses / f"{of}.pub")
    terms = Terms(of, given.publics, of.closes, given.k, given.minimum, len(answers) + 5)
    terms = replace(terms, apart=given.apart)
    box.create(path, terms, here.ledger_key)
    minted = [links.numbered(here.link_keys[-1], of, links.number()) for _ in answers]
    marks = [links.mark(here.ledger_key, link) for link in minted]
    with box.opened(path, here.ledger_key) as ballots:
        ballots.issue(marks)
    for number, (mark, one) in enumerate(zip(marks, answers, strict=True)):
        receipt = receipt_of(number)
        body = seal.close(one, receipts.leaf(receipt), given.publics)
        with box.opened(path, here.ledger_key) as ballots:
            assert ballots.cast(mark, receipts.tag(receipt), body) is Outcome.COUNTED
    if close:
        closed(here, path)


def hosts(here: Settings, close: bool = True) -> tuple[Host, Path, Path]:
    """A reporting host, and the boxes of one quarter from two collecting hosts.

    The first one is left open unless it is to `close`.
    """
    host = reporting(here)
    keys.make(host.files, Q1, host.policy)
    oslo, malmo = (here.project.responses / f"{Q1}.{city}.box" for city in ("oslo", "malmo"))
    fill(here, Q1, oslo, company.quarter_answers(Q1, 4, 20), close)
    fill(here, Q1, malmo, company.quarter_answers(Q1, 5, 25))
    return host, oslo, malmo


Q4 = Quarter(2026, 4)


def files_in(tmp_path: Path) -> Files:
    """Where a project in that folder keeps its files."""
    return Files(Project(tmp_path))


POLICY = Policy(7, 30, 20, {})
