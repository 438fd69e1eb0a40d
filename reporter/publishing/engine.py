"""Runs the site engine, and alone names it: one edition in one language, into a folder aside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reporter.paths import Files
from reporter.publishing import polish
from survey.problems import Problem
from survey.project import Project
from survey.quarter import Quarter
from survey.words import Words

NavItem = Any
Pages = Mapping[str, str]
"""Path → content: Markdown pages, and data files that are copied as they are."""

_PRUNED = (
    "assets/javascripts/**/*.map",
    "assets/stylesheets/*.map",
    "assets/images/favicon.png",
    "sitemap.xml.gz",
)
_LUNR = "assets/javascripts/lunr"


@dataclass(frozen=True)
class Site:
    """One edition in one language, as text."""

    words: Words
    pages: Pages
    nav: Sequence[NavItem]
    title: str = ""
    """Its short name, as the list of versions and the header have it."""


def build(project: Project, edition: Quarter, day: date, site: Site, target: Path) -> None:
    """Build one edition in one language into `target`; equal input gives equal bytes."""
    pages = _pages_of(project, site)
    _write_pages(pages, site.pages)
    shutil.rmtree(target, ignore_errors=True)
    _run_engine(project, edition, day, site, pages, target)
    _prune(target, site.words.language)
    polish.polish(target)


def _pages_of(project: Project, site: Site) -> Path:
    return Files(project).building / "pages" / site.words.language


def _write_pages(folder: Path, pages: Pages) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def _run_engine(
    project: Project, edition: Quarter, day: date, site: Site, pages: Path, target: Path
) -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    midnight = datetime.combine(day, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    from mkdocs.commands.build import build as run
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    # A relative folder would be taken from where mkdocs.yml lies, not from where we stand.
    folders = {"docs_dir": str(pages.resolve()), "site_dir": str(target.resolve())}
    try:
        config = load_config(str(project.config), nav=list(site.nav), **folders)
        _check_engine(project, config)
        _localise(config, edition, site)
        run(config)
    except (Abort, MkDocsException) as error:
        what = f"{project.config.name}: the site could not be built ({error})"
        raise Problem(f"{what}. Mend it and run the command again.") from None


def _check_engine(project: Project, config: Any) -> None:  # noqa: ANN401 - the engine's
    """The pages need the theme and the search that they were made for."""
    messages = []
    if config["theme"].name != "material":
        what = f"names the theme '{config['theme'].name}'"
        messages.append(f"{project.config.name}: {what}. Write `theme: name: material`.")
    if "material/search" not in config.plugins:
        what = "has a list of `plugins` without search"
        mend = "Add `- material/search` to it, or leave `plugins` out."
        messages.append(f"{project.config.name}: {what}. {mend}")
    if messages:
        raise Problem(*messages)


def _localise(config: Any, edition: Quarter, site: Site) -> None:  # noqa: ANN401 - the engine's
    """Set what differs between languages and editions; all else stands in mkdocs.yml."""
    base = str(config["site_url"] or "/")
    words, language = site.words, site.words.language
    config["site_url"] = f"{base}{language}/{edition}/"
    config["theme"]["language"] = language
    config["extra"]["avstamp_edition"] = site.title
    root = urlsplit(base).path or "/"
    languages = config["extra"]["avstamp"]["languages"]
    config["extra"]["alternate"] = [
        {"name": words(f"language.{one}"), "link": f"{root}{one}/{edition}/", "lang": one}
        for one in languages
    ]
    config["extra"]["avstamp_words"] = {
        key.removeprefix("theme."): text
        for key, text in words.phrases.items()
        if key.startswith("theme.") and isinstance(text, str)
    }
    # Inflected Swedish words are found by their beginnings; the stemmer finds nothing for them.
    config.plugins["material/search"].config.pipeline = ["stopWordFilter"]


def _prune(target: Path, language: str) -> None:
    """Drop what no reader's browser asks for: it is two thirds of the theme's weight."""
    for pattern in _PRUNED:
        for file in target.glob(pattern):
            file.unlink()
    kept = {"lunr.stemmer.support.min.js", f"lunr.{language}.min.js"}
    for file in (target / _LUNR).rglob("*.js"):
        if file.name not in kept:
            file.unlink()


def discard(project: Project, site: Site) -> None:
    """Remove the text that one language of an edition was built from."""
    shutil.rmtree(_pages_of(project, site), ignore_errors=True)


def preview(project: Project, edition: Quarter, day: date, site: Site, target: Path) -> None:
    """Build one language of a draft for its owner's eyes alone, and leave no text of it behind."""
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    build(project, edition, day, site, target)
    shutil.rmtree(_pages_of(project, site))
    for path in target.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    target.chmod(0o700)


def forget(folder: Path, edition: Quarter, languages: Sequence[str]) -> None:
    """Remove an edition's preview, and the folders that it alone was in."""
    for language in languages:
        shutil.rmtree(folder / language / str(edition), ignore_errors=True)
    for empty in (*(folder / language for language in languages), folder):
        if empty.exists() and not any(empty.iterdir()):
            empty.rmdir()
