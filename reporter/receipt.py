"""receipt.md: where whoever answered finds out, in their own browser, that they were counted."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from reporter import markdown as md
from reporter import method
from reporter.edition import Edition

_SCRIPT = "../javascripts/receipt.js"
BY_HAND = """python3 -c "
import hashlib
code = 'XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX'
number = 0
for letter in code.replace('-', '')[:26]:
    number = number * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(letter)
print(hashlib.sha256(b'leaf' + number.to_bytes(16, 'big')).hexdigest())
\""""
"""What anybody can paste in a terminal, with their code in place of the crosses."""

_PHRASES = ("label", "hint", "look", "looking", "counted", "missing", "mistyped", "failed")


def page(e: Edition) -> str:
    """The look-up, the numbers that must add up, and how to do it all by hand."""
    if e.now.imported:
        return _none(e)
    return md.page([
        md.heading(1, e.words("receipt.title")),
        md.block("lead", e.words("receipt.lead")),
        _look_up(e),
        md.heading(2, e.words("receipt.sum.title")),
        e.words("receipt.sum" if _adds_up(e) else "receipt.sum.wrong"),
        md.table([e.words("table.what"), e.words("table.n")], _numbers(e)),
        e.words("receipt.keys", n=e.now.holders, destroyed=e.now.destroyed),
        md.heading(2, e.words("receipt.hand.title")),
        e.words("receipt.hand"),
        "\n".join(f"    {line}" for line in BY_HAND.splitlines()),
        md.link(e.words("receipt.list"), f"data/{e.now.edition}-receipts.txt"),
        e.words("receipt.root"),
        f"    {e.now.root}",
    ])  # fmt: skip


def _none(e: Edition) -> str:
    """An earlier survey gave no receipts: there is nothing to look up."""
    parts = [md.heading(1, e.words("receipt.title")), e.words("receipt.none"), method.whence(e)]
    return md.page(parts)


def _look_up(e: Edition) -> str:
    """An empty place, which the script fills with a field: without it there is nothing to type in.

    There is no form and no address to send to, so that a code can never leave the browser.
    """
    phrases = {name: e.words(f"receipt.js.{name}") for name in _PHRASES}
    told = html.escape(json.dumps(phrases, ensure_ascii=False))
    return (
        f'<div class="receipt-check" data-edition="{e.now.edition}" data-words="{told}"></div>'
        f'<script src="{_SCRIPT}" defer></script>'
    )


def _adds_up(e: Edition) -> bool:
    return e.now.answered - e.now.withdrawn == e.now.counted


def _numbers(e: Edition) -> Iterator[list[str]]:
    for name in ("issued", "answered", "withdrawn", "counted"):
        yield [e.words(f"method.{name}"), e.words.number(getattr(e.now, name))]
