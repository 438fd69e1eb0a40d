"""reporter.desk: who gets in, what it refuses, and its pages in both languages."""

from __future__ import annotations

import html
import json
import re
import shutil
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from reporter.comments import decisions
from reporter.commitments import reading
from reporter.records import archive
from reporter.report import draft
from survey import init
from survey.project import Project
from tests.support import desks
from tests.support.desks import ADDRESS, OF, Desk
from tests.support.places import COMMITMENTS
from tests.support.records import edition

COMPANY = COMMITMENTS
PAGES = [
    "/q/2026-q3/",
    "/q/2026-q3/invite",
    "/q/2026-q3/draft",
    "/q/2026-q3/publish",
    "/commitments/",
    "/commitments/new",
    "/commitments/ett-ordersystem",
    "/codebook/",
    "/codebook/pay/sv",
]


@pytest.fixture
def outside(project: Project) -> Desk:
    """A desk that nobody has signed in to."""
    shutil.copytree(COMPANY, project.site / "commitments", dirs_exist_ok=True)
    return desks.desk(project)


@pytest.fixture
def desk(outside: Desk) -> Desk:
    """A desk with HR at it."""
    outside.sign_in()
    return outside


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with forty answers in a closed box, made once."""
    made = Project(tmp_path_factory.mktemp("desk") / "project")
    made.root.mkdir()
    init.project(made)
    desks.answered(made)
    return made.root


@pytest.fixture
def closed(desk: Desk, answered: Path) -> Desk:
    """The same desk, with forty answers in the quarter's closed box."""
    shutil.copytree(answered, desk.project.root, dirs_exist_ok=True)
    return desk


# Who gets in.


@pytest.mark.parametrize("path", ["/", "/commitments/", f"/preview/sv/{OF}/", "/nonsense"])
def test_nobody_gets_in_without_the_address_on_the_terminal(outside: Desk, path: str) -> None:
    refused = outside.get(path)
    assert refused.status == 401
    assert "terminal" in refused.html


def test_the_address_works_once(outside: Desk) -> None:
    first = outside.door.token
    outside.sign_in()
    assert outside.get("/commitments/").status == 200
    outside.client = desks.desk(outside.project).client
    for token in (first, "wrong", "å"):
        assert outside.get(f"/in/{token}").status == 401
    assert outside.get("/commitments/").status == 401


def test_a_used_address_lets_no_second_browser_in(outside: Desk) -> None:
    token = outside.door.token
    outside.sign_in()
    second = outside.client.application.test_client()
    assert second.get(f"/in/{token}", base_url=f"http://{ADDRESS}").status_code == 401
    assert second.get("/commitments/", base_url=f"http://{ADDRESS}").status_code == 401


def test_the_cookie_stays_with_this_browser_and_this_process(outside: Desk) -> None:
    answer = outside.client.get(f"/in/{outside.door.token}", base_url=f"http://{ADDRESS}")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    value = cookie.partition(";")[0]
    later = desks.desk(outside.project).client.application.test_client(use_cookies=False)
    answer = later.get("/commitments/", base_url=f"http://{ADDRESS}", headers={"Cookie": value})
    assert answer.status_code == 401


def test_signing_out_ends_it(desk: Desk) -> None:
    assert desk.post("/out").status == 200
    assert desk.get("/commitments/").status == 401


# What it refuses.


