"""The commands of the collecting host. Each tells what to do next; none computes anything.

Longer than most: every command of the host, a few lines each.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from survey import bound, check, init, project, quarter, questions, samples, settings
from survey.ballots import Stage, Terms, box, counts, fingerprints, pledge
from survey.check import Machine
from survey.commands import adding, told, version
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.questionnaire import read_questionnaire
from survey.questions import LANGUAGES
from survey.settings import Settings

if TYPE_CHECKING:
    # Slips bring what draws their codes, and `survey init` runs on the reporting host too.
    from survey.invitations.slips import Slip

_CAPACITY = 1000


def main(
    arguments: Sequence[str] | None = None, machine: Callable[[], Machine] = Machine.here
) -> int:
    """Run one command: 0 done, 1 a Problem said in words, 2 wrong usage.

    `machine` tells of the host that is checked; it is asked by the commands that check it.
    """
    options = _parser().parse_args(arguments, argparse.Namespace(machine=machine))
    return told(lambda: options.command(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("survey", description="Collects exit-survey answers.")
    where = "the project's folder (default: this one)"
    parser.add_argument("--version", action="version", version=version())
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help=where)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _init(adding(commands, "init", init_project, "survey init exits/"))
    _open(adding(commands, "open", open_box, "survey open 2026-q4 --key responses/2026-q4.pub"))
    _invite(
        adding(
            commands,
            "invite",
            invite,
            "survey invite 2026-q4 --count 12 --format slips --out slips.html",
        )
    )
    _serve(adding(commands, "serve", serve, "survey serve --port 8000"))
    status_parser = adding(commands, "status", status, "survey status 2026-q4")
    status_parser.add_argument("quarter", nargs="?", help="one quarter (default: all)")
    checking = adding(commands, "check", check_host, "survey check")
    rehearsing = "also build and audit a made-up edition (where avstamp[report] is installed)"
    checking.add_argument("--rehearse", action="store_true", help=rehearsing)
    _allow(checking)
    _reissue(adding(commands, "reissue", reissue, "survey reissue 2026-q4 --slip K7Q2-M4XD"))
    _guide(adding(commands, "guide", guide, "survey guide --language sv > guide.html"))
    adding(commands, "close", close, "survey close 2026-q4").add_argument("quarter")
    return parser


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", nargs="?", type=Path, help="the new folder (default: this one)")


def _open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quarter", help="such as 2026-q4")
    parser.add_argument("--key", type=Path, metavar="FILE.pub", help="public key (of a new box)")
    parser.add_argument("--closes", type=_day, metavar="DATE", help="last day (default: +30 days)")
    parser.add_argument("--capacity", type=_count, help=f"most links (default: {_CAPACITY})")


def _invite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quarter", help="such as 2026-q4")
    parser.add_argument("--count", type=_count, required=True, help="how many links")
    _look(parser)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")

    _allow(parser)


def _allow(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        choices=check.ALLOWED,
        help="a fault of the host that you have read about and accept; may be repeated",
    )


def _reissue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quarter", help="such as 2026-q4")
    parser.add_argument("--slip", required=True, metavar="NUMBER", help="the slip's number")
    _look(parser)


def _look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["csv", "slips"], default="csv", help="default: csv")
    parser.add_argument("--excel", action="store_true", help="csv as a Swedish Excel opens it")
    _out(parser)
    parser.add_argument("--first", choices=LANGUAGES, help="language that stands first on slips")


def _guide(parser: argparse.ArgumentParser) -> None:
    help_ = "one language (default: all of the questionnaire)"
    parser.add_argument("--language", choices=questions.LANGUAGES, help=help_)
    _out(parser)


def _out(parser: argparse.ArgumentParser) -> None:
    out = "a new file for it, for its owner alone (default: -, the standard output)"
    parser.add_argument("--out", type=Path, default=Path("-"), metavar="FILE", help=out)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _settings(options: argparse.Namespace) -> Settings:
    return settings.load(Project(options.project), os.environ)


def init_project(options: argparse.Namespace) -> None:
    """Make a project: sample files and secrets. What is there already stays as it is."""
    made = init.project(Project(options.dir or options.project))
    for path in made:
        print(f"made {path}")


def open_box(options: argparse.Namespace) -> None:
    """Open a quarter's ballot box, sealed to the public key that `reporter keys` made.

    It takes answers until 30 days after its quarter, unless another last day is given. A box that
    is open grows when a larger --capacity is given, also while the form is served. Let those who
    made the keys read you their fingerprints on the telephone before anybody answers.
    """
    here = _settings(options)
    of = quarter.parse(options.quarter)
    path = here.project.box(of)
    if path.exists() and options.capacity:
        box.grow(path, here.ledger_key, options.capacity)
        print(f"{of}: room for {options.capacity} links")
        return
    terms = _terms(options, of)
    _check_kinds(here)
    here.project.responses.mkdir(exist_ok=True)
    here.project.responses.chmod(0o750)  # others could read from its times when answers came
    box.create(path, terms, here.ledger_key, asked=bound.dump(here.questionnaire))
    print(f"{of}: open until {terms.closes}, for at most {terms.capacity} links")
    print("before anybody answers, on the reporting host: reporter rehearse", file=sys.stderr)
    print(f"next: survey invite {of} --count 12 --format slips --out slips.html", file=sys.stderr)


def _check_kinds(here: Settings) -> None:
    """An id keeps its kind for ever: boxes that differ in it can never be counted together."""
    messages = []
    for path in here.project.boxes():
        with box.opened(path) as one:
            asked = one.asked()
        found = bound.clashes(bound.load(asked), here.questionnaire) if asked else []
        messages += [f"{path.name}: {one}. Give the new question another id." for one in found]
    if messages:
        raise Problem(*messages)


def _terms(options: argparse.Namespace, of: Quarter) -> Terms:
    if options.key is None:
        raise Problem(f"{of}: a new box needs its public key. Give it: --key FILE.pub")
    given = pledge.read(options.key)
    if given.quarter != of:
        mend = "Each quarter has its own key: take its file."
        raise Problem(f"{options.key.name}: is the key of {given.quarter}, not {of}. {mend}")
    closes = options.closes or of.closes
    if closes < date.today():
        mend = "Give a last day to come: --closes DATE."
        raise Problem(f"{of}: would close on {closes}, and nobody could answer. {mend}")
    print(f"fingerprint of {options.key.name}: {fingerprints.of_pledge(given)}", file=sys.stderr)
    if given.apart:
        second = fingerprints.of_half(of, given.publics[-1])
        print(f"fingerprint of the second holder's key in it: {second}", file=sys.stderr)
    capacity = options.capacity or _CAPACITY
    told = Terms(of, given.publics, closes, given.k, given.minimum, capacity)
    return replace(told, apart=given.apart, months=given.months)


def invite(options: argparse.Namespace) -> None:
    """Mint one-time links, shuffled, as CSV or as slips to print. No name enters the system."""
    from survey.invitations import issuing

    here = _settings(options)
    of = quarter.parse(options.quarter)
    if options.count < counts.STEPS[0]:
        print(_FEW.format(n=options.count, least=counts.STEPS[0]), file=sys.stderr)
    pile = issuing.minted(here, of, options.count)
    _hand_out(here, of, pile.slips, options, pile.enter)
    many = f"{options.count} links count" if options.count > 1 else "1 link counts"
    print(f"{many} now", file=sys.stderr)


_FEW = (
    "mind: {n} at a time is few. Whoever knows when a link was made and given out knows more of "
    "who answered by it. Make {least} or more, and keep the rest for those who leave next."
)


def reissue(options: argparse.Namespace) -> None:
    """Print a lost slip again, from its number: the same link, which counts once.

    Nobody learns whether it was used.
    """
    from survey.invitations import issuing

    here = _settings(options)
    of = quarter.parse(options.quarter)
    _hand_out(here, of, [issuing.again(here, of, options.slip)], options)


def guide(options: argparse.Namespace) -> None:
    """Print the questionnaire as an interview guide, to read aloud from. It needs no secret."""
    from survey.invitations import guide as guides
    from survey.invitations import handing

    of = Project(options.project)
    asked = read_questionnaire(of.questionnaire)
    languages = [options.language] if options.language else asked.languages
    handing.write(guides.html(asked, project.organisation(of), languages), options.out)


def _hand_out(
    here: Settings,
    of: Quarter,
    pile: Sequence[Slip],
    options: argparse.Namespace,
    entered: Callable[[], None] | None = None,
) -> None:
    """Write the slips as they are wanted, and then let them count."""
    from survey.invitations import handing, slips

    languages = sorted(here.organisation.languages, key=lambda one: one != options.first)
    match options.format:
        case "csv":
            text = slips.excel(pile) if options.excel else slips.csv(pile)
        case _:
            closes = box.terms(here.project.box(of)).closes
            text = slips.html(pile, here.organisation, closes, languages)
    handing.write(text, options.out, entered or handing.nothing)


def _until(path: Path) -> str:
    """Whether leavers can still answer into the box, for whoever starts the form."""
    with box.opened(path) as one:
        if one.stage().takes and one.terms.closes >= date.today():
            return f"open until {one.terms.closes}"
    return "takes no more answers"


def serve(options: argparse.Namespace) -> None:
    """Serve the form to leavers. It keeps no log of any request.

    It refuses to start on a host that would break the promise; `survey check` tells why.
    """
    from survey import serve as serving
    from survey.cover import Cover

    here = _settings(options)
    serving.leave_no_dump()
    with serving.alone(here.project):
        _check(here, options.machine(), options.allow)
        for path in here.project.boxes():
            print(f"{path.name}: {_until(path)}")
        for line in check.newer(here):
            print(line)
        # systemd ends it so, at any moment from here on; the boxes are wiped on the way out.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        server = serving.listen(here, options.host, options.port)
        print(f"the form is at http://{options.host}:{options.port}/  (Ctrl-C ends it)", flush=True)
        with Cover(here.project.boxes, here.ledger_key).running():
            server.run()


def _check(here: Settings, machine: Machine, given: Sequence[str]) -> None:
    allow = check.allowed(given, os.environ)
    if faults := check.faults(here, machine, allow):
        raise Problem(*faults)


def status(options: argparse.Namespace) -> None:
    """Show how many links were issued and how many answered or withdrew; never who or when.

    While a box is open the last two are told in steps: two looks around one person name nobody.
    """
    where = Project(options.project)
    paths = [where.box(quarter.parse(options.quarter))] if options.quarter else where.boxes()
    if not paths:
        raise Problem(f"{where.responses}: no box is open here. Open one with `survey open`.")
    for path in paths:
        with box.opened(path) as one:
            terms, tally, stage = one.terms, one.tally(), one.stage()
        takes = stage.takes
        answered, withdrawn = (counts.told(n, takes) for n in (tally.answered, tally.withdrawn))
        print(
            f"{terms.quarter}  issued {tally.issued}  answered {answered}  "
            f"withdrawn {withdrawn}  until {terms.closes}{'' if takes else '  closed'}"
        )
        if stage is Stage.CLOSING or (takes and terms.closes < date.today()):
            print(f"next: survey close {terms.quarter}", file=sys.stderr)


def check_host(options: argparse.Namespace) -> None:
    """Check the set-up: host, files, secrets and boxes; list what is well and what is not.

    Each fault comes with its mend. It ends with 1 if answers would not be safe.
    """
    here = _settings(options)
    print(f"well     questionnaire, organisation, secrets: {len(here.questionnaire.items)} items")
    allow = check.allowed(options.allow, os.environ)
    unsafe: list[str] = []
    for subject, faults in check.looked(here, options.machine()):
        refused = [one.text for one in faults if one.name not in allow]
        unsafe += refused
        print(f"{'NOT WELL' if refused else 'allowed ' if faults else 'well    '} {subject}")
    minded = [*check.newer(here), *samples.unset(here.project, here.organisation)]
    for line in minded:
        print(f"mind     {line}")
    for line in samples.upgrades(here.project):
        print(f"version  {line}")
    if options.rehearse:
        unsafe += check.rehearsed(here.project)
    if unsafe:
        sys.stdout.flush()
        raise Problem(*unsafe)


def close(options: argparse.Namespace) -> None:
    """Close a quarter's box for good, so that it can be carried away and drafted.

    Whoever still holds a link can no longer answer, and no answer can be taken back any more. What
    finds a row is wiped, and this host signs the rest: no copy of an open box can be drafted.
    """
    here = _settings(options)
    of = quarter.parse(options.quarter)
    box.close(here.project.box(of), here.ledger_key, date.today() - timedelta(days=1))
    print(f"{of}: closed. Next: reporter draft {of}")
