"""reporter.audit: what is changed, added by hand or too sharp is refused, with page and figure."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter import drafts, keys, report
from reporter.audit import audit
from reporter.counting import disclosure
from reporter.host import Host
from reporter.paths import Files
from reporter.policy import read_policy
from reporter.records import archive, register
from reporter.records.findings import FAVOURABLE, NEUTRAL, SUM, UNFAVOURABLE, Finding
from reporter.records.record import Block, Note, Record
from survey import quarter
from survey.ballots import receipts
from survey.problems import Problem
from survey.project import Project
from survey.questions import Questionnaire
from tests.support import sites
from tests.support.editions import PROMISE, THEMES, asked, record

Q1, Q2 = quarter.parse("2026-q1"), quarter.parse("2026-q2")
REASONS = {"pay": (31, 12, 12), "team": (31, 0, 2), "growth": (31, 18, 18)}
CLASSES = (UNFAVOURABLE, NEUTRAL, FAVOURABLE)
AREAS = (Block("area-1", "area", ("north",), 20), Block("area-2", "area", ("south", ""), 11))


def whole(edition: str = "2026-q1", **changes: object) -> Record:
    """An edition of 31 answers: reasons for everyone, and pay rated in two areas."""
    rate = next(one for one in record().asked if one.id == "rate_pay")
    cut = replace(rate, breakdown="area")
    found = [Finding("all", "reasons", key, *told) for key, told in REASONS.items()]
    found += _rated("area-1", 20, (4, 3, 13), 70) + _rated("area-2", 11, (1, 3, 7), 40)
    leaves = sorted(receipts.leaf(f"{edition} {n}".encode()) for n in range(31))
    made = record(
        edition,
        promises=[PROMISE],
        asked=(asked("reasons", "many", THEMES), cut),
        blocks=(Block("all", "none", (), 31), *AREAS),
        findings=tuple(found),
        leaves=tuple(leaf.hex() for leaf in leaves),
        root=receipts.root(leaves).hex(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _rated(block: str, n: int, counts: tuple[int, int, int], points: int) -> list[Finding]:
    shown = [
        Finding(block, "rate_pay", one, n, *disclosure.display(count, n))
        for one, count in zip(CLASSES, counts, strict=True)
    ]
    bounds = disclosure.display_sum(points, counts[1], n)
    return shown + ([Finding(block, "rate_pay", SUM, n, *bounds)] if bounds else [])


def others(made: Record, *new: Finding) -> Record:
    """The same edition with these figures in place of those of their (block, question)."""
    keys = {(one.block, one.question) for one in new}
    kept = [one for one in made.findings if (one.block, one.question) not in keys]
    return replace(made, findings=(*kept, *new))


LEDGER = (("came", 20, 20), ("paraphrased", 12, 12), ("quoted", 0, 0), ("held", 0, 2))
"""What became of the comments: a row each, as the gate shows a count."""


@pytest.fixture
def files(project: Project) -> Files:
    """Where a fresh project keeps its editions."""
    return Files(project)


@pytest.fixture
def site(files: Files) -> Files:
    """Two published editions."""
    sites.publish(files, [whole("2026-q1"), whole("2026-q2")])
    return files


def refused(files: Files) -> str:
    """What the auditor says against what is published."""
    with pytest.raises(Problem) as caught:
        audit.site(files).stop()
    return str(caught.value)


def page(files: Files, address: str) -> Path:
    """A built page."""
    return files.project.site / "public" / address / "index.html"


def change(path: Path, old: str, new: str) -> None:
    """Edit a built file by hand."""
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Safe


def test_what_is_published_as_it_was_frozen_is_safe(site: Files) -> None:
    verdict = audit.site(site)
    assert verdict.safe, verdict.refusals
    assert (verdict.editions, verdict.questions) == (2, 4)
    assert verdict.figures > 50
    assert str(verdict).startswith("safe: 2 editions")


def test_nothing_published_is_safe(files: Files) -> None:
    assert audit.site(files).safe


# A page shows what no record has


@pytest.mark.parametrize(
    ("address", "old", "new", "figure"),
    [
        ("sv/2026-q1/why", "12 av 31", "14 av 31", "14 av 31"),
        ("en/2026-q2/why", "at most 2 of 31", "at most 4 of 31", "at most 4 of 31"),
        ("sv/2026-q2/themes/pay", "4 av 20", "13 av 20", ""),
        ("en/2026-q1/why", "</h1>", "</h1><p>Half of them, 43%, said so.</p>", "43%"),
        ("en/2026-q1", "<strong>31</strong>", "<strong>30</strong>", "30"),
        ("sv/2026-q1/trends", "</h1>", "</h1><p>9 slutade i januari.</p>", "9"),
        ("sv/2026-q1/themes/pay", "3,5 av 5", "3,9 av 5", "3,9 av 5"),
        ("sv/2026-q1/themes/pay", "</h1>", "</h1><p>18 av 31 nämnde det.</p>", "18 av 31"),
        ("sv/2026-q1/why", "</h1>", '</h1><svg><text>5–9 av 31</text></svg>', "5–9 av 31"),
        ("sv/2026-q1/why", "</h1>", '</h1><img alt="5 av 31 slutade">', "5 av 31"),
        ("sv/2026-q1/priorities", "</h1>", "</h1><svg><text>7–97 p</text></svg>", "97"),
        ("en/2026-q1/priorities", "</h1>", "</h1><table><td>93</td></table>", "93"),
        ("en/2026-q1/why", "</h1>", "</h1><p>about one in ten (12 of 31)</p>", "12 of 31"),
    ],
)  # fmt: skip
def test_a_number_typed_by_hand_into_a_built_page_is_refused_by_page_and_figure(
    site: Files, address: str, old: str, new: str, figure: str
) -> None:
    change(page(site, address), old, new)
    told = refused(site)
    assert told.startswith(f"{address}")
    assert figure in told


def test_a_right_figure_in_the_wrong_row_is_refused(site: Files) -> None:
    path = page(site, "sv/2026-q1/why")
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    rows = re.sub(r"(<td>Team</td>\s*<td>)[^<]*", r"\g<1>18 av 31", text)
    assert rows != text
    path.write_text(rows, encoding="utf-8")
    assert "sv/2026-q1/why: “18 av 31” stands in no record" in refused(site)


def test_a_figure_in_the_search_index_alone_is_refused(site: Files) -> None:
    index = site.project.site / "public/sv/2026-q1/search/search_index.json"
    index.parent.mkdir()
    docs = [{"title": "Lön", "text": "<p>29 av 31 nämnde lönen.</p>"}]
    index.write_text(json.dumps({"docs": docs}), encoding="utf-8")
    assert "sv/2026-q1/search: “29 av 31”" in refused(site)


def test_a_page_written_by_hand_may_say_anything_but_a_figure(site: Files) -> None:
    source = site.pages / "sv" / "about.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("Ring oss.", encoding="utf-8")
    about = page(site, "sv/2026-q1/about")
    about.parent.mkdir()
    about.write_text("<p>Ring 08-123 45 67 före den 3:e, 25 % rabatt.</p>", encoding="utf-8")
    sites.listed(site)
    assert audit.site(site).safe
    about.write_text("<p>Av dem sade 5 av 31 samma sak.</p>", encoding="utf-8")
    assert "sv/2026-q1/about: “5 av 31”" in refused(site)


@pytest.mark.parametrize(
    "typed", ["sju av tio", "högst 2 av 31", "medel 3,5 av 5", "<script>alert(1)</script>", " "]
)
def test_anything_typed_into_a_built_page_is_refused_even_if_no_figure_gives_it_away(
    site: Files, typed: str
) -> None:
    change(page(site, "sv/2026-q1/why"), "</h1>", f"</h1><p>{typed}</p>")
    assert "sv/2026-q1/why: was changed after it was built" in refused(site)


def test_a_file_that_is_gone_and_one_that_nobody_built_are_refused(site: Files) -> None:
    page(site, "sv/2026-q1/why").rename(page(site, "sv/2026-q1/why").with_name("old.html"))
    told = refused(site)
    assert "sv/2026-q1/why: is missing" in told
    assert "sv/2026-q1/why/old.html: was not built from any record" in told


@pytest.mark.parametrize("stray", ["sv/all/index.html", "assets/x/y.js", "summary.html"])
def test_what_lies_beside_the_editions_is_refused_even_while_one_is_published(
    site: Files, stray: str
) -> None:
    path = site.project.site / "public" / stray
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("8 av 11", encoding="utf-8")
    assert f"{stray}: was not built from any record. Take it away" in refused(site)
    aside = {("sv", "2026-q1"): site.project.site / "public/sv/2026-q1"}
    found = audit.site(site, aside=aside).refusals
    assert stray in {one.where for one in found}


def test_a_page_that_nobody_wrote_by_hand_is_read_as_strictly_as_any(site: Files) -> None:
    extra = page(site, "sv/2026-q1/cumulative")
    extra.parent.mkdir()
    extra.write_text("<table><td>17</td></table>", encoding="utf-8")
    sites.listed(site)
    assert "sv/2026-q1/cumulative: “17” stands in no record" in refused(site)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("low,high\n", "low,high,exact\n", "is not the head of the table of figures"),
        ("reasons,pay,31,12,12\n", "reasons,pay,31,12,12,12.0\n", "differs from its record"),
        ("reasons,pay,31,12,12\n", "reasons,pay\n", "differs from its record"),
        ("2026-q1,area,area-1,north", "2026-q1,area,area-1,south", "differs from its record"),
    ],
)
def test_a_table_of_figures_with_more_or_less_than_the_record_is_refused(
    site: Files, old: str, new: str, told: str
) -> None:
    change(site.project.site / "public/en/2026-q1/data/2026-q1.csv", old, new)
    sites.listed(site)
    assert told in refused(site)


def test_a_front_door_that_was_changed_is_refused(site: Files) -> None:
    change(site.project.site / "public/index.html", "Svenska", "Nio av tio")
    assert "index.html: was changed after it was built" in refused(site)


def test_a_site_without_its_lists_is_refused_and_says_how_to_write_them(site: Files) -> None:
    shutil.rmtree(site.editions / "built")
    told = refused(site)
    assert "sv/2026-q1/: has no list of what was built. Run `reporter build`" in told


def test_half_a_list_is_no_list(site: Files) -> None:
    path = site.editions / "built/2026-q1.json"
    path.write_text(path.read_text(encoding="utf-8")[:99], encoding="utf-8")
    assert "built/2026-q1.json: is no whole list of what was built" in refused(site)


def test_a_page_of_an_old_edition_may_not_tell_a_later_figure(files: Files) -> None:
    later = others(whole("2026-q2"), Finding("all", "reasons", "pay", 31, 9, 9))
    sites.publish(files, [whole("2026-q1"), later])
    assert audit.site(files).safe
    change(page(files, "en/2026-q1/why"), "12 of 31", "9 of 31")
    assert "en/2026-q1/why: “9 of 31”" in refused(files)


# A record that was changed


def test_a_figure_changed_in_an_old_record_is_refused_even_when_all_pages_follow(
    site: Files,
) -> None:
    changed = others(whole("2026-q1"), Finding("all", "reasons", "pay", 31, 13, 13))
    site.edition(Q1).write_text(archive.dump(changed), encoding="utf-8")
    told = refused(site)
    assert "site/editions/2026-q1.json: was changed after it was published" in told
    assert "sv/2026-q1/data/2026-q1.json: “" in told
    sites.show(site, [changed, whole("2026-q2")])
    assert "site/editions/2026-q1.json: was changed after it was published" in refused(site)


def test_a_register_rewritten_with_the_record_has_the_other_editions_against_it(
    site: Files,
) -> None:
    changed = others(whole("2026-q1"), Finding("all", "reasons", "pay", 31, 13, 13))
    (site.editions / register.NAME).unlink()
    archive.write(changed, site.edition(Q1))
    archive.write(whole("2026-q2"), site.edition(Q2))
    told = refused(site)
    assert "data/register.json: “2026-q1” was published with other figures" in told


def test_an_entry_changed_in_the_register_breaks_the_chain(site: Files) -> None:
    path = site.editions / register.NAME
    first = register.read(site.editions)[0]
    change(path, first.sha256, "0" * 64)
    assert "register.json: “2026-q1” was changed in the register" in refused(site)


def test_a_record_that_is_gone_is_missed(site: Files) -> None:
    site.edition(Q1).unlink()
    told = refused(site)
    assert "site/editions/2026-q1.json: the record is missing" in told
    assert "sv/2026-q1/: has no record" in told


def test_a_record_that_nobody_published_is_refused(site: Files) -> None:
    text = archive.dump(whole("2026-q3"))
    site.edition(quarter.parse("2026-q3")).write_text(text, encoding="utf-8")
    assert "2026-q3.json: is in no register" in refused(site)


def test_an_edition_without_its_pages_is_missed(site: Files) -> None:
    (site.project.site / "public/en/2026-q1").rename(site.project.root / "aside")
    assert "en/2026-q1/: is missing" in refused(site)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("2026-q1.json", '"pay", 31, 12, 12', '"pay", 31, 12, 13'),
        ("2026-q1.csv", "reasons,pay,31,12,12", "reasons,pay,31,12,13"),
        ("2026-q1-receipts.txt", "a", "b"),
    ],
)
def test_a_figure_changed_in_one_languages_data_file_is_refused(
    site: Files, name: str, old: str, new: str
) -> None:
    change(site.project.site / "public/en/2026-q1/data" / name, old, new)
    assert f"en/2026-q1/data/{name}: " in refused(site)


TAMPERED: list[tuple[Callable[[Record], Record], str]] = [
    (lambda one: replace(one, leaves=one.leaves[1:]), "the list of receipts is not the one"),
    (lambda one: replace(one, root="00" * 32), "the list of receipts is not the one"),
    (lambda one: replace(one, withdrawn=3), "the numbers do not add up"),
    (lambda one: replace(one, k=4), "published with k = 4"),
]


@pytest.mark.parametrize(("tamper", "fault"), TAMPERED)
def test_a_record_that_does_not_add_up_is_refused(
    files: Files, tamper: Callable[[Record], Record], fault: str
) -> None:
    sites.publish(files, [tamper(whole())])
    assert fault in refused(files)


def test_an_answer_counted_in_two_editions_is_refused(files: Files) -> None:
    first, second = whole("2026-q1"), whole("2026-q2")
    twice = replace(second, leaves=first.leaves, root=first.root)
    sites.publish(files, [first, twice])
    assert "2026-q2.json: an answer counted in 2026-q1 is counted here again" in refused(files)


# Weakened gates: each is refused, with the page and the figure


def _unanimous(display: Callable[[int, int], tuple[int, int]]) -> Record:
    counts = zip(CLASSES, (0, 0, 11), strict=True)
    south = [Finding("area-2", "rate_pay", one, 11, *display(count, 11)) for one, count in counts]
    return others(whole(), *south)


def test_a_gate_without_a_margin_is_refused(files: Files) -> None:
    sites.publish(files, [_unanimous(lambda count, _: (count, count))])
    told = refused(files)
    assert "sv/2026-q1/themes/pay: “11 av 11 (rate_pay, favourable, area-2)” lets anybody" in told
    assert "is told too exactly" in told
    assert "certain that all 11 answered ‘favourable’ to ‘rate_pay’" in told


def test_a_gate_with_its_margin_is_safe_on_the_same_answers(files: Files) -> None:
    sites.publish(files, [_unanimous(disclosure.display)])
    assert audit.site(files).safe


def test_whole_percentages_are_refused(site: Files) -> None:
    change(page(site, "sv/2026-q1/why"), "12 av 31", "39 %")
    assert "sv/2026-q1/why: “39 %” stands in no record" in refused(site)


def test_a_mean_without_its_clamp_is_refused(files: Files) -> None:
    south = _rated("area-2", 11, (0, 0, 11), 55)[:3]
    exact = Finding("area-2", "rate_pay", SUM, 11, 55, 55)
    sites.publish(files, [others(whole(), *south, exact)])
    told = refused(files)
    assert "(rate_pay, sum, area-2)” is a mean told too exactly" in told
    assert "certain that all 11 answered ‘favourable’" in told


def test_an_exact_line_for_everyone_above_ranges_is_refused(files: Files) -> None:
    south = _rated("area-2", 11, (0, 0, 11), 53)
    exact = [
        Finding("all", "rate_pay", one, 31, count, count)
        for one, count in zip(CLASSES, (4, 3, 24), strict=True)
    ]
    sites.publish(files, [others(whole(), *south, *exact)])
    told = refused(files)
    assert "certain that all 11 answered ‘favourable’ to ‘rate_pay’" in told
    assert "sv/2026-q1/themes/pay: " in told


def test_a_second_breakdown_of_a_question_is_refused(files: Files) -> None:
    blocks = (Block("tenure-1", "tenure", ("lt1",), 15), Block("tenure-2", "tenure", ("1-2",), 16))
    second = _second(whole(blocks=(*whole().blocks, *blocks)))
    sites.publish(files, [second])
    told = refused(files)
    assert "it is divided by area and by tenure" in told
    assert "is shown by tenure, but the question is divided by area" in told
    assert "sv/2026-q1/" in told


def _second(made: Record) -> Record:
    found = [
        Finding(block, "rate_pay", one, n, *disclosure.display(count, n))
        for block, n, counts in (("tenure-1", 15, (3, 4, 8)), ("tenure-2", 16, (0, 4, 12)))
        for one, count in zip(CLASSES, counts, strict=True)
    ]
    return replace(made, findings=(*made.findings, *found))


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("main_reason", "is divided by other groups than ‘reasons’"),
        ("other_reasons", "of main, other and all two tell the third"),
    ],
)
def test_a_second_view_of_the_reasons_is_refused(files: Files, question: str, what: str) -> None:
    """All seven of one area named pay: 12 main reasons, of which 5 are in the other."""
    found = [Finding("area-2", question, "pay", 11, 5, 5)]
    kind = replace(asked(question, "many", THEMES), breakdown="area")
    made = whole(asked=(*whole().asked, kind), findings=(*whole().findings, *found))
    sites.publish(files, [made])
    assert what in refused(files)


def test_an_edition_rebuilt_with_one_late_answer_is_refused(site: Files) -> None:
    late = others(
        whole("2026-q1", counted=32, answered=32),
        *(Finding("all", "reasons", key, 32, *told) for key, told in LATE.items()),
    )
    sites.show(site, [late, whole("2026-q2")])
    told = refused(site)
    assert "counts people whom 2026-q1 counts too" in told
    assert "certain that all 1 answered ‘pay’ to ‘reasons’" in told
    assert "certain that all 1 did not answer ‘growth’ to ‘reasons’" in told


LATE = {"pay": (13, 13), "team": (0, 2), "growth": (18, 18)}


def test_two_editions_of_the_same_quarter_are_refused(files: Files) -> None:
    both = whole("2026-q2", quarters=(Q1, Q2))
    sites.publish(files, [whole("2026-q1"), both])
    assert "2026-q1 counts too; a subtraction tells their answers" in refused(files)


def test_groups_of_four_are_refused(files: Files) -> None:
    small = _rated("area-2", 4, (0, 0, 4), 19)
    sites.publish(files, [others(whole(), *small)])
    told = refused(files)
    assert "(rate_pay, unfavourable, area-2)” is of 4 people, fewer than 7" in told
    assert "sv/2026-q1/themes/pay" in told


def test_a_hidden_group_that_follows_by_subtraction_is_refused(files: Files) -> None:
    made = others(whole(), *_rated("area-1", 20, (4, 3, 13), 70))
    without = [one for one in made.findings if one.block != "area-2"]
    everyone = [
        Finding("all", "rate_pay", one, 24, count, count)
        for one, count in zip(CLASSES, (4, 3, 17), strict=True)
    ]
    sites.publish(files, [replace(made, findings=(*without, *everyone))])
    assert "certain that all 4 answered ‘favourable’ to ‘rate_pay’" in refused(files)


def test_running_out_of_time_is_a_refusal(site: Files) -> None:
    verdict = audit.site(site, seconds=0)
    assert not verdict.safe
    assert "did not end in time" in str(verdict.refusals[-1])


# The story: nothing is swapped in that the auditor refuses


@pytest.fixture
def host(files: Files, questionnaire: Questionnaire) -> Host:
    """A reporting host."""
    policy = read_policy(files.project, questionnaire)
    return Host(files, questionnaire, policy, date(2026, 11, 24), lambda _: None)


def test_a_refused_edition_is_not_published_its_record_not_frozen_and_its_key_not_lost(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,), _ = keys.make(host.files, Q1, host.policy)
    exact = _unanimous(lambda count, _: (count, count))
    monkeypatch.setattr(drafts, "counted", lambda *_: exact)
    monkeypatch.setattr(report, "_promises", lambda *_: list(exact.commitments))
    with pytest.raises(Problem, match="is told too exactly"):
        report.publish_edition(host, Q1)
    assert key.exists()
    assert not host.files.edition(Q1).exists()
    assert not (host.files.project.site / "public/sv/2026-q1").exists()


def test_a_withdrawn_figure_leaves_every_page_and_a_notice_stands_in_its_place(
    host: Host,
) -> None:
    first, second = whole("2026-q1"), whole("2026-q2")
    for one in (first, second):
        archive.write(one, host.files.edition(one.edition))
    report.build(host)
    frozen = host.files.edition(Q1).read_bytes()
    said = {"sv": "Fel grupp räknades.", "en": "The wrong group was counted."}
    report.withdraw(host, Note(Q1, "all", "reasons", "pay", host.today, said))
    assert audit.site(host.files).safe
    assert host.files.edition(Q1).read_bytes() == frozen
    data = host.files.project.site / "public/sv/2026-q1/data"
    assert "reasons,pay" not in (data / "2026-q1.csv").read_text(encoding="utf-8")
    assert '"reasons", "pay"' not in (data / "2026-q1.json").read_text(encoding="utf-8")
    for language, words in said.items():
        for edition in ("2026-q1", "2026-q2"):
            told = page(host.files, f"{language}/{edition}/corrections").read_text("utf-8")
            assert words in told
    trend = page(host.files, "sv/2026-q2/themes/pay").read_text("utf-8").replace("\u00a0", " ")
    assert trend.count("12 av 31") < 3, "the first edition's figure is gone from the line"
    with pytest.raises(Problem, match="no figure of 'reasons' is shown in 'area-1'"):
        report.withdraw(host, Note(Q1, "area-1", "reasons", "", host.today, said))
    again = {"sv": "Där stod 12 av 31.", "en": "It said 12 of 31."}
    with pytest.raises(Problem, match="sv/2026-q1/corrections: “12 av 31”"):
        report.withdraw(host, Note(Q1, "all", "reasons", "team", host.today, again))
    assert "Där stod" not in (host.files.editions / "notes.json").read_text("utf-8")


def test_a_withdrawn_figure_that_still_stands_somewhere_is_refused(site: Files) -> None:
    note = Note(Q1, "all", "reasons", "", date(2026, 11, 24), {"sv": "Fel.", "en": "Wrong."})
    verdict = audit.site(site, noted=[note])
    told = [str(one) for one in verdict.refusals]
    assert any(one.startswith("sv/2026-q1/why: “12 av 31”") for one in told)
    assert any(
        one.startswith("en/2026-q1/data/2026-q1.csv: “2026-q1, none, all, , reasons, pay")
        for one in told
    )


def test_answers_that_add_up_to_everybody_are_withdrawn_together() -> None:
    from reporter.records import corrections

    note = Note(Q1, "area-1", "rate_pay", NEUTRAL, date(2026, 11, 24), {})
    gone = corrections.withdrawn(whole(), note)
    assert {one.answer for one in gone} == {*CLASSES, SUM}
    left = corrections.visible(whole(), [note])
    assert ("area-1", "rate_pay") in left.withheld


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_a_changed_figure_never_passes_unseen(data: some.DataObject) -> None:
    """Whatever single figure of a record is changed, its hash is another."""
    made = whole()
    at = data.draw(some.integers(0, len(made.findings) - 1))
    one = made.findings[at]
    changed = replace(one, high=one.high + data.draw(some.integers(1, 5)))
    other = replace(made, findings=(*made.findings[:at], changed, *made.findings[at + 1 :]))
    entries = register.added((), "2026-q1", archive.dump(made))
    assert entries[0].sha256 != register.sha256(archive.dump(other))


@pytest.mark.parametrize("row", ["came", "paraphrased", "held"])
def test_each_row_of_the_ledger_of_comments_must_say_what_its_record_says(
    files: Files, row: str
) -> None:
    sites.publish(files, [whole(moderation=LEDGER)])
    assert audit.site(files).safe
    shown = {"came": "20", "paraphrased": "12", "held": "at most 2"}[row]
    page = files.project.site / "public" / "en" / "2026-q1" / "moderation" / "index.html"
    html = page.read_text(encoding="utf-8")
    for wrong in {"20", "12", "0", "at most 2", "at most 12"} - {shown}:
        page.write_text(html.replace(f">{shown}<", f">{wrong}<"), encoding="utf-8")
        said = " ".join(map(str, audit.site(files).refusals))
        assert "en/2026-q1/moderation" in said, (row, wrong)
        assert "what became of the comments" in said


def test_a_number_in_a_sentence_about_comments_is_no_less_looked_at(files: Files) -> None:
    sites.publish(files, [whole(moderation=LEDGER)])
    page = files.project.site / "public" / "en" / "2026-q1" / "moderation" / "index.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("</body>", "<p>17 of them were angry.</p></body>"), "utf-8")
    assert "17" in str(audit.site(files).refusals[0])


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((("came", 20, 20), ("held", 1, 1)), "too exactly"),
        ((("came", 20, 20), ("held", 0, 1)), "too exactly"),
        ((("came", 20, 20), ("quoted", 2, 2)), "2 quotes where 0 stand"),
    ],
)
def test_a_ledger_of_comments_that_breaks_the_rules_is_refused(
    files: Files, rows: tuple[tuple[str, int, int], ...], what: str
) -> None:
    sites.publish(files, [whole(moderation=rows)])
    assert what in " ".join(map(str, audit.site(files).refusals))
