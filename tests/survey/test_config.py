"""survey.config: mkdocs.yml as MkDocs reads it, and files as Notepad leaves them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config

from survey import config, documents, project, samples, settings
from survey.problems import Problem
from survey.settings import Settings

OWN = """INHERIT: base.yml
site_name: !ENV [NOBODY_SETS_THIS, AVSTAMP_NAME, Reserv]
extra:
  avstamp:
    organisation: !ENV AVSTAMP_NAME
    form_url: https://exit.example.org
"""


def test_it_reads_what_the_engine_reads(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVSTAMP_NAME", "3M Sverige")
    path = here.project.config
    path.rename(path.with_name("base.yml"))
    path.write_text(OWN, encoding="utf-8")
    (path.parent / "build" / "pages").mkdir(parents=True)
    ours, theirs = config.read(path), load_config(str(path))
    assert ours["site_name"] == theirs["site_name"] == "3M Sverige"
    assert ours["site_url"] == theirs["site_url"]
    found, engines = ours["extra"]["avstamp"], theirs["extra"]["avstamp"]
    assert {key: found[key] for key in engines} == engines
    assert found["contact"]["sv"] == "f\u00f6retagsh\u00e4lsov\u00e5rden"
    assert project.organisation(here.project).organisation == "3M Sverige"


def test_a_circle_of_inheritance_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("INHERIT: mkdocs.yml\nsite_name: x\n", encoding="utf-8")
    with pytest.raises(Problem, match="inherits from itself"):
        config.read(path)


def test_a_variable_that_is_not_set_is_empty_or_the_default(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("a: !ENV NOT_SET\nb: !ENV [NOT_SET, x]\n", encoding="utf-8")
    assert config.read(path, {}) == {"a": "", "b": "x"}


def test_deep_nesting_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("a: " + "[" * 5000, encoding="utf-8")
    with pytest.raises(Problem, match=r"mkdocs\.yml: "):
        config.read(path)


@pytest.mark.parametrize("name", ["mkdocs.yml", "survey/questionnaire.yaml", ".secrets/link.keys",
                                  ".secrets/ledger.key", ".secrets/flask.key"])  # fmt: skip
def test_a_mark_and_line_ends_of_notepad_change_nothing(here: Settings, name: str) -> None:
    path = here.project.root / name
    text = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text)
    assert settings.load(here.project, {}) == here


def test_what_is_still_the_samples_is_told(here: Settings) -> None:
    told = list(samples.unset(here.project, here.organisation))
    assert any("`organisation` is still the sample's: Exempelbolaget" in one for one in told)
    text = here.project.config.read_text(encoding="utf-8")
    text = re.sub("Exempelbolaget", "Bolaget", text)
    here.project.config.write_text(text, encoding="utf-8")
    told = list(samples.unset(here.project, project.organisation(here.project)))
    assert not any("`organisation`" in one for one in told)


def test_a_project_names_the_version_that_made_it(here: Settings) -> None:
    assert samples.made_by(here.project) == samples.version()
    (here.project.root / samples.MADE_BY).unlink()
    first, *since = samples.upgrades(here.project)
    assert "0.1.0 or earlier" in first
    assert any("survey close" in one for one in since)


def test_documents_keep_text_as_it_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffa: no\r\nb: 1-2\r\n".encode())
    found: dict[str, Any] = documents.read(path)
    assert found == {"a": "no", "b": "1-2"}
