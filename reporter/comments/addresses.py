"""Mail addresses in a text, also as people write them lest a machine should read them.

`identifiers` calls it with a text as `survey.plain.placed` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAIL = "mail"
_DOTS = "dot|punkt|punto|piste|kropka|nokta|точка"
_SIGNS = "snabel-?a|alfakrøll|ät-?merkki|miukumauku|małpa|arroba|klammeraffe|kuyruklu a|собака"
_WORD = rf"(?: ?[(\[{{<] ?(?:{_DOTS}|\.) ?[)\]}}>] ?| (?:{_DOTS}) )"
_DOT = rf"(?:\.| \. |{_WORD})"
_AT = rf"(?:[(\[{{<] ?(?:at|a|ät|@|{_SIGNS}) ?[)\]}}>]|(?<= )(?:{_SIGNS})(?= ))"
_ENDS = "com|org|net|se|fi|no|dk|pl|de|es|eu|io|nu|ru"
"""Where "at" stands as a word, for "I was at work.It was fine" is no address."""
_LOCAL = r"[\w.+-]{1,64}"
_SHAPES = (
    r"[^\s@]{1,64}@[^\s@]{1,255}\.\w+",
    rf"{_LOCAL} ?@ ?[\w-]+{_DOT}\w{{2,}}",
    rf"{_LOCAL} ?{_AT} ?[\w-]+{_DOT}\w{{2,}}",
    rf"{_LOCAL} at [\w-]+(?:{_WORD}\w{{2,}}|\.(?:{_ENDS})\b)",
)
_PATTERNS = tuple(re.compile(one, re.IGNORECASE) for one in _SHAPES)


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Each address as (kind, start, end)."""
    for pattern in _PATTERNS:
        for one in pattern.finditer(text):
            yield MAIL, *one.span()
