"""What the folders and the imports promise."""

from __future__ import annotations

import configparser
import importlib
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from survey.project import Project
from tests.support.places import ROOT
from tests.support.seams import patched

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


HEAVY = {
    "flask",
    "highspy",
    "material",
    "matplotlib",
    "mkdocs",
    "numpy",
    "pandas",
    "phonenumbers",
    "selectolax",
    "stdnum",
    "waitress",
}


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


BREAKS = {
    "survey": ("survey/quarter.py", "from survey import settings"),
    "reporter": ("reporter/records/findings.py", "from reporter import report"),
    "one-way": ("survey/quarter.py", "import reporter.records.findings"),
    "no-links": ("reporter/desk/publish.py", "from survey.invitations import links"),
    "answers": ("survey/web/answers.py", "from survey.ballots import box"),
    "desk": ("reporter/desk/context.py", "from reporter.desk import app"),
    "desk-aside": ("reporter/status.py", "import reporter.desk.context"),
    "collecting-host": ("survey/ballots/box.py", "import pandas"),
    "raw-tables": ("reporter/pages/edition.py", "from reporter.counting import tables"),
    "batch": ("reporter/analysis/trends.py", "import reporter.counting.opening"),
    "own-eyes": ("reporter/audit/parser.py", "from reporter.pages import wording"),
    "solver": ("reporter/audit/equations.py", "import highspy"),
    "reading": ("reporter/audit/html.py", "import selectolax"),
    "rows": ("reporter/cli.py", "from reporter.history import rows"),
    "comments": ("reporter/comments/decisions.py", "from survey.ballots import box"),
    "pandas": ("reporter/charts/shares.py", "import pandas"),
    "engine": ("reporter/publishing/polish.py", "import mkdocs"),
    "telephones": ("reporter/comments/decisions.py", "import phonenumbers"),
    "drawing": ("reporter/charts/dots.py", "import matplotlib"),
}
"""A deliberate wrong import for each contract of .importlinter."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The packages and their contracts, to be broken."""
    for source in (*(ROOT / "survey").rglob("*.py"), *(ROOT / "reporter").rglob("*.py")):
        target = tmp_path / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(ROOT / ".importlinter", tmp_path / ".importlinter")
    return tmp_path


def test_every_contract_has_a_wrong_import_that_it_must_catch() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    named = {name.rpartition(":")[2] for name in config.sections() if ":" in name}
    assert set(BREAKS) == named


@pytest.mark.parametrize("contract", BREAKS)
def test_a_contract_catches_a_wrong_import(copied: Path, contract: str) -> None:
    assert _contracts(copied, contract) == 0
    file, line = BREAKS[contract]
    with (copied / file).open("a", encoding="utf-8") as broken:
        broken.write(f"\n{line}\n")
    assert _contracts(copied, contract) == 1


@pytest.mark.parametrize("package", ["survey", "reporter"])
def test_a_module_without_a_place_is_caught_at_the_top_and_needs_none_in_a_package(
    copied: Path, package: str
) -> None:
    inside = {"survey": "ballots", "reporter": "pages"}[package]
    (copied / package / inside / "newroom.py").write_text('"""New."""\n', encoding="utf-8")
    assert _contracts(copied) == 0
    (copied / package / "newroom.py").write_text('"""New."""\n', encoding="utf-8")
    assert _contracts(copied, package) == 1


def _contracts(folder: Path, *named: str) -> int:
    run = [sys.executable, "-c", "from importlinter.cli import lint_imports; import sys; "
           f"sys.exit(lint_imports(no_cache=True, limit_to_contracts={named!r}))"]  # fmt: skip
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


def test_nothing_of_ours_is_patched_and_no_test_names_what_is_private() -> None:
    """Whoever needs another way gives it as an argument: the code has a seam there."""
    paths = sorted((ROOT / "tests").rglob("*.py"))
    found = {path.name: patched(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize(
    "line",
    [
        "monkeypatch.setattr(box, 'opened', 1)",
        "patch.setattr(box.Box, 'cast', 1)",
        "patch.setattr('survey.ballots.box.opened', 1)",
        "patch.setitem(box.KEPT, 1, 1)",
        "setattr(box, 'opened', 1)",
        "box.opened = 1",
        "box._free()",
        "made._db",
        "from survey.ballots.box import _free",
        "CHILD = 'import sys\\nbox._free()'",
    ],
)
def test_such_a_patch_or_name_would_be_seen(line: str) -> None:
    assert patched(f"from survey.ballots import box\n{line}\n")


@pytest.mark.parametrize(
    "line", ["patch.setattr(os, 'fsync', 1)", "self._db = box.open()", "made.day = box.__name__"]
)
def test_what_belongs_to_others_or_to_the_test_itself_may_be_changed(line: str) -> None:
    assert not patched(f"from survey.ballots import box\n{line}\n")
