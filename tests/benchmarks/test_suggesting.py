"""What suggesting themes costs: 100,000 comments through the shipped codebook."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.memory import PEAK
from tests.support.places import ROOT

pytestmark = pytest.mark.bench

COMMENTS = 100_000
SECONDS, MEBIBYTES = 30, 200

SUGGEST = f"""
import resource, sys
from pathlib import Path
from reporter.comments import codebook
from survey import documents
from survey.questionnaire import read_questionnaire
from survey.project import PACKAGED, Project
asked = read_questionnaire(PACKAGED / "questionnaire.yaml")
found = codebook.read(Project(Path("nowhere")), asked.themes)
rows = documents.read(Path("tests/support/samples/unseen.yaml"))
texts = [text for many in rows.values() for _, text in many]
for n in range({COMMENTS}):
    # No two alike, and new words all the time, as people misspell them.
    found.suggest(f"{{texts[n % len(texts)]}} {{texts[n * 7 % len(texts)]}} nytt{{n % 20011}}ord")
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, {PEAK})
"""


def test_a_hundred_thousand_comments_are_suggested_in_time_and_memory() -> None:
    run = [sys.executable, "-c", SUGGEST]
    told = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds, memory = map(float, told.split())
    print(f"\n{COMMENTS} comments: {seconds:.1f} CPU s, {memory:.0f} MiB")
    assert seconds < SECONDS
    assert memory < MEBIBYTES
