"""`python -m survey` is the command `survey`."""

from survey.cli import main

raise SystemExit(main())