@pytest.mark.parametrize("host", ["evil.test", "localhost:8010", "127.0.0.1:9999", "127.0.0.1"])
def test_another_name_for_this_machine_is_refused(desk: Desk, host: str) -> None:
    """A page elsewhere can let its own name point here, and would then read what it likes."""
    assert desk.get("/commitments/", Host=host).status == 421
    assert desk.get(f"/in/{desk.door.token}", Host=host).status == 421


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_can_neither_open_nor_post(desk: Desk, site: str) -> None:
    assert desk.get("/commitments/", **{"Sec-Fetch-Site": site}).status == 403
    token = desk.token()
    answer = desk.client.post(
        "/commitments/new",
        base_url=f"http://{ADDRESS}",
        data={"csrf_token": token},
        headers={"Sec-Fetch-Site": site, "Origin": f"http://{ADDRESS}"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.test", "http://127.0.0.1:9999", "null", ""])
def test_a_post_from_another_origin_is_refused(desk: Desk, origin: str) -> None:
    answer = desk.client.post(
        f"/q/{OF}/keys",
        base_url=f"http://{ADDRESS}",
        data={"csrf_token": desk.token()},
        headers={"Origin": origin} if origin else {},
    )
    assert answer.status_code == 403
    assert not desk.host().files.private_keys(OF)[0].exists()


@pytest.mark.parametrize("path", [f"/q/{OF}/keys", "/commitments/new", f"/q/{OF}/publish", "/out"])
def test_a_forged_form_is_refused_and_changes_nothing(desk: Desk, path: str) -> None:
    before = desks.files(desk.project.root)
    for token in ("", "forged"):
        refused = desk.post(path, token, typed=str(OF))
        assert refused.status == 400
    assert desks.files(desk.project.root) == before


def test_nothing_inline_runs_and_nothing_is_kept_by_the_browser(desk: Desk) -> None:
    answer = desk.client.get("/commitments/new", base_url=f"http://{ADDRESS}")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r"<style|style=|<script(?! defer src=)| on[a-z]+=", answer.text)


# The pages.


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages(desk: Desk, path: str) -> None:
    for language in ("sv", "en"):
        shown = desk.get(f"{path}?lang={language}")
        assert shown.status == 200
        assert f'<html lang="{language}"' in shown.html
    assert desk.get(path).html.count("<h1") == 1


@pytest.mark.parametrize("path", ["/q/2026-q5/", "/commitments/none", "/preview/sv/2026-q3/x"])
def test_what_is_not_there_is_said_calmly(desk: Desk, path: str) -> None:
    assert desk.get(path).status == 404


def test_the_quarter_at_a_glance_counts_and_tells_nobody(closed: Desk) -> None:
    shown = closed.get(f"/q/{OF}/?lang=en").html
    assert re.findall(r"<dd>(\d+)</dd>", shown) == ["45", "40", "0", "0"]
    assert 'class="step next" aria-current="step"' in shown
    assert closed.get("/").location == f"/q/{OF}/"


def test_looking_changes_no_file(closed: Desk) -> None:
    before = desks.files(closed.project.root)
    for path in PAGES:
        closed.get(path)
    assert desks.files(closed.project.root) == before


def test_a_missing_key_is_told_with_its_mend_and_can_be_made(desk: Desk) -> None:
    assert "reporter keys" not in desk.get("/q/2026-q4/").html
    assert desk.post("/q/2026-q4/keys").status == 303
    path = desk.project.secrets / "2026-q4.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = desk.post("/q/2026-q4/keys")
    assert again.status == 409
    assert "never overwritten" in again.html


def test_the_page_to_invite_shows_a_command_and_a_text_and_no_link(closed: Desk) -> None:
    asked = f"/q/{OF}/invite?lang=en&count=12&format=csv&first=en&slip=7k2m-9qxd"
    shown = closed.get(asked).html
    assert "survey invite 2026-q3 --count 12 --format csv --first en" in shown
    assert "survey reissue 2026-q3 --slip 7K2M-9QXD" in shown
    assert "30 October 2026" in shown
    assert "30 oktober 2026" in shown
    assert "/s/" not in shown


def test_what_is_asked_of_the_command_cannot_be_code(closed: Desk) -> None:
    shown = closed.get(f"/q/{OF}/invite?count=1;rm&format=x&first=<b>&slip=$(id)").html
    assert "survey invite 2026-q3 --count 12 --format slips --first sv" in shown
    assert "$(id)" not in shown


# Commitments.


def _filled(**others: str) -> dict[str, str]:
    texts = {
        f"{name}_{language}": f"{name} <b>{language}</b>"
        for name in ("title", "goal", "owner")
        for language in ("sv", "en")
    }
    days = {"made": "2026-11-02", "due": "2027-06-30", "line_date": "2026-11-02"}
    rest = {"theme": "pay", "measure": "rate_pay:favourable", "baseline": "40", "target": "50"}
    return {**texts, **days, **rest, "line_status": "planned", **others}


def test_a_commitment_is_made_in_the_documented_format(desk: Desk) -> None:
    saved = desk.post("/commitments/new", **_filled(title_en="Better pay"))
    assert saved.location == "/commitments/#better-pay"
    text = (desk.project.site / "commitments" / "better-pay.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle:\n  sv: title <b>sv</b>\n  en: Better pay\ntheme: pay\n")
    found = reading.read(desk.project.site / "commitments", desk.host().questionnaire)
    one = next(one for one in found if one.id == "better-pay")
    assert (one.due, one.measure.target) == (date(2027, 6, 30), 50)
    assert "title &lt;b&gt;sv&lt;/b&gt;" in desk.get("/commitments/?lang=sv").html


def test_commitments_are_listed_in_the_order_of_the_published_page(desk: Desk) -> None:
    samples = COMMITMENTS
    shutil.copytree(samples, desk.project.site / "commitments", dirs_exist_ok=True)
    shown = desk.get("/commitments/?lang=sv").html
    found = re.findall(r"(Försenat|Pågår|Planerat|Klart|Nedlagt)\b", shown)
    order = ["Försenat", "Pågår", "Planerat", "Klart", "Nedlagt"]
    assert sorted(found, key=order.index) == found
    assert set(found) > {"Klart", "Nedlagt"}


def test_all_mistakes_are_told_at_once_in_the_readers_language(desk: Desk) -> None:
    desk.get("/commitments/?lang=sv")
    wrong = _filled(goal_en=" ", due="2027-02-30", target="110", owner_sv="a@b.se", theme="x")
    shown = desk.post("/commitments/new", **wrong, line_text_sv="Vi börjar.")
    assert shown.status == 422
    for ident in ("goal_en", "due", "target", "owner_sv", "theme", "line_text_en"):
        assert f'<a href="#{ident}">' in shown.html
    assert "Fyll i fältet." in shown.html
    assert "Vi börjar." in shown.html, "what was typed is kept"


def test_what_a_draft_would_refuse_is_refused_here(desk: Desk) -> None:
    shown = desk.post("/commitments/new", **_filled(due="2026-11-01"))
    assert shown.status == 422
    assert "is not after `made`" in shown.html


def test_a_line_is_added_and_nothing_else_is_touched(desk: Desk) -> None:
    folder = desk.project.site / "commitments"
    found = reading.read(folder, desk.host().questionnaire)
    one = next(one for one in found if one.status == "planned")
    path = folder / f"{one.id}.md"
    before = path.read_text(encoding="utf-8")
    shown = desk.get(f"/commitments/{path.stem}").html
    texts = {"title": one.title, "goal": one.goal, "owner": one.owner}
    fields = {f"{name}_{key}": text for name, many in texts.items() for key, text in many.items()}
    measure = one.measure
    sent = desk.post(
        f"/commitments/{path.stem}",
        **_filled(
            **fields,
            theme=one.theme,
            measure=f"{measure.question}:{measure.answer}",
            baseline=str(measure.baseline),
            target=str(measure.target),
            made=str(one.made),
            due=str(one.due),
            line_date="2026-11-05",
            line_status="under_way",
            line_text_sv="Ett steg till.",
            line_text_en="One more step.",
        ),
    )
    assert sent.status == 303, shown
    lines = path.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before.splitlines() if line not in lines]
    assert gone in ([], [f"status: {one.status}"])
    assert lines[-5:-1] == [
        "  - date: 2026-11-05",
        "    status: under_way",
        "    sv: Ett steg till.",
        "    en: One more step.",
    ]


