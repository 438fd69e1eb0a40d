"""A file's bytes as text that can be split into rows: its encoding, its marks, its line ends."""

from __future__ import annotations

import codecs

from survey.problems import Problem

ENCODINGS = ("utf-8", "cp1252", "latin-1")

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BOOKS = {
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
    b"\x1f\x8b": "an archive",
}
_END_OF_FILE = b"\x1a"
"""What old DOS programs write last."""
_LOOKED_AT = 64


def as_text(name: str, raw: bytes, told: str) -> tuple[bytes, str]:
    """The bytes without marks, with ordinary line ends, and their encoding; `told` is the map's."""
    for begin, what in _BOOKS.items():
        if raw.startswith(begin):
            raise Problem(f"{name}: row 1, column 1: this is {what}. Save it as CSV.")
    wide = _wide(raw)
    if wide:
        raw, told = _decoded(name, raw, wide).encode(), "utf-8"
    raw = _lines(raw.removeprefix(codecs.BOM_UTF8)).rstrip(_END_OF_FILE)
    if b"\0" in raw:
        what = "holds a NUL byte: the file is damaged"
        raise Problem(f"{name}: {_place(raw, raw.index(0))}: {what}. Export it again.")
    return raw, _encoding(name, raw, told)


def _wide(raw: bytes) -> str:
    """The encoding of more than one byte a letter, by its mark or by where its NUL bytes stand."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return encoding
    even, odd = raw[:_LOOKED_AT:2], raw[1:_LOOKED_AT:2]
    if odd and not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if even and not any(even) and all(odd) else ""


def _lines(raw: bytes) -> bytes:
    """Old Mac line ends, and those that a copy in text mode has doubled, as others end them."""
    if b"\r" not in raw:
        return raw
    if b"\n" not in raw:
        return raw.replace(b"\r", b"\n")
    return raw.replace(b"\r\r\n", b"\r\n") if b"\r\r\n" in raw else raw


def _encoding(name: str, raw: bytes, told: str) -> str:
    """UTF-8 if it can be; a file that is not was written by an older Windows program."""
    if raw.isascii():
        return told or "utf-8"
    if told == "utf-8" or (not told and _is(raw, "utf-8")):
        _decoded(name, raw, "utf-8")
        return "utf-8"
    encoding = told or "cp1252"
    _decoded(name, raw, encoding)
    return encoding


def _is(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(name: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"{_place(raw, error.start)}: is no {encoding} text"
        raise Problem(f"{name}: {what}. Say its encoding in the map, or export it again.") from None


def _place(raw: bytes, at: int) -> str:
    """The row and column of a byte, as near as can be told before the file is split."""
    before = raw[:at]
    line = before.rpartition(b"\n")[2]
    column = max(line.count(mark) for mark in (b",", b";", b"\t", b"|")) + 1
    row = before.count(b"\n") + 1
    return f"row {row}, column {column}"
