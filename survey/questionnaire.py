"""Reads questionnaire.yaml and checks it whole: every mistake is told at once, with its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

from survey import documents, worded
from survey.problems import Complaints
from survey.questions import (
    LANGUAGES,
    PAGES,
    SIDES,
    Choice,
    Item,
    Kind,
    Questionnaire,
    Section,
    Texts,
    default_side,
)


def read_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire in the file, or a Problem that lists every mistake in it."""
    return questionnaire_of(documents.read(path), path.name)


def questionnaire_of(document: dict[str, Any], name: str) -> Questionnaire:
    """The questionnaire in a document already read; `name` is its file's, for messages."""
    reader = _Reader(name, document)
    questionnaire = reader.questionnaire()
    reader.complaints.stop()
    return questionnaire


_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")


_TOP = {"languages", "groups", "themes", "reasons", "scales", "follow_up", "sections"}


_RESERVED = re.compile(r"token|receipt|lang|do|page|consent_.*|reasons")
"""Field names of the form itself, and the name of the derived question."""


_OURS = ("wrote", "sum", "unfavourable", "neutral", "favourable")
"""Ids under which records keep how many wrote, a mean, and the classes of a scale."""
_MOST_AREAS = 8


_LONGEST = 2000


def _keys(kind: Kind) -> set[str]:
    """What stands under an item of that kind, beside its id, kind, page and words."""
    match kind:
        case Kind.ONE:
            return {"answers"}
        case Kind.MANY:
            return {"answers", "most"}
        case Kind.SCALE:
            return {"points", "theme", "low", "high"}
        case Kind.TEXT:
            return {"limit", "side"}
        case _:
            assert_never(kind)