# The codebook.


def test_a_word_that_would_hit_everything_is_refused(closed: Desk) -> None:
    shown = closed.post("/codebook/pay/en", words="a*", seen="a*")
    assert shown.status == 422
    assert "nearly everything" in shown.html


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "**bold** [x](y)", "\U0001f44d" * 600]
)
def test_whatever_is_typed_is_shown_as_text(closed: Desk, text: str) -> None:
    shown = closed.post("/codebook/pay/en", words=text)
    assert "<script>alert" not in shown.html
    assert "<strong>bold" not in shown.html
    assert shown.status == 422


# Comments.


@pytest.fixture
def drafted(closed: Desk) -> Desk:
    """The quarter drafted, its comments waiting to be read."""
    path = closed.host().files.comments(OF)
    draft(closed.host(), OF, closed.project.handed_over())
    state = decisions.read(path)
    decisions.write(path, replace(state, comments=(*_NASTY, *state.comments)))
    return closed


_TEXTS = ("<script>alert(1)</script> & pay", "**bold** [x](y) anna@bolaget.se", "\U0001f44d" * 600)
_NASTY = tuple(
    decisions.Comment(f"0000000{n}", "keep", "", "quote", text, decisions.Side.STRENGTH)
    for n, text in enumerate(_TEXTS)
)


