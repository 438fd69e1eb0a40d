"""One style sheet for an edition: the theme's and ours in a row, without what no page can use.

The theme styles far more than these pages hold. A rule stays if every class it asks for stands on a
page or may be set by a script; a custom property stays if anything reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_COMMENT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/""", re.DOTALL)
_IDLE = re.compile(r"\s*\n\s*")
_MARKS = re.compile(r"""["'{};]""")
_QUOTED = {mark: re.compile(rf"(?:[^{mark}\\]|\\.)*{mark}", re.DOTALL) for mark in "\"'"}
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_ASIDE = re.compile(r""":not\([^()]*\)|\[[^\]]*\]""")
_COMMA = re.compile(r",(?![^()]*\))")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_SET = re.compile(r"""(--[\w-]+):((?:url\((?:"(?:[^"\\]|\\.)*"|[^)]*)\)|[^;{}"])*)(;|(?=\}))""")
_NESTED = ("@media", "@supports", "@layer", "@container")


def classes(text: str) -> frozenset[str]:
    """Every word of a page or script that could be a class: a guess on the safe side."""
    return frozenset(re.findall(r"[\w-]+", text))


def merged(sheets: tuple[str, ...], words: frozenset[str]) -> str:
    """The sheets as one, for pages and scripts that hold these words."""
    return _merged(sheets, words & _asked(sheets))


@lru_cache(maxsize=8)
def _asked(sheets: tuple[str, ...]) -> frozenset[str]:
    """Every class or property that a sheet names: pages differ in words, seldom in these."""
    whole = "".join(sheets)
    return frozenset(_CLASS.findall(whole)) | frozenset(re.findall(r"--[\w-]+", whole))


@lru_cache(maxsize=8)
def _merged(sheets: tuple[str, ...], words: frozenset[str]) -> str:
    """Languages and editions mostly hold the same words: it is worked out once for them."""
    bare = (_IDLE.sub("\n", _COMMENT.sub(lambda one: one[1] or "", sheet)) for sheet in sheets)
    kept = "".join(part for sheet in bare for part in _used(sheet, words))
    read = frozenset(_READ.findall(kept)) | words
    return _SET.sub(lambda one: one[0] if one[1] in read else "", kept)


def _used(sheet: str, words: frozenset[str]) -> Iterator[str]:
    for rule in _rules(sheet):
        head, brace, body = rule.partition("{")
        if brace and head.startswith(_NESTED):
            inner = "".join(_used(body[:-1], words))
            yield f"{head}{{{inner}}}" if inner else ""
        elif not brace or head.startswith("@"):
            yield "" if head.startswith("@charset") else rule
        else:
            left = [one for one in _COMMA.split(head) if _may_match(one, words)]
            yield f"{','.join(left)}{{{body}" if left else ""


def _may_match(selector: str, words: frozenset[str]) -> bool:
    return words.issuperset(_CLASS.findall(_ASIDE.sub("", selector)))


def _rules(sheet: str) -> Iterator[str]:
    """The sheet cut after every rule of its outermost level."""
    start = at = depth = 0
    while found := _MARKS.search(sheet, at):
        at, mark = found.end(), found[0]
        if quoted := _QUOTED.get(mark):
            end = quoted.match(sheet, at)
            at = end.end() if end else len(sheet)
            continue
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and mark != "{":
            yield sheet[start:at].strip()
            start = at
    yield sheet[start:].strip()
