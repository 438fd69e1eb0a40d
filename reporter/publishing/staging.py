"""Built aside and swapped in: an edition's pages, feeds and lists, from records to readers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from reporter.charts.shares import Chart
from reporter.host import Host
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.publishing import engine, feed, versions
from reporter.publishing.engine import Site
from reporter.records import Record, archive, leaves, manifest, register
from reporter.working import leftovers
from survey import documents
from survey.project import Project
from survey.quarter import Quarter
from survey.words import Words

Stages = Sequence[tuple[Sequence[Record], Sequence[Site]]]
"""Editions built aside: the records up to each, and its pages in every language."""


def discarded(host: Host, stages: Stages) -> None:
    """Remove what was built aside."""
    project = host.files.project
    for until, built in stages:
        for site in built:
            shutil.rmtree(versions.aside(project, until[-1].edition, site), ignore_errors=True)
            engine.discard(project, site)


def prepared(host: Host, records: Sequence[Record]) -> list[Site]:
    """The newest of the records in every language, built aside."""
    now, project = records[-1], host.files.project
    host.tell(f"building {now.edition}")
    leftovers.folder(host.files)
    versions.readable(host.files.public)
    found = sites(host, records)
    for site in found:
        target = versions.aside(project, now.edition, site)
        engine.build(project, now.edition, now.published, site, target)
    return found


def swapped(
    host: Host, records: Sequence[Record], built: Sequence[Site], latest: bool = True
) -> None:
    """Put what was built aside where readers find it."""
    project, edition = host.files.project, records[-1].edition
    _list_files(host, edition, built)
    versions.swap_in(project, edition, built, latest)
    if latest:
        _ways_in(project, records, [site.words for site in built])
        ways = manifest.ways(host.files.public, [site.words.language for site in built])
        manifest.keep(host.files.editions, manifest.WAYS, ways)


def _list_files(host: Host, edition: Quarter, built: Sequence[Site]) -> None:
    """Keep the hash of every file of an edition, as it lies built aside."""
    found: dict[str, str] = {}
    for site in built:
        folder = versions.aside(host.files.project, edition, site)
        found |= manifest.hashed(folder, f"{site.words.language}/{edition}/")
    manifest.keep(host.files.editions, str(edition), found)


def _ways_in(project: Project, records: Sequence[Record], spoken: Sequence[Words]) -> None:
    """What lies above the editions: the list of versions, the front doors, the feeds."""
    versions.index(project, list(reversed(records)), spoken)
    name, address = versions.addressed(project)
    for one in spoken:
        versions.subscribe(project, one.language, feed.feed(records, one, name, address))


def sites(host: Host, records: Sequence[Record]) -> list[Site]:
    """The newest record's pages in every language; its charts are drawn once for all."""
    drawn = pages.draw(records)
    return [_site(host, records, drawn, language) for language in records[-1].languages]


def _site(host: Host, records: Sequence[Record], drawn: Mapping[str, Chart], language: str) -> Site:
    spoken = words_in(language)
    written = _written(host.files.pages / language)
    data = f"data/{records[-1].edition}"
    entered = register.read(host.files.editions)
    files = {
        f"{data}.csv": pages.csv_of(records[-1]),
        f"{data}.json": archive.dump(records[-1]),
        f"data/{register.NAME}": archive.published_register(entered, records),
        f"{data}-receipts.txt": leaves.listed(records[-1]),
    }
    found = pages.edition(records, drawn, spoken, written)
    nav = pages.nav(records, spoken, written)
    return Site(spoken, found | files, nav, spoken.short(records[-1].quarters))


def _written(folder: Path) -> dict[str, str]:
    """Pages written by hand, by their path."""
    files = sorted(folder.rglob("*.md"))
    return {file.relative_to(folder).as_posix(): documents.text_of(file) for file in files}