def _state(desk: Desk) -> decisions.State:
    return decisions.read(desk.host().files.comments(OF))


@pytest.mark.parametrize("number", range(3))
def test_a_comment_is_shown_as_text_whatever_it_holds(drafted: Desk, number: int) -> None:
    shown = drafted.get(f"/q/{OF}/comments/0000000{number}").html
    quoted = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", shown, re.DOTALL)
    assert quoted
    plain = re.sub(r"</?(mark|span)[^>]*>", "", quoted[1])
    assert plain == str(escape(_TEXTS[number]))


def test_a_comment_comes_with_its_question_its_words_and_its_hints(drafted: Desk) -> None:
    shown = drafted.get(f"/q/{OF}/comments/00000000?lang=en").html
    assert "<mark>pay</mark>" in shown
    assert "What worked well that we should keep?" in shown
    assert re.search(r'value="pay" data-key="1" checked', shown)
    assert "does not mean that the text is safe" in shown
    shown = drafted.get(f"/q/{OF}/comments/00000001?lang=en").html
    assert '<span class="hint-stop">anna@bolaget.s' in shown


def test_each_decision_is_written_at_once_and_can_be_undone(drafted: Desk) -> None:
    page = f"/q/{OF}/comments/00000000"
    assert drafted.post(page, do="confirm", themes=["pay", "growth"]).location == page[:-1] + "1"
    assert _state(drafted).comment("00000000").themes == ("pay", "growth")
    shown = drafted.post(page[:-1] + "1", do="flip", themes=["culture"])
    assert re.search(r'value="culture" data-key="." checked', shown.html), "what was ticked is kept"
    drafted.post(page[:-1] + "1", do="hold", why="names")
    assert _state(drafted).comment("00000001").held == "names"
    for _ in range(3):
        drafted.post(page, do="undo")
    assert [one.decided for one in _state(drafted).comments[:3]] == [False] * 3
    assert drafted.post(page, do="undo").status == 409
    assert drafted.post(page, do="hold", why="x").status == 400
    assert drafted.post(f"/q/{OF}/comments/ffffffff", do="confirm").status == 404


def test_no_page_joins_a_comment_to_a_rating_or_another_comment(drafted: Desk) -> None:
    told = (drafted.host().files.comments(OF)).read_text(encoding="utf-8")
    assert not re.search(r'"(area|tenure|rate_\w+|leaf|receipt)"', told)
    ids = [one.id for one in _state(drafted).comments]
    assert ids == sorted(ids)


