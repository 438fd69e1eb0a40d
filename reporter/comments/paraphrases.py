"""What leavers wrote, told without telling who: the rules of paraphrases and quotes.

All rules are checked when something is saved, and all of them again, whole, when it is published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.comments import identifiers
from reporter.comments.decisions import Comment, Paraphrase, Quote, Side, State
from reporter.comments.faults import Broken, Fault, Warned
from reporter.comments.identifiers import Level
from reporter.records.record import Voice
from survey import plain
from survey.problems import Problem

LEAST_WRITERS = 5
SHARED = 5
"""So many words in a row that also stand in a comment are a quote in disguise."""
LONGEST_QUOTE = 200


PARAPHRASE, QUOTE = "paraphrase", "quote"
_TELLABLE = ("paraphrase", "quote")
"""The consents that let a text be told at all; the default only lets it be counted."""


def sources(state: State, theme: str, side: Side) -> list[Comment]:
    """The comments that a paraphrase of that theme and side rests on."""
    return [
        one
        for one in state.comments
        if one.side is side
        and theme in (one.themes or ())
        and one.consent in _TELLABLE
        and one.held is None
        and not one.open_stop
    ]


def writers(state: State, theme: str, side: Side) -> int:
    """At least so many different people wrote the sources.

    Nobody can tell whether two comments are one person's, so that only those on the same question
    are sure to have different writers: it is the most that any one question has.
    """
    return max(Counter(one.question for one in sources(state, theme, side)).values(), default=0)


def warnings(state: State, paraphrase: Paraphrase) -> list[Warned]:
    """What to look at before it is told; each must be acknowledged by its writer."""
    runs = {run for one in state.comments for run in _runs(one.text)}
    found = []
    for language, text in paraphrase.words.items():
        shared = next((run for run in _runs(text) if run in runs), None)
        if shared:
            found.append(Warned(language, "shared", " ".join(shared)))
        found += [
            Warned(language, hint.kind, text[hint.start : hint.end])
            for hint in identifiers.find(text)
            if hint.level is Level.LOOK
        ]
    return list(dict.fromkeys(found))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return (tuple(words[at : at + SHARED]) for at in range(len(words) - SHARED + 1))


def save(state: State, paraphrase: Paraphrase, languages: Sequence[str]) -> State:
    """Keep the paraphrase, in place of one on the same theme and side; it awaits its approver."""
    words = {language: plain.line(text) for language, text in paraphrase.words.items()}
    fresh = replace(paraphrase, words=words, approver="")
    _stop(_amiss(state, fresh, languages))
    return replace(state, paraphrases=(*_others(state, fresh), fresh))


def approve(state: State, theme: str, side: Side, approver: str, languages: Sequence[str]) -> State:
    """Somebody else than its writer stands by it too."""
    found = [one for one in state.paraphrases if (one.theme, one.side) == (theme, side)]
    if not found:
        raise Problem(f"{theme}, {side}: there is no paraphrase to approve. Write one first.")
    approved = replace(found[0], approver=approver)
    who = [] if _initials(approver) else [Fault("approver", theme, side)]
    _stop([*who, *_amiss(state, approved, languages)])
    return replace(state, paraphrases=(*_others(state, approved), approved))


def drop(state: State, theme: str, side: Side) -> State:
    """Remove the paraphrase of that theme and side."""
    kept = [one for one in state.paraphrases if (one.theme, one.side) != (theme, side)]
    return replace(state, paraphrases=tuple(kept))


def _others(state: State, paraphrase: Paraphrase) -> tuple[Paraphrase, ...]:
    return drop(state, paraphrase.theme, paraphrase.side).paraphrases


def quote(state: State, wanted: Quote) -> State:
    """Keep the quote; it awaits its second reader if it has none."""
    kept = [one for one in state.quotes if one.comment != wanted.comment]
    fresh = replace(wanted, text=plain.line(wanted.text))
    after = replace(state, quotes=(*kept, fresh))
    _stop(_amiss_quote(after, fresh))
    return after


def unquote(state: State, comment: str) -> State:
    """Quote that comment no more."""
    return replace(state, quotes=tuple(one for one in state.quotes if one.comment != comment))


def mistakes(state: State, languages: Sequence[str]) -> list[Fault]:
    """Every rule that something to be published breaks, as things stand now."""
    paraphrased = [line for one in state.paraphrases for line in _amiss(state, one, languages)]
    return paraphrased + [line for one in state.quotes for line in _amiss_quote(state, one)]


def waiting(state: State) -> list[str]:
    """What is written and will not be published, because one pair of eyes is missing."""
    unread = [
        f"{one.theme}, quote: has no second reader." for one in state.quotes if not one.reader
    ]
    return [
        f"{_at(one)}: is not approved." for one in state.paraphrases if not one.approver
    ] + unread


def voices(state: State, languages: Sequence[str]) -> tuple[Voice, ...]:
    """What may be published, or a Problem that lists every rule that is broken."""
    _stop(mistakes(state, languages))
    told = [
        _voice(one.theme, one.side, PARAPHRASE, one.words)
        for one in state.paraphrases
        if one.approver
    ]
    told += [
        _voice(
            one.theme, state.comment(one.comment).side, QUOTE, dict.fromkeys(languages, one.text)
        )
        for one in state.quotes
        if one.reader
    ]
    return tuple(sorted(told, key=lambda one: (one.theme, one.side, one.kind)))


def _voice(theme: str, side: Side, kind: str, words: Mapping[str, str]) -> Voice:
    """What is published: a file that an earlier version wrote may hold what nobody sees."""
    return Voice(theme, side, kind, {key: plain.line(text) for key, text in words.items()})


def _at(paraphrase: Paraphrase) -> str:
    return f"{paraphrase.theme}, {paraphrase.side}"


def _initials(who: str) -> str:
    return re.sub(r"[\W_]", "", who).casefold()


def _amiss(state: State, one: Paraphrase, languages: Sequence[str]) -> list[Fault]:
    return [
        replace(fault, theme=one.theme, side=one.side) for fault in _wrong(state, one, languages)
    ]


def _wrong(state: State, one: Paraphrase, languages: Sequence[str]) -> Iterator[Fault]:
    count = writers(state, one.theme, one.side)
    if count < LEAST_WRITERS:
        yield Fault("few", "", values={"n": count, "least": LEAST_WRITERS})
    for language in languages:
        if not one.words.get(language, "").strip():
            yield Fault("untold", "", values={"language": language})
    yield from _wrong_hands(one)
    if any(identifiers.stops(text) for text in one.words.values()):
        yield Fault("stop", "")
    for warning in warnings(state, one):
        if str(warning) not in one.acknowledged:
            yield Fault("warning", "", warned=warning)


def _wrong_hands(one: Paraphrase) -> Iterator[Fault]:
    """Writer and approver: two people, each named by initials."""
    if not _initials(one.writer):
        yield Fault("writer", "")
    elif _initials(one.writer) == _initials(one.approver):
        yield Fault("same", "", values={"writer": one.writer})


def _amiss_quote(state: State, one: Quote) -> list[Fault]:
    source = state.comment(one.comment)
    alike = [other for other in state.quotes if other.theme == one.theme]
    rules = {
        "consent": source.consent == QUOTE,
        "held": source.held is None,
        "open": not source.open_stop,
        "beside": one.theme in (source.themes or ()),
        "long": len(one.text) <= LONGEST_QUOTE,
        "empty": bool(one.text.strip()),
        "other": plain.line(one.text) in plain.line(source.text),
        "approver": bool(_initials(one.approver)),
        "alone": _initials(one.approver) != _initials(one.reader),
        "second": len(alike) == 1,
    }
    values = {"theme": one.theme, "longest": LONGEST_QUOTE}
    names = [
        name if name == "approver" else f"quote.{name}" for name, kept in rules.items() if not kept
    ]
    return [Fault(name, one.theme, source.side, one.comment, values) for name in names]


def _stop(faults: Sequence[Fault]) -> None:
    if faults:
        raise Broken(faults)
