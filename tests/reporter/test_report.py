"""reporter.report and intake: from sealed boxes to a frozen record."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporter import drafts, keys, report
from reporter.host import Host
from reporter.records import archive
from survey.ballots import box, pledge, receipts, seal
from survey.invitations import issuing, links
from survey.problems import Problem
from survey.quarter import Quarter
from survey.settings import Settings
from tests.support import company, demo

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
LATER = date(2026, 11, 24)


def _answered(here: Settings, of: Quarter, answers: list[dict[str, object]]) -> None:
    """A box of that quarter with these answers in it."""
    addresses = demo.open_quarter(here, of, len(answers) + 5)
    path = here.project.box(of)
    publics = box.terms(path).publics
    for address, one in zip(addresses, answers, strict=False):
        link = links.read(here.link_keys, address.rpartition("/")[2])
        receipt = receipts.new()
        body = seal.close(one, receipts.leaf(receipt), publics)
        with box.opened(path, here.ledger_key) as ballots:
            ballots.cast(links.mark(here.ledger_key, link), receipts.tag(receipt), body)


def _host(here: Settings) -> Host:
    return demo.host(here, LATER)


def test_a_small_quarter_stays_sealed_and_the_next_edition_covers_both(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 12))
    _answered(here, Q2, company.quarter_answers(Q2, 4, 25))
    host = _host(here)
    with pytest.raises(Problem, match="12 of at least 30"):
        report.draft(host, Q1, here.project.boxes())
    frozen = report.draft(host, Q2, here.project.boxes())
    assert (frozen.quarters, frozen.counted, frozen.issued) == ((Q1, Q2), 37, 47)
    report.publish_edition(host, Q2)
    for of in (Q1, Q2):
        assert not host.files.private_keys(of)[0].exists()


def test_every_receipt_that_was_counted_is_in_the_record(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    frozen = report.draft(_host(here), Q1, here.project.boxes())
    leaves = [bytes.fromhex(leaf) for leaf in frozen.leaves]
    assert leaves == sorted(leaves)
    assert len(set(leaves)) == 31
    assert receipts.root(leaves).hex() == frozen.root


def test_comments_are_written_apart_from_everything_else_and_for_their_owner_alone(
    here: Settings,
) -> None:
    answers: list[dict[str, object]] = [
        {"area": "sales", "keep": {"text": f"keep {n}", "consent": "count"},
         "improve": {"text": f"improve {n}", "consent": "quote"}}
        for n in range(31)
    ]  # fmt: skip
    _answered(here, Q1, answers)
    host = _host(here)
    report.draft(host, Q1, here.project.boxes())
    path = host.files.comments(Q1)
    assert path.stat().st_mode & 0o777 == 0o600
    comments = json.loads(path.read_text(encoding="utf-8"))["comments"]
    decided = {"id", "side", "themes", "held", "cleared"}
    assert {frozenset(one) for one in comments} == {
        frozenset({"question", "theme", "consent", "text"} | decided)
    }
    orders = [
        [one["text"].split()[1] for one in comments if one["question"] == question]
        for question in ("keep", "improve")
    ]
    assert orders[0] != orders[1], "two texts of one person must not lie in the same place"
    assert "sales" not in path.read_text(encoding="utf-8")


def test_another_quarters_key_opens_nothing(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    host = _host(here)
    keys.make(host.files, Q2, host.policy)
    host.files.private_keys(Q2)[0].replace(host.files.private_keys(Q1)[0])
    with pytest.raises(Problem, match="private key of holder 1 of 1 is missing"):
        report.draft(host, Q1, here.project.boxes())


def test_a_box_whose_tally_does_not_add_up_is_refused(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    with box.opened(here.project.box(Q1), here.ledger_key) as one:
        one._add(answered=1)
    with pytest.raises(Problem, match="holds 31 responses but its tally says 32"):
        report.draft(_host(here), Q1, here.project.boxes())


def test_a_stricter_policy_than_pledged_is_welcome(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 40))
    host = _host(here)
    stricter = replace(host, policy=replace(host.policy, k=10))
    frozen = report.draft(stricter, Q1, here.project.boxes())
    assert frozen.k == 10
    assert all(block.n >= 10 for block in frozen.blocks)


def test_a_draft_changes_nothing_that_is_published(here: Settings) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    report.draft(_host(here), Q1, here.project.boxes())
    assert archive.read_all(here.project.site / "editions") == []
    assert not (here.project.site / "public").exists()


def test_the_figures_are_those_of_the_answers(here: Settings) -> None:
    answers: list[dict[str, object]] = [{"kind": "own"}] * 20 + [{"kind": "contract"}] * 11
    _answered(here, Q1, answers)
    frozen = report.draft(_host(here), Q1, here.project.boxes())
    shown = {one.answer: (one.low, one.high) for one in frozen.parts("kind", "own")}
    shown |= {one.answer: (one.low, one.high) for one in frozen.parts("kind", "contract")}
    assert shown == {"own": (20, 20), "contract": (11, 11)}


def test_a_drafts_file_is_gone_after_publication(here: Settings, tmp_path: Path) -> None:
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    host = _host(here)
    report.draft(host, Q1, here.project.boxes())
    twin = tmp_path / "same-inode"
    twin.hardlink_to(host.files.comments(Q1))
    before = twin.read_bytes()
    report.publish_edition(host, Q1)
    assert twin.read_bytes() != before


# Two holders, and many collecting hosts


def _two_holders(here: Settings) -> Host:
    host = _host(here)
    keys.make(host.files, Q1, host.policy, holders=2)
    _fill(here, Q1, here.project.box(Q1), company.quarter_answers(Q1, 4, 31))
    return host


def _fill(here: Settings, of: Quarter, path: Path, answers: list[dict[str, object]]) -> None:
    """A box at `path`, sealed to the quarter's public file, with these answers in it."""
    given = pledge.read(here.project.responses / f"{of}.pub")
    terms = box.Terms(of, given.publics, of.closes, given.k, given.minimum, len(answers) + 5)
    box.create(path, terms, here.ledger_key)
    minted = [links.numbered(here.link_keys[-1], of, links.number()) for _ in answers]
    marks = [links.mark(here.ledger_key, link) for link in minted]
    with box.opened(path, here.ledger_key) as ballots:
        ballots.issue(marks)
    for mark, one in zip(marks, answers, strict=True):
        receipt = receipts.new()
        body = seal.close(one, receipts.leaf(receipt), given.publics)
        with box.opened(path, here.ledger_key) as ballots:
            assert ballots.cast(mark, receipts.tag(receipt), body) is box.Outcome.COUNTED


