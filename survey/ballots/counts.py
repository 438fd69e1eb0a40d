"""How many answered, told in steps while a box is open.

Whoever looks before and after one invited person comes would otherwise see whether they answered.
After closing the count is exact: it moves no more.
"""

from __future__ import annotations

STEPS = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000)
"""So many or more; below the first, "fewer than 5"."""


def reached(count: int) -> int:
    """The highest step that the count has reached, or 0."""
    return max((step for step in STEPS if step <= count), default=0)


def told(count: int, still_open: bool) -> str:
    """The count as a command tells it: "31" once the box is closed, before that "20 or more"."""
    if not still_open:
        return str(count)
    step = reached(count)
    return f"{step} or more" if step else f"fewer than {STEPS[0]}"
