"""Plain text: one rule for whatever a person types or pastes, wherever it is read.

What nobody sees is no text: format characters, fillers and direction overrides are taken out, so
that they neither hide a number from a reader nor turn a page around. A joiner stays where a script
or an emoji needs it. Codes and links are read whatever dash or blank a program put into them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")
"""Fillers that Unicode counts as letters, marks or symbols, and that show nothing."""
_GONE = ("Cc", "Cf", "Cs", "Co", "Cn")
_BLANKS = ("Zs", "Zl", "Zp")
_DASHES = "\u2212\u00ad\u2043\u02d7\u30fc\uff70"
"""What looks like a dash and is none to Unicode: minus, soft hyphen, bullet, the like."""
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def text(raw: str | None) -> str:
    """What was written, as it is kept: NFC, plain line ends, nothing unseen; "" for no answer."""
    lines = (raw or "").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    kept = seen(unicodedata.normalize("NFC", lines.replace("\u2029", "\n")))
    return kept.strip() if _VARIATION.sub("", kept).strip() else ""


def seen(raw: str) -> str:
    """What was written without what nobody sees, and otherwise as it stands: for showing a text."""
    if raw.isascii() and raw.isprintable():
        return raw
    return "".join(char for at, char in enumerate(raw) if _seen(raw, at))


def _seen(whole: str, at: int) -> bool:
    char = whole[at]
    if char in "\n\t":
        return True
    if char in _JOINERS:
        return _joins(whole[at - 1 : at]) and _joins(whole[at + 1 : at + 2])
    return char not in _UNSEEN and unicodedata.category(char) not in _GONE


def _joins(char: str) -> bool:
    """Whether a joiner beside this character changes what is seen: in some scripts, and emoji."""
    if not char or char.isascii():
        return False
    name = unicodedata.name(char, "")
    joined = unicodedata.category(char)[0] in "LM" or unicodedata.category(char) in ("So", "Sk")
    return joined and not name.startswith(("LATIN", "GREEK", "CYRILLIC", "COMBINING"))


def line(raw: str) -> str:
    """The same on one line, with single blanks: for a name, a label, a reason."""
    return " ".join(text(raw).split())


def dashed(raw: str) -> str:
    """Every dash as `-`, every blank as one blank, nothing invisible: for what is read as a code.

    A soft hyphen is a dash here: programs that break a line put one in, and nobody types one.
    """
    return "".join(_plain(char) for char in unicodedata.normalize("NFKC", _kept_dashes(raw)))


def _kept_dashes(raw: str) -> str:
    return "".join("-" if char in _DASHES else char for char in raw)


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Pd":
        return "-"
    if category in _BLANKS or char in "\t\r\n":
        return " "
    return "" if category in _GONE or char in _UNSEEN else char


def letters(raw: str) -> str:
    """The letters and digits alone, in capitals: of a code however it was copied or dictated."""
    return "".join(char for char in dashed(raw).upper() if char.isalnum())


def folded(raw: str) -> str:
    """For comparing: compatible spellings alike, small letters, single blanks."""
    return " ".join(dashed(raw).casefold().split())


@dataclass(frozen=True)
class Placed:
    """A text as its signs read, and from where in what was written each of them came."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stands in what was written."""
        return self.starts[start], self.ends[end - 1]


def placed(raw: str) -> Placed:
    """Like `dashed`, for finding things in a text; line ends stay, every script's digits are 0-9.

    Whoever marks what was found needs its place in the text as it stands.
    """
    read = [(sign, one) for one in _CLUSTER.finditer(raw) for sign in _read(one[0])]
    return Placed(
        "".join(sign for sign, _ in read),
        tuple(one.start() for _, one in read),
        tuple(one.end() for _, one in read),
    )


_CLUSTER = re.compile(r"(?s:.)[\u0300-\u036f]*")
"""A sign with the accents that are written after it."""


@lru_cache(maxsize=4096)
def _read(cluster: str) -> str:
    return "".join(map(_digit, dashed(cluster))) if cluster != "\n" else cluster


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
