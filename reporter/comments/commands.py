"""The commands for free text: reading comments, the codebook, paraphrases and quotes."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from reporter.comments import (
    codebook,
    decisions,
    moderation,
    paraphrases,
    private_file,
    uncovered,
    wordlists,
)
from reporter.comments.codebook import Codebook
from reporter.comments.decisions import Comment, Paraphrase, Quote, Side, State, Why
from reporter.host import Host
from reporter.records import archive
from reporter.working.alone import held
from survey import quarter
from survey.commands import adding
from survey.problems import Problem

Of = Callable[[argparse.Namespace], Host]
_MOST_LINES = 40


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], host: Of) -> None:
    """Add the commands; `host` gives what they work on."""
    _add_comments(adding(commands, "comments", read_comments, "reporter comments 2026-q4"))
    _add_codebook(adding(commands, "codebook", read_codebook, "reporter codebook 2026-q4"))
    example = 'reporter paraphrase 2026-q4 pay problem --text sv="..." --text en="..." --writer AB'
    _add_paraphrase(adding(commands, "paraphrase", paraphrase, example))
    _add_quote(
        adding(commands, "quote", quote, "reporter quote 2026-q4 1f3a9c02 pay --approver AB")
    )
    for name in ("comments", "codebook", "paraphrase", "quote"):
        commands.choices[name].set_defaults(host=host)


def _add_comments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quarter")
    step = parser.add_mutually_exclusive_group()
    step.add_argument("--show", metavar="ID", help="show that comment")
    step.add_argument(
        "--confirm", metavar="ID", help="its suggested themes are right, or these: --themes"
    )
    step.add_argument("--flip", metavar="ID", help="it speaks of the other side")
    step.add_argument("--hold", metavar="ID", help="keep its words back; say --why")
    step.add_argument("--release", metavar="ID", help="do not keep its words back after all")
    step.add_argument("--clear", metavar="ID", help="its stops are no address or number of anybody")
    step.add_argument("--undo", action="store_true", help="take the latest decision back")
    parser.add_argument("--themes", help="with --confirm: themes with commas, or none")
    parser.add_argument("--why", choices=list(Why), default=Why.WRITER)


def _add_codebook(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quarter")
    parser.add_argument("--not-a-theme", metavar="WORD", help="remember that it is of no theme")
    parser.add_argument(
        "--try", dest="word", metavar="WORD", help="what it would hit; say --language"
    )
    parser.add_argument("--add", metavar="THEME", help="with --try: add the word to that theme")
    parser.add_argument("--language", default="sv")


def _add_paraphrase(parser: argparse.ArgumentParser) -> None:
    for name in ("quarter", "theme"):
        parser.add_argument(name)
    parser.add_argument("side", type=Side, choices=list(Side))
    parser.add_argument("--text", action="append", default=[], metavar="LANGUAGE=TEXT")
    parser.add_argument("--writer", default="")
    parser.add_argument("--acknowledge", action="append", default=[], metavar="WARNING")
    parser.add_argument("--approve", metavar="INITIALS")
    parser.add_argument("--drop", action="store_true")


def _add_quote(parser: argparse.ArgumentParser) -> None:
    for name in ("quarter", "comment", "theme"):
        parser.add_argument(name)
    parser.add_argument("--text", help="a part of the comment (default: all of it)")
    parser.add_argument("--approver", default="")
    parser.add_argument("--reader", default="", help="the second reader")
    parser.add_argument("--drop", action="store_true")


def read_comments(options: argparse.Namespace) -> None:
    """Read a draft's comments one by one: how far it is, and the next one with what to look at."""
    host, book = _with_codebook(options)
    path = host.files.comments(quarter.parse(options.quarter))
    step = _step(options, book)
    state = _changed(host, path, step) if step else private_file.read(path)
    told = decisions.progress(state)
    print(f"{told.decided} of {told.comments} decided, {told.held} held, {told.stops} open stop(s)")
    frozen = archive.read(host.files.draft(quarter.parse(options.quarter)))
    for line in moderation.checklist(frozen, state):
        print(f"missing: {line}")
    one = state.comment(options.show) if options.show else state.next
    if one:
        print(_shown(one, book))


def _changed(host: Host, path: Path, step: Callable[[State], State]) -> State:
    """One step, while nobody publishes: a text written after that would outlive its draft."""
    with held(host.files, "a change to comments"):
        return private_file.change(path, step)


def _with_codebook(options: argparse.Namespace) -> tuple[Host, Codebook]:
    host = options.host(options)
    return host, codebook.read(host.files.project, host.questionnaire.themes)


def _step(options: argparse.Namespace, book: Codebook) -> Callable[[State], State] | None:
    steps: dict[str, Callable[[State], State]] = {
        "confirm": lambda state: _confirmed(state, options, book),
        "flip": lambda state: decisions.flip(state, options.flip),
        "hold": lambda state: decisions.hold(state, options.hold, Why(options.why)),
        "release": lambda state: decisions.hold(state, options.release, None),
        "clear": lambda state: decisions.clear(state, options.clear),
        "undo": decisions.undo,
    }
    return next((step for name, step in steps.items() if getattr(options, name)), None)


