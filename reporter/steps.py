"""The one place that names the steps of other modules: reading the comments, and the audit."""

from __future__ import annotations

from reporter import preflight
from reporter.comments import decisions
from reporter.comments.decisions import Progress
from reporter.host import Host
from reporter.preflight import Said
from survey.quarter import Quarter


def reviewed(host: Host, of: Quarter) -> Progress | None:
    """How far the reading of the draft's comments has come; None without a draft."""
    path = host.files.comments(of)
    return decisions.progress(decisions.read(path)) if path.exists() else None


def audited(host: Host, of: Quarter) -> Said | None:
    """What the auditor says of the draft as it stands; None if it was not asked since."""
    return preflight.last(host, of)
