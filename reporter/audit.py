"""Checks what is published, with its own eyes: built files of all editions against the records."""

from __future__ import annotations

from collections.abc import Iterator

from reporter import record
from reporter.record import Record
from reporter.settings import Files
from survey import documents
from survey.problems import Problem


def site(files: Files) -> list[Record]:
    """Every record, if each is whole and published as it is; else every fault in a Problem."""
    records = record.read_all(files.editions)
    faults = [fault for one in records for fault in (*_record(one), *_published(files, one))]
    if faults:
        raise Problem(*faults)
    return records


def _record(one: Record) -> Iterator[str]:
    for fault in record.faults(one):
        mend = "Restore the record from version control; a published figure is never changed."
        yield f"site/editions/{one.edition}.json: {fault}. {mend}"


def _published(files: Files, one: Record) -> Iterator[str]:
    """Whether each language's copies say what the record says."""
    for language in one.languages:
        folder = files.project.site / "public" / language / str(one.edition) / "data"
        name = str(one.edition)
        copies = {f"{name}.json": record.dump(one), f"{name}-receipts.txt": record.listed(one)}
        for name, text in copies.items():
            path = folder / name
            told = path.relative_to(files.project.site)
            if not path.exists():
                yield f"{told}: is missing. Run `reporter build`."
            elif documents.text_of(path) != text:
                yield f"{told}: differs from its record. Find out which was changed, and by whom."
