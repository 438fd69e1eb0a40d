"""site/commitments: reads and checks each promise, and guards what was published of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, assert_never

from reporter.commitments.commitment import (
    Commitment,
    Measure,
    Status,
    Step,
)
from reporter.records.findings import FAVOURABLE, NEUTRAL, REASONS, UNFAVOURABLE
from survey import documents, plain
from survey.problems import Complaints, Problem
from survey.questions import BREAKDOWNS, Item, Kind, Questionnaire, Texts


def read(folder: Path, questionnaire: Questionnaire) -> tuple[Commitment, ...]:
    """Every commitment in the folder by id, or a Problem with every mistake in every file."""
    readers = [_Reader(path, questionnaire) for path in sorted(folder.glob("*.md"))]
    found = [reader.commitment() for reader in readers]
    messages = [message for reader in readers for message in reader.complaints.messages]
    if messages:
        raise Problem(*messages)
    return tuple(one for one in found if one)


_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_FRONT = re.compile(r"---\n(.*?\n)---\s*?\n?(.*)", re.DOTALL)
_KEYS = (
    "title", "theme", "goal", "measure", "owner", "made", "due", "status", "reason", "history",
)  # fmt: skip
_DAY = "Write a day as 2026-11-30."


class _Reader:
    """Walks one file, building the commitment and noting every mistake on the way."""

    def __init__(self, path: Path, questionnaire: Questionnaire) -> None:
        self.id = path.stem
        self.complaints = Complaints(path.name)
        self.questionnaire = questionnaire
        self.fields = self._fields(path)

    def commitment(self) -> Commitment | None:
        if not self.fields:
            return None
        self.complaints.unknown_keys("", self.fields, _KEYS)
        found = Commitment(
            id=self.id,
            title=self._texts("title"),
            theme=self._theme(),
            goal=self._texts("goal"),
            measure=self._measure(),
            owner=self._owner(),
            made=self._day("made", self.fields),
            due=self._day("due", self.fields),
            status=self._status("status", self.fields),
            reason=self._texts("reason") if "reason" in self.fields else {},
            history=self._history(),
        )
        self._check_days(found)
        self._check_status(found)
        return found

    def _fields(self, path: Path) -> dict[str, Any]:
        if not _ID.fullmatch(self.id):
            self._say("", "has a name that is no id", "Use a-z, 0-9 and - before `.md`.")
        try:
            front = _FRONT.fullmatch(documents.text_of(path))
            if front and front[2].strip():
                self._say(
                    "", "has text below the second ---", "No page shows it: move it to `goal`."
                )
            if front:
                return documents.parse(front[1], path.name)
            self._say("", "does not begin with keys between two lines of ---", "Put them there.")
        except Problem as problem:
            self.complaints.messages += problem.messages
        return {}

    def _say(self, place: str, what: str, mend: str) -> None:
        self.complaints.say(place, what, mend)

    def _texts(self, key: str) -> Texts:
        raw = self._mapping(key)
        self.complaints.unknown_keys(f"`{key}`", raw, self.questionnaire.languages)
        return self._words(f"`{key}`", raw)

    def _words(self, place: str, raw: Mapping[str, Any]) -> Texts:
        words = {}
        for language in self.questionnaire.languages:
            text = raw.get(language)
            words[language] = plain.text(text) if isinstance(text, str) else ""
            if not words[language]:
                self._say(place, f"has no text in '{language}'", f"Add `{language}:` under it.")
        return words

    def _owner(self) -> Texts:
        owner = self._texts("owner")
        if any("@" in text for text in owner.values()):
            self._say("`owner`", "holds an address", "Write a role, such as HR manager.")
        return owner

    def _theme(self) -> str:
        theme = str(self.fields.get("theme", ""))
        known = [choice.id for choice in self.questionnaire.themes]
        if theme not in known:
            self._say("`theme`", f"is '{theme}'", f"Use one of {', '.join(known)}.")
        return theme

    def _measure(self) -> Measure:
        raw = self._mapping("measure")
        names = ("question", "answer", "baseline", "target")
        self.complaints.unknown_keys("`measure`", raw, names)
        question, answer = str(raw.get("question", "")), str(raw.get("answer", ""))
        self._check_measured(question, answer)
        baseline, target = self._percent(raw, "baseline"), self._percent(raw, "target")
        if baseline == target and "target" in raw:
            self._say("`measure`", "has its target at its baseline", "Say where it is to go.")
        return Measure(question, answer, baseline, target)

    def _check_measured(self, question: str, answer: str) -> None:
        known = measurable(self.questionnaire)
        if question not in known:
            self._say(
                "`measure`", f"has the question '{question}'", f"Use one of {', '.join(known)}."
            )
        elif answer not in known[question]:
            answers = ", ".join(known[question])
            self._say("`measure`", f"has the answer '{answer}'", f"Use one of {answers}.")

    def _percent(self, raw: Mapping[str, Any], key: str) -> int:
        text = raw.get(key)
        if isinstance(text, str) and re.fullmatch(r"\d{1,2}|100", text):
            return int(text)
        self._say(f"`measure`, `{key}`", f"is '{text}'", "Write a whole per cent from 0 to 100.")
        return 0

    def _day(self, key: str, fields: Mapping[str, Any]) -> date:
        text = str(fields.get(key, ""))
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                return date.fromisoformat(text)
        except ValueError:
            pass  # 2026-02-30 looks like a day and is none; told below
        self._say(f"`{key}`", f"is '{text}'", _DAY)
        return date.min

    def _status(self, key: str, fields: Mapping[str, Any]) -> Status:
        text = fields.get(key)
        if text in list(Status):
            return Status(text)
        self._say(f"`{key}`", f"is '{text}'", f"Use one of {', '.join(Status)}.")
        return Status.PLANNED

    def _history(self) -> tuple[Step, ...]:
        raw = self.fields.get("history", [])
        if not isinstance(raw, list) or not all(isinstance(line, dict) for line in raw):
            self._say("`history`", "is no list of lines", "Begin each with `- date:`.")
            return ()
        return tuple(self._line(number, fields) for number, fields in enumerate(raw, start=1))

    def _line(self, number: int, fields: Mapping[str, Any]) -> Step:
        place = f"`history`, line {number},"
        known = {"date", "status", *self.questionnaire.languages}
        self.complaints.unknown_keys(place, fields, known)
        words = self._words(place, fields)
        return Step(self._day("date", fields), self._status("status", fields), words)

    def _check_days(self, found: Commitment) -> None:
        if date.min not in (found.made, found.due) and found.due <= found.made:
            self._say("`due`", "is not after `made`", "Give the promise time to be kept.")
        days = [step.date for step in found.history]
        if days != sorted(days):
            self._say("`history`", "is not in the order of its dates", "Put the oldest first.")
        if days and min(days) < found.made and date.min not in days:
            self._say("`history`", "begins before `made`", "Mend the date that is wrong.")

    def _check_status(self, found: Commitment) -> None:
        said = found.history[-1].status if found.history else Status.PLANNED
        if said is not found.status:
            mend = "Add a line to `history` that says what happened."
            self._say("`status`", f"is {found.status} and the history says {said}", mend)
        if found.status is Status.DROPPED and "reason" not in self.fields:
            self._say("", "is dropped without a `reason`", "Say why, in each language.")
        if found.status is not Status.DROPPED and "reason" in self.fields:
            self._say("`reason`", "stands where nothing was dropped", "Remove it.")

    def _mapping(self, key: str) -> dict[str, Any]:
        raw = self.fields.get(key)
        if isinstance(raw, dict):
            return raw
        self._say(f"`{key}`", "is missing or holds no keys", "Indent `key: value` lines under it.")
        return {}


def measurable(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Question → answers whose share a record can show for everyone."""
    found = {REASONS: [choice.id for choice in questionnaire.reasons]}
    for item in questionnaire.items.values():
        if item.id not in BREAKDOWNS and (answers := _measures(item)):
            found[item.id] = answers
    return found


def _measures(item: Item) -> list[str]:
    match item.kind:
        case Kind.ONE | Kind.MANY:
            return [choice.id for choice in item.choices]
        case Kind.SCALE:
            return [FAVOURABLE, NEUTRAL, UNFAVOURABLE]
        case Kind.TEXT:
            return []
        case _:
            assert_never(item.kind)
