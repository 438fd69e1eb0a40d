"""Labels that read as a figure: whoever reads "at most 2" cannot tell the answer from the count.

`questionnaire` asks of every label, so that nothing collects answers that cannot be published.
"""

from __future__ import annotations

import re

NUMBERS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred|"
    "noll|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|"
    "sjutton|arton|nitton|tjugo|trettio|fyrtio|femtio|hundra"
)
"""Numbers in words, to be taken into a pattern."""

_COUNTING = frozenset({
    *("of", "out", "the", "about", "to", "at", "most", "least", "people", "answers", "mean"),
    *("av", "de", "ungefär", "till", "högst", "minst", "personer", "svar", "medel"),
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(rf"\d|\b(?:{NUMBERS})\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")


def figure(text: str) -> bool:
    """Whether it says a number and nothing but what a figure is told with: "at most 2"."""
    words = [one for one in _WORD.findall(text.casefold()) if not re.fullmatch(NUMBERS, one)]
    return bool(_NUMBER.search(text)) and all(one in _COUNTING for one in words)


def markup(text: str) -> str:
    """What in it a browser could take for more than a sign: "<b", "&amp;"; else nothing."""
    found = _MARKUP.search(text)
    return found[0] if found else ""
