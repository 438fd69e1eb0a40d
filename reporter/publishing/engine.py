"""Runs the site engine and swaps finished editions in. It alone names the engine.

Layout: site/public/<language>/<quarter>/, with `versions.json` and `latest` beside the quarters.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reporter.publishing import polish
from survey import documents
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


def build(project: Project, edition: Quarter, day: date, site: Site, target: Path) -> None:
    """Build one edition in one language into `target`; equal input gives equal bytes."""
    pages = _pages_of(project, site)
    _write_pages(pages, site.pages)
    shutil.rmtree(target, ignore_errors=True)
    _run_engine(project, edition, day, site, pages, target)
    _prune(target, site.words.language)
    polish.polish(target)


def _pages_of(project: Project, site: Site) -> Path:
    return project.root / "build" / "pages" / site.words.language


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
        _localise(config, edition, site.words)
        run(config)
    except (Abort, MkDocsException) as error:
        what = f"{project.config.name}: the site could not be built ({error})"
        raise Problem(f"{what}. Mend it and run the command again.") from None


def _localise(config: Any, edition: Quarter, words: Words) -> None:  # noqa: ANN401 - the engine's
    """Set what differs between languages and editions; all else stands in mkdocs.yml."""
    base = str(config["site_url"] or "/")
    language = words.language
    config["site_url"] = f"{base}{language}/{edition}/"
    config["theme"]["language"] = language
    config["extra"]["avstamp_edition"] = _title(edition, words)
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


def prepare(project: Project, edition: Quarter, day: date, sites: Sequence[Site]) -> None:
    """Build all languages of an edition aside."""
    (project.site / "public").mkdir(parents=True, exist_ok=True)
    for site in sites:
        build(project, edition, day, site, aside(project, edition, site))


def aside(project: Project, edition: Quarter, site: Site) -> Path:
    """Where one language of an edition lies until it is swapped in."""
    return project.site / "public" / f".{edition}-{site.words.language}"


def discard(project: Project, edition: Quarter, sites: Sequence[Site]) -> None:
    """Remove what was built aside, and its text: it lies below what a web server shows."""
    for site in sites:
        shutil.rmtree(aside(project, edition, site), ignore_errors=True)
        shutil.rmtree(_pages_of(project, site), ignore_errors=True)


def preview(project: Project, edition: Quarter, day: date, site: Site, target: Path) -> None:
    """Build one language of a draft for its owner's eyes alone, and leave no text of it behind."""
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


def swap_in(project: Project, edition: Quarter, sites: Sequence[Site], latest: bool) -> None:
    """Swap each language in whole: a reader never finds a gap."""
    for site in sites:
        folder = project.site / "public" / site.words.language
        folder.mkdir(exist_ok=True)
        _swap(aside(project, edition, site), folder / str(edition))
        if latest:
            _point(folder / "latest", str(edition))


def index(project: Project, editions: Sequence[Quarter], words: Sequence[Words]) -> None:
    """Write what lies above the editions: the list of versions, and the ways in."""
    public = project.site / "public"
    for one in words:
        folder = public / one.language
        versions = [_version(edition, one, edition == max(editions)) for edition in editions]
        documents.write(
            folder / "versions.json", json.dumps(versions, ensure_ascii=False, indent=1)
        )
        documents.write(folder / "index.html", _door([one], "latest/"))
    documents.write(public / "index.html", _door(words, "{language}/latest/"))


def addressed(project: Project) -> tuple[str, str]:
    """The site's name and its address, with a closing slash, as mkdocs.yml has them."""
    config = documents.read(project.config)
    name, address = (str(config.get(key, "")) for key in ("site_name", "site_url"))
    return name, address.rstrip("/") + "/"


def subscribe(project: Project, language: str, feed: str) -> None:
    """Write a language's feed beside its editions."""
    documents.write(project.site / "public" / language / "feed.xml", feed)


def _version(edition: Quarter, words: Words, latest: bool) -> dict[str, object]:
    aliases = ["latest"] if latest else []
    return {"version": str(edition), "title": _title(edition, words), "aliases": aliases}


def _title(edition: Quarter, words: Words) -> str:
    return words("quarter.short", number=edition.number, year=edition.year)


def _door(words: Sequence[Words], address: str) -> str:
    """A page that leads on, in each language, without a script."""
    links = "".join(
        f'<p lang="{one.language}"><a href="{address.format(language=one.language)}">'
        f"{one('door')}</a></p>"
        for one in words
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    if len(words) == 1:
        head += f'<meta http-equiv="refresh" content="0; url={address}">'
    first = words[0]
    return (
        f'<!doctype html><html lang="{first.language}"><head>{head}'
        f"<title>{first('door')}</title></head><body><main>{links}</main></body></html>\n"
    )


_EXCHANGE = 2
_HERE = -100


def _swap(new: Path, old: Path) -> None:
    """Put `new` where `old` is in one step, and remove what was there."""
    if old.exists():
        _exchange(new, old)
        shutil.rmtree(new)
    else:
        new.rename(old)


def _exchange(one: Path, other: Path) -> None:
    """Exchange two folders with renameat2(2); where it is missing, by two renames."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    paths = os.fsencode(one), os.fsencode(other)
    if rename and rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
        return
    spare = one.with_name(one.name + "-old")
    other.rename(spare)
    one.rename(other)
    spare.rename(one)


def _point(link: Path, target: str) -> None:
    aside = link.with_name(f".{link.name}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
