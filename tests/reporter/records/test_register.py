"""records.register: a figure changed after publication changes its record's hash."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.records import archive, register
from tests.support.audits import whole


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_a_changed_figure_never_passes_unseen(data: some.DataObject) -> None:
    """Whatever single figure of a record is changed, its hash is another."""
    made = whole()
    at = data.draw(some.integers(0, len(made.findings) - 1))
    one = made.findings[at]
    changed = replace(one, high=one.high + data.draw(some.integers(1, 5)))
    other = replace(made, findings=(*made.findings[:at], changed, *made.findings[at + 1 :]))
    entries = register.added((), "2026-q1", archive.dump(made))
    assert entries[0].sha256 != register.sha256(archive.dump(other))