def test_a_paraphrase_needs_two_people_and_a_quote_two_readers(drafted: Desk) -> None:
    path = drafted.host().files.comments(OF)
    alike = [replace(one, id=f"aaaaaaa{n}", text=f"x {n}") for n, one in enumerate(_NASTY * 2)]
    many = [replace(one, themes=("pay",)) for one in alike]
    decisions.write(path, replace(_state(drafted), comments=tuple(many)))
    at = {"theme": "pay", "side": "strength"}
    words = {"words_sv": "Lönen är bra.", "words_en": "The pay is good."}
    assert drafted.post(f"/q/{OF}/voices", do="save", **at, **words, writer="AB").status == 303
    same = drafted.post(f"/q/{OF}/voices", do="approve", **at, approver="AB")
    assert same.status == 422
    assert "Lön och förmåner, styrka: AB skrev den. Någon annan måste godkänna den." in same.html
    drafted.post(f"/q/{OF}/voices", do="approve", **at, approver="CD")
    assert _state(drafted).paraphrases[0].approver == "CD"
    sent = {"do": "quote", "comment": "aaaaaaa0", **at, "text": "x 0", "approver": "AB"}
    assert drafted.post(f"/q/{OF}/voices", **sent).status == 303
    drafted.post(f"/q/{OF}/voices", do="read", comment="aaaaaaa0", reader="CD")
    assert _state(drafted).quotes[0].reader == "CD"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Lön och förmåner, problem: svenska: kan peka ut någon (namn): ”Zebulon”."),
        ("en", "Pay and benefits, problem: Swedish: may point at somebody (name): “Zebulon”."),
    ],
)
def test_what_is_amiss_in_a_paraphrase_is_told_in_the_readers_language(
    drafted: Desk, language: str, said: str
) -> None:
    alike = [
        replace(_NASTY[0], id=f"aaaaaaa{n}", side=decisions.Side.PROBLEM, text="x")
        for n in range(6)
    ]
    read = tuple(replace(one, themes=("pay",)) for one in alike)
    path = drafted.host().files.comments(OF)
    decisions.write(path, replace(_state(drafted), comments=read))
    drafted.get(f"/?lang={language}")
    sent = {"do": "save", "theme": "pay", "side": "problem", "writer": "AB", "words_en": "Low."}
    page = drafted.post(f"/q/{OF}/voices", **sent, words_sv="Enligt mig, Zebulon").html
    assert said in html.unescape(page)
    kept = re.search(r'name="acknowledged" value="([^"]+)"', page)
    assert kept
    sent |= {"words_sv": "Enligt mig, Zebulon", "acknowledged": html.unescape(kept[1])}
    assert drafted.post(f"/q/{OF}/voices", **sent).status == 303


def test_whoever_paraphrases_sees_what_was_written_and_no_order_of_it(drafted: Desk) -> None:
    texts = ["c <i>", "a", "d", "b", "e"]
    read = [
        replace(_NASTY[0], id=f"aaaaaaa{n}", text=text, themes=("pay",))
        for n, text in enumerate(texts)
    ]
    path = drafted.host().files.comments(OF)
    decisions.write(path, replace(_state(drafted), comments=tuple(read)))
    page = drafted.get(f"/q/{OF}/voices").html
    told = re.search(r'<div class="texts".*?><ul>(.*?)</ul>', page, re.DOTALL)
    assert told
    assert re.findall(r"<li>(.*?)</li>", told[1]) == ["a", "b", "c &lt;i&gt;", "d", "e"]
    decisions.write(path, replace(_state(drafted), comments=tuple(read[:4])))
    assert 'class="texts"' not in drafted.get(f"/q/{OF}/voices").html, "four are too few"


def test_a_page_about_no_quarter_leads_back_to_the_one_looked_at(closed: Desk) -> None:
    closed.get("/q/2026-q2/")
    assert 'href="/q/2026-q2/comments/"' in closed.get("/commitments/").html


def test_a_word_is_saved_only_after_its_hits_were_seen(drafted: Desk) -> None:
    own = drafted.project.root / "reporter" / "codebook.yaml"
    before = own.read_bytes() if own.exists() else b""
    shown = drafted.post("/codebook/pay/en", words="pay*, salary", seen="pay*")
    assert shown.status == 200
    hits = r'<th scope="row" lang="en">pay\*</th><td>\d+</td><td>\d+(,\d)? %</td>'
    assert re.search(hits, shown.html)
    assert re.search(r'<p class="soft" lang="en">[^<]*salary', shown.html), "it hits nothing here"
    assert (own.read_bytes() if own.exists() else b"") == before
    assert drafted.post("/codebook/pay/en", words="pay*,salary", seen="pay*, salary").status == 303
    assert "pay*, salary" in own.read_text(encoding="utf-8")


def test_a_frequent_word_is_remembered_as_no_theme(drafted: Desk) -> None:
    assert drafted.post("/codebook/", word="fika").status == 303
    own = drafted.project.root / "reporter" / "codebook.yaml"
    assert "fika" in own.read_text(encoding="utf-8")


