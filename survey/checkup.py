"""Whether the collecting host is set up as the promise needs it, each fault with its mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from survey import box, seal, store
from survey.problems import Problem
from survey.questions import Kind
from survey.settings import Settings

FILE_SYSTEMS = ("ext4",)
"""Where overwriting a row was seen to leave no copy of it: ext4 without data=journal."""

ALLOWED = ("filesystem", "swap", "tls")
"""What an operator may allow by name, having read why it matters."""


@dataclass(frozen=True)
class Fault:
    """Something that breaks the promise; `name` is what allows it, if anything may."""

    name: str
    text: str


@dataclass(frozen=True)
class Machine:
    """What the kernel tells of this host; a test gives its own."""

    mounts: str
    swaps: str

    @classmethod
    def here(cls) -> Machine:
        """What the kernel says now."""
        return cls(Path("/proc/mounts").read_text("utf-8"), Path("/proc/swaps").read_text("utf-8"))


def faults(settings: Settings, machine: Machine, allowed: Sequence[str] = ()) -> list[str]:
    """Every fault that is not allowed, in words."""
    found = [*_system(settings, machine), *_texts(settings), *_boxes(settings)]
    return [one.text for one in found if one.name not in allowed]


def _system(settings: Settings, machine: Machine) -> Iterator[Fault]:
    folder = settings.project.responses.resolve()
    kind, options = _mount(folder, machine.mounts)
    if kind not in FILE_SYSTEMS or "data=journal" in options:
        told = f"{kind} with data=journal" if kind in FILE_SYSTEMS else kind
        mend = "Move it to ext4 without data=journal, or allow it: --allow filesystem."
        yield Fault("filesystem", f"{folder}: lies on {told}, which may keep old rows. {mend}")
    if len(machine.swaps.splitlines()) > 1:
        mend = "Run `swapoff -a`, or encrypt it with a key of each start and --allow swap."
        yield Fault("swap", f"swap: is in use; answers on their way could be written to it. {mend}")
    address = urlsplit(settings.organisation.form_url)
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost", "::1"):
        mend = "Put TLS in front and write https:// there, or allow it: --allow tls."
        text = f"mkdocs.yml: form_url is {address.geturl()}; a network could read answers. {mend}"
        yield Fault("tls", text)
    if folder.exists() and folder.stat().st_mode & 0o007:
        yield Fault("", f"{folder}: others can look into it. Run `chmod 750 {folder}`.")


def _mount(folder: Path, mounts: str) -> tuple[str, str]:
    """The type and options of the file system that the folder lies on: the last that fits."""
    best, found = "", ("unknown", "")
    for line in mounts.splitlines():
        _, place, kind, options, *_ = line.split()
        place = place.replace("\\040", " ")
        if folder.is_relative_to(place) and len(place) >= len(best):
            best, found = place, (kind, options)
    return found


def _texts(settings: Settings) -> Iterator[Fault]:
    """Six thousand characters of plain text fit a sealed body whatever they are."""
    texts = [one for one in settings.questionnaire.items.values() if one.kind is Kind.TEXT]
    total = sum(one.limit for one in texts)
    if 2 * total > seal.PLAIN:
        mend = f"Lower limits until they add up to at most {seal.PLAIN // 2}."
        yield Fault("", f"questionnaire: texts add up to {total} characters, too many. {mend}")


def _boxes(settings: Settings) -> Iterator[Fault]:
    for path in settings.project.boxes():
        try:
            yield from _box(path, settings.ledger_key)
        except Problem as problem:
            yield from (Fault("", message) for message in problem.messages)


def _box(path: Path, ledger_key: bytes) -> Iterator[Fault]:
    for file in (path, store.journal(path)):
        if file.exists() and file.stat().st_mode & 0o077:
            yield Fault("", f"{file}: others can read it. Run `chmod 600 {file}`.")
    with box.opened(path, ledger_key) as one:
        found = one.faults()
    if not store.wiped(path):
        found.append("has a journal that shows what changed last")
    mend = "Stop the form, keep the file, and ask for help before anything else."
    yield from (Fault("", f"{path.name}: {fault}. {mend}") for fault in found)
