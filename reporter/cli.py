"""The commands of the reporting host. Each tells what to do next; none computes anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reporter import audit, keys, report, settings
from reporter.report import House
from reporter.settings import Files
from survey import quarter, questions
from survey.commands import adding, told
from survey.project import Project


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 a Problem said in words, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    return told(lambda: options.command(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("reporter", description="Turns answers into an edition.")
    where = "the project's folder (default: this one)"
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help=where)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    making = adding(commands, "keys", make_keys, "reporter keys 2026-q4 --holders 2")
    making.add_argument("quarter")
    making.add_argument("--holders", type=int, choices=[1, 2], default=1, help="default: 1")
    drafting = adding(commands, "draft", draft, "reporter draft 2026-q4")
    drafting.add_argument("quarter")
    drafting.add_argument("box", nargs="*", type=Path, help="boxes (default: those in responses/)")
    _key(drafting)
    publishing = adding(commands, "publish", publish, "reporter publish 2026-q4")
    publishing.add_argument("quarter")
    _key(publishing)
    adding(commands, "audit", audit_site, "reporter audit")
    adding(commands, "build", build, "reporter build")
    return parser


def _key(parser: argparse.ArgumentParser) -> None:
    text = "a private key that lies elsewhere, such as on the second holder's stick"
    parser.add_argument("--key", action="append", default=[], type=Path, metavar="FILE", help=text)


def _house(options: argparse.Namespace) -> House:
    project = Project(options.project)
    asked = questions.read(project.questionnaire)
    policy = settings.policy(project, asked)
    return House(Files(project), asked, policy, date.today(), tell)


def tell(step: str) -> None:
    """Say a step of long work on a terminal; say nothing in a pipe."""
    if sys.stderr.isatty():
        print(f"· {step}", file=sys.stderr)


def make_keys(options: argparse.Namespace) -> None:
    """Make a quarter's keys: private ones stay on this machine, the public file is sent.

    With two holders neither opens the quarter alone: move the second key to a stick of its
    holder's. Private keys are destroyed when the quarter is published; keep no copy.
    """
    house = _house(options)
    of = quarter.parse(options.quarter)
    privates, public = keys.make(house.files, of, house.policy, options.holders)
    for path in privates:
        print(f"private: {path}")
    print(f"public, for the collecting host: {public}")
    print(f"next, on that host: survey open {options.quarter} --key {public.name}", file=sys.stderr)


def draft(options: argparse.Namespace) -> None:
    """Open the batch in memory, write what may be shown of it, and build a preview."""
    house = _house(options)
    of = quarter.parse(options.quarter)
    boxes = options.box or house.files.project.handed_over()
    frozen = report.draft(house, of, boxes, options.key)
    print(f"{of}: {frozen.counted} responses from {len(frozen.quarters)} quarter(s) counted")
    for page in report.preview(house, frozen):
        print(f"preview: {page / 'index.html'}")
    print(f"next: reporter publish {of}", file=sys.stderr)


def publish(options: argparse.Namespace) -> None:
    """Destroy the quarter's private keys, freeze the drafted record, and swap the edition in."""
    house = _house(options)
    of = quarter.parse(options.quarter)
    frozen = report.publish_edition(house, of, options.key)
    print(f"{of}: published under {house.files.project.site / 'public'}")
    print(f"{frozen.destroyed} of {frozen.holders} private keys were here, and are destroyed")
    if frozen.destroyed < frozen.holders:
        print("next: let the holder of the other destroy it", file=sys.stderr)


def build(options: argparse.Namespace) -> None:
    """Make the pages of all editions again from their records; readers see no gap."""
    for edition in report.build(_house(options)):
        print(f"built {edition}")


def audit_site(options: argparse.Namespace) -> None:
    """Check all published editions together: records, published copies and receipts."""
    checked = audit.site(_house(options).files)
    print(f"{len(checked)} editions: every record is whole and published as it is")
