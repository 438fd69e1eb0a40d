"""What a sentence says in numbers: the catalogues' phrases read backwards, per language.

It reads with the words that pages are written with, so that a new wording needs no change here.

Longer than most: a phrase and the way it is read backwards are one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from babel import Locale

from reporter.audit.spelling import spelled
from reporter.language import words_in
from survey.period import WRITTEN, Period
from survey.words import Words

GONE = "□"
"""What stands where a number was recognised."""

_THOUSANDS = r"\d{1,3}(?:[\u202f.,]\d{3})+(?!\d)"
_INTEGER = rf"(?:{_THOUSANDS}|\d+)"
_DECIMAL = r"\d+(?:[.,]\d)?"
_WORDS = r"[^¦.:;!?\d]*?"
_EDGE, _END = r"(?<![\d.,\u202f–-])", r"(?!\d)(?![.,\u202f–-]\d)"
_COUNTS = ("count.range", "count.most", "count.least", "short.range", "count.exact", "short.exact")
_MEANS = ("mean.range", "mean.exact")
_SHARE = re.compile(r"share\.(\d+)-(\d+)")
_SHARES = {"share.none": 0.0, "share.half": 0.5, "share.all": 1.0}
_APART = (
    *("desk.", "count.", "short.", "mean.", "share.", "axis.", "number.", "class."),
    *("quarter.", "half.", "year"),
)


@dataclass(frozen=True)
class Told:
    """A figure as a page tells it, in its own words; `share` is what the words before it say."""

    text: str
    low: float
    high: float
    n: int
    mean: bool = False
    share: float | None = None


@dataclass(frozen=True)
class Digest:
    """A text's figures, the numbers that phrases have a place for, and those nobody explains."""

    told: tuple[Told, ...]
    fields: tuple[tuple[str, str, str], ...]
    """(phrase, field, number)"""
    rest: tuple[str, ...]
    whole: bool
    """Whether the text was nothing but one number."""


@dataclass(frozen=True)
class _Phrase:
    """A phrase with fields; one that exemplifies has numbers of its own beside them."""

    key: str
    anchor: str
    """Its longest part without a field: cheap to look for first."""
    pattern: re.Pattern[str]
    exemplifies: bool