def test_of_two_holders_neither_opens_alone(here: Settings, tmp_path: Path) -> None:
    host = _two_holders(here)
    first, second = host.files.private_keys(Q1)
    stick = second.rename(tmp_path / "stick.key")
    with pytest.raises(Problem, match="private key of holder 2 of 2 is missing"):
        report.draft(host, Q1, [here.project.box(Q1)])
    pocket = first.rename(tmp_path / "pocket.key")
    with pytest.raises(Problem, match="private key of holder 1 of 2 is missing"):
        report.draft(host, Q1, [here.project.box(Q1)], [stick])
    frozen = report.draft(host, Q1, [here.project.box(Q1)], [stick, pocket])
    assert (frozen.counted, frozen.holders) == (31, 2)


def test_publishing_destroys_every_key_at_hand_and_records_how_many(
    here: Settings, tmp_path: Path
) -> None:
    host = _two_holders(here)
    stick = host.files.private_keys(Q1)[1].rename(tmp_path / "stick.key")
    report.draft(host, Q1, [here.project.box(Q1)], [stick])
    report.publish_edition(host, Q1, [stick])
    frozen = archive.read(host.files.edition(Q1))
    assert (frozen.holders, frozen.destroyed) == (2, 2)
    assert not stick.exists()
    assert not host.files.private_keys(Q1)[0].exists()


def _hosts(here: Settings) -> tuple[Host, Path, Path]:
    host = _host(here)
    keys.make(host.files, Q1, host.policy)
    oslo, malmo = (here.project.responses / f"{Q1}.{city}.box" for city in ("oslo", "malmo"))
    _fill(here, Q1, oslo, company.quarter_answers(Q1, 4, 20))
    _fill(here, Q1, malmo, company.quarter_answers(Q1, 5, 25))
    return host, oslo, malmo


