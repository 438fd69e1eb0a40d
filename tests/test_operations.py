"""The operator's files: what must stand in them stands in them, and their programs take them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from survey import serve, settings
from tests.support.places import DOCS

NGINX = (DOCS / "nginx.conf").read_text(encoding="utf-8")
SITE = (DOCS / "site.conf").read_text(encoding="utf-8")
UNIT = (DOCS / "avstamp.service").read_text(encoding="utf-8")


def test_no_place_in_nginx_logs_a_visit() -> None:
    server, *places = re.split(r"\n    location ", NGINX)
    assert len(places) == 2
    for place in (server, *places):
        assert "access_log off;" in place
        assert "error_log /dev/null crit;" in place


def test_nginx_keeps_bodies_and_pages_in_memory_and_leaves_their_size_to_the_form() -> None:
    """A body larger than its buffer would be put in a file."""
    limit, buffer = (
        re.search(rf"{name} (\d+)m;", NGINX)
        for name in ("client_max_body_size", "client_body_buffer_size")
    )
    assert limit
    assert buffer
    assert limit[1] == buffer[1]
    assert int(limit[1]) * 1024 * 1024 <= serve.MOST_READ
    assert "client_body_in_single_buffer on;" in NGINX
    assert "proxy_max_temp_file_size 0;" in NGINX


def test_nginx_hands_on_neither_an_address_nor_a_browsers_name() -> None:
    for name in ("X-Forwarded-For", "X-Real-IP", "User-Agent", "Cookie", "Referer"):
        assert f'proxy_set_header {name} "";' in NGINX


def test_the_site_shows_no_name_that_begins_with_a_dot_whatever_else_it_serves() -> None:
    """Of places by pattern the first that fits is taken."""
    first = re.search(r"location ~ (\S+) \{ (.*?) \}", SITE)
    assert first
    assert first[2] == "return 404;"
    hidden = ["/.2026-q4-sv/index.html", "/sv/.note", "/sv/2026-q3/.x/"]
    assert all(re.search(first[1], path) for path in hidden)
    assert not re.search(first[1], "/sv/2026-q3/data/2026-q3.csv")


@pytest.mark.parametrize("text", [SITE, NGINX], ids=["site", "form"])
def test_old_and_new_nginx_take_the_files(text: str, tmp_path: Path) -> None:
    """`http2 on;` stops nginx 1.22 of Debian 12; `listen … http2` is warned of by newer ones."""
    assert not re.search(r"^\s*(http2 |listen .*http2)", text, re.MULTILINE)
    if not shutil.which("nginx") or not shutil.which("openssl"):
        pytest.skip("nginx or openssl is not installed")
    key, own = tmp_path / "key.pem", tmp_path / "own.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    subprocess.run([*made, "-keyout", key, "-out", own], check=True, capture_output=True)
    text = re.sub(r"(ssl_certificate_key\s+)\S+;", rf"\1{key};", text)
    text = re.sub(r"(ssl_certificate\s+)\S+;", rf"\1{own};", text)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {text} }}", encoding="utf-8")
    done = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert "syntax is ok" in done.stderr  # nginx's own folders may be missing here
    assert "deprecated" not in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "Restart=always",
        "StandardOutput=null",
        "StandardError=null",
        "LimitCORE=0",
        "MemorySwapMax=0",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "MemoryDenyWriteExecute=yes",
        *(f"LoadCredential={name}:/etc/avstamp/{name}" for name in settings.NAMES),
    ],
)
def test_the_unit_keeps_the_service_shut_in(line: str) -> None:
    assert line in UNIT.splitlines()


def test_the_unit_wipes_the_box_when_the_service_stops() -> None:
    """By a command that needs no secret, so that nothing can keep it from opening the boxes."""
    assert re.search(r"^ExecStopPost=-\S+/survey status$", UNIT, re.MULTILINE)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    unit = tmp_path / "avstamp.service"
    unit.write_text(UNIT.replace("/srv/avstamp/.venv/bin/survey", "/bin/true"), encoding="utf-8")
    run = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert "avstamp.service" not in done.stderr
