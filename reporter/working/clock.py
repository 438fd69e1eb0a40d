"""The machine's day, as far as what is here already can prove it wrong."""

from __future__ import annotations

from reporter.host import Host
from reporter.records import Record, archive
from survey.problems import Problem
from survey.quarter import Quarter


def checked(host: Host, *drafted: Quarter) -> None:
    """A Problem if today lies before the last edition, a quarter's first day, or its draft's day.

    Every step asks that writes today into a record or a note: what is published keeps it for ever.
    """
    days = {f"{one.edition} was published": one.published for one in _published(host)}
    for edition in drafted:
        days[f"{edition} began"] = edition.first
        if (path := host.files.draft(edition)).exists():
            days[f"{edition} was drafted"] = archive.read(path).published
    later = [f"{what} on {day}" for what, day in days.items() if day > host.today]
    if later:
        mend = "Set this machine's clock, and run the command again"
        today = f"today is {host.today} by this machine"
        raise Problem(*(f"{today}, but {one}. {mend}." for one in later))


def _published(host: Host) -> list[Record]:
    return sorted(archive.read_all(host.files.editions), key=lambda one: one.published)
