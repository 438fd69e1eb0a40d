"""reporter.audit: what was changed after publication is found, by record, page copy and receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from records import edition

from reporter import audit, record, report, settings
from reporter.report import House
from reporter.settings import Files
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.questions import Questionnaire

Q3 = Quarter(2026, 3)


@pytest.fixture
def house(project: Project, questionnaire: Questionnaire) -> House:
    """A reporting host with one published edition."""
    policy = settings.policy(project, questionnaire)
    record.write(edition(Q3), project.site / "editions" / f"{Q3}.json")
    made = House(Files(project), questionnaire, policy, date(2026, 11, 24), lambda _: None)
    report.build(made)
    return made


def _refused(house: House) -> str:
    with pytest.raises(Problem) as caught:
        audit.site(house.files)
    return str(caught.value)


def test_what_is_published_as_it_was_frozen_passes(house: House) -> None:
    assert [one.edition for one in audit.site(house.files)] == [Q3]


def test_a_tampered_list_or_root_of_receipts_is_refused(house: House) -> None:
    whole = edition(Q3)
    for tampered in (
        replace(whole, leaves=whole.leaves[1:]),
        replace(whole, leaves=(*whole.leaves[1:], "ff" * 32)),
        replace(whole, leaves=tuple(reversed(whole.leaves))),
        replace(whole, root="00" * 32),
    ):
        record.write(tampered, house.files.edition(Q3))
        assert "the list of receipts is not the one" in _refused(house)


def test_numbers_that_do_not_add_up_are_refused(house: House) -> None:
    record.write(replace(edition(Q3), withdrawn=3), house.files.edition(Q3))
    report.build(house)
    assert "the numbers do not add up" in _refused(house)


def test_a_record_changed_after_publication_is_refused(house: House) -> None:
    whole = edition(Q3)
    first = whole.findings[0]
    changed = replace(whole, findings=(replace(first, low=first.low + 1), *whole.findings[1:]))
    record.write(changed, house.files.edition(Q3))
    told = _refused(house)
    assert "public/sv/2026-q3/data/2026-q3.json: differs from its record" in told
    assert "public/en/2026-q3/data/2026-q3.json: differs from its record" in told


def test_a_changed_or_missing_copy_is_refused(house: House) -> None:
    data = house.files.project.site / "public" / "sv" / str(Q3) / "data"
    (data / f"{Q3}-receipts.txt").write_text("00\n", encoding="utf-8")
    (data / f"{Q3}.json").unlink()
    told = _refused(house)
    assert "2026-q3-receipts.txt: differs" in told
    assert "2026-q3.json: is missing" in told