class Tongue:
    """One language's patterns."""

    def __init__(self, spoken: Words) -> None:
        self._words = spoken
        self._shares = _shares(spoken)
        self._figures = [
            *((re.compile(_pattern(spoken, key, _DECIMAL)), True) for key in _MEANS),
            *(
                (re.compile(_pattern(spoken, key, _INTEGER), re.IGNORECASE), False)
                for key in _COUNTS
            ),
        ]
        exact = {_pattern(spoken, key, _INTEGER) for key in ("count.exact", "short.exact")}
        self._exact = {one for one, _ in self._figures if one.pattern in exact}
        self._dates = _dates(spoken)
        self._literals = sorted(_literals(spoken), key=len, reverse=True)
        phrases = sorted(_phrases(spoken), key=lambda one: -len(one.anchor))
        self._explained = [one for one in phrases if one.exemplifies]
        self._phrases = [one for one in phrases if not one.exemplifies]
        self.classes = _classes(spoken)
        self.labels = {
            text for key, text in spoken.phrases.items()
            if key.startswith("class.") and isinstance(text, str)
        }  # fmt: skip

    @lru_cache(maxsize=200_000)  # noqa: B019 - a tongue lives as long as the process
    def digest(self, text: str) -> Digest:
        """Everything a text says in numbers."""
        whole = bool(re.fullmatch(_INTEGER, text))
        for date in self._dates:
            text = date.sub(GONE, text)
        text, fields = self._fields(text, self._explained, _whole_gone)
        text, told = self._told(self._bare(text))
        text, more = self._fields(text, self._phrases, _without_fields)
        return Digest(tuple(told), (*fields, *more), tuple(_NUMBER.findall(text)), whole)

    @lru_cache(maxsize=200_000)  # noqa: B019 - a tongue lives as long as the process
    def figures(self, text: str) -> tuple[Told, ...]:
        """The figures alone, for text where other numbers may stand."""
        text, _ = self._fields(text, self._explained, _whole_gone)
        return tuple(self._told(self._bare(text))[1])

    def spelled(self, text: str) -> list[str]:
        """Shares told in words, but for "about six in ten (18 of 31)": there a figure follows."""
        *before, last = text.split(" (")
        told = (*map(self._unshared, before), last)
        return [one for part in told for one in spelled(part)]

    def short(self, periods: Sequence[Period]) -> str:
        """The short name of a span, as a table or an axis bears it."""
        return self._words.short(periods)

    def became(self, what: str) -> str:
        """The name of a row of the ledger of comments."""
        return " ".join(self._words(f"moderation.{what}").split())

    def spread(self, low: int, high: int) -> str:
        """A count of the ledger as a reader finds it."""
        ends = {"low": self._words.number(low), "high": self._words.number(high)}
        if low == high:
            return _glued(ends["low"])
        return _glued(self._words(f"moderation.{'range' if low else 'most'}", **ends))

    def _bare(self, text: str) -> str:
        """The text without what phrases say in numbers of their own."""
        for literal in self._literals:
            text = text.replace(literal, GONE)
        return text

    def _told(self, text: str) -> tuple[str, list[Told]]:
        found: list[Told] = []
        for pattern, mean in self._figures:
            matches = [one for one in pattern.finditer(text) if not mean or _has_decimal(one)]
            found += [self._one(text, match, mean) for match in matches]
            for match in reversed(matches):
                text = text[: match.start()] + GONE + text[match.end() :]
        return text, found

    def _one(self, text: str, match: re.Match[str], mean: bool) -> Told:
        groups = match.groupdict()
        low, high = groups.get("low"), groups.get("high")
        if mean:
            bottom, top = groups.get("mean") or low or "", groups.get("mean") or high or ""
            return Told(match[0], _float(bottom), _float(top), _whole(groups["most"]), mean=True)
        n = _whole(groups["n"])
        ends = (_whole(low) if low else 0, _whole(high) if high else n)
        if match.re in self._exact:
            ends = ends[0], ends[0]
        return Told(match[0], *ends, n, share=self._share_before(text[: match.start()]))

    def _share_before(self, before: str) -> float | None:
        ending = before.removesuffix("(").rstrip().casefold()
        if not before.endswith("("):
            return None
        return next((share for text, share in self._shares if ending.endswith(text)), None)

    def _unshared(self, text: str) -> str:
        ending = text.casefold()
        shares = (len(share) for share, _ in self._shares if ending.endswith(share))
        return text[: len(text) - max(shares, default=0)]

    def _fields(
        self, text: str, phrases: Sequence[_Phrase], without: Callable[[re.Match[str]], str]
    ) -> tuple[str, list[tuple[str, str, str]]]:
        found: list[tuple[str, str, str]] = []
        for one in phrases:
            if one.anchor in text:
                for match in one.pattern.finditer(text):
                    numbers = [(k, v) for k, v in match.groupdict().items() if _INT.fullmatch(v)]
                    found += [(one.key, k.rstrip("_"), v) for k, v in numbers]
                text = one.pattern.sub(without, text)
        return text, found


def _glued(text: str) -> str:
    """The text as it is read from a page: one kind of space between thousands."""
    return re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))", "\u202f", text)


_NUMBER = re.compile(rf"(?<![\d.,\u202f-])(?:{_THOUSANDS}|{_DECIMAL})(?: ?%)?(?!\w)")
_INT = re.compile(_INTEGER)


@lru_cache(maxsize=8)
def tongue(language: str) -> Tongue:
    """The patterns of a language, made once."""
    return Tongue(words_in(language))


def _whole(number: str) -> int:
    return int(re.sub(r"[\u202f.,]", "", number))


def _float(number: str) -> float:
    return float(number.replace(",", "."))


def _has_decimal(match: re.Match[str]) -> bool:
    return any(re.search(r"[.,]\d$", one) for one in match.groups() if one)


def _whole_gone(_: re.Match[str]) -> str:
    return GONE


def _without_fields(match: re.Match[str]) -> str:
    text, start = match[0], match.start()
    for name in sorted(match.re.groupindex, key=lambda one: match.start(one), reverse=True):
        if _INT.fullmatch(match[name]):
            begin, end = match.start(name) - start, match.end(name) - start
            text = text[:begin] + GONE + text[end:]
    return text


