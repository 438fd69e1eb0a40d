"""What is frozen and public: an edition's record, the register of them all, and what was built.

A record is all that pages, charts, trends, the auditor and later editions may read. Nothing here
may name an answer, a box, or anything that counts. Begin with `record`, then `findings`, whose
`Finding` is the only public number.
"""

from reporter.records.findings import Finding
from reporter.records.record import Asked, Block, Note, Record

__all__ = ["Asked", "Block", "Finding", "Note", "Record"]
