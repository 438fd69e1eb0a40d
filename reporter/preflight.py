"""The audit of a draft before it is published, and what it said, kept until anything changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from reporter import private, report
from reporter.audit import audit
from reporter.audit.verdict import Verdict
from reporter.host import Host
from reporter.publishing import staging
from reporter.records import Record, archive, register
from reporter.working import clock
from reporter.working.alone import alone
from survey import documents
from survey.problems import Problem
from survey.quarter import Quarter


@dataclass(frozen=True)
class Said:
    """What the auditor said of a draft, in words; without refusals it may be published."""

    told: str
    """What was looked at, if nothing was refused."""
    refusals: tuple[str, ...]
    looked: Mapping[str, int]
    """How many editions, pages, figures and questions that was."""

    @property
    def passed(self) -> bool:
        """Whether the draft may be published."""
        return not self.refusals


@alone("reporter audit")
def audited(host: Host, edition: Quarter, seconds: float = audit.SECONDS) -> Said:
    """Audit the draft as it would be published today. What is built for it is removed again."""
    clock.checked(host, edition)
    frozen = report.reviewed(host, edition)
    said = _said(verdict(host, frozen, seconds))
    text = json.dumps({"of": _print(host, frozen), **asdict(said)}, ensure_ascii=False, indent=1)
    private.write(host.files.verdict(edition), text + "\n")
    return said


def verdict(host: Host, frozen: Record, seconds: float = audit.SECONDS) -> Verdict:
    """What the auditor says of a record beside all that is published; nothing of it is left."""
    until = [*report.before(host, frozen.edition), frozen]
    stages = [(until, staging.prepared(host, until))]
    try:
        return report.verdict(host, stages, fresh=[frozen], seconds=seconds)
    finally:
        staging.discarded(host, stages)


def _said(verdict: Verdict) -> Said:
    told = str(verdict) if verdict.safe else ""
    looked = {name: int(getattr(verdict, name)) for name in _LOOKED}
    return Said(told, tuple(map(str, verdict.refusals)), looked)


_LOOKED = ("editions", "pages", "figures", "questions")


def last(host: Host, edition: Quarter) -> Said | None:
    """What was last said of the draft; None if that was never, or of something else than it is."""
    path = host.files.verdict(edition)
    if not path.exists() or not host.files.draft(edition).exists():
        return None
    kept = _kept(documents.text_of(path))
    if kept.get("of") != _print(host, report.reviewed(host, edition)):
        return None
    return Said(str(kept["told"]), tuple(map(str, kept["refusals"])), kept["looked"])


def _kept(text: str) -> Mapping[str, Any]:
    """A damaged file is no verdict: the audit can be made again."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return (
        found if isinstance(found, dict) and {"told", "refusals", "looked"} <= found.keys() else {}
    )


def _print(host: Host, frozen: Record) -> str:
    """A print of all that the audit looks at; the day and what becomes of the keys leave it."""
    still = replace(frozen, published=frozen.edition.closes, destroyed=0)
    found = [*host.files.editions.glob("*.json"), *host.files.pages.rglob("*.md")]
    return register.sha256("\0".join([archive.dump(still), *map(documents.text_of, sorted(found))]))


def stopped(said: Said) -> None:
    """Raise every refusal at once, if there is any."""
    if said.refusals:
        raise Problem(*said.refusals)
