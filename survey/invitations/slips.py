"""The links as slips to hand out on paper, shuffled and nameless, or as a table."""

from __future__ import annotations

import csv as tables
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from survey import words
from survey.project import PACKAGED, Organisation


@dataclass(frozen=True)
class Slip:
    """One link to give to one person. The number only helps to count the slips."""

    number: str
    url: str

    @property
    def code(self) -> Markup:
        """The link as a QR code, drawn in the page so that no picture is fetched from anywhere."""
        drawn = segno.make(self.url, error="m", micro=False).svg_inline(border=2, omitsize=True)
        return Markup(drawn)  # noqa: S704 - segno draws squares; no text of ours is in it


def html(
    slips: Sequence[Slip], organisation: Organisation, closes: date, languages: Sequence[str]
) -> str:
    """A page to print, three slips to a sheet of A4, the languages side by side."""
    page = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("slips.html")
    spoken = [words.load(PACKAGED / "locale", language) for language in languages]
    return page.render(slips=slips, organisation=organisation, closes=closes, spoken=spoken)


def csv(slips: Sequence[Slip]) -> str:
    """A table for a mail merge: number and url."""
    return _table(slips, ",", "{}")


def excel(slips: Sequence[Slip]) -> str:
    """The same as Excel opens it where the decimal sign is a comma: no number becomes a date."""
    return "\ufeff" + _table(slips, ";", '="{}"')


def _table(slips: Sequence[Slip], between: str, number: str) -> str:
    text = io.StringIO()
    table = tables.writer(text, delimiter=between, lineterminator="\n")
    table.writerow(("number", "url"))
    table.writerows((number.format(slip.number), slip.url) for slip in slips)
    return text.getvalue()
