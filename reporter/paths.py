"""Where the reporting host keeps things: one owner of every path of a project that it writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from survey.project import Project
from survey.quarter import Quarter


@dataclass(frozen=True)
class Files:
    """Where the reporting host keeps keys, drafts and editions."""

    project: Project

    @property
    def editions(self) -> Path:
        """The frozen records."""
        return self.project.site / "editions"

    def edition(self, quarter: Quarter) -> Path:
        """The frozen record of an edition."""
        return self.editions / f"{quarter}.json"

    @property
    def public(self) -> Path:
        """The built site: what a web server shows."""
        return self.project.site / "public"

    @property
    def building(self) -> Path:
        """Where editions are built, beside what is shown and never below it: closed to others."""
        return self.project.site / ".building"

    @property
    def importing(self) -> Path:
        """Which editions an import is freezing; there is none when it has ended."""
        return self.project.site / ".importing.json"

    @property
    def commitments(self) -> Path:
        """One Markdown file a promise."""
        return self.project.site / "commitments"

    @property
    def goals(self) -> Path:
        """The organisation's strategic goals, if it has written any down."""
        return self.project.site / "goals.yaml"

    @property
    def pages(self) -> Path:
        """Pages written by hand, a folder for each language."""
        return self.project.site / "pages"

    @property
    def draft_folder(self) -> Path:
        """A draft's private files."""
        return self.project.responses / "drafts"

    @property
    def preview(self) -> Path:
        """A drafted edition, built to be looked at: private, and gone when it is published."""
        return self.draft_folder / "preview"

    def private_keys(self, quarter: Quarter) -> list[Path]:
        """Where a quarter's private keys lie, one a holder, until it is published."""
        return [self.project.secrets / f"{quarter}{holder}.key" for holder in ("", ".second")]

    def half(self, quarter: Quarter) -> Path:
        """What the second holder hands over: written on their machine, not on HR's."""
        return self.project.root / f"{quarter}.second.half"

    def public_key(self, quarter: Quarter) -> Path:
        """The file that goes to the collecting host."""
        return self.project.responses / f"{quarter}.pub"

    @property
    def opened(self) -> Path:
        """Which batches were opened here: private, and kept when their drafts are gone."""
        return self.project.responses / "opened.json"

    def draft(self, quarter: Quarter) -> Path:
        """A drafted record: private until it is published, then gone."""
        return self.draft_folder / f"{quarter}.json"

    def withheld(self, quarter: Quarter) -> Path:
        """What a draft does not show, and why: private, and gone when it is published."""
        return self.draft_folder / f"{quarter}.withheld.json"

    def verdict(self, quarter: Quarter) -> Path:
        """What the auditor said of a draft: private, and gone when it is published."""
        return self.draft_folder / f"{quarter}.verdict.json"

    def comments(self, quarter: Quarter) -> Path:
        """A draft's comments, unbundled and shuffled: private, and gone when it is published."""
        return self.draft_folder / f"{quarter}.comments.json"
