"""Finding: the only public number. A range with its base; what is not here is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SUM = "sum"
"""The class under which a scale's sum of points stands, from which its mean is told."""

UNFAVOURABLE, NEUTRAL, FAVOURABLE = "unfavourable", "neutral", "favourable"
CLASSES = (UNFAVOURABLE, NEUTRAL, FAVOURABLE)
"""The three classes of every scale."""

WROTE = "wrote"
"""The class of a text: how many wrote one."""


MAIN, OTHERS, REASONS = "main_reason", "other_reasons", "reasons"
"""What somebody left for: first of all, and besides. From the two `reasons` is derived, "named as a
reason"; it has no place of its own in the questionnaire, and `other_reasons` none on a page."""

SAID = "said"
"""Derived questions: `said_<question>_<side>`, which themes the comments on a question name."""


LEDGER = "comments.ledger"
"""What the ledger of comments is called where it is withdrawn; no question's id has a dot."""


def comments_on(question: str) -> str:
    """How the derived questions begin that tell what the texts on a question are about."""
    return f"{SAID}_{question}_"


WITHHELD = "–"
"""How what is not told is shown, in a table and in a chart: the same sign for every reason."""

NOT_STATED = ""
"""Where somebody worked, or for how long, who did not say."""


@dataclass(frozen=True)
class Finding:
    """`low` to `high` of the `n` people who answered `question` in `block` chose `answer`.

    For the answer `sum`, `low` and `high` bound the sum of the n points given.
    """

    block: str
    question: str
    answer: str
    n: int
    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether the count itself may be told."""
        return self.low == self.high

    @property
    def shares(self) -> tuple[float, float]:
        """The range as parts of the base, 0 to 1 (for a sum: the range of the mean)."""
        return self.low / self.n, self.high / self.n


def total(findings: Iterable[Finding], block: str = "all") -> Finding | None:
    """The same question and answer over disjoint blocks: a parent made from its children."""
    parts = list(findings)
    if not parts:
        return None
    first = parts[0]
    n, low, high = (sum(getattr(part, name) for part in parts) for name in ("n", "low", "high"))
    return Finding(block, first.question, first.answer, n, low, high)