def _text(spoken: Words, key: str) -> Iterator[str]:
    phrase = spoken.phrases.get(key, ())
    for text in (phrase,) if isinstance(phrase, str) else phrase:
        yield " ".join(_MARKUP.sub("", text.replace("\u00a0", " ")).split())


def _pattern(spoken: Words, key: str, number: str) -> str:
    """A figure's phrase with a number in every field."""
    (text,) = _text(spoken, key)
    parts = (
        re.escape(literal) + (f"(?P<{name}>{number})" if name else "")
        for literal, name, _, _ in Formatter().parse(text)
    )
    return _EDGE + "".join(parts) + _END


def _shares(spoken: Words) -> list[tuple[str, float]]:
    """Words for shares with the share they say, the longest first."""
    found = []
    for key in spoken.phrases:
        match = _SHARE.fullmatch(key)
        share = int(match[1]) / int(match[2]) if match else _SHARES.get(key)
        if share is not None:
            found += [(text.casefold(), share) for text in _text(spoken, key)]
    return sorted(found, key=lambda one: -len(one[0]))


def _classes(spoken: Words) -> dict[str, set[str]]:
    """A scale's class → every name it bears."""
    found: dict[str, set[str]] = {}
    for key in spoken.phrases:
        if key.startswith("class.") and key.count(".") == 2:
            found.setdefault(key.rpartition(".")[2], set()).update(_text(spoken, key))
    return found


def _dates(spoken: Words) -> list[re.Pattern[str]]:
    """Days, and quarters long and short: a date counts nobody."""
    months = "|".join(
        map(re.escape, Locale.parse(spoken.language).months["format"]["wide"].values())
    )
    shapes = [rf"\d{{1,2}} (?:{months}) \d{{4}}", r"\d{4}-\d{2}-\d{2}", WRITTEN]
    shapes.append(rf"(?:{months}) \d{{4}}")
    for key in _PERIODS:
        for text in _text(spoken, key):
            shape = re.escape(text).replace(r"\{year\}", r"\d{4}").replace(r"\{number\}", "[1-4]")
            shapes.append(shape)
    return [re.compile(rf"(?<![\d])(?:{shape})(?!\d)", re.IGNORECASE) for shape in shapes]


_PERIODS = (
    *("quarter.1", "quarter.2", "quarter.3", "quarter.4", "quarter.short"),
    *("half.1", "half.2", "half.short", "year", "year.short"),
)


def _literals(spoken: Words) -> Iterator[str]:
    """What phrases say in numbers of their own: an example, "9 or 10 on a scale to 10"."""
    for key in spoken.phrases:
        if key.startswith(_APART):
            continue
        for text in _text(spoken, key):
            chunks = re.split(r"\{\w*\}|[`\[\]]", text)
            yield from (one.strip() for one in chunks if re.search(r"\d", one) and len(one) > 8)


def _phrases(spoken: Words) -> Iterator[_Phrase]:
    """Phrases with fields."""
    for key in spoken.phrases:
        if key.startswith(_APART):
            continue
        for text in _text(spoken, key):
            parsed = [(part, name) for part, name, _, _ in Formatter().parse(text)]
            anchor = max((part for part, _ in parsed), key=len, default="").strip()
            if any(name for _, name in parsed) and len(anchor) > 2:
                own = any(map(str.isdigit, "".join(part for part, _ in parsed)))
                names = {name for _, name in parsed if name}
                own = (own or "destroyed" in names) and names <= _THRESHOLDS
                yield _Phrase(key, anchor, re.compile("".join(_fields(parsed))), own)


_MARKUP = re.compile(r"\*|</?\w[^>]*>")
_THRESHOLDS = {"dash", "destroyed", "k", "limit", "link", "minimum", "n"}


def _fields(parsed: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for literal, name in parsed:
        yield re.escape(re.sub(r"[\[\]]", "", literal))
        if name:
            seen[name] = seen.get(name, 0) + 1
            yield f"(?P<{name}{'_' * (seen[name] - 1)}>{_INTEGER}|{_WORDS})"
