"""Every chart held to the record: each shape that it draws, worked out a second time.

A chart drawn from exact counts under honest words tells the counts to whoever measures it. Where
the drawing changes on purpose, it changes here too; `layout` has the shapes of each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from reporter.audit import layout
from reporter.audit.geometry import Drawing, Label, Shape
from reporter.audit.layout import Range
from reporter.audit.sources import fold
from reporter.audit.views import View
from reporter.records import Asked, Finding, Record
from reporter.records.findings import CLASSES, FAVOURABLE, REASONS
from survey.questions import Kind

_Told = TypeVar("_Told")

WHAT = "is drawn otherwise than its record tells"


@dataclass(frozen=True)
class Charts:
    """The charts that an edition may show; `views` are of its own record and those before it."""

    views: Sequence[View]
    language: str

    def faults(self, drawing: Drawing) -> Iterator[tuple[str, str]]:
        """What the drawing shows that no record explains: (which figure of it, what is wrong)."""
        expected = self._expected(drawing)
        if expected is None:
            yield drawing.name, "is a drawing that no record explains"
            return
        left = list(expected)
        for one in drawing.shapes:
            found = next((other for other in left if one.like(other)), None)
            if found:
                left.remove(found)
            elif not layout.hatched(one, expected):
                yield _named(drawing, one), WHAT
                return
        missing = [one for one in left if one.paint != layout.UNTOLD]
        for one in missing[:1]:
            yield _named(drawing, one), WHAT

    def _expected(self, drawing: Drawing) -> list[Shape] | None:
        kinds: Mapping[str, Callable[[Drawing, str], Iterator[Shape] | None]] = {
            "people": self._people,
            "priorities": self._priorities,
            "ratings": self._ratings,
            "top-": self._top,
            "q-": self._question,
            "ratings-": self._block,
            "theme-": self._theme,
            "promise-": self._promise,
            "rating-lines": self._lines,
            "reason-lines": self._lines,
        }
        name = drawing.name
        for begin, kind in kinds.items():
            if name == begin or (begin.endswith("-") and name.startswith(begin)):
                shapes = kind(drawing, name.removeprefix(begin))
                return None if shapes is None else list(shapes)
        return None

    @property
    def _now(self) -> Record:
        return self.views[-1].record

    @property
    def _view(self) -> View:
        return self.views[-1]

    # Shares

    def _people(self, _: Drawing, __: str) -> Iterator[Shape]:
        answered = min(self._now.answered, self._now.issued)
        return layout.people(answered, self._now.issued)

    def _top(self, drawing: Drawing, name: str) -> Iterator[Shape] | None:
        if name == REASONS:
            return self._bars(drawing, self._answers(REASONS))
        rated = self._first_rated()
        named = {key: self._view.company(rated[key], FAVOURABLE) for key in rated}
        return self._bars(drawing, {self._theme_of(key): one for key, one in named.items() if one})

    def _first_rated(self) -> dict[str, str]:
        """Theme, in the order of themes → the first scale that rates it."""
        scales = {one.theme: one.id for one in reversed(self._rated())}
        return {theme: scales[theme] for theme in self._themes if theme in scales}

    def _question(self, drawing: Drawing, name: str) -> Iterator[Shape] | None:
        asked = self._now.question(name)
        if asked is None:
            return None
        if asked.kind is not Kind.SCALE:
            return self._bars(drawing, self._answers(name))
        blocks = [one for one in self._now.blocks if one.breakdown == asked.breakdown]
        parts = [self._part(asked, one.id) for one in blocks] if len(blocks) > 1 else []
        return layout.split([self._company(asked), *parts])

    def _answers(self, question: str) -> dict[str, Finding]:
        asked = self._now.question(question)
        found = {
            answer.words.get(self.language, ""): self._view.company(question, answer.id)
            for answer in (asked.answers if asked else ())
        }
        return {words: one for words, one in found.items() if one}

    def _bars(self, drawing: Drawing, known: Mapping[str, Finding]) -> Iterator[Shape] | None:
        """Rows as listed or by their figures: what each may show is told by its label."""
        found = [_called(label, known) for label in drawing.rows("label")]
        told = [one for one in found if one]
        right = len(told) == len(found) and _ranked(told, list(known.values()))
        return layout.bars([one.shares for one in told]) if right else None

    def _rated(self) -> list[Asked]:
        return [one for one in self._now.asked if one.kind.rated and one.theme]

    def _ratings(self, drawing: Drawing, _: str) -> Iterator[Shape] | None:
        return self._split(drawing, self._rated(), self._company)

    def _block(self, drawing: Drawing, block: str) -> Iterator[Shape] | None:
        cut = [one for one in self._rated() if one.breakdown == "area"]
        return self._split(drawing, cut, lambda asked: self._part(asked, block))

    def _split(
        self, drawing: Drawing, rows: Sequence[Asked], told: Callable[[Asked], list[Range] | None]
    ) -> Iterator[Shape] | None:
        names = [self._theme_of(one.theme) for one in rows]
        labels = drawing.rows("label")
        right = len(names) == len(labels) and all(map(_is, labels, names))
        return layout.split([told(one) for one in rows]) if right else None

    def _company(self, asked: Asked) -> list[Range] | None:
        return _three([self._view.company(asked.id, one) for one in CLASSES])

    def _part(self, asked: Asked, block: str) -> list[Range] | None:
        return _three([self._view.part(block, asked.id, one) for one in CLASSES])

    @cached_property
    def _themes(self) -> Mapping[str, str]:
        return {one.id: one.words.get(self.language, "") for one in self._now.themes}

    def _theme_of(self, ident: str) -> str:
        return self._themes.get(ident, "")

    def _priorities(self, drawing: Drawing, _: str) -> Iterator[Shape] | None:
        known = {words: ident for ident, words in self._themes.items()}
        rows = []
        for label in drawing.rows("label"):
            theme = next((ident for words, ident in known.items() if _is(label, words)), "")
            named, rated = self._view.company(REASONS, theme), self._favoured(self._view, theme)
            if not named or not rated:
                return None
            doubted = ((rated.n - rated.high) / rated.n, (rated.n - rated.low) / rated.n)
            rows.append((named.shares, doubted, self._weight(theme)))
        rings = [one for one in drawing.shapes if one.paint == layout.RING]
        return layout.ranked(rows, rings)

    def _weight(self, theme: str) -> int:
        goals = self._now.goals
        return sum(int(goal["weight"]) for goal in goals if theme in goal["themes"])

    # Lines over editions

    def _favoured(self, view: View, theme: str) -> Finding | None:
        scales = (one for one in view.record.asked if one.kind.rated and one.theme == theme)
        asked = next(scales, None)
        return view.company(asked.id, FAVOURABLE) if asked else None

    def _points(self, count: int, question: str, answer: str) -> list[Range | None]:
        """What each of the last editions tells; nothing where it listed other answers."""
        now = self._now.question(question)
        answers = [one.id for one in now.answers] if now else []
        return [_range(_told(one, question, answer, answers)) for one in self.views[-count:]]

    def _theme(self, drawing: Drawing, theme: str) -> Iterator[Shape] | None:
        asked = next((one for one in self._rated() if one.theme == theme), None)
        if asked is None:
            return None
        made = {str(one["made"]) for one in self._now.commitments if one["theme"] == theme}
        return self._trend(drawing, asked.id, FAVOURABLE, sorted(made))

    def _promise(self, drawing: Drawing, ident: str) -> Iterator[Shape] | None:
        one = next((one for one in self._now.commitments if one["id"] == ident), None)
        if one is None:
            return None
        question, answer = one["measure"]["question"], one["measure"]["answer"]
        aim = int(one["measure"]["target"]) / 100
        return self._trend(drawing, question, answer, [str(one["made"])], aim)

    def _trend(
        self,
        drawing: Drawing,
        question: str,
        answer: str,
        made: Sequence[str],
        aim: float | None = None,
    ) -> Iterator[Shape]:
        count = min(layout.editions(drawing), len(self.views))
        marks = layout.marks([one.record.quarters for one in self.views[-count:]], made)
        return layout.trend(self._points(count, question, answer), marks, aim)

    def _lines(self, drawing: Drawing, _: str) -> Iterator[Shape] | None:
        count = min(layout.editions(drawing), len(self.views))
        rated = {theme: (ident, FAVOURABLE) for theme, ident in self._first_rated().items()}
        family = {theme: (REASONS, theme) for theme in self._themes}
        chosen = rated if drawing.name == "rating-lines" else family
        known = {words: chosen[ident] for ident, words in self._themes.items() if ident in chosen}
        titles = drawing.rows("title")
        pairs = [_called(label, known) for label in titles]
        lines = [self._points(count, *pair) for pair in pairs if pair]
        return layout.multiples(lines, count) if len(lines) == len(titles) else None


def _told(view: View, question: str, answer: str, answers: Sequence[str]) -> Finding | None:
    asked = view.record.question(question)
    alike = asked is not None and [one.id for one in asked.answers] == list(answers)
    return view.company(question, answer) if alike else None


def _three(found: Sequence[Finding | None]) -> list[Range] | None:
    told = [one.shares for one in found if one]
    return told if len(told) == len(CLASSES) else None


def _ranked(told: Sequence[Finding], listed: Sequence[Finding]) -> bool:
    """Whether rows begin a list, or one sorted by the figures; those alike stand as listed."""
    some = [one for one in listed if one.low]
    down = [sorted(many, key=lambda one: -sum(one.shares)) for many in (listed, some)]
    up = sorted(listed, key=lambda one: -((one.n - one.high) / one.n + (one.n - one.low) / one.n))
    return any(list(told) == list(one[: len(told)]) for one in (listed, *down, up))


def _range(one: Finding | None) -> Range | None:
    return one.shares if one else None


def _called(label: Label, known: Mapping[str, _Told]) -> _Told | None:
    """What a label names; one that was cut short, by its beginning."""
    return next((one for words, one in known.items() if _is(label, words)), None)


def _is(label: Label, words: str) -> bool:
    said, whole = fold(label.words), fold(words)
    return said == whole or (said.endswith("…") and whole.startswith(said.rstrip("… ")))


def _named(drawing: Drawing, shape: Shape) -> str:
    """The chart, and its row or panel that the shape stands in."""
    at = min(shape.dots[1::2], default=0.0)
    above = [one for one in drawing.labels if one.ink in ("label", "title") and one.y <= at]
    row = max(above, key=lambda one: one.y).words if above else shape.paint
    return f"{drawing.name}: {row}"
