"""Two hosts, two copies of the questionnaire: no answer is lost without a word."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from reporter import cli as reporter
from reporter.records import archive
from survey import cli as survey
from survey import init, quarter, settings
from survey.project import Project
from survey.web import app
from tests.support import company, demo, desks, replay

NOW = quarter.of(date.today())
AREAS = "\n          lager: {sv: Lager, en: Stores}\n          kontor: {sv: Kontor, en: Office}"


def _project(folder: Path, areas: str = "") -> Project:
    project = Project(folder)
    folder.mkdir()
    init.project(project)
    if areas:
        _edit(project, areas)
    return project


def _edit(project: Project, areas: str) -> None:
    path = project.root / "survey" / "questionnaire.yaml"
    text = path.read_text(encoding="utf-8")
    text, count = re.subn(r"(id: area.*?answers:)(\n {10}[^\n]*)*", rf"\1{areas}", text, flags=re.S)
    assert count
    path.write_text(text, encoding="utf-8")


def _survey(project: Project, *words: str) -> int:
    return survey.main(["--project", str(project.root), *words])


def _reporter(project: Project, *words: str) -> int:
    return reporter.main(["--project", str(project.root), *words])


def _answered(project: Project, public: Path, people: int = 31) -> Path:
    """A quarter opened by the command, answered in its own areas, and closed."""
    assert _survey(project, "open", str(NOW), "--key", str(public)) == 0
    here = settings.load(project, {})
    addresses = [slip.url for slip in demo.issuing.issue(here, NOW, people)]
    client = app.create(here, date.today).test_client()
    answers = company.quarter_answers(NOW, 4, people)
    for number, (address, one) in enumerate(zip(addresses, answers, strict=True)):
        area = ("lager", "kontor")[number % 2]
        assert replay.answer(demo.InProcess(client), address, {**one, "area": area})
    assert _survey(project, "close", str(NOW)) == 0
    return project.box(NOW)


@pytest.fixture
def hr(tmp_path: Path) -> Project:
    """The reporting host, whose questionnaire nobody has edited, and its key."""
    project = _project(tmp_path / "hr")
    assert _reporter(project, "keys", str(NOW)) == 0
    return project


@pytest.fixture
def fetched(hr: Project, tmp_path: Path) -> Project:
    """The reporting host with a box that asked for areas of its own."""
    host = _project(tmp_path / "host", AREAS)
    box = _answered(host, hr.responses / f"{NOW}.pub")
    shutil.copyfile(box, hr.box(NOW))
    return hr


def test_areas_edited_on_one_host_only_are_refused_before_anything_is_opened(
    fetched: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """It said "31 responses counted", and everybody's area was gone."""
    assert _reporter(fetched, "draft", str(NOW)) == 1
    said = capsys.readouterr().err
    for area in ("lager", "kontor"):
        assert f"'area', answer '{area}': the answer is gone" in said
    assert "--as-asked" in said
    assert not (fetched.responses / "opened.json").exists()


def test_counted_as_it_was_asked_no_answer_is_lost(
    fetched: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _reporter(fetched, "draft", str(NOW), "--as-asked") == 0
    record = archive.read(fetched.responses / "drafts" / f"{NOW}.json")
    areas = [one for one in record.blocks if one.breakdown == "area"]
    assert sum(one.n for one in areas) == 31
    assert {member for one in areas for member in one.members} == {"lager", "kontor"}
    assert "'area', answer 'production': the answer is new" in capsys.readouterr().err
    assert _reporter(fetched, "publish", str(NOW)) == 0
    pages = "".join(
        path.read_text("utf-8") for path in (fetched.site / "public" / "sv").rglob("*.html")
    )
    assert "Lager" in pages


def test_the_desk_says_it_in_swedish_and_offers_both_ways(fetched: Project) -> None:
    desk = desks.desk(fetched, date.today())
    desk.sign_in()
    desk.get("/q/?lang=sv")
    page = desk.post(f"/q/{NOW}/draft")
    assert page.status == 409
    assert "Svaret ”lager” på ”area” finns inte kvar." in page.html
    assert "Inget har öppnats eller räknats." in page.html
    assert not (fetched.responses / "opened.json").exists()
    assert desk.post(f"/q/{NOW}/draft", as_asked="yes").status == 303


def test_two_collecting_hosts_must_have_asked_the_same(
    fetched: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = _project(tmp_path / "oslo", AREAS)
    _edit(other, AREAS + "\n          butik: {sv: Butik, en: Shop}")
    box = _answered(other, fetched.responses / f"{NOW}.pub")
    shutil.copyfile(box, fetched.responses / f"{NOW}.oslo.box")
    boxes = sorted(fetched.responses.glob("*.box"))
    assert _reporter(fetched, "draft", str(NOW), *map(str, boxes), "--as-asked") == 1
    assert "answer 'butik': the answer is new" in capsys.readouterr().err
    assert not (fetched.responses / "opened.json").exists()


def test_an_answer_renamed_while_the_box_is_open_is_asked_as_before(
    hr: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It moved whoever had answered before into other groups."""
    host = _project(tmp_path / "host", AREAS)
    assert _survey(host, "open", str(NOW), "--key", str(hr.responses / f"{NOW}.pub")) == 0
    address = demo.issuing.issue(settings.load(host, {}), NOW, 5)[0].url
    _edit(host, AREAS.replace("kontor", "staben").replace("Lager", "Lagret"))
    client = app.create(settings.load(host, {}), date.today).test_client()
    page = demo.InProcess(client).ask(address).html
    assert 'value="kontor"' in page
    assert 'value="staben"' not in page
    capsys.readouterr()
    _survey(host, "check")
    told = capsys.readouterr().out
    assert "asks by the questionnaire it was opened with, until it is closed" in told
    assert "'area', answer 'staben': the answer is new; it is not offered in this box" in told


def test_wording_corrected_while_the_box_is_open_is_shown(hr: Project, tmp_path: Path) -> None:
    host = _project(tmp_path / "host", AREAS)
    assert _survey(host, "open", str(NOW), "--key", str(hr.responses / f"{NOW}.pub")) == 0
    address = demo.issuing.issue(settings.load(host, {}), NOW, 5)[0].url
    _edit(host, AREAS.replace("Lager", "Lagret").replace("Stores", "The stores"))
    client = app.create(settings.load(host, {}), date.today).test_client()
    assert "The stores" in client.get(address, headers={"Accept-Language": "en"}).text
