"""What the auditor costs, whom it finds in a thousand histories, and what readers are left with."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from reporter.audit import audit, equations
from reporter.audit.intruder import Memory, attack
from reporter.audit.solver import clock
from reporter.counting import disclosure
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import Finding
from reporter.records.findings import SUM, WROTE, total
from reporter.records.subtraction import narrowed
from survey.project import PACKAGED, Project
from survey.questionnaire import read_questionnaire
from survey.questions import Kind
from tests.benchmarks.batches import Batch, asked_of
from tests.support import histories, records, sites
from tests.support.places import ROOT

FLOOR = 0.1
"""CPU-seconds for one question of one batch, alone and with nothing remembered."""

HISTORIES = 1000

pytestmark = pytest.mark.bench


def test_a_question_of_a_batch_costs_a_tenth_of_a_second_at_most() -> None:
    made = records.history(4)
    costs = []
    for one in made:
        for system in equations.puzzles([one]):
            began = time.process_time()
            assert not list(attack(system.system, clock(60), Memory()))
            costs.append(time.process_time() - began)
    mean, worst = sum(costs) / len(costs), max(costs)
    print(f"\n{len(costs)} questions: {mean:.4f} CPU s each, at worst {worst:.4f}")
    assert mean <= FLOOR


def test_forty_editions_take_less_than_two_minutes_and_cost_grows_with_their_number(
    project: Project,
) -> None:
    files, made = Files(project), records.history(40)
    seconds: dict[int, float] = {}
    for size in (10, 20, 40):
        sites.publish(files, made[-size:] if size == 40 else made[:size])
        began, cpu = time.monotonic(), time.process_time()
        verdict = audit.site(files)
        seconds[size] = time.process_time() - cpu
        wall = time.monotonic() - began
        assert verdict.safe, verdict.refusals[:3]
        print(f"\n{size} editions: {seconds[size]:.1f} CPU s, {wall:.1f} s; {verdict}")
    assert wall < 120
    assert seconds[40] / seconds[20] < 3


def test_a_thousand_histories_make_nobody_certain() -> None:
    memory, editions, asked = Memory(), 0, 0
    for seed in range(HISTORIES):
        for one in histories.history(seed):
            editions += 1
            for system in equations.puzzles([one]):
                asked += 1
                assert not list(attack(system.system, clock(60), memory)), seed
    print(f"\n{HISTORIES} histories, {editions} editions, {asked} questions: nobody is certain")


# What is left to read


def test_what_readers_are_left_with(batches: Mapping[str, list[Batch]]) -> None:
    heads = ("places", "figures", "exact", "line: width", "exact")
    print("\n" + " " * 32 + "".join(f"{one:>13}" for one in heads))
    for name, many in batches.items():
        for k in (5, 7, 10):
            _print(f"{name:10}{f'k = {k}':22}", _measured(many, k))
        _print(f"{name:10}{'groups under 5 hidden':22}", _groups(many))
        _print(f"{name:10}{'counts under 5 hidden':22}", _counts(many))


def _print(label: str, row: Sequence[float | None]) -> None:
    cells = [f"{'':>13}" if one is None else f"{one:13.0%}" for one in row]
    cells[3] = f"{row[3]:10.1f} pt" if row[3] is not None else cells[3]
    print(label + "".join(cells))


def _measured(batches: Sequence[Batch], k: int) -> list[float | None]:
    """What the gate shows of the questions that anybody answered.

    Shares of places (a question in a block), of figures (an answer there) and of exact ones; then
    how wide the lines for everyone are, and how many are exact.
    """
    asked = read_questionnaire(PACKAGED / "questionnaire.yaml")
    policy = read_policy(Project(ROOT), asked)
    policy = replace(policy, k=k)
    places = shown = exact = dashes = hidden = 0
    widths: list[float] = []
    for raw, sizes in batches:
        blocks = disclosure.cuts(sizes, k)
        told = [one for one in raw if any(one.n.values())]
        cleared = disclosure.clear(told, blocks, asked.groups, policy)
        told_now = narrowed(cleared.findings, asked_of(told, cleared))
        counts = [one for one in told_now if one.answer != SUM]
        places += len({(one.question, one.block) for one in counts})
        dashes += len(cleared.withheld)
        shown += len(counts)
        exact += sum(one.exact for one in counts)
        hidden += sum(len(cleared.answers[question]) or 1 for _, question in cleared.withheld)
        widths += [_width(line) for line in _lines(counts)]
    figures, lines = shown + hidden, sum(width == 0 for width in widths) / len(widths)
    return [places / (places + dashes), shown / figures, exact / figures, _mean(widths), lines]


def _lines(found: Sequence[Finding]) -> list[Finding]:
    parts: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        parts.setdefault((one.question, one.answer), []).append(one)
    return [line for many in parts.values() if (line := total(many))]


def _width(line: Finding) -> float:
    return 100 * (line.high - line.low) / line.n


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _places(batches: Sequence[Batch]) -> list[tuple[list[int], int]]:
    """Each group's counts of a question somebody answered, and how many in it answered."""
    found = []
    for raw, sizes in batches:
        for table in (one for one in raw if any(one.n.values())):
            scale, plain = table.kind is Kind.SCALE, [one.id for one in table.answers]
            answers = _CLASSES if scale else plain or (WROTE,)
            for member in sizes.get(table.breakdown, {"": 0}):
                counts = table.counts.get(member, {})
                found.append(([counts.get(one, 0) for one in answers], table.n.get(member, 0)))
    return [one for one in found if one[1]]


def _groups(batches: Sequence[Batch]) -> list[float | None]:
    """What is left where groups under 5 are hidden; how many of those shown lay people bare."""
    places = _places(batches)
    kept = [counts for counts, n in places if n >= 5]
    bare = [counts for counts, n in places if n >= 5 and max(counts) >= n - 1]
    print(f"{'':10}{len(bare) / len(kept):.0%} of these: all, or all but one, answered alike")
    every = sum(len(counts) for counts, _ in places)
    figures = sum(map(len, kept)) / every
    return [len(kept) / len(places), figures, figures, 0.0, 1.0]


def _counts(batches: Sequence[Batch]) -> list[float | None]:
    """What is left where counts under 5 are hidden."""
    places = _places(batches)
    whole = sum(all(one >= 5 or not one for one in counts) for counts, _ in places)
    kept = sum(one >= 5 for counts, _ in places for one in counts)
    figures = kept / sum(len(counts) for counts, _ in places)
    return [whole / len(places), figures, figures, None, None]


_CLASSES = ("unfavourable", "neutral", "favourable")
