"""A disk keeps when a file was last read: a visit to the form reads none but what is hidden."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.places import ROOT

_VISITS = """
import sys
from datetime import date
from pathlib import Path
from survey.ballots import receipts
from survey.web import app
from tests.attacks import running

host = running.host(Path(sys.argv[1]), 2)
form = app.create(host.here, date.today).test_client()
form.get("/")  # what the test's own client reads, it reads here

def reads(event, given):
    if event == "open" and visiting and str(given[0]) not in ("", "/dev/null"):
        opened.add(str(given[0]))

visiting, opened = True, set()
sys.addaudithook(reads)
for language, token in zip(("sv", "en"), host.tokens):
    receipt = receipts.new()
    heard = {"Accept-Language": language}
    sent = {"token": token, "receipt": receipt.hex(), "lang": language, "keep": "hej"}
    names = "form.css", "form.js", "hints.js", "mark.svg", "nothing.css"
    paths = "/", f"/s/{token}", "/nothing"
    codes = [form.get(f"/static/{name}").status_code for name in names]
    codes += [form.get(path, headers=heard).status_code for path in paths]
    codes += [form.post("/s", data={**sent, "do": wish}).status_code for wish in ("look", "edit")]
    done = form.post("/s", data={**sent, "do": "send"})
    codes += [done.status_code, form.get(done.headers["Location"]).status_code]
    codes += [form.post("/s", data={**sent, "do": "send", "receipt": ""}).status_code]
    codes += [form.get("/withdraw", headers=heard).status_code]
    code = {"code": receipts.code(receipt), "lang": language}
    codes += [form.post("/withdraw", data=code).status_code]
    assert codes == [200] * 4 + [404, 200, 200, 404, 200, 200, 303, 200, 410, 200, 200], codes
visiting = False
print("\\n".join(sorted(opened)))
"""


def test_a_visit_reads_no_file_but_the_boxs_journal(tmp_path: Path) -> None:
    """Each page, style and script, in each language: in a process where nothing was read yet."""
    command = [sys.executable, "-c", _VISITS, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert [Path(one).suffix for one in run.stdout.split()] == [".box-journal"], run.stdout