def _confirmed(state: State, options: argparse.Namespace, book: Codebook) -> State:
    suggested: Sequence[str] = book.suggested(state.comment(options.confirm).text)
    if options.themes is not None:
        suggested = [one.strip() for one in options.themes.split(",") if one.strip() != "none"]
    return decisions.confirm(state, options.confirm, suggested, book.themes)


def _shown(one: Comment, book: Codebook) -> str:
    """A comment as text: control characters in it must not move a terminal's cursor."""
    text = "".join(sign if sign.isprintable() else " " for sign in one.text)
    hits = ", ".join(f"{hit.theme} ({text[hit.start : hit.end]})" for hit in book.suggest(one.text))
    hints = ", ".join(f"{hint.level}: {text[hint.start : hint.end]}" for hint in one.hints)
    confirmed = "not yet" if one.themes is None else ", ".join(one.themes) or "none"
    rows = {
        "consent": one.consent,
        "side": one.side,
        "suggested": hits or "none",
        "confirmed": confirmed,
        "held": one.held or "no",
        "look at": hints or "nothing found, which does not mean that it is safe",
    }
    lines = [f"\n{one.id}  {one.question}", textwrap.indent(textwrap.fill(text, 90), "  "), ""]
    return "\n".join([*lines, *(f"  {name:10} {value}" for name, value in rows.items())])


def read_codebook(options: argparse.Namespace) -> None:
    """Tell what each word of the codebook hits in a draft, and which words none covers."""
    host, book = _with_codebook(options)
    state = private_file.read(host.files.comments(quarter.parse(options.quarter)))
    texts = [one.text for one in state.comments]
    project, themes = host.files.project, host.questionnaire.themes
    if options.not_a_theme:
        with held(host.files, "reporter codebook"):
            wordlists.write_not_a_theme(project, options.not_a_theme, themes)
        book = codebook.read(project, themes)
    if options.word:
        _try(options, host, book, texts)
        return
    for rate in codebook.rates(book, texts)[:_MOST_LINES]:
        print(f"{rate.comments:5} {rate.share:5.0%}  {rate.theme:14} {rate.word}")
    for word in uncovered.words(book, texts, host.policy.k)[:_MOST_LINES]:
        print(f"{word.comments:5}        covered by none  {word.word}")


def _try(options: argparse.Namespace, host: Host, book: Codebook, texts: list[str]) -> None:
    found = codebook.trial(options.word, options.language, texts)
    print(f"{options.word}: {len(found)} of {len(texts)} comments")
    if options.add:
        lists = book.themes.get(options.add)
        if lists is None:
            raise Problem(f"theme '{options.add}': there is none. Known: {', '.join(book.themes)}.")
        words = [*lists.get(options.language, ()), options.word]
        project, themes = host.files.project, host.questionnaire.themes
        with held(host.files, "reporter codebook"):
            wordlists.write_words(project, options.add, options.language, words, themes)


def paraphrase(options: argparse.Namespace) -> None:
    """Write, approve or drop what at least five wrote about a theme, in other words."""
    host = options.host(options)
    path = host.files.comments(quarter.parse(options.quarter))
    languages = host.questionnaire.languages
    _known(host, options.theme)

    def step(state: State) -> State:
        if options.drop:
            return paraphrases.drop(state, options.theme, options.side)
        if options.approve:
            at = options.theme, options.side
            return paraphrases.approve(state, *at, options.approve, languages)
        return paraphrases.save(state, _written(options), languages)

    for line in paraphrases.waiting(_changed(host, path, step)):
        print(f"waits: {line}")


def _known(host: Host, theme: str) -> None:
    known = [one.id for one in host.questionnaire.themes]
    if theme not in known:
        raise Problem(f"theme '{theme}': there is none. Known are {', '.join(known)}.")


def _written(options: argparse.Namespace) -> Paraphrase:
    words = dict(one.split("=", 1) for one in options.text if "=" in one)
    seen = tuple(options.acknowledge)
    return Paraphrase(options.theme, options.side, words, options.writer, acknowledged=seen)


def quote(options: argparse.Namespace) -> None:
    """Quote a comment whose writer consented to it, once two people have read it."""
    host = options.host(options)
    path = host.files.comments(quarter.parse(options.quarter))
    _known(host, options.theme)

    def step(state: State) -> State:
        if options.drop:
            return paraphrases.unquote(state, options.comment)
        text = options.text or state.comment(options.comment).text
        wanted = Quote(options.comment, options.theme, text, options.approver)
        return paraphrases.quote(state, replace(wanted, reader=options.reader))

    for line in paraphrases.waiting(_changed(host, path, step)):
        print(f"waits: {line}")
