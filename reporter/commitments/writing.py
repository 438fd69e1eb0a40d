"""Writes a commitment as its Markdown file, and changes no line that it is not asked to change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from reporter.commitments import published, reading
from reporter.commitments.commitment import Commitment, Step, snapshot
from reporter.records import Record
from survey import documents, durable
from survey.questions import Questionnaire

_FRONT = re.compile(r"---\n(.*?\n)---\s*", re.DOTALL)
_KEY = re.compile(r"([a-z]+):")
_WIDTH = 100


class _Indented(yaml.SafeDumper):
    """Lists stand a step in from their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def save(
    one: Commitment, folder: Path, questionnaire: Questionnaire, past: Sequence[Record]
) -> Path:
    """Write the commitment whole or not at all, or a Problem with everything that is amiss.

    What is about to be written is read back by the very check that a draft makes.
    """
    path = folder / f"{one.id}.md"
    written = text(one, documents.text_of(path) if path.exists() else "")
    _check(written, path.name, questionnaire, past)
    folder.mkdir(parents=True, exist_ok=True)
    durable.write(path, written)
    return path


def _check(written: str, name: str, questionnaire: Questionnaire, past: Sequence[Record]) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, name).write_text(written, encoding="utf-8")
        (read,) = reading.read(Path(folder), questionnaire)
    told = [old for record in past for old in record.commitments if old["id"] == read.id]
    published.check_history([read], told)


def text(one: Commitment, before: str = "") -> str:
    """The file's text. `before` is what it held: its comments, order and line breaks are kept."""
    front = _FRONT.fullmatch(before)
    blocks = dict(_blocks(front[1])) if front else {}
    old = documents.parse(front[1], f"{one.id}.md") if front else {}
    new = _values(one)
    order = _order(list(blocks), list(new))
    parts = [_part(key, blocks.get(key, ""), old.get(key), new[key]) for key in order]
    return "---\n" + "".join(parts) + "---\n"


def _blocks(front: str) -> Iterable[tuple[str, str]]:
    """Each key with its lines; a comment above a key belongs to it."""
    key, lines, waiting = "", "", ""
    for line in front.splitlines(keepends=True):
        found = _KEY.match(line)
        if found:
            if key:
                yield key, lines
            key, lines, waiting = found[1], waiting + line, ""
        elif line.startswith("#"):
            waiting += line
        else:
            lines, waiting = lines + waiting + line, ""
    yield key, lines + waiting


def _order(had: list[str], wanted: list[str]) -> list[str]:
    """The order of the file, with what is new before the history."""
    order = [key for key in had if key in wanted]
    missing = [key for key in wanted if key not in order]
    at = order.index("history") if "history" in order else len(order)
    return [*order[:at], *missing, *order[at:]]


def _part(key: str, block: str, old: object, new: object) -> str:
    if block and _plain(old) == _plain(new):
        return block
    if key == "history" and isinstance(old, list) and isinstance(new, list):
        indent = re.match(r"(?:#.*\n)*history:\s*\n( *)- ", block)
        if indent and _plain(old) == _plain(new[: len(old)]):
            return block + _lines(new[len(old) :], indent[1])
    comments = re.match(r"(?:#.*\n)*", block)
    return (comments[0] if comments else "") + _dump({key: new})


def _lines(steps: list[Any], indent: str) -> str:
    return "".join(indent + line for line in _dump(steps, len(indent)).splitlines(keepends=True))


def _dump(value: object, less: int = 0) -> str:
    return str(
        yaml.dump(value, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=_WIDTH - less)
    )


def _plain(value: object) -> object:
    """The value as the reader of these files sees it: text, without blanks around it."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value).strip()


def _values(one: Commitment) -> dict[str, Any]:
    """The keys of the file in the order people read them, with numbers and days as such."""
    told = snapshot(one)
    history = [
        {"date": step.date, "status": str(step.status), **step.words} for step in one.history
    ]
    values = {**told, "made": one.made, "due": one.due, "history": history}
    order = ("title", "theme", "goal", "measure", "owner", "made", "due", "status", "reason")
    optional = ("reason", "history")
    keys = (*order, "history")
    return {key: values[key] for key in keys if values[key] or key not in optional}


def lengthened(one: Commitment, step: Step) -> Commitment:
    """The commitment with a line more, whose status it takes; the last line again is no other."""
    if one.history[-1:] == (step,):
        return one
    return replace(one, history=(*one.history, step), status=step.status)
