"""What both packages' commands share: a help that ends with an example, and Problems in words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from survey.problems import Problem

Command = Callable[[argparse.Namespace], None]


def told(command: Callable[[], None]) -> int:
    """Run it, and say a Problem in words: one line for each thing to mend."""
    try:
        command()
    except Problem as problem:
        for message in problem.messages:
            print(message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


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
