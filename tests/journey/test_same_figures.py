"""Equal figures, equal bytes: nothing that is hidden reaches a record, a page, a chart or a feed.

Two batches of other people, whose answers, texts and follow-ups differ wherever the fixed
display does not show it, are drafted, moderated and rendered. Whoever can tell the two sites
apart learns something that no figure says.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reporter import keys, report
from reporter.comments import moderation, private_file
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import HIDDEN, Policy, published, read_policy
from reporter.publishing import feed, staging
from reporter.records import Record, archive
from survey import init, settings
from survey.project import Project
from survey.quarter import Quarter
from survey.questions import BREAKDOWNS, NA, Kind
from survey.settings import Settings
from tests.attacks import leavers
from tests.attacks.leavers import Answers
from tests.support import boxes, company, drafted, twins
from tests.support.records import counted, edition

NOW = Quarter(2026, 3)
PAIRS = 200


def _batch(chance: Random) -> list[Answers]:
    """People of the made-up company, or lopsided ones who tick nearly all that they may."""
    if chance.random() < 0.5:
        people = company.quarter_answers(NOW, chance.randint(0, 10**6), chance.randint(30, 60))
    else:
        names = [one.id for one in leavers.packaged().items["area"].choices]
        people = leavers.batch(chance, names[:4], chance.randint(30, 60))
    return _plainly(_full(chance, people) if chance.random() < 0.5 else people)


def _full(chance: Random, people: Sequence[Answers]) -> list[Answers]:
    """The same where nearly everybody ticks as many of five reasons as they may."""
    reasons = [one.id for one in leavers.packaged().reasons][:5]
    found = []
    for person in people:
        main, *others = chance.sample(reasons, 4 if chance.random() < 0.97 else 2)
        told = {"other_reasons": others, **({"main_reason": main} if chance.random() < 0.6 else {})}
        found.append({key: one for key, one in person.items() if key != "main_reason"} | told)
    return found


def _plainly(people: Sequence[Answers]) -> list[Answers]:
    return [
        {key: plain for key, one in person.items() if (plain := _plain(key, one)) is not None}
        for person in people
    ]


def _plain(key: str, answer: Any) -> Any:
    """An answer as whoever counts has it: points as numbers, a text with its consent."""
    if answer == NA or answer is False:
        return None
    if leavers.packaged().items[key].kind is Kind.SCALE:
        return int(answer)
    return {"text": "x", "consent": "count"} if answer is True else answer


def _policy(chance: Random) -> Policy:
    k = chance.choice((5, 7, 10))
    cut = {one: chance.choice(("none", *BREAKDOWNS)) for one in published(leavers.packaged())}
    main = chance.choice((cut["reasons"], HIDDEN))
    return Policy(
        k, 3 * k, chance.choice((k, 20)), {**cut, "other_reasons": HIDDEN, "main_reason": main}
    )


Kinds = tuple[str, str]
"""A question and a theme that a comment on it names."""


def _kinds(chance: Random) -> Counter[Kinds]:
    texts = [one.id for one in leavers.packaged().items.values() if one.kind is Kind.TEXT]
    themes = [one.id for one in leavers.packaged().themes]
    return Counter(
        {(one, chance.choice(themes)): chance.randint(1, 5) for one in texts for _ in "abc"}
    )


def _pair(seed: int) -> tuple[Record, Record]:
    """The records of two batches with the same figures."""
    chance = Random(seed)
    people, policy = _batch(chance), _policy(chance)
    other = twins.twin(chance, people, policy)
    assert twins.shown(people, policy) == twins.shown(other, policy)
    assert sum(one in people for one in other) < len(people) / 4, "nothing hidden was changed"
    kinds = _kinds(chance)
    one, two = (
        moderation.moderated(counted(NOW, batch, policy), twins.read(chance, batch, kinds))
        for batch in (people, other)
    )
    return one, two


def _host(project: Project) -> Host:
    asked = leavers.packaged()
    return Host(Files(project), asked, read_policy(project, asked), NOW.closes, lambda _: None)


def _rendered(host: Host, past: Sequence[Record], now: Record) -> dict[str, str]:
    """Every file that an engine is given, and the feeds."""
    records = [*past, now]
    sites = staging.sites(host, records)
    files = {
        f"{one.words.language}/{path}": text for one in sites for path, text in one.pages.items()
    }
    return files | {one.words.language: feed.feed(records, one.words, "x", "y/") for one in sites}


def _same(seeds: range, project: Project) -> int:
    """How many pairs were compared; every one must be equal to the byte."""
    host, past = _host(project), [edition(NOW.previous.previous), edition(NOW.previous)]
    files = 0
    for seed in seeds:
        one, two = _pair(seed)
        assert archive.dump(one) == archive.dump(two), seed
        first = _rendered(host, past, one)
        assert first == _rendered(host, past, two), seed
        files += len(first)
    return files


def test_equal_figures_give_equal_records_pages_charts_data_and_feeds(project: Project) -> None:
    assert _same(range(8), project)


@pytest.mark.bench
def test_two_hundred_pairs_cannot_be_told_apart(project: Project) -> None:
    began = time.process_time()
    files = _same(range(PAIRS), project)
    print(f"\n{PAIRS} pairs, {files} files each equal ({time.process_time() - began:.0f} CPU s)")


# The whole way, from a box to what readers find


def _published(here: Settings, people: Sequence[Answers], kinds: Counter[Kinds]) -> dict[str, str]:
    """Every file of the built site, by its hash: the receipts are the same in both batches."""
    host = boxes.reporting(here)
    keys.make(host.files, NOW, host.policy)
    path = here.project.box(NOW)
    boxes.fill(here, NOW, path, list(people), receipt_of=lambda n: n.to_bytes(16))
    report.draft(host, NOW, [path])
    state = twins.read(Random(1), people, kinds)
    private_file.write(host.files.comments(NOW), state)
    report.publish_edition(host, NOW)
    return drafted.digest(host.files.public)


@pytest.mark.parametrize("seed", [5, *(pytest.param(n, marks=pytest.mark.bench) for n in (6, 7))])
def test_two_batches_that_look_alike_are_built_into_the_same_site(
    tmp_path: Path, seed: int
) -> None:
    chance, sites = Random(seed), []
    batch = _plainly(company.quarter_answers(NOW, seed))
    kinds = _kinds(chance)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        init.project(Project(tmp_path / name))
        here = settings.load(Project(tmp_path / name), {})
        sites.append(_published(here, batch, kinds))
        batch = twins.twin(chance, batch, boxes.reporting(here).policy)
    assert sites[0] == sites[1]
    assert any(path.endswith(".html") for path in sites[0])
