"""A draft's private files: its record, its comments, why figures are withheld. One owner of them.

They lie under responses/drafts/ until the edition is published, and are then destroyed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from reporter import private
from reporter.comments import State, decisions, private_file
from reporter.host import Host
from reporter.records import Record, archive
from survey import documents
from survey.problems import Problem
from survey.quarter import Quarter


def keep(
    host: Host, frozen: Record, found: Sequence[Mapping[str, str]], again: bool = False
) -> None:
    """Keep what is to be reviewed.

    What people decided in an earlier draft is carried over if it was `again` of the same batch.
    """
    path = host.files.comments(frozen.edition)
    before = private_file.read(path) if again and path.exists() else None
    private_file.write(path, decisions.begin(found, before))
    private.write(host.files.draft(frozen.edition), archive.dump(frozen))


def keep_reasons(host: Host, edition: Quarter, why: Sequence[tuple[str, str, str]]) -> None:
    """Keep why figures are withheld, for HR: a reason on a page would tell of the answers."""
    text = json.dumps([list(one) for one in why], ensure_ascii=False, indent=1)
    private.write(host.files.withheld(edition), text + "\n")


def reasons(host: Host, edition: Quarter) -> list[tuple[str, str, str]]:
    """(block, question, why) of what the draft does not show, or not in full."""
    path = host.files.withheld(edition)
    found = json.loads(documents.text_of(path)) if path.exists() else []
    return [(str(block), str(question), str(why)) for block, question, why in found]


def withheld(host: Host, edition: Quarter) -> list[str]:
    """What the drafted edition does not show and why, and which groups were joined."""
    found = counted(host, edition)
    if not host.files.withheld(edition).exists():
        raise Problem(f"{edition}: its reasons are gone with its draft. They are never published.")
    rows = [f"{b}  {q}: {why}" for b, q, why in reasons(host, edition)]
    joined = [
        f"{block.id}  joined, for each alone is too small or must hide one that is: "
        + ", ".join(one or "not stated" for one in block.members)
        for block in found.blocks
        if len(block.members) > 1
    ]
    return joined + (rows or ["every question is shown in every block"])


def comments(host: Host, edition: Quarter) -> State:
    """What people decided about the draft's comments; nothing where it has none."""
    path = host.files.comments(edition)
    return private_file.read(path) if path.exists() else State(())


def counted(host: Host, edition: Quarter) -> Record:
    """The draft as it was counted; after a crash in publishing, the record as it is frozen."""
    path = host.files.draft(edition)
    if path.exists():
        frozen = host.files.edition(edition)
        return archive.read(frozen if frozen.exists() else path)
    if host.files.edition(edition).exists():
        raise Problem(f"{edition}: is published already. Its figures are never made again.")
    raise Problem(f"{edition}: there is no draft. Run: reporter draft {edition}")


def destroy(host: Host, edition: Quarter) -> None:
    """Destroy every private file of the draft, itself last: what is left after a crash tells it."""
    files = host.files
    for working in (files.comments, files.withheld, files.verdict, files.draft):
        private.destroy(working(edition))
