"""`reporter keys`: a quarter's keys, on HR's machine and on the second holder's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from reporter.keys import halves
from reporter.keys.destroying import destroy_own
from reporter.keys.making import TOGETHER, join, make, second
from reporter.paths import Files
from reporter.policy import Policy
from survey import quarter
from survey.ballots import fingerprints, pledge
from survey.commands import adding
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter

Of = Callable[[argparse.Namespace], Policy]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], policy: Of) -> None:
    """Add the command; `policy` reads the project's, which a second holder does not have."""
    parser = adding(commands, "keys", keys, "reporter keys 2026-q4")
    parser.set_defaults(policy=policy)
    parser.add_argument("quarter")
    ways = parser.add_mutually_exclusive_group()
    own = "make the second holder's pair: on a computer of their own"
    ways.add_argument("--second", action="store_true", help=own)
    joining = "take in the second holder's public half, with --fingerprint"
    ways.add_argument("--join", type=Path, metavar="FILE.half", help=joining)
    paper = "print the page on which the second holder makes their key in a browser"
    ways.add_argument("--page", action="store_true", help=paper)
    ending = "the second holder, once the edition is out: overwrite the key on that computer"
    ways.add_argument("--destroy", action="store_true", help=ending)
    ways.add_argument("--holders", type=int, choices=[1, 2], default=1, help=argparse.SUPPRESS)
    heard = "what the second holder read aloud on the telephone"
    parser.add_argument("--fingerprint", default="", metavar="LETTERS", help=heard)
    where = "with --destroy: a key file that lies elsewhere"
    parser.add_argument("--key", action="append", default=[], type=Path, metavar="FILE", help=where)


def keys(options: argparse.Namespace) -> None:
    """Make a quarter's keys: the private one stays on this machine, the public file is sent.

    With two holders neither opens the quarter alone. Each makes their own key where they are: the
    second holder with --second, or in a browser on the page that --page prints; they send the
    public half, and HR takes it in with --join. Private keys are destroyed when the quarter is
    published; make no copy, and move none.
    """
    of, files = quarter.parse(options.quarter), Files(Project(options.project))
    if options.second:
        _second(files, of)
    elif options.page:
        _page(of)
    elif options.destroy:
        _destroy(files, of, options.key)
    elif options.join:
        half = halves.read(options.join)
        made, public = join(files, of, options.policy(options), half, options.fingerprint)
        _told(of, made, public)
    elif options.holders > 1:
        raise Problem(TOGETHER.format(of=of))
    else:
        private, public = make(files, of, options.policy(options))
        _told(of, [private], public)


def _told(of: Quarter, made: list[Path], public: Path) -> None:
    for path in made:
        print(f"private: {path}")
    print(f"public, for the collecting host: {public}")
    print(f"fingerprint: {fingerprints.of_pledge(pledge.read(public))}")
    print(f"next, on that host: survey open {of} --key {public.name}", file=sys.stderr)
    print("let it be read back to you: `survey open` tells it again", file=sys.stderr)


def _second(files: Files, of: Quarter) -> None:
    path, half_path, half = second(files, of)
    print(f"private, to keep: {path}")
    print(f"public half, to send to HR: {half_path}")
    print(f"fingerprint: {half.fingerprint}")
    print("next: when HR rings, read the fingerprint aloud, all of it", file=sys.stderr)


def _page(of: Quarter) -> None:
    # Drawing it takes a template engine, and no other command here needs one.
    from reporter.keys import page

    sys.stdout.write(page.html(of))


def _destroy(files: Files, of: Quarter, given: list[Path]) -> None:
    for path in destroy_own(files, of, given):
        print(f"overwritten and removed: {path}")
    print("if there are copies elsewhere, destroy them today", file=sys.stderr)
