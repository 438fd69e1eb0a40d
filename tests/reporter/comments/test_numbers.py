"""reporter.comments.numbers, identity, ordinary: whose a run of figures is, on tables."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator

import pytest
import yaml

from reporter.comments import identifiers, identity, numbers
from survey import plain
from tests.support.places import DATA, ROOT, SAMPLES

FRAMES = ("{}", "Fråga {} om det.", "Vi var 3, {} igen 12 gånger", "({})", "“{}”", "a\n{}\nb")


def _spellings() -> Iterator[tuple[str, str]]:
    document = yaml.safe_load((SAMPLES / "numbers.yaml").read_text(encoding="utf-8"))
    return ((land, one) for land, many in document.items() for one in many)


def _ordinary() -> list[str]:
    document = yaml.safe_load((SAMPLES / "ordinary.yaml").read_text(encoding="utf-8"))
    made = [
        frame.format(figure)
        for group in document["frames"]
        for frame in group["said"]
        for figure in group["figures"]
    ]
    return [*(one for many in document["said"].values() for one in many), *made]


def test_every_spelling_of_a_number_or_address_is_a_stop_wherever_it_stands() -> None:
    told = [(land, frame.format(one)) for land, one in _spellings() for frame in FRAMES]
    assert len({land for land, _ in told}) >= 20
    assert [(land, ascii(text)) for land, text in told if not identifiers.stops(text)] == []


def test_a_stop_is_marked_where_it_stands_in_what_was_written() -> None:
    for land, one in _spellings():
        text = f"Fråga {one} om det."
        marked = {at for hint in identifiers.stops(text) for at in range(hint.start, hint.end)}
        digits = [at for at, char in enumerate(text) if char.isdecimal()]
        assert set(digits) <= marked, (land, ascii(text))
        assert not {text.index("F"), len(text) - 1} & marked, (land, ascii(text))


def test_ordinary_comments_with_figures_have_no_stop() -> None:
    texts = _ordinary()
    assert len(texts) >= 400
    assert [text for text in texts if identifiers.stops(text)] == []


def test_what_people_wrote_in_earlier_surveys_has_hardly_a_stop() -> None:
    """Fewer than 1 in 200; each was looked at, and there is none today."""
    files = sorted(DATA.glob("*.csv"))
    if not files:
        pytest.skip("the surveys are no part of the project")
    rows = (row for file in files for row in csv.reader(_lines(file.read_bytes())))
    texts = [cell for row in rows for cell in row if len(cell) > 25 and " " in cell]
    assert len(texts) > 1000
    assert sum(bool(identifiers.stops(text)) for text in texts) < len(texts) / 200


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig", errors="replace").splitlines(keepends=True)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("070-123 45 67", {numbers.PHONE}),
        ("850101-1234", {identity.PERSON}),
        ("SE45 5000 0000 0583 9825 7466", {identity.ACCOUNT}),
        ("4111 1111 1111 1111", {identity.ACCOUNT}),
        ("99999999999", {numbers.NUMBER}),
        ("2024-01-15 0830", set()),
        ("1985-01-15 0830", {identity.PERSON}),
        ("01.02.2024-03.04.2024", set()),
        ("600 123 456", {numbers.PHONE}),
        ("600 123 456 kr", set()),
        ("600 000 000", set()),
        ("1 2 3 4 5 6 7 8 9 " * 9, {numbers.NUMBER}),
    ],
)
def test_a_run_of_figures_is_of_its_kind(text: str, kinds: set[str]) -> None:
    read = plain.placed(text).text
    assert {kind for kind, _, _ in (*numbers.find(read), *identity.find(read))} == kinds


@pytest.mark.parametrize("piece", ["1", "1 2 ", "12 34 ", "a@", "a at ", "SE45 5000 ", "(0", "+"])
def test_no_text_that_fits_the_form_takes_long(piece: str) -> None:
    """The longest answer, and ten texts of it, are read within the test's own patience."""
    code = (
        "from reporter.comments import identifiers; import time; start = time.process_time();"
        f"identifiers.find(({piece!r} * 6000)[:6000]); assert time.process_time() - start < 5"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_libraries_are_loaded_for_texts_with_numbers_alone() -> None:
    code = (
        "import sys; from reporter.comments import identifiers;"
        "identifiers.find('Lågt, 31 500 kr, 2024–2026, chefen Zeb.');"
        "assert not {'phonenumbers', 'stdnum'} & set(sys.modules);"
        "identifiers.find('nås på 600 123 456');"
        "assert {'phonenumbers', 'stdnum'} <= set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
