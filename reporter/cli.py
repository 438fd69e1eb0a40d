"""The commands of the reporting host. Each tells what to do next; none computes anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from reporter import drafts, planning, preflight, report, status
from reporter.audit import audit
from reporter.comments import commands as comment_commands
from reporter.host import Host
from reporter.keys import commands as key_commands
from reporter.language import words_in
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import Note
from reporter.working.alone import held, tidied
from reporter.working.endings import orderly
from reporter.working.room import room
from survey import period, plain, quarter
from survey.commands import adding, told, version
from survey.problems import Problem
from survey.project import Project
from survey.questionnaire import read_questionnaire

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 a Problem said in words, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    with orderly(warn):
        return told(lambda: _run(options))


def _run(options: argparse.Namespace) -> None:
    tidied(Files(Project(options.project)))
    with room():
        options.command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("reporter", description="Turns answers into an edition.")
    where = "the project's folder (default: this one)"
    parser.add_argument("--version", action="version", version=version())
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help=where)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    key_commands.add(commands, lambda options: _host(options).policy)
    drafting = adding(commands, "draft", draft, "reporter draft 2026-q4")
    drafting.add_argument("quarter")
    drafting.add_argument("box", nargs="*", type=Path, help="boxes (default: those in responses/)")
    as_asked = "count by the boxes' questionnaire also where the project's file has lost part of it"
    drafting.add_argument("--as-asked", action="store_true", help=as_asked)
    _key(drafting)
    _desk(adding(commands, "desk", desk, "reporter desk"))
    adding(commands, "status", show_status, "reporter status 2026-q4").add_argument("quarter")
    publishing = adding(commands, "publish", publish, "reporter publish 2026-q4")
    publishing.add_argument("quarter")
    _key(publishing)
    comment_commands.add(commands, _host)
    auditing = adding(commands, "audit", audit_site, "reporter audit --seconds 600")
    auditing.add_argument("quarter", nargs="?", help="its draft, as it would be published today")
    auditing.add_argument("--seconds", type=float, default=audit.SECONDS, help="refuse after these")
    _withdrawing(commands)
    adding(commands, "withheld", withheld, "reporter withheld 2026-q4").add_argument("edition")
    adding(commands, "build", build, "reporter build")
    planned = adding(commands, "plan", plan, "reporter plan --leavers-a-year 48 --answering 65")
    planned.add_argument("--leavers-a-year", type=int, required=True, metavar="N")
    planned.add_argument("--answering", type=int, default=65, metavar="PER CENT")
    adding(commands, "rehearse", rehearse, "reporter rehearse")
    _history(commands)
    return parser


def _key(parser: argparse.ArgumentParser) -> None:
    text = "a private key that lies elsewhere, such as on the second holder's stick"
    parser.add_argument("--key", action="append", default=[], type=Path, metavar="FILE", help=text)


def _desk(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="default: 8010, or else any free one")
    _key(parser)


def _withdrawing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    example = (
        "reporter withdraw-figure 2026-q3 area-2 rate_pay "
        '--reason sv="Fel område räknades." en="The wrong area was counted."'
    )
    parser = adding(commands, "withdraw-figure", withdraw_figure, example)
    parser.add_argument("edition")
    parser.add_argument("block", help='such as area-2, or "all" for the whole batch')
    parser.add_argument("question")
    parser.add_argument("answer", nargs="?", default="", help="default: all answers")
    reason = "what readers are told, in each language"
    parser.add_argument("--reason", nargs="+", required=True, metavar="LANG=TEXT", help=reason)


def _history(commands: Commands) -> None:
    example = "reporter history import exits-2024.csv --map exits-2024.yaml --dry-run"
    parser = commands.add_parser(
        "history",
        help="Bring earlier surveys in.",
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inner = parser.add_subparsers(required=True, metavar="COMMAND")
    command = adding(inner, "import", import_history, example)
    command.add_argument("file", type=Path, help="a CSV file, or a LimeSurvey export")
    command.add_argument("--map", type=Path, required=True, help="what its columns mean (YAML)")
    command.add_argument("--dry-run", action="store_true", help="show what would be counted")


def _host(options: argparse.Namespace) -> Host:
    project = Project(options.project)
    asked = read_questionnaire(project.questionnaire)
    policy = read_policy(project, asked)
    return Host(Files(project), asked, policy, date.today(), tell, warn)


def tell(step: str) -> None:
    """Say a step of long work on a terminal; say nothing in a pipe."""
    if sys.stderr.isatty():
        print(f"· {step}", file=sys.stderr)


def warn(line: str) -> None:
    """Say what must be known, in a pipe too."""
    print(line, file=sys.stderr)


def draft(options: argparse.Namespace) -> None:
    """Open the batch in memory, write what may be shown of it, and build a preview."""
    host = _host(options)
    of = quarter.parse(options.quarter)
    boxes = options.box or host.files.project.handed_over()
    frozen, pages = report.shown_draft(host, of, boxes, options.key, options.as_asked)
    print(f"{of}: {frozen.counted} responses from {len(frozen.quarters)} quarter(s) counted")
    for page in pages:
        print(f"preview: {page / 'index.html'}")
    print(f"next: {status.after_draft(host, of)}", file=sys.stderr)


def desk(options: argparse.Namespace) -> None:
    """Open HR's desk: local web pages over these commands, for one browser on this machine.

    The address that is printed signs one browser in, once. Ctrl-C ends the desk; nothing is lost.
    """
    from reporter.desk import serve

    opened = serve.listen(
        lambda: replace(_host(options), tell=lambda _: None), options.port, options.key
    )
    print(f"the desk is open at, once:\n  {opened.url}\n(Ctrl-C ends it)", flush=True)
    opened.server.run()


def show_status(options: argparse.Namespace) -> None:
    """Show what a quarter still needs before it can be published, a step a line."""
    host = _host(options)
    found = status.at(host, quarter.parse(options.quarter))
    spoken = words_in("en")
    for step in found.steps:
        print(f"{step.state:5}  {status.said(step, spoken)}")
        if command := status.command(step, found.quarter):
            print(f"       {command}")


def publish(options: argparse.Namespace) -> None:
    """Destroy the quarter's private keys, freeze the drafted record, and swap the edition in."""
    host = _host(options)
    of = quarter.parse(options.quarter)
    if report.published_already(host, of) and not options.key:
        print(f"{of}: is published already; nothing was left to do")
        return
    frozen = report.publish_edition(host, of, options.key)
    print(f"{of}: published under {host.files.project.site / 'public'}")
    print(f"{frozen.destroyed} of {frozen.holders} private keys were here, and are destroyed")
    for path in options.key:
        print(f"overwritten and removed: {path}")
    if frozen.apart:
        own = f"reporter keys {of} --destroy"
        print(
            f"next: the second holder destroys theirs, where they made it: {own}", file=sys.stderr
        )
    elif frozen.destroyed < frozen.holders:
        print("next: let the holder of the other destroy it", file=sys.stderr)


