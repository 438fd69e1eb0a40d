"""A closed box becomes figures that may be shown: batch, opening, tables, disclosure, assembly.

The only place, beside the story and an import, that sees answers; they stay in memory. What leaves
is a record's findings, each a range that `disclosure` (the gate) let through. Begin there.
This face imports nothing: pandas is paid for by whoever counts.
"""
