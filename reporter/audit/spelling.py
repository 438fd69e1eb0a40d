"""Text as an eye takes it: one kind of space and digit, and nothing that is not seen."""

from __future__ import annotations

import re
import unicodedata

from survey.worded import NUMBERS

THIN, GLUE = "\u202f", "\ue000"
"""What stands between the thousands of a number, and what stands for it in between."""


def plain(text: str) -> str:
    """The text with one kind of space, and another between the thousands of a number.

    Digits of every script are ours, and marks that nobody sees between them are gone.
    """
    if not text.isascii():
        text = _MARKED.sub("", text.translate(_SEEN))
    text = _THOUSAND.sub(THIN, text)
    text = _NARROW.sub("", text.replace("\u00a0", " ").replace(THIN, GLUE))
    return " ".join(text.split()).replace(GLUE, THIN)


def turned(text: str) -> str:
    """The text read from the right where it tells a browser to write so; else nothing."""
    return plain(text)[::-1] if _TURNS.search(text) else ""


def spelled(text: str) -> list[str]:
    """Every share that is told with a number in words: "nine of ten", "9 av tio"."""
    if " of " not in text and " av " not in text:
        return []
    return [found[0] for found in _SHARE.finditer(text) if not _DIGITS.fullmatch(found[0])]


def counts(text: str) -> bool:
    """Whether it holds a digit or a share in words: nothing else tells a figure."""
    return bool(_DIGIT.search(text) or spelled(text))


_ONE = rf"(?:{NUMBERS}|\d+)(?:-?(?:{NUMBERS}))?"
_SHARE = re.compile(rf"\b{_ONE} (?:out of|of|av) (?:the |de )?{_ONE}\b(?! senaste)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+ (?:out of|of|av) (?:the |de )?\d+", re.IGNORECASE)

_THOUSAND = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_NARROW = re.compile(r"(?<=\d)[\u2000-\u200a\u205f](?=\d)")
_MARKED = re.compile(r"(?<=\d)[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]+")
_TURNS = re.compile(r"[\u202b\u202e\u2067]")
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and marks by their class, and yet nothing to see."""


class _Seen(dict[int, str]):
    """Character → what an eye takes it for; worked out once each."""

    def __missing__(self, code: int) -> str:
        self[code] = _seen(chr(code))
        return self[code]


def _seen(char: str) -> str:
    if unicodedata.category(char) == "Cf" or char in _BLANK:
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    wide = "\uff00" <= char <= "\uffef" or char >= "\U0001d400"
    numbered = unicodedata.category(char) in ("No", "Nl")
    return unicodedata.normalize("NFKC", char) if wide or numbered else char


_SEEN = _Seen()
