"""A map: which columns of an earlier survey hold which items, in what spelling; checked whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

from reporter.history.cells import plain
from reporter.history.coding import Coded, Map, When
from reporter.history.encoding import ENCODINGS
from reporter.policy import Policy, breakdown_of
from reporter.records.record import Source
from survey import documents, quarter
from survey.problems import Complaints, Problem
from survey.questionnaire import questionnaire_of
from survey.questions import Item, Kind, Questionnaire

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_TOP = {"source", "file", "missing", "when", "tables", "same", "questions", "items", "breakdown"}
_MONTHS = re.compile(r"%[mbB]")
_YEARS = re.compile(r"%[yY]")


def read(path: Path, questionnaire: Path, policy: Policy) -> Map:
    """The map in the file, or a Problem that lists every mistake in it."""
    reader = _Reader(path.name, documents.read(path), documents.read(questionnaire))
    found = reader.map(policy)
    reader.complaints.stop()
    return found


class _Reader:
    """Walks the document once, building values and noting every mistake on the way."""

    def __init__(self, name: str, document: dict[str, Any], base: dict[str, Any]) -> None:
        self.complaints = Complaints(name)
        self.name, self.document, self.base = name, document, base
        self.complaints.unknown_keys("", document, _TOP)
        self.missing = frozenset(map(plain, self._list("missing", document))) | {""}
        self.tables = self._keys("tables", document.get("tables", {}))

    def map(self, policy: Policy) -> Map:
        asked = self._questionnaire()
        file = self._keys("file", self.document.get("file", {}))
        self.complaints.unknown_keys("file", file, {"encoding", "delimiter"})
        own = self.document.get("breakdown")
        breakdown = breakdown_of(self.complaints, own, asked)
        return Map(
            self.name,
            self._source(asked.languages),
            self._among("file: encoding", file.get("encoding", ""), ("", *ENCODINGS)),
            DELIMITERS.get(self._among("file: delimiter", file.get("delimiter", ""), _MARKS), ""),
            self._when(),
            asked,
            replace(policy, breakdown=breakdown),
            self._coded(asked),
        )

    def _questionnaire(self) -> Questionnaire:
        """The project's own lists, with the map's questions, and those asked in the same words."""
        own = self._keys("questions", self.document.get("questions", {}))
        same = self._list("same", self.document)
        asked = [item for section in self.base["sections"] for item in section["items"]]
        kept = [item for item in asked if item.get("id") in same]
        for ident in sorted(set(same) - {item.get("id") for item in kept}):
            self._say("same", f"names '{ident}'", "It is no item of the questionnaire.")
        again = [{"id": "same", **_UNWORDED, "items": kept}] if kept else []
        sections = [*again, *self._list("sections", own)]
        try:
            return questionnaire_of({**self.base, **own, "sections": sections}, self.name)
        except Problem as problem:
            raise Problem(*self.complaints.messages, *problem.messages) from None

    def _source(self, languages: tuple[str, ...]) -> Source:
        raw = self._keys("source", self.document.get("source"))
        self.complaints.unknown_keys("source", raw, {"name", "licence"})
        texts = {
            key: self._texts(f"source: {key}", raw.get(key), languages)
            for key in ("name", "licence")
        }
        return Source(**texts)

    def _texts(self, place: str, raw: object, languages: tuple[str, ...]) -> dict[str, str]:
        texts = raw if isinstance(raw, dict) else {}
        for language in languages:
            if not texts.get(language):
                self._say(place, f"has no text in '{language}'", f"Add `{language}:` under it.")
        return {language: str(texts.get(language, "")) for language in languages}

    def _when(self) -> When:
        if self.document.get("when") == "unstated":
            return When()
        raw = self._keys("when", self.document.get("when"))
        if "quarter" in raw:
            return self._whole(raw)
        self.complaints.unknown_keys("when", raw, {"column", "format", "undated"})
        if not raw.get("column"):
            mend = "Name the column of dates, or write `when: unstated`."
            self._say("when", "names no column", mend)
        form = str(raw.get("format", ""))
        if form and not (_MONTHS.search(form) and _YEARS.search(form)):
            mend = "Write a month and a year, as %m/%Y; named quarters and years need no format."
            self._say("when", f"has `format: {form}`", mend)
        undated = frozenset(map(plain, self._list("undated", raw))) | self.missing
        return When(str(raw.get("column", "")), form, undated)

    def _whole(self, raw: Mapping[str, Any]) -> When:
        self.complaints.unknown_keys("when", raw, {"quarter", "stated"})
        stated = str(raw.get("stated", "")).strip()
        if not stated:
            mend = "Under `stated:`, write where the survey's papers say that all answered in it."
            self._say("when", "gives a quarter on nobody's word", mend)
        try:
            return When(quarter=quarter.parse(str(raw["quarter"])), stated=stated)
        except Problem as problem:
            self._say("when: quarter", "cannot be read", problem.messages[0])
            return When()

    def _coded(self, asked: Questionnaire) -> tuple[Coded, ...]:
        raw = self._keys("items", self.document.get("items"))
        needed = [item.id for item in asked.items.values() if not item.under]
        for ident in needed:
            if ident not in raw:
                self._say(f"items: {ident}", "is missing", "Name the column of each question.")
        self.complaints.unknown_keys("items", raw, asked.items)
        return tuple(self._one(asked.items[one], raw[one]) for one in raw if one in asked.items)

    def _one(self, item: Item, value: object) -> Coded:
        place = f"items: {item.id}"
        raw = self._keys(place, value)
        match item.kind:
            case Kind.MANY:
                return self._ticks(place, item, raw)
            case Kind.ONE | Kind.SCALE | Kind.TEXT:
                return self._column(place, item, raw)
            case _:
                assert_never(item.kind)

    def _column(self, place: str, item: Item, raw: Mapping[str, Any]) -> Coded:
        self.complaints.unknown_keys(place, raw, {"column", "values", "other"})
        if not raw.get("column"):
            self._say(
                place, "names no column", "Add `column:` with the words of the file's header."
            )
        values = self._spellings(place, item, raw)
        none = self.missing | frozenset(map(plain, self._list("other", raw)))
        return Coded(item, ((str(raw.get("column", "")), ""),), values, none)

    def _spellings(self, place: str, item: Item, raw: Mapping[str, Any]) -> dict[str, str]:
        """What the column's spellings stand for; a text may say anything."""
        match item.kind:
            case Kind.TEXT:
                return {}
            case Kind.SCALE:
                self._check_length(place, item)
            case Kind.ONE | Kind.MANY:
                pass
            case _:
                assert_never(item.kind)
        return self._values(place, item, raw.get("values"))

    def _check_length(self, place: str, scale: Item) -> None:
        if len(scale.choices) not in _TOLD:
            what = f"is a scale of {len(scale.choices)} points"
            self._say(place, what, "Only 5 and 0-10 are told as a scale. Write `kind: one`.")

    def _ticks(self, place: str, item: Item, raw: Mapping[str, Any]) -> Coded:
        self.complaints.unknown_keys(place, raw, {"ticks", "yes", "no"})
        ticks = self._keys(f"{place}, ticks", raw.get("ticks"))
        self.complaints.unknown_keys(f"{place}, ticks", ticks, _ids(item))
        columns = [
            (str(column), answer)
            for answer, names in ticks.items()
            for column in (names if isinstance(names, list) else [names])
        ]
        values = {plain(one): "yes" for one in self._list("yes", raw)}
        if not values:
            self._say(place, "has no list `yes`", "Write how the file marks a tick: [TRUE].")
        none = self.missing | frozenset(map(plain, self._list("no", raw)))
        return Coded(item, tuple(columns), values, none)

    def _values(self, place: str, item: Item, raw: object) -> dict[str, str]:
        """The item's value table, written under it or named from `tables`."""
        table = self.tables.get(raw, {}) if isinstance(raw, str) else raw
        values = self._keys(f"{place}, values", table)
        for value, ident in values.items():
            if ident not in _ids(item):
                known = ", ".join(_ids(item))
                self._say(f"{place}, values", f"gives '{ident}' for '{value}'", f"Known: {known}.")
        if len({plain(value) for value in values}) < len(values):
            self._say(
                f"{place}, values", "has a value twice, but for its case or blanks", "Keep one."
            )
        return {plain(value): str(ident) for value, ident in values.items()}

    def _among(self, place: str, raw: object, known: tuple[str, ...]) -> str:
        if raw in known:
            return str(raw)
        self._say(place, f"is '{raw}'", f"Write one of {', '.join(filter(None, known))}.")
        return ""

    def _say(self, place: str, what: str, mend: str) -> None:
        self.complaints.say(place, what, mend)

    def _keys(self, place: str, raw: object) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        self._say(place, "holds no keys", "Indent `key: value` lines under it.")
        return {}

    def _list(self, key: str, raw: Mapping[str, Any]) -> list[Any]:
        found = raw.get(key, [])
        if isinstance(found, list):
            return found
        self._say(key, "is no list", f"Write `{key}: [one, another]`.")
        return []


_MARKS = ("", *DELIMITERS)
_TOLD = (5, 11)
"""The lengths of scales that the pages have words for."""
_UNWORDED = {"sv": "-", "en": "-"}


def _ids(item: Item) -> list[str]:
    return [choice.id for choice in item.choices]
