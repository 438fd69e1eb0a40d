"""receipt.md: was my answer counted? Looked up in the reader's own browser, or by hand."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reporter.pages import markdown as md
from reporter.pages import method
from reporter.pages.context import Edition
from reporter.records import Record, leaves

SCRIPT = "javascripts/receipt.js"
NUMBERS = ("issued", "answered", "withdrawn", "counted")

BY_HAND = (
    'python3 -c "import hashlib; '
    "t = str.maketrans('OILABCDEFGHJKMNPQRSTVWXYZ', '011ABCDEFGHIJKLMNOPQRSTUV', ' -'); "
    "c = input().upper().translate(t); "
    "print(hashlib.sha256(b'leaf' + int(c[:26], 32).to_bytes(16, 'big')).hexdigest())\""
)
"""Prints the print of the code typed in. It is typed, not given, so that no history keeps it."""

ROOT = """\
import hashlib
def H(b): return hashlib.sha256(b).digest()
def root(x):
    if len(x) == 1: return H(b"\\0" + x[0])
    half = 1 << (len(x) - 1).bit_length() - 1
    return H(b"\\1" + root(x[:half]) + root(x[half:]))
lines = [one for one in open("{file}") if not one.startswith("#")]
print(root([bytes.fromhex(one) for one in lines]).hex())"""
"""Computes the root of a downloaded list."""


def page(e: Edition) -> str:
    """How a person who answered sees that they were counted, and anyone that nothing is missing."""
    if e.now.imported:
        return _none(e)
    return md.page([
        md.heading(1, e.words("receipt.title")),
        md.block("lead", e.words("receipt.lead")),
        _check(e),
        *_section(e, "meaning"),
        md.items(e.words(f"receipt.why.{one}") for one in ("later", "withdrawn", "mistyped")),
        e.words("receipt.ask"),
        *_tally(e),
        *_keys(e),
        *(_by_hand(e) if e.now.leaves else ()),
    ])  # fmt: skip


def _none(e: Edition) -> str:
    """An earlier survey gave no receipts: there is nothing to look up."""
    parts = [md.heading(1, e.words("receipt.title")), e.words("receipt.none"), method.whence(e)]
    return md.page(parts)


def _section(e: Edition, name: str, **values: object) -> Iterator[str]:
    yield md.heading(2, e.words(f"receipt.{name}.title"))
    yield e.words(f"receipt.{name}", **values)


def _check(e: Edition) -> str:
    """The field, hidden until its script runs. It stands in no form: nothing can be sent."""
    said = {f"data-{one}": e.words(f"receipt.{one}") for one in _SAID}
    said["data-list"] = f"../{_file(e)}"
    said["data-edition"], said["data-title"] = str(e.now.edition), e.words.short(e.now.quarters)
    told = " ".join(f'{name}="{escape(value)}"' for name, value in said.items())
    field = (
        '<input id="receipt-code" type="text" autocomplete="off" autocapitalize="characters" '
        'spellcheck="false" maxlength="80" aria-describedby="receipt-hint">'
    )
    return (
        f'<div class="check" id="receipt-check" data-search-exclude hidden {told}>'
        f'<label for="receipt-code">{e.words("receipt.code")}</label>'
        f'<p id="receipt-hint">{e.words("receipt.hint")}</p>'
        f'{field}<button type="button" class="md-button">{e.words("receipt.look")}</button>'
        '<p class="said" role="status" aria-live="polite"></p></div>'
        f'<p id="receipt-without">{e.words("receipt.without")}</p>'
        f'<script type="module" src="../{SCRIPT}"></script>'
    )


_SAID = ("busy", "found", "missing", "mistyped", "unread", "unreachable")


def _file(e: Edition) -> str:
    return f"data/{e.now.edition}-receipts.txt"


def _tally(e: Edition) -> Iterator[str]:
    now, number = e.now, e.words.number
    yield from _section(e, "tally")
    told = [[e.words(f"method.{name}"), number(getattr(now, name))] for name in NUMBERS]
    yield md.table([e.words("table.what"), e.words("table.told")], told)
    values = {name: number(getattr(now, name)) for name in NUMBERS}
    adds_up = leaves.adds_up(now)
    yield (
        e.words("receipt.adds", **values)
        if adds_up
        else md.strong(e.words("receipt.odd", **values))
    )
    if not now.leaves:
        yield e.words("receipt.unlisted")
    elif not leaves.whole(now):
        yield md.strong(e.words("receipt.broken", listed=number(len(now.leaves)), **values))


def _keys(e: Edition) -> Iterator[str]:
    """Whether the private keys are gone; it claims no more than was seen here."""
    now = e.now
    if not now.holders:
        return
    day, destroyed = e.words.day(now.published), e.words.number(now.destroyed)
    yield md.heading(2, e.words("receipt.keys.title"))
    told = e.words(f"receipt.keys.{_fate(now)}", n=now.holders, day=day, destroyed=destroyed)
    yield " ".join([e.words("receipt.keys", n=now.holders), *_made(e, told)])


def _made(e: Edition, fate: str) -> list[str]:
    """Who made the keys, around their fate: held by two is told only where two made them apart."""
    now = e.now
    if now.apart and now.holders == 2 * now.apart:
        return [e.words("receipt.keys.apart"), fate]
    together = not now.apart and now.holders > len(now.quarters)
    return [fate, e.words("receipt.keys.together")] if together else [fate]


def _fate(now: Record) -> str:
    """What became of them: of a key that its holder made elsewhere nobody here can tell."""
    if now.destroyed >= now.holders:
        return "gone"
    if now.apart and now.destroyed >= now.holders - now.apart:
        return "ours"
    return "some" if now.destroyed else "none"


def _by_hand(e: Edition) -> Iterator[str]:
    yield from _section(e, "hand")
    link = md.link(e.words("receipt.list"), _file(e))
    yield "\n".join([
        f"1. {e.words('receipt.hand.list', link=link)}",
        f"2. {e.words('receipt.hand.print')}",
        f"3. {e.words('receipt.hand.find')}",
    ])  # fmt: skip
    yield _code(BY_HAND)
    yield from _section(e, "whole")
    yield f'<p class="root"><code>{e.now.root}</code></p>'
    yield e.words("receipt.whole.how")
    yield _code(ROOT.format(file=_file(e).removeprefix("data/")))


def _code(lines: str) -> str:
    return f"```\n{lines}\n```"
