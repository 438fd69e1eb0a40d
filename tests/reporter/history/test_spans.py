"""history.spans: a cell that names its quarter, half-year, week or year is read as that."""

from __future__ import annotations

import pytest

from reporter.history import spans

NAMED = {
    "2024-q3": ("2024-Q3", "2024Q3", "2024 K3", "2024K3", "Q3 2024", "q3/2024", "3 kv 2024",
                "kv 3 2024", "kvartal 3 2024", "3:e kvartalet 2024", "tredje kvartalet 2024",
                "3rd quarter 2024", "third quarter of 2024", "2024 v. 35", "2024-W35", "v35 2024",
                "vecka 35, 2024"),
    "2024-h1": ("2024-H1", "H1 2024", "1 halvår 2024", "första halvåret 2024",
                "first half of 2024", "halvår 1 2024"),
    "2024-y": ("2024", " 2024 "),
    "2025-q1": ("2025-W01", "2025 v 1", "2025, vecka 1"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "cell"), [(k, one) for k, many in NAMED.items() for one in many])
def test_a_named_span_is_read_as_what_it_is(name: str, cell: str) -> None:
    assert str(spans.named(cell)) == name


@pytest.mark.parametrize(
    "cell", ["", "2024-03", "3/2024", "March 2024", "Q5 2024", "H3 2024", "2024-W54", "20245", "Q3"]
)
def test_nothing_else_is_taken_for_one(cell: str) -> None:
    assert spans.named(cell) is None
