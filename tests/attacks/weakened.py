"""Gates and sites made weak on purpose: each publishes the same leavers, and tells too much.

Every one is made by giving the gate another way, or by putting its figures together in another way;
nothing of the product is patched. `STRONG` publishes them as the product does.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reporter.charts.shares import Chart
from reporter.counting import disclosure
from reporter.counting.disclosure import Ways
from reporter.pages import edition as pages
from reporter.paths import Files
from reporter.records import Asked, Block, Finding, Record
from reporter.records.findings import CLASSES, SUM
from survey.ballots import pledge, receipts
from survey.ballots.pledge import Pledge
from survey.questions import Choice, Kind
from tests.support import sites
from tests.support.audits import AREAS, LEDGER, Q1, Q2, change, named, others, page, told, whole
from tests.support.editions import asked
from tests.support.sites import Draw

Counts = tuple[int, int, int]

NORTH, SOUTH = (4, 3, 13), (1, 3, 7)
"""How the twenty and the eleven rated their pay: disagreed, neither, agreed."""
NAMED = {"pay": 12, "team": 1, "growth": 18}
TICKED = (28, 28, 28, 7, 1)
"""How often each of five answers was ticked by 31 people who could tick three."""


def edition(
    ways: Ways = disclosure.SAFE,
    south: Counts = SOUTH,
    points: int = 40,
    sizes: tuple[int, int] = (20, 11),
    **changes: object,
) -> Record:
    """The leavers of one quarter through a gate that shows counts in these ways."""
    found = [
        Finding("all", "reasons", one, 31, *ways.display(count, 31)) for one, count in NAMED.items()
    ]
    for block, counts, total, n in (("area-1", NORTH, 70, 20), ("area-2", south, points, sizes[1])):
        found += [
            Finding(block, "rate_pay", one, n, *ways.display(count, n))
            for one, count in zip(CLASSES, counts, strict=True)
        ]
        bounds = ways.display_sum(total, counts[1], n)
        found += [Finding(block, "rate_pay", SUM, n, *bounds)] if bounds else []
    return whole(findings=tuple(found), **changes)


@dataclass(frozen=True)
class Weak:
    """One way to publish: its records, how their charts are drawn, and what is done afterwards."""

    records: Callable[[], Sequence[Record]]
    told: str
    """What the auditor says, with the page or file and the figure: a regular expression."""
    draw: Draw = pages.draw
    after: Callable[[Files], None] = lambda _: None

    def publish(self, files: Files) -> None:
        """Freeze and publish what this gate lets out."""
        sites.publish(files, self.records(), self.draw)
        self.after(files)


def _one(make: Callable[..., Record], *args: object, **named: object) -> Callable[[], list[Record]]:
    return lambda: [make(*args, **named)]


def _exact_sum(points: int, *_: int) -> tuple[int, int]:
    return points, points


def _wide_sum(points: int, *_: int) -> tuple[int, int]:
    return points - 4, points + 4


def _any_mean(points: int, _: int, n: int) -> tuple[int, int] | None:
    return disclosure.display_sum(points, 0, n)


def _top_alone(count: int, n: int) -> tuple[int, int]:
    return (n - 2, n) if count >= n - 2 else (count, count)


def _full() -> Record:
    """Nearly all ticks are told: whoever made one knows what nobody else ticked."""
    answers = tuple(Choice(f"t{n}", {"sv": f"Svar {n}", "en": f"Answer {n}"}) for n in range(5))
    ticked = Asked("pull", Kind.MANY, "none", {"sv": "Vad?", "en": "What?"}, answers, most=3)
    made = edition()
    rows = [
        Finding("all", "pull", one.id, 31, *disclosure.display(count, 31))
        for one, count in zip(answers, TICKED, strict=True)
    ]
    return replace(made, asked=(*made.asked, ticked), findings=(*made.findings, *rows))


def _beside() -> Record:
    """The line for everyone is told beside its parts, from what was counted."""
    sums = [north + south for north, south in zip(NORTH, SOUTH, strict=True)]
    line = [
        Finding("all", "rate_pay", one, 31, count, count)
        for one, count in zip(CLASSES, sums, strict=True)
    ]
    made = edition()
    return others(made, *line)


def _alias() -> Record:
    """Pay is asked twice, in the same words under two ids, and divided in two ways."""
    made = edition()
    again = replace(asked("again", "scale", made.asked[1].answers), words=made.asked[1].words)
    rows = [Finding("all", "again", one, 31, 9, 9) for one in CLASSES]
    return replace(made, asked=(*made.asked, again), findings=(*made.findings, *rows))


def _shuffled() -> Record:
    rows = list(edition().findings)
    random.Random(3).shuffle(rows)
    return replace(edition(), findings=tuple(rows))


def _recounted(late: int = 0) -> Record:
    """The same leavers once more under other receipts, and perhaps one who came late."""
    n = 31 + late
    fresh = sorted(receipts.leaf(f"again {number}".encode()) for number in range(n))
    root = receipts.root(fresh).hex()
    made = edition(leaves=tuple(one.hex() for one in fresh), root=root, counted=n, answered=n)
    blocks = (Block("all", "none", (), n), *AREAS)
    rows = tuple(replace(f, n=n) if f.block == "all" else f for f in made.findings)
    return replace(made, edition=Q2, quarters=(Q1, Q2), blocks=blocks, findings=rows)


def _exactly(records: Sequence[Record]) -> dict[str, Chart]:
    """Charts of what was counted, under the words of what may be told."""
    exact = edition(Ways(display=lambda count, _: (count, count)))
    return pages.draw([*records[:-1], exact])


def _pledged(files: Files) -> None:
    """Leavers were promised groups of nine."""
    path = files.public_key(Q1)
    path.parent.mkdir(parents=True, exist_ok=True)
    pledge.write(Pledge(Q1, (b"p" * 32,), 9, 30), path)


def _typed(address: str, old: str, new: str) -> Callable[[Files], None]:
    def typing(files: Files) -> None:
        change(page(files, address), old, new)
        sites.listed(files)

    return typing


def _swapped(files: Files) -> None:
    """The rows of a table as somebody sorted them who knows the counts."""
    path = page(files, "sv/2026-q1/why")
    html = path.read_text(encoding="utf-8")
    rows = [f"<tr>{part}</tr>" for part in html.split("<tbody>")[1].split("<tr>")[1:]]
    first, second = (part.split("</tr>")[0] for part in rows[:2])
    path.write_text(
        html.replace(first[4:], "@@").replace(second[4:], first[4:]).replace("@@", second[4:]),
        encoding="utf-8",
    )
    sites.listed(files)


STRONG = Weak(_one(edition), "")

_SAFER = partial(disclosure.display, margin=1)
GATES: Mapping[str, Weak] = {
    "margin of one": Weak(
        _one(edition, Ways(_SAFER)),
        r"/2026-q1/\S+: “[^”]*\(reasons, team, all\)” is told too exactly",
    ),
    "only the top as a range": Weak(
        _one(edition, Ways(_top_alone)), r"/2026-q1/\S+: “1 av 31 [^”]*” is told too exactly"
    ),
    "a wide mean": Weak(
        _one(edition, Ways(display_sum=_wide_sum)),
        r"“[^”]*\(rate_pay, sum, area-1\)” is a mean told",
    ),
    "a mean beside neutrals": Weak(
        _one(edition, Ways(display_sum=_any_mean), (0, 10, 1), 34),
        r"“[^”]*\(rate_pay, sum, area-2\)” is a mean where nearly all",
    ),
    "the rule of ticks switched off": Weak(
        _one(_full), r"/2026-q1/\S+: “[^”]*pull[^”]*” lets one who answered be certain"
    ),
    "groups of three": Weak(
        _one(edition, south=(0, 0, 3), points=14, sizes=(20, 3)), r"is of 3 people, fewer than 7"
    ),
    "exact sums": Weak(
        _one(edition, Ways(display_sum=_exact_sum)),
        r"\(rate_pay, sum, area-1\)” is a mean told too",
    ),
    "an exact ledger": Weak(
        _one(edition, moderation=(*LEDGER[:3], ("held", 1, 1))), r"‘held’ too exactly: 1 to 1"
    ),
    "a lower k than was promised": Weak(
        _one(edition),
        r"2026-q1.json: “k = 7” is laxer than what 2026-q1.pub promised",
        after=_pledged,
    ),
    "a line beside its parts": Weak(_one(_beside), r"\(rate_pay, \w+, all\)”"),
    "an exact line for everyone": Weak(
        _one(edition, south=(0, 1, 10), points=50),
        r"sv/2026-q1/themes: “23 av 31[^”]*” stands in no record",
        after=_typed("sv/2026-q1/themes", "22 till 24 av 31", "23 av 31"),
    ),
    "a base of themes told exactly": Weak(
        _one(told, (29, 31), named(30, 12, 12)),
        r"2026-q1\S*: “[^”]*said_improve_problem[^”]*” is of 30 people, but .* no closer",
    ),
    "themes of seven writers": Weak(
        _one(told, (7, 7), named(7, 3, 3)),
        r"2026-q1\S*: “[^”]*said_improve_problem[^”]*” is a theme of 7 who wrote, fewer than 10",
    ),
    "a theme named by one": Weak(
        _one(told, (14, 14), named(14, 1, 1)),
        r"“[^”]*said_improve_problem[^”]*” is a theme that may have been named by fewer than 3",
    ),
    "one question under two ids": Weak(
        _one(_alias), r"\(again, \w+, all\)” asks what ‘rate_pay’ asks"
    ),
    "charts of exact counts": Weak(
        _one(edition), r"sv/2026-q1/why: “q-reasons: Team” is drawn otherwise", _exactly
    ),
    "rows in a hidden order": Weak(_one(_shuffled), r"/2026-q1/\S+: “[^”]*” stands out of the"),
    "rows of a page in a hidden order": Weak(
        _one(edition), r"sv/2026-q1/why: “\w+” stands where neither", after=_swapped
    ),
    "a reason in an attribute": Weak(
        _one(edition),
        r'sv/2026-q1/why: “data-why="few"” is an element or attribute',
        after=_typed("sv/2026-q1/why", "<table>", '<table data-why="few">'),
    ),
    "a number in an attribute": Weak(
        _one(edition),
        r"sv/2026-q1/why: “1 av 31” stands in no record",
        after=_typed("sv/2026-q1/why", "<table>", '<table aria-label="1 av 31">'),
    ),
    "a recount under other receipts": Weak(
        lambda: [edition(), _recounted()], r"2026-q2\S*: “[^”]*” counts people whom 2026-q1 counts"
    ),
    "an edition made again with one late answer": Weak(
        lambda: [edition(), _recounted(1)], r"2026-q2\S*: “[^”]*” counts people whom 2026-q1 counts"
    ),
}