class _Reader:
    """Walks the document once, building values and noting every mistake on the way."""

    def __init__(self, name: str, document: dict[str, Any]) -> None:
        self.complaints = Complaints(name)
        self.document = document
        self.ids: set[str] = set()
        self.complaints.unknown_keys("", document, _TOP)
        self.languages = self._languages()
        self.groups = self._choices("groups", "groups", ())
        group_ids = {group.id for group in self.groups}
        self.themes = self._choices("themes", "themes", ("group",), group_ids)
        other = self._choices("reasons", "reasons", ("group",), group_ids)
        self.reasons = self.themes + other

    def questionnaire(self) -> Questionnaire:
        sections = tuple(
            self._section(number, raw)
            for number, raw in enumerate(self._list("", self.document, "sections"), start=1)
        )
        return Questionnaire(self.languages, self.groups, self.reasons, self.themes, sections)

    def _languages(self) -> tuple[str, ...]:
        languages = tuple(str(one) for one in self._list("", self.document, "languages"))
        for language in languages:
            if language not in LANGUAGES:
                self.complaints.say(
                    "languages", f"names '{language}'", f"Known are {', '.join(LANGUAGES)}."
                )
        return languages

    def _section(self, number: int, raw: object) -> Section:
        place = f"section {number}"
        fields = self._mapping(place, raw)
        place = f"section '{fields.get('id', number)}'"
        self.complaints.unknown_keys(place, fields, {"id", "items", *LANGUAGES})
        items: list[Item] = []
        for raw_item in self._list(place, fields, "items"):
            items += self._item(place, raw_item)
        return Section(str(fields.get("id", number)), self._texts(place, fields), tuple(items))

    def _item(self, section: str, raw: object) -> list[Item]:
        fields = self._mapping(f"an item of {section}", raw)
        ident = str(fields.get("id", ""))
        place = f"item '{ident}'"
        self._new_id(place, ident)
        if fields.get("kind") not in list(Kind):
            kinds = ", ".join(Kind)
            self.complaints.say(
                place, f"is of kind '{fields.get('kind')}'", f"Write `kind:` one of {kinds}."
            )
            return []
        kind = Kind(fields["kind"])
        known = {"id", "kind", "page", *LANGUAGES, *_keys(kind)}
        self.complaints.unknown_keys(place, fields, known)
        first, *rest = self._built(place, ident, kind, fields)
        return [replace(first, page=self._one_of(place, fields, "page", PAGES)), *rest]

    def _built(self, place: str, ident: str, kind: Kind, fields: dict[str, Any]) -> list[Item]:
        words = self._texts(place, fields)
        self._check_told(place, words)
        match kind:
            case Kind.TEXT:
                side = self._one_of(place, fields, "side", SIDES) or default_side(ident)
                limit = self._number(place, fields, "limit")
                return [Item(ident, kind, words, limit=limit, side=side)]
            case Kind.SCALE:
                return self._scale(place, ident, words, fields)
            case Kind.MANY:
                most = self._number(place, fields, "most")
                return [Item(ident, kind, words, self._answers(place, ident, fields), most)]
            case Kind.ONE:
                return [Item(ident, kind, words, self._answers(place, ident, fields))]
            case _:
                assert_never(kind)

    def _scale(self, place: str, ident: str, words: Texts, fields: dict[str, Any]) -> list[Item]:
        """A scale, and under a scale of a theme the follow-up text that low ratings open."""
        theme = str(fields.get("theme", ""))
        if theme and theme not in {known.id for known in self.themes}:
            self.complaints.say(
                place, f"names the theme '{theme}'", "Use an id that stands under `themes`."
            )
        ends = tuple(
            self._texts(f"{place}, {end}", self._mapping(place, fields[end]))
            for end in ("low", "high")
            if end in fields
        )
        scale = Item(ident, Kind.SCALE, words, self._points(place, fields), theme=theme, ends=ends)
        return [scale, self._follow_up(theme, ident)] if theme else [scale]

    def _follow_up(self, theme: str, under: str) -> Item:
        fields = self._mapping("follow_up", self.document.get("follow_up"))
        ident = f"follow_{theme}"
        self._new_id(f"item '{under}'", ident)
        limit = self._number("follow_up", fields, "limit")
        words = self._texts("follow_up", fields)
        return Item(ident, Kind.TEXT, words, limit=limit, theme=theme, under=under, side="problem")

    def _points(self, place: str, fields: dict[str, Any]) -> tuple[Choice, ...]:
        """The named scale's points, or those of a range such as `0-10`."""
        points = str(fields.get("points", ""))
        span = re.fullmatch(r"(\d{1,2})-(\d{1,2})", points)
        if span:
            numbers = range(int(span[1]), int(span[2]) + 1)
            return tuple(Choice(str(n), dict.fromkeys(self.languages, str(n))) for n in numbers)
        scales = self._mapping("scales", self.document.get("scales"))
        if points not in scales:
            self.complaints.say(
                place, f"has the points '{points}'", "Use a scale under `scales`, or a span: 0-10."
            )
            return ()
        return self._choices_in(f"scale '{points}'", scales[points], ())

    def _answers(self, place: str, ident: str, fields: dict[str, Any]) -> tuple[Choice, ...]:
        if fields.get("answers") == "reasons":
            return self.reasons
        answers = self._choices_in(f"{place}, answers", fields.get("answers"), ())
        self._check_worded(f"{place}, answers", answers)
        if len(answers) < 2:
            self.complaints.say(place, "has fewer than two answers", "Add them under `answers:`.")
        if ident == "area" and len(answers) > _MOST_AREAS:
            self.complaints.say(
                place, f"lists {len(answers)} areas", f"Join them to at most {_MOST_AREAS}."
            )
        return answers

    def _choices(
        self, place: str, key: str, more: tuple[str, ...], groups: set[str] | None = None
    ) -> tuple[Choice, ...]:
        choices = self._choices_in(place, self.document.get(key), more)
        self._check_worded(place, choices)
        for choice in choices:
            if groups is not None and choice.group not in groups:
                self.complaints.say(
                    f"{place} '{choice.id}'",
                    f"is in the group '{choice.group}'",
                    "Use an id that stands under `groups`.",
                )
        return choices

    def _check_worded(self, place: str, choices: tuple[Choice, ...]) -> None:
        """A bare number could not be told from a figure on a page, nor by whoever reads it."""
        self._check_apart(place, choices)
        for choice in choices:
            here = f"{place} '{choice.id}'"
            if choice.id.isdigit():
                self.complaints.say(
                    here, "has a number for an id", f"Write a letter first: a{choice.id}."
                )
            if choice.id in _OURS:
                mend = f"It is a word of the records. Write another: {choice.id}-1."
                self.complaints.say(here, f"has the id {choice.id}", mend)
            self._check_told(here, choice.words)

    def _check_apart(self, place: str, choices: tuple[Choice, ...]) -> None:
        """Two answers in the same words: nobody could tell which was meant, nor which was told."""
        for language in self.languages:
            seen: dict[str, str] = {}
            for choice in choices:
                text = " ".join(choice.words.get(language, "").casefold().split())
                first = seen.setdefault(text, choice.id)
                if text and first != choice.id:
                    what = f"is worded as '{first}' is, “{choice.words[language]}”"
                    self.complaints.say(f"{place} '{choice.id}'", what, "Word each by itself.")

    def _check_told(self, here: str, words: Texts) -> None:
        for text in words.values():
            if text and not any(map(str.isalpha, text)):
                mend = f"Say what it is a number of, as in “{text} years”."
                self.complaints.say(here, f"is worded “{text}”, without a word", mend)
            elif worded.figure(text):
                mend = "Say what it is, so that nobody takes it for a count of answers."
                self.complaints.say(here, f"is worded “{text}”, as a figure is", mend)
            elif sign := worded.markup(text):
                what = f"is worded “{text}”: a browser may take “{sign}” for more than a sign"
                self.complaints.say(here, what, "Write it in words.")

    def _choices_in(self, place: str, raw: object, more: tuple[str, ...]) -> tuple[Choice, ...]:
        choices = []
        for ident, value in self._mapping(place, raw).items():
            here = f"{place} '{ident}'"
            fields = self._mapping(here, value)
            self.complaints.unknown_keys(here, fields, {*LANGUAGES, *more})
            self._check_id(here, ident)
            choices.append(Choice(ident, self._texts(here, fields), str(fields.get("group", ""))))
        return tuple(choices)

    def _texts(self, place: str, fields: Mapping[str, Any]) -> Texts:
        texts = {}
        for language in self.languages:
            text = fields.get(language, "")
            texts[language] = text.strip() if isinstance(text, str) else ""
            if not texts[language]:
                mend = f"Add `{language}:` under it, or remove {language} from `languages`."
                self.complaints.say(place, f"has no text in '{language}'", mend)
        return texts

    def _one_of(
        self, place: str, fields: Mapping[str, Any], key: str, known: tuple[str, ...]
    ) -> str:
        if key not in fields:
            return ""
        if key == "page" and fields.get("theme"):
            self.complaints.say(place, "names a page", "Remove `page:`: its theme has its own.")
        if fields[key] in known:
            return str(fields[key])
        what = f"has `{key}: {fields[key]}`"
        self.complaints.say(place, what, f"Write one of {', '.join(known)}.")
        return ""

    def _number(self, place: str, fields: Mapping[str, Any], key: str) -> int:
        raw = fields.get(key)
        if isinstance(raw, str) and raw.isdecimal() and 1 <= int(raw) <= _LONGEST:
            return int(raw)
        self.complaints.say(
            place, f"has `{key}: {raw}`", f"Write a whole number from 1 to {_LONGEST}."
        )
        return 1

    def _new_id(self, place: str, ident: str) -> None:
        self._check_id(place, ident)
        if _RESERVED.fullmatch(ident):
            self.complaints.say(place, "has a name that the system uses itself", "Take another id.")
        if ident in self.ids:
            self.complaints.say(place, "stands twice", "Ids are for ever: give one another id.")
        self.ids.add(ident)

    def _check_id(self, place: str, ident: str) -> None:
        if not _ID.fullmatch(ident):
            mend = "Use 1 to 31 of a-z, 0-9, - and _, beginning with a letter or digit."
            self.complaints.say(place, f"has the id '{ident}'", mend)

    def _mapping(self, place: str, raw: object) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        self.complaints.say(place, "holds no keys", "Indent `key: value` lines under it.")
        return {}

    def _list(self, place: str, fields: Mapping[str, Any], key: str) -> list[Any]:
        raw = fields.get(key)
        if isinstance(raw, list) and raw:
            return raw
        self.complaints.say(place, f"has no list `{key}`", f"Add `{key}:` with at least one entry.")
        return []
