"""The layout of site/public: editions swapped in whole, the list of versions, the ways in.

site/public/<language>/<quarter>/; beside the quarters `versions.json`, `feed.xml` and `latest`.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from reporter.paths import Files
from reporter.publishing.engine import Site
from reporter.records import Record
from survey import config, durable
from survey.project import Project
from survey.quarter import Quarter
from survey.words import Words


def aside(project: Project, edition: Quarter, site: Site) -> Path:
    """Where one language of an edition lies until it is swapped in."""
    return Files(project).building / f"{edition}-{site.words.language}"


def swap_in(project: Project, edition: Quarter, sites: Sequence[Site], latest: bool) -> None:
    """Swap each language in whole: a reader never finds a gap."""
    for site in sites:
        folder = readable(readable(Files(project).public) / site.words.language)
        swap(aside(project, edition, site), folder / str(edition))
        if latest:
            _point(folder / "latest", str(edition))


def index(project: Project, editions: Sequence[Record], words: Sequence[Words]) -> None:
    """Write what lies above the editions, newest first: the list of versions, and the ways in."""
    top = Files(project).public
    for one in words:
        folder = top / one.language
        versions = [_version(record, one, record is editions[0]) for record in editions]
        text = json.dumps(versions, ensure_ascii=False, indent=1)
        durable.write(folder / "versions.json", text, READABLE)
        durable.write(folder / "index.html", _door([one], "latest/"), READABLE)
    durable.write(top / "index.html", _door(words, "{language}/latest/"), READABLE)


def addressed(project: Project) -> tuple[str, str]:
    """The site's name and its address, with a closing slash, as mkdocs.yml has them."""
    found = config.read(project.config)
    name, address = (str(found.get(key, "")) for key in ("site_name", "site_url"))
    return name, address.rstrip("/") + "/"


def subscribe(project: Project, language: str, feed: str) -> None:
    """Write a language's feed beside its editions."""
    durable.write(Files(project).public / language / "feed.xml", feed, READABLE)


def _version(record: Record, words: Words, latest: bool) -> dict[str, object]:
    aliases = ["latest"] if latest else []
    title = words.short(record.quarters)
    return {"version": str(record.edition), "title": title, "aliases": aliases}


def _door(words: Sequence[Words], address: str) -> str:
    """A page that leads on, in each language, without a script."""
    links = "".join(
        f'<p lang="{one.language}"><a href="{address.format(language=one.language)}">'
        f"{one('door')}</a></p>"
        for one in words
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    if len(words) == 1:
        head += f'<meta http-equiv="refresh" content="0; url={address}">'
    first = words[0]
    return (
        f'<!doctype html><html lang="{first.language}"><head>{head}'
        f"<title>{first('door')}</title></head><body><main>{links}</main></body></html>\n"
    )


_EXCHANGE = 2


_HERE = -100


READABLE = 0o644
"""A published file: the web server is another user, whatever the publisher's umask."""


def readable(folder: Path) -> Path:
    """The folder, made if it is missing, in which every user may look."""
    folder.mkdir(mode=0o755, exist_ok=True)
    folder.chmod(folder.stat().st_mode & 0o7777 | 0o755)
    return folder


def _opened(folder: Path) -> None:
    """Let every user read what is about to be published."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else READABLE)


def swap(new: Path, old: Path) -> None:
    """Put `new` where `old` is in one step, readable for all, and remove what was there."""
    _opened(new)
    try:
        _put(new, old)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # site/public is a disk of its own. What is copied there now is frozen and published.
        near = old.with_name(f".{old.name}-{old.parent.name}")
        shutil.rmtree(near, ignore_errors=True)
        shutil.move(new, near)
        _put(near, old)


def _put(new: Path, old: Path) -> None:
    if old.exists():
        _exchange(new, old)
        shutil.rmtree(new)
    else:
        new.rename(old)


def _exchange(one: Path, other: Path) -> None:
    """Exchange two folders with renameat2(2); where it is missing, by two renames."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    paths = os.fsencode(one), os.fsencode(other)
    if rename and rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
        return
    if ctypes.get_errno() in (errno.EXDEV, errno.ENOSPC, errno.EROFS):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    spare = one.with_name(one.name + "-old")
    other.rename(spare)
    one.rename(other)
    spare.rename(one)


def _point(link: Path, target: str) -> None:
    aside = link.with_name(f".{link.name}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
