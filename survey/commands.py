"""What both packages' commands share: a help that ends with an example, and Problems in words."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import metadata

from survey.problems import Problem

Command = Callable[[argparse.Namespace], None]


def told(command: Callable[[], None]) -> int:
    """Run it, and say a Problem in words: one line for each thing to mend."""
    try:
        command()
        sys.stdout.flush()
    except Problem as problem:
        for message in problem.messages:
            print(message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        # Whoever read has seen enough; nor may the end of the process try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as error:
        print(lacking(error), file=sys.stderr)
        return 1
    return 0


_EXTRAS = {
    "flask": "collect", "wtforms": "collect", "itsdangerous": "collect", "segno": "collect",
    "flask_wtf": "desk", "waitress": "collect",
    "pandas": "report", "numpy": "report", "matplotlib": "report", "mkdocs": "report",
    "material": "report", "highspy": "report", "selectolax": "report", "snowballstemmer": "report",
    "phonenumbers": "report", "stdnum": "report",
}  # fmt: skip
"""Which extra brings a library that not every host has."""


def lacking(error: ModuleNotFoundError) -> str:
    """What to install for a command that this host cannot run."""
    name = (error.name or "").partition(".")[0]
    if name not in _EXTRAS:
        raise error
    mend = f"Install it here: pip install 'avstamp[{_EXTRAS[name]}]'"
    return f"this host lacks {name}, which the command needs. {mend}"


def version() -> str:
    """The program's name and version."""
    return f"avstamp {metadata.version('avstamp')}"


def adding(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Command,
    example: str,
) -> argparse.ArgumentParser:
    """Add a command whose help is its docstring and ends with an example to paste."""
    text = (command.__doc__ or "").strip()
    parser = commands.add_parser(
        name,
        help=text.splitlines()[0],
        description=text,
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser
