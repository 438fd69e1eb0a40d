"""A draft of the made-up company's quarter, its comments read, ready to be published."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reporter import keys, private
from reporter.comments import Paraphrase, Side, State, decisions, paraphrases, private_file
from reporter.host import Host
from reporter.records import archive
from reporter.records.findings import WROTE
from survey.quarter import Quarter
from tests.support.records import edition

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


def digest(folder: Path) -> dict[str, str]:
    """Every file below the folder, by its hash."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def draft(host: Host) -> None:
    """A draft of Q3 with its key, as the command leaves them."""
    keys.make(host.files, Q3, host.policy)
    frozen = edition(Q3)
    private.write(host.files.draft(Q3), archive.dump(frozen))
    private_file.write(host.files.comments(Q3), read())


def read() -> State:
    """As many comments as there are, read: twelve on pay, and what they come to in other words."""
    (wrote,) = edition(Q3).parts("improve", WROTE)
    rest = {"question": "improve", "theme": "", "consent": "paraphrase", "side": "problem"}
    state = decisions.begin([{**rest, "text": f"pay number {n}"} for n in range(wrote.high)])
    for number, one in enumerate(state.comments):
        state = decisions.confirm(state, one.id, ["pay"] if number < 12 else [], ["pay"])
    told = Paraphrase("pay", Side.PROBLEM, {"sv": "Lågt <b>nu</b>.", "en": "Low."}, "AB")
    languages = ("sv", "en")
    state = paraphrases.save(state, told, languages)
    return paraphrases.approve(state, "pay", Side.PROBLEM, "CD", languages)


def in_the_way(host: Host) -> Path:
    """Something in the place that the first language is swapped into, so that the swap fails."""
    place = host.files.public / "sv" / str(Q3)
    place.parent.mkdir(parents=True)
    place.symlink_to("nowhere")
    return place
