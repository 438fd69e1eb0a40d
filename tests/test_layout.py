"""What the folders and the imports promise."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from survey.project import Project
from tests.support.places import ROOT

THEME = ROOT / "site" / "theme"


def _modules(package: str) -> list[str]:
    paths = sorted((ROOT / package).rglob("[a-z]*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]


COLLECTING = _modules("survey")
REPORTING = [name for name in _modules("reporter") if not name.startswith("reporter.desk.")]

BLOCKED = """
import importlib, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Refuse())
for name in {names}:
    importlib.import_module(name)
"""


def _imports(names: list[str], blocked: set[str]) -> None:
    code = BLOCKED.format(names=names, blocked=blocked)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_collecting_host_needs_no_pandas_matplotlib_or_mkdocs() -> None:
    _imports(
        COLLECTING,
        {"pandas", "numpy", "matplotlib", "mkdocs", "material"},
    )


def test_the_reporting_host_needs_no_flask() -> None:
    _imports(REPORTING, {"flask", "wtforms", "itsdangerous", "waitress", "segno", "werkzeug"})


HEAVY = {"flask", "highspy", "material", "matplotlib", "mkdocs", "numpy", "pandas", "waitress"}


@pytest.mark.parametrize("package", ["survey", "reporter"])
def test_no_command_pays_for_a_library_that_it_does_not_use(package: str) -> None:
    run = [sys.executable, "-X", "importtime", "-m", package, "--help"]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    assert package in imported
    assert imported & HEAVY == set()


FACES = [".".join(p.parent.relative_to(ROOT).parts) for p in ROOT.glob("[rs]*/*/__init__.py")]


def test_a_face_says_what_its_package_is_for_and_imports_nothing_heavy() -> None:
    _imports(FACES, HEAVY)
    for face in FACES:
        told = importlib.import_module(face).__doc__ or ""
        assert 3 <= len(told.strip().splitlines()) <= 7, face


@pytest.mark.parametrize("folder", ["site", "responses"])
def test_content_folders_hold_no_python(folder: str) -> None:
    """A module there would shadow Python's `site` or somebody's `responses`."""
    assert not list((ROOT / folder).rglob("*.py"))


def test_nothing_else_lies_at_the_top() -> None:
    fixed = {"survey", "reporter", "site", "responses", "tests", "docs"}
    fixed |= {"mkdocs.yml", "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md", "LICENSE"}
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= fixed


def test_a_bare_build_leaves_published_editions_alone(project: Project) -> None:
    """`site/` is MkDocs' own default target, and a build empties its target."""
    published = project.site / "public" / "sv" / "2026-q3" / "index.html"
    published.parent.mkdir(parents=True)
    published.write_text("published", encoding="utf-8")
    pages = project.root / "build" / "pages"
    pages.mkdir(parents=True)
    (pages / "index.md").write_text("# Hello", encoding="utf-8")
    run = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(run, cwd=project.root, check=True, capture_output=True)
    assert published.read_text(encoding="utf-8") == "published"
    assert (project.root / "build" / "preview" / "index.html").exists()


BREAKS = [
    ("survey/quarter.py", "import reporter.records.findings"),
    ("survey/ballots/box.py", "import pandas"),
    ("reporter/pages/edition.py", "from reporter.counting import tables"),
    ("reporter/analysis/trends.py", "import reporter.counting.opening"),
    ("reporter/charts/shares.py", "import pandas"),
    ("reporter/records/record.py", "from survey.invitations import links"),
    ("reporter/records/findings.py", "import pandas"),
    ("reporter/counting/opening.py", "import flask"),
    ("reporter/audit/audit.py", "from reporter.counting import tables"),
    ("reporter/audit/parser.py", "from reporter.pages import wording"),
    ("reporter/audit/equations.py", "import highspy"),
    ("reporter/report.py", "import reporter.desk.context"),
    ("reporter/desk/publish.py", "from survey.invitations import links"),
    ("survey/newroom.py", "X = 1"),
    ("reporter/newroom.py", "X = 1"),
]


@pytest.mark.parametrize(("file", "line"), BREAKS)
def test_the_contracts_catch_a_wrong_import_and_a_module_without_a_place(
    tmp_path: Path, file: str, line: str
) -> None:
    for package in ("survey", "reporter"):
        for source in (ROOT / package).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / ".importlinter").write_text((ROOT / ".importlinter").read_text(), encoding="utf-8")
    assert _contracts(tmp_path) == 0
    broken = tmp_path / file
    text = broken.read_text(encoding="utf-8") if broken.exists() else '"""New."""\n'
    broken.write_text(f"{text}\n{line}\n", encoding="utf-8")
    assert _contracts(tmp_path) == 1


def _contracts(folder: Path) -> int:
    run = [sys.executable, "-c", "from importlinter.cli import lint_imports; "
           "import sys; sys.exit(lint_imports(no_cache=True))"]  # fmt: skip
    environ = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(run, cwd=folder, env=environ, capture_output=True, check=False)
    return done.returncode


def test_an_installed_avstamp_brings_every_sample_that_a_project_starts_from() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = config["tool"]["setuptools"]["data-files"]
    found = {path for globs in carried.values() for one in globs for path in ROOT.glob(one)}
    samples = [ROOT / "mkdocs.yml", *(ROOT / "site/pages").rglob("*"), *THEME.rglob("*")]
    assert {path for path in found if path.is_file()} == {one for one in samples if one.is_file()}
    for folder, globs in carried.items():
        for one in globs:
            assert Path(folder) == Path("share/avstamp") / Path(one).parent
