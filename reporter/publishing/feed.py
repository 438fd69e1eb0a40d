"""feed.xml: editions, and commitments that are new or have moved on, for those who subscribe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from uuid import NAMESPACE_OID, uuid5

from reporter.commitments import Commitment, from_snapshot, overdue
from reporter.records import Record
from survey.words import Words

_EDITIONS = 12
"""How far back a feed reaches: whoever subscribes has read the rest."""


@dataclass(frozen=True)
class Entry:
    """One thing to tell. `key` is its identity for ever, whatever host the site moves to."""

    key: str
    day: date
    title: str
    told: str
    path: str


def feed(records: Sequence[Record], words: Words, name: str, address: str) -> str:
    """The feed in one language as Atom; identical for identical records.

    `address` is where the site lies, with its closing slash. Editions of earlier surveys are no
    news, although they were brought in last, and they have no receipts to make an identity of.
    """
    published, records = records[-1].published, [one for one in records if not one.imported]
    home = f"{address}{words.language}/"
    entries = [_xml(one, home, _id(records, words, one.key)) for one in entries_of(records, words)]
    published = records[-1].published if records else published
    head = [
        f"<id>{_id(records, words, 'feed')}</id>",
        f"<title>{escape(words('feed.title', site=name))}</title>",
        f"<updated>{_time(published)}</updated>",
        f"<author><name>{escape(name)}</name></author>",
        f'<link rel="self" href="{escape(home)}feed.xml"/>',
        f'<link href="{escape(home)}latest/"/>',
    ]
    opening = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.language}">'
    lines = ['<?xml version="1.0" encoding="utf-8"?>', opening, *head, *entries, "</feed>"]
    return "\n".join(lines) + "\n"


def entries_of(records: Sequence[Record], words: Words) -> list[Entry]:
    """What the last editions brought, the newest first."""
    if not records:
        return []
    before = [None, *records]
    told = [one for pair in pairwise(before) for one in _edition(pair[0], pair[1], words)]
    oldest = records[-_EDITIONS:][0].published
    return [one for one in reversed(told) if one.day >= oldest]


def _edition(before: Record | None, now: Record | None, words: Words) -> Iterator[Entry]:
    if now is None:
        return
    known = _stands(before) if before else {}
    for ident, stand in _stands(now).items():
        if stand != known.get(ident):
            yield _promise(*stand, now, words, ident not in known)
    number = words.number(now.issued)
    told = words("index.issued", n=now.issued, count=number)
    told += " " + words("index.answered", n=now.answered, count=words.number(now.answered))
    title = words("feed.edition", quarter=words.span(now.quarters))
    yield Entry(str(now.edition), now.published, title, told, f"{now.edition}/")


def _stands(record: Record) -> dict[str, tuple[Commitment, bool]]:
    """Each promise, and whether it was overdue: becoming so is news, although nobody wrote it."""
    promised = map(from_snapshot, record.commitments)
    return {one.id: (one, overdue(one, record.published)) for one in promised}


def _promise(one: Commitment, late: bool, now: Record, words: Words, new: bool) -> Entry:
    status, title = words("status.overdue" if late else f"status.{one.status}"), one.title
    told = words("feed.new" if new else "feed.changed", title=title[words.language], status=status)
    last = one.history[-1].words if one.history else one.goal
    path = f"{now.edition}/commitments/{one.id}/"
    return Entry(f"{now.edition} {one.id}", now.published, told, last[words.language], path)


def _id(records: Sequence[Record], words: Words, key: str) -> str:
    """Made from the first edition's receipts, which no other organisation has."""
    root = records[0].root if records else ""
    return uuid5(NAMESPACE_OID, f"{root} {words.language} {key}").urn


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _xml(entry: Entry, home: str, ident: str) -> str:
    return (
        f"<entry><id>{ident}</id><title>{escape(entry.title)}</title>"
        f"<updated>{_time(entry.day)}</updated>"
        f'<link href="{escape(home + entry.path)}"/>'
        f"<summary>{escape(entry.told)}</summary></entry>"
    )