def import_history(options: argparse.Namespace) -> None:
    """Bring an earlier survey into records of past quarters, through the same gate.

    Only columns that the map names are read. A row that states no quarter is left out.
    """
    # pandas takes a third of a second to import, and no other command here needs it.
    from reporter.history import importing

    host = _host(options)
    plan = importing.plan(host, options.file, options.map)
    for line in importing.told(plan):
        print(line)
    if options.dry_run:
        for line in importing.answered(plan):
            print(line)
        print("nothing was written", file=sys.stderr)
        return
    for path in importing.keep(host, plan):
        print(f"published {path.stem}")
    if not plan.batches:
        print("no edition was made", file=sys.stderr)


def build(options: argparse.Namespace) -> None:
    """Make the pages of all editions again from their records; readers see no gap."""
    for edition in report.build(_host(options)):
        print(f"built {edition}")


def audit_site(options: argparse.Namespace) -> None:
    """Attack everything that is published, all editions together, and say whether it is safe.

    It reads the built pages, their data files and the records; never an answer. It refuses if a
    figure stands in no record, if a record was changed, or if anybody could be certain of what one
    person answered. Not finishing in time is a refusal too.
    """
    host = _host(options)
    if options.quarter:
        said = preflight.audited(host, quarter.parse(options.quarter), options.seconds)
        preflight.stopped(said)
        print(said.told)
        return
    with held(host.files, "reporter audit"):
        verdict = audit.site(host.files, options.seconds)
    verdict.stop()
    print(verdict)


def withdraw_figure(options: argparse.Namespace) -> None:
    """Withdraw a published figure: it leaves every page and data file, and a notice says so.

    The record stays as it was frozen, with a note beside it. BLOCK and QUESTION are ids as the
    page "Data" lists them. Say why in every language of the edition, without the figure itself.
    """
    host = _host(options)
    reasons = (one.partition("=")[::2] for one in options.reason)
    said = {language: plain.line(text) for language, text in reasons}
    of = period.parse(options.edition)
    note = Note(of, options.block, options.question, options.answer, host.today, said)
    for edition in report.withdraw(host, note):
        print(f"built {edition}")
    print(f"withdrawn from {of}: {options.question} in {options.block}")


def plan(options: argparse.Namespace) -> None:
    """Say which thresholds fit so many leavers, and how many editions to expect. It reads nothing.

    The figures are drawn by chance. 65 of 100 answer where nothing else is known.
    """
    if options.leavers_a_year < 1 or not 1 <= options.answering <= 100:
        raise Problem(
            "plan: write how many leave in a year, at least 1, and from 1 to 100 per cent."
        )
    for line in planning.told(options.leavers_a_year, options.answering):
        print(line)


def rehearse(options: argparse.Namespace) -> None:
    """Build and audit a made-up edition of this questionnaire, names and policy, before a quarter.

    What is refused here would be refused when the quarter is published. Nothing is left of it.
    """
    from reporter import rehearsal

    verdict = rehearsal.rehearsed(_host(options))
    if not verdict.safe:
        mend = "Change its wording in questionnaire.yaml, policy.toml or mkdocs.yml."
        raise Problem(
            *(f"a rehearsed edition is refused: {one} {mend}" for one in verdict.refusals)
        )
    print("a made-up edition of this questionnaire, policy and these names can be published")


def withheld(options: argparse.Namespace) -> None:
    """Say what a drafted edition does not show, and why. For HR alone: no page tells reasons."""
    for line in drafts.withheld(_host(options), quarter.parse(options.edition)):
        print(line)