def test_boxes_of_many_hosts_become_one_edition(here: Settings) -> None:
    host, oslo, malmo = _hosts(here)
    assert here.project.handed_over() == [malmo, oslo]
    frozen = report.draft(host, Q1, [oslo, malmo])
    assert (frozen.quarters, frozen.counted, frozen.issued) == ((Q1,), 45, 45)


def test_a_box_given_twice_is_noticed(here: Settings, tmp_path: Path) -> None:
    host, oslo, malmo = _hosts(here)
    with pytest.raises(Problem, match="is given twice"):
        report.draft(host, Q1, [oslo, malmo, oslo])
    twin = tmp_path / "twin.box"
    twin.write_bytes(oslo.read_bytes())
    with pytest.raises(Problem, match="hold the same box"):
        report.draft(host, Q1, [oslo, malmo, twin])


def test_a_copy_of_a_box_from_another_time_is_noticed(here: Settings, tmp_path: Path) -> None:
    host, oslo, malmo = _hosts(here)
    early = tmp_path / "early.box"
    early.write_bytes(oslo.read_bytes())
    link = links.numbered(here.link_keys[-1], Q1, links.number())
    mark = links.mark(here.ledger_key, link)
    receipt = receipts.new()
    body = seal.close({"kind": "own"}, receipts.leaf(receipt), box.terms(oslo).publics)
    with box.opened(oslo, here.ledger_key) as ballots:
        ballots.issue([mark])
        ballots.cast(mark, receipts.tag(receipt), body)
    with pytest.raises(Problem, match=r"early\.box: is an earlier copy of .*oslo\.box"):
        report.draft(host, Q1, [early, oslo, malmo])


def test_a_withdrawn_answers_receipt_is_in_no_edition(here: Settings) -> None:
    host = _host(here)
    _answered(here, Q1, company.quarter_answers(Q1, 4, 31))
    path = here.project.box(Q1)
    link = links.read(here.link_keys, issuing.issue(here, Q1, 1)[0].url.rpartition("/")[2])
    receipt = receipts.new()
    body = seal.close({"kind": "own"}, receipts.leaf(receipt), box.terms(path).publics)
    with box.opened(path, here.ledger_key) as ballots:
        ballots.cast(links.mark(here.ledger_key, link), receipts.tag(receipt), body)
        assert ballots.tally().present == 32
        ballots.withdraw(receipts.tag(receipt))
    frozen = report.draft(host, Q1, [path])
    assert (frozen.answered, frozen.withdrawn, frozen.counted) == (32, 1, 31)
    assert receipts.leaf(receipt).hex() not in frozen.leaves


def test_why_figures_are_withheld_is_told_while_there_is_a_draft_and_never_after(
    here: Settings,
) -> None:
    answers: list[dict[str, object]] = [{"area": "sales", "kind": "own"}] * 28
    answers += [{"area": "people", "kept": "probably"}] * 3
    _answered(here, Q1, answers)
    host = _host(here)
    report.draft(host, Q1, here.project.boxes())
    told = drafts.withheld(host, Q1)
    assert "all  kept: too few answered" in told
    assert not any(line.startswith("all  kind") for line in told)
    assert host.files.withheld(Q1).stat().st_mode & 0o777 == 0o600
    report.publish_edition(host, Q1)
    assert not host.files.withheld(Q1).exists()
    public = host.files.project.site / "public"
    pages = (path.read_text("utf-8") for path in public.rglob("*.html"))
    assert not any("too few answered" in page for page in pages)
    with pytest.raises(Problem, match="is published already"):
        drafts.withheld(host, Q1)


def test_each_holder_has_a_key_that_alone_opens_nothing(here: Settings) -> None:
    host = _two_holders(here)
    with box.opened(here.project.box(Q1)) as ballots:
        bodies = ballots.bodies()
    first, second = map(keys.private, host.files.private_keys(Q1))
    for found in ([first], [second], [second, first], [first, first]):
        with pytest.raises(seal.CannotOpen):
            seal.open_all(bodies, found)
    assert len(seal.open_all(bodies, [first, second])) == 31