# From a draft to a published edition.


def test_a_draft_without_a_key_is_told_in_words(closed: Desk) -> None:
    closed.host().files.private_keys(OF)[0].unlink()
    refused = closed.post(f"/q/{OF}/draft")
    assert refused.status == 409
    assert "the private key of holder 1 of 1 is missing" in refused.html
    assert "the private key of holder 1 of 1 is missing" in closed.get(f"/q/{OF}/").html


def test_the_quarter_is_drafted_looked_at_and_published(closed: Desk) -> None:
    assert closed.post(f"/q/{OF}/draft").location == f"/q/{OF}/draft"
    shown = closed.get(f"/q/{OF}/draft?lang=en").html
    assert "40 answers counted" in shown
    page = closed.client.get(f"/preview/en/{OF}/why/", base_url=f"http://{ADDRESS}")
    assert page.status_code == 200
    page.close()
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    files = closed.host().files
    assert stat.S_IMODE(files.draft(OF).stat().st_mode) == 0o600
    assert closed.post(f"/q/{OF}/publish", typed="2026-q2").status == 422
    assert files.private_keys(OF)[0].exists()
    assert "Not audited as it stands now" in closed.get(f"/q/{OF}/").html
    assert closed.post(f"/q/{OF}/audit").location == f"/q/{OF}/publish#audit"
    assert "The audit found nothing" in closed.get(f"/q/{OF}/").html
    assert "1 editions" in closed.get(f"/q/{OF}/publish").html
    assert closed.post(f"/q/{OF}/publish", typed=" 2026-Q3 ").location == f"/q/{OF}/"
    assert not files.private_keys(OF)[0].exists()
    assert archive.read(files.edition(OF)).counted == 40
    assert (closed.project.site / "public" / "sv" / "latest" / "index.html").exists()
    assert "The quarter is published" in closed.get(f"/q/{OF}/").html


def test_a_key_that_is_still_somewhere_is_not_told_of_as_destroyed(desk: Desk) -> None:
    files = desk.host().files
    told = {1: "1 of 2 private keys were here", 2: "private keys are destroyed: 2 of 2"}
    for gone, words in told.items():
        archive.write(replace(edition(OF), holders=2, destroyed=gone), files.edition(OF))
        assert words in desk.get(f"/q/{OF}/?lang=en").html


def test_what_the_auditor_refuses_is_shown_and_no_key_is_lost(drafted: Desk) -> None:
    files = drafted.host().files
    page = files.pages / "en" / "more.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# More\n\n3 of 917 people were angry.\n", encoding="utf-8")
    drafted.post(f"/q/{OF}/audit")
    for path in (f"/q/{OF}/", f"/q/{OF}/publish"):
        assert "“3 of 917” stands in no record" in drafted.get(path).html
    refused = drafted.post(f"/q/{OF}/publish", typed=str(OF))
    assert refused.status == 422
    assert "“3 of 917” stands in no record" in refused.html
    assert files.private_keys(OF)[0].exists()
    assert not files.edition(OF).exists()


def test_the_reasons_why_something_is_withheld_are_told_to_hr_in_words(drafted: Desk) -> None:
    path = drafted.host().files.withheld(OF)
    path.write_text(json.dumps([["area-1", "rate_pay", "too few answered"]]), encoding="utf-8")
    for language, why in (("sv", "För få svarade på frågan"), ("en", "Too few in the group")):
        assert why in drafted.get(f"/q/{OF}/draft?lang={language}").html


@pytest.mark.parametrize(
    "path",
    ["../../../../../.secrets/link.keys", "%2e%2e/%2e%2e/mkdocs.yml", "..%2f..%2fmkdocs.yml"],
)
def test_the_preview_leads_to_no_other_file(desk: Desk, path: str) -> None:
    page = desk.host().files.preview / "sv" / str(OF) / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("previewed", encoding="utf-8")
    shown = desk.client.get(f"/preview/sv/{OF}/", base_url=f"http://{ADDRESS}")
    assert shown.text == "previewed"
    shown.close()
    assert (page.parent / "../../../../../.secrets").exists()
    assert desk.get(f"/preview/sv/{OF}/{path}").status == 404
