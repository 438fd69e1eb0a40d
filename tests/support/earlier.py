"""An earlier survey to import: a made-up file with its map, the real ones if at hand, damage."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reporter.history import importing
from reporter.history.importing import Plan
from reporter.host import Host
from survey.period import Length
from survey.problems import Problem
from tests.support.places import DATA, DOCS

FOUND = DATA
MAPS = DOCS / "maps"
DETE = FOUND / "dete-exit-survey-2014-01.csv"
real = pytest.mark.skipif(not DETE.exists(), reason="the real surveys are not at hand")


MAP = """
source:
  name: {sv: "Enkäten 2024", en: "The survey of 2024"}
  licence: {sv: "Egen.", en: "Our own."}
missing: [M]
when: {column: Left, format: "%Y-%m-%d", undated: ["?"]}
tables:
  agree: {a: 1, b: 2, c: 3, d: 4, e: 5}
same: [tenure]
questions:
  sections:
    - id: old
      sv: "Förr"
      en: "Before"
      items:
        - {id: old_pay, kind: scale, points: agree, theme: pay, sv: "Lön", en: "Pay"}
        - {id: old_why, kind: many, most: 2, sv: "Varför?", en: "Why?",
           answers: {pay: {sv: "Lön", en: "Pay"}, team: {sv: "Laget", en: "Team"}}}
        - {id: old_text, kind: text, limit: 100, sv: "Annat", en: "Else"}
items:
  tenure: {column: Years, values: {lt1: lt1, 1-2: 1-2, 3-5: 3-5, 6-10: 6-10, gt10: gt10}}
  old_pay: {column: "Pay#2", values: agree, other: [x]}
  old_why: {ticks: {pay: [WhyPay], team: [WhyTeam]}, yes: [Y], no: [N]}
  old_text: {column: Said}
breakdown: {old_pay: tenure, old_why: none, old_text: none}
"""
HEAD = ["Id", "Left", "Years", "Pay", "Pay", "WhyPay", "WhyTeam", "Said", "Unit"]
BANDS = ["lt1", "1-2", "3-5", "6-10", "gt10"]


def row(n: int, left: str = "2024-02-03") -> list[str]:
    """What the n-th person answered; the last cell is nobody's business."""
    tick = ["Y", "N"]
    unit = f"Secret unit {n}"
    return [str(n), left, BANDS[n % 5], "9", "abcde"[n % 5], tick[n % 2], tick[n % 3 > 0], "", unit]


def rows(count: int = 40, left: str = "2024-02-03") -> list[list[str]]:
    """So many people, all of whom left on one day."""
    return [row(n, left) for n in range(count)]


def file(folder: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEAD) -> Path:
    """The rows as a file under their header."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    path = folder / "old.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def written(path: Path, text: str) -> Path:
    """The file, with that text in it."""
    path.write_text(text, encoding="utf-8")
    return path


def figures(plan: Plan) -> tuple[int, int, int, int]:
    """Rows read, placed in a quarter, in a year, and undated."""
    rows = plan.rows
    placed = dict.fromkeys(Length, 0)
    for one, count in rows.periods.items():
        placed[one.length] += count
    return rows.read, placed[Length.QUARTER], placed[Length.YEAR], rows.undated


Cells = list[list[str]]


def saved(cells: Cells, encoding: str = "utf-8", **how: str) -> bytes:
    """The cells as some program would save them."""
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(cells)  # type: ignore[arg-type]
    return out.getvalue().encode(encoding)


def each(change: Callable[[str], str]) -> Callable[[Cells], bytes]:
    """A change to every cell below the header."""
    return lambda cells: saved([cells[0], *[[change(one) for one in row] for row in cells[1:]]])


def damaged(kind: Callable[[Cells], bytes], folder: Path) -> Path:
    """A copy of the real file, damaged in that way."""
    with DETE.open(encoding="ascii", newline="") as file:
        cells = list(csv.reader(file))
    path = folder / "damaged.csv"
    path.write_bytes(kind(cells))
    return path


def check_mended(host: Host, kind: Callable[[Cells], bytes], folder: Path) -> None:
    """A copy damaged in that way gives the very findings of the whole file."""
    whole = importing.plan(host, DETE, MAPS / "dete.yaml")
    copy = importing.plan(host, damaged(kind, folder), MAPS / "dete.yaml")
    assert figures(copy) == (822, 242, 546, 34)
    assert list(importing.records(host, copy)) == list(importing.records(host, whole))


def check_refused(host: Host, kind: Callable[[Cells], bytes], folder: Path) -> str:
    """A copy damaged in that way is refused with a row; what was said."""
    with pytest.raises(Problem, match=r"row \d+") as caught:
        importing.plan(host, damaged(kind, folder), MAPS / "dete.yaml")
    return str(caught.value)
