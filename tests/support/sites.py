"""Sites to audit: pages from records as HTML, without the engine, which takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import markdown as engine  # type: ignore[import-untyped]

from reporter.charts.shares import Chart
from reporter.language import words_in
from reporter.pages import edition as pages
from reporter.paths import Files
from reporter.records import Record, archive, corrections, leaves, manifest, register

_EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "fenced_code"]


Draw = Callable[[Sequence[Record]], dict[str, Chart]]
"""How the charts of an edition are drawn; another way is what an auditor must find."""


def publish(files: Files, records: Sequence[Record], draw: Draw = pages.draw) -> None:
    """Freeze these records and publish their pages, one edition after another."""
    files.editions.mkdir(parents=True, exist_ok=True)
    for one in records:
        archive.write(one, files.edition(one.edition))
    show(files, records, draw)


def show(files: Files, records: Sequence[Record], draw: Draw = pages.draw) -> None:
    """The pages and data files of these records, whatever they are."""
    notes = corrections.notes(files.editions)
    seen = [corrections.visible(one, notes) for one in records]
    entered = register.read(files.editions)
    for end, one in enumerate(seen, start=1):
        drawn = draw(seen[:end])
        for language in one.languages:
            folder = files.project.site / "public" / language / str(one.edition)
            spoken = words_in(language)
            _write(folder, pages.edition(seen[:end], drawn, spoken))
            _data(folder / "data", one, archive.published_register(entered, [one]))
    listed(files)


def listed(files: Files) -> None:
    """Keep the list of what lies there now as what was built."""
    public = files.project.site / "public"
    for edition in {path.name for path in public.glob("*/????-q?")}:
        folders = [path for path in public.glob(f"*/{edition}") if path.is_dir()]
        found = [manifest.hashed(one, f"{one.parent.name}/{edition}/") for one in folders]
        manifest.keep(files.editions, edition, {k: v for one in found for k, v in one.items()})
    (public / "index.html").write_text("<a href=sv>Svenska</a>", encoding="utf-8")
    manifest.keep(files.editions, manifest.WAYS, manifest.ways(public, ["sv", "en"]))


def _write(folder: Path, found: Mapping[str, str]) -> None:
    for path, page in found.items():
        target = folder / path.replace(".md", "/index.html").replace(
            "index/index.html", "index.html"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        html = engine.markdown(page, extensions=_EXTENSIONS)
        target.write_text(f"<html><body>{html}</body></html>", encoding="utf-8")


def _data(folder: Path, one: Record, entries: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        f"{one.edition}.json": archive.dump(one),
        f"{one.edition}.csv": pages.csv_of(one),
        f"{one.edition}-receipts.txt": leaves.listed(one),
        register.NAME: entries,
    }
    for name, text in data.items():
        (folder / name).write_text(text, encoding="utf-8")
