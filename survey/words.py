"""The words of a language: catalogues (.po), numbers and dates. It holds no question's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages.pofile import read_po

from survey.period import Length, Period, named

Phrase = str | tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """One language's phrases by key. Both languages have the same keys, neither is the source."""

    language: str
    phrases: Mapping[str, Phrase]

    def __call__(self, key: str, **values: object) -> str:
        """The phrase with its values filled in; a plural phrase chooses by `n`."""
        phrase = self.phrases[key]
        if isinstance(phrase, tuple):
            phrase = phrase[0 if values["n"] == 1 else 1]
        return phrase.format(**values) if values else phrase

    def __contains__(self, key: str) -> bool:
        return key in self.phrases

    def day(self, day: date) -> str:
        """A date in words: "30 januari 2027", "30 January 2027"."""
        return dates.format_date(day, "d MMMM y", locale=self.language)

    def month(self, day: date) -> str:
        """A day's month and year: "januari 2027", "January 2027"."""
        return dates.format_date(day, "MMMM y", locale=self.language)

    def number(self, number: float) -> str:
        """A number as the language writes it, with a decimal comma or point."""
        return _formatted(number, None, self.language)

    def decimal(self, number: float) -> str:
        """A number with its one decimal always there: "3,0", "3.0"."""
        return _formatted(number, "0.0", self.language)

    def period(self, period: Period) -> str:
        """A period in words: "fjärde kvartalet 2026", "second half of 2026"."""
        match period.length:
            case Length.QUARTER:
                return self(f"quarter.{period.number}", year=period.year)
            case Length.HALF:
                return self(f"half.{period.number // 2}", year=period.year)
            case Length.YEAR:
                return self("year", year=period.year)

    def short(self, periods: Sequence[Period]) -> str:
        """A span as a table, an axis or a menu has room for it: "kv 4 2026", "H2 2026"."""
        one = named(periods)
        if one is None:
            return "–".join(map(self._short, (periods[0], periods[-1])))
        return self._short(one)

    def _short(self, period: Period) -> str:
        match period.length:
            case Length.QUARTER:
                return self("quarter.short", number=period.number, year=period.year)
            case Length.HALF:
                return self("half.short", number=period.number // 2, year=period.year)
            case Length.YEAR:
                return self("year.short", year=period.year)

    def span(self, periods: Sequence[Period]) -> str:
        """Periods that follow each other, by one name where they have one, else by their months."""
        one = named(periods)
        if one is not None:
            return self.period(one)
        first, last = periods[0].first, periods[-1].last
        shape = "MMMM" if first.year == last.year else "MMMM y"
        begun = dates.format_date(first, shape, locale=self.language)
        return self("months", first=begun, last=dates.format_date(last, "MMMM y", self.language))

    @property
    def direction(self) -> str:
        """Text direction for the `dir` attribute."""
        return Locale.parse(self.language).text_direction


@lru_cache(maxsize=10_000)
def _formatted(number: float, shape: str | None, language: str) -> str:
    """An edition writes the same few hundred numbers thousands of times."""
    return numbers.format_decimal(number, shape, locale=language)


@lru_cache(maxsize=8)
def load(folder: Path, language: str) -> Words:
    """The catalogue `<language>.po` in `folder`, read once per process."""
    with (folder / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return Words(language, {_key(one.id): _phrase(one.string) for one in catalogue if one.id})


def _key(ident: str | Sequence[str]) -> str:
    return ident if isinstance(ident, str) else ident[0]


def _phrase(text: str | Sequence[str] | None) -> Phrase:
    return text if isinstance(text, str) else tuple(text or ())