def test_keys_fit_under_whatever_name_they_come(here: Settings, tmp_path: Path) -> None:
    host = _two_holders(here)
    first, second = host.files.private_keys(Q1)
    first.rename(tmp_path / "a")
    first.write_bytes(second.read_bytes())
    (tmp_path / "a").rename(second)
    assert report.draft(host, Q1, [here.project.box(Q1)]).counted == 31


def test_the_same_key_twice_is_not_two_holders(here: Settings, tmp_path: Path) -> None:
    host = _two_holders(here)
    first, second = host.files.private_keys(Q1)
    copy = tmp_path / "copy.key"
    shutil.copyfile(first, copy)
    stick = second.rename(tmp_path / "stick.key")
    with pytest.raises(Problem, match="private key of holder 2 of 2 is missing"):
        report.draft(host, Q1, [here.project.box(Q1)], [copy])
    report.draft(host, Q1, [here.project.box(Q1)], [stick])
    frozen = report.publish_edition(host, Q1, [copy])
    assert (frozen.holders, frozen.destroyed) == (2, 1)
    assert not copy.exists()
    assert stick.exists()


def test_a_wrong_key_is_named(here: Settings, tmp_path: Path) -> None:
    host = _two_holders(here)
    stick = host.files.private_keys(Q1)[1].rename(tmp_path / "stick.key")
    (other,), _ = keys.make(host.files, Q2, host.policy)
    with pytest.raises(Problem, match=r"2026-q2\.key: is no key of this box of 2026-q1"):
        report.draft(host, Q1, [here.project.box(Q1)], [other])
    report.draft(host, Q1, [here.project.box(Q1)], [stick])
    with pytest.raises(Problem, match=r"2026-q2\.key: is no key of this edition"):
        report.publish_edition(host, Q1, [other])
    assert keys.private(other)
    assert not host.files.edition(Q1).exists()


def test_an_overwritten_key_on_a_stick_leaves_nothing_to_read(
    here: Settings, tmp_path: Path
) -> None:
    host = _two_holders(here)
    stick = host.files.private_keys(Q1)[1].rename(tmp_path / "stick.key")
    twin = tmp_path / "same-inode"
    twin.hardlink_to(stick)
    secret = keys.private(stick).hex().encode()
    report.draft(host, Q1, [here.project.box(Q1)], [stick])
    report.publish_edition(host, Q1, [stick])
    assert secret not in twin.read_bytes()


def test_growth_and_withdrawal_do_not_hide_an_earlier_copy(here: Settings, tmp_path: Path) -> None:
    host, oslo, malmo = _hosts(here)
    early = tmp_path / "early.box"
    shutil.copyfile(oslo, early)
    minted = [links.numbered(here.link_keys[-1], Q1, links.number()) for _ in range(6)]
    marks = [links.mark(here.ledger_key, link) for link in minted]
    given = [receipts.new() for _ in marks]
    box.grow(oslo, here.ledger_key, 90)
    with box.opened(oslo, here.ledger_key) as ballots:
        ballots.issue(marks)
        for mark, receipt in zip(marks, given, strict=True):
            body = seal.close({"kind": "own"}, receipts.leaf(receipt), ballots.terms.publics)
            ballots.cast(mark, receipts.tag(receipt), body)
        ballots.withdraw(receipts.tag(given[0]))
    with pytest.raises(Problem) as caught:
        report.draft(host, Q1, [early, oslo, malmo])
    said = f"{early}: is an earlier copy of {oslo} (20 answered by then, 26 in {oslo})."
    assert caught.value.messages == (f"{said} Use {oslo} alone.",)


def test_the_reporting_host_needs_none_of_the_collecting_hosts_secrets(here: Settings) -> None:
    _answered(here, Q1, [{"kind": "own"}] * 31)
    for name in ("link.keys", "ledger.key", "flask.key"):
        (here.project.secrets / name).unlink()
    report.draft(_host(here), Q1, here.project.handed_over())
    report.publish_edition(_host(here), Q1)
