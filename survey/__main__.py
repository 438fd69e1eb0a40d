"""`python -m survey` is the command `survey`, which says what to install where a library lacks."""

from __future__ import annotations

import sys

from survey.commands import lacking


def main() -> int:
    """Run the command: 0 done, 1 something to mend, 2 wrong usage."""
    try:
        from survey import cli
    except ModuleNotFoundError as error:
        sys.stderr.write(lacking(error) + "\n")
        return 1
    return cli.main()


if __name__ == "__main__":
    raise SystemExit(main())
