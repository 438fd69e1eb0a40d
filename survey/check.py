"""Whether the collecting host is set up as the promise needs it, each fault with its mend."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from survey import alike, bound
from survey.ballots import box, seal, traces
from survey.problems import Problem
from survey.project import Project
from survey.settings import Settings

FILE_SYSTEMS = ("ext4",)
"""Where overwriting a row was seen to leave no copy of it: ext4 without data=journal."""

TWICE = "twice"
"""A question that is asked twice: `survey check` tells it, and a form that runs goes on running."""

ALLOWED = ("filesystem", "swap", "tls", TWICE)
"""What an operator may allow by name, having read why it matters."""

ENVIRONMENT = "AVSTAMP_ALLOW"
"""The variable that allows the same by name, for a container or a test machine."""


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
    unswapped: bool = False
    """Whether this process is kept out of swap by its control group."""

    @classmethod
    def here(cls, root: Path = Path("/")) -> Machine:
        """What the kernel says now, in its files below the root."""
        proc = root / "proc"
        texts = [(proc / name).read_text("utf-8") for name in ("mounts", "swaps", "self/cgroup")]
        mounts, swaps, groups = texts
        return cls(mounts, swaps, _unswapped(groups, root / "sys/fs/cgroup"))


def _unswapped(groups: str, root: Path) -> bool:
    """Whether systemd's MemorySwapMax=0, or a container's like of it, holds for this process."""
    _, found, group = groups.rpartition("0::/")
    try:
        limit = (root / group.strip() / "memory.swap.max").read_text("ascii")
    except OSError:
        return False
    return bool(found) and limit.strip() == "0"


def allowed(given: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """What the operator allows, on the command line and in the environment."""
    named = environ.get(ENVIRONMENT, "").replace(",", " ").split()
    if strange := sorted(set(named) - set(ALLOWED)):
        known = ", ".join(ALLOWED)
        raise Problem(f"{ENVIRONMENT}: '{strange[0]}' cannot be allowed. It knows: {known}.")
    return (*given, *named)


def faults(settings: Settings, machine: Machine, allow: Sequence[str] = ()) -> list[str]:
    """Every fault that is not allowed, in words."""
    found = [fault for _, some in looked(settings, machine) for fault in some]
    return [one.text for one in found if one.name not in (*allow, TWICE)]


def rehearsed(of: Project) -> list[str]:
    """Why a made-up edition of this project would be refused, from the program that makes editions.

    It is run as a program: this host imports nothing of the other's.
    """
    command = [sys.executable, "-m", "reporter", "--project", str(of.root), "rehearse"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    told = done.stdout if done.returncode == 0 else done.stderr
    lines = [line for line in told.splitlines() if line.strip()]
    return lines if done.returncode else []


def newer(settings: Settings) -> Iterator[str]:
    """What was changed in the project's questionnaire since open boxes were opened, in words."""
    for path in settings.project.boxes():
        with box.opened(path) as one:
            asked, takes = one.asked(), one.stage().takes
        if takes:
            yield from bound.told(path.name, asked, settings.questionnaire)


def _languages(settings: Settings, _: Machine) -> Iterator[Fault]:
    """Every language of the organisation is one that each box asks in."""
    names = [(settings.project.questionnaire.name, settings.questionnaire)]
    for path in settings.project.boxes():
        with box.opened(path) as one:
            if one.stage().takes:
                names.append((path.name, bound.resolved(one.asked(), settings.questionnaire)))
    for name, asked in names:
        for missing in sorted({*settings.organisation.languages} - {*asked.languages}):
            mend = f"Take {missing} from `languages` in mkdocs.yml, or add its words."
            yield Fault("", f"{name}: has no words in '{missing}', which mkdocs.yml names. {mend}")


def _twice(settings: Settings, _: Machine) -> Iterator[Fault]:
    """No two questions ask the same: divided in two ways, they would lay people bare."""
    name = settings.project.questionnaire.name
    for one, other in alike.pairs(settings.questionnaire, _REASONS):
        words = next(iter(other.words.values()), "")
        mend = "Ask it once, or word them apart; or, if they are two questions, --allow twice."
        what = f"item '{other.id}' asks what '{one.id}' asks (“{words}”)"
        yield Fault(TWICE, f"{name}: {what}. {mend}")


_REASONS = ("main_reason", "other_reasons")
"""Two halves of one question, which the policy keeps together: they may share their words."""


def looked(settings: Settings, machine: Machine) -> Iterator[tuple[str, list[Fault]]]:
    """Each thing that is looked at, and what is wrong with it."""
    for subject, look in _LOOKS.items():
        yield subject, list(look(settings, machine))


def _file_system(settings: Settings, machine: Machine) -> Iterator[Fault]:
    folder = settings.project.responses.resolve()
    kind, options = _mount(folder, machine.mounts)
    journalled = "data=journal" in options or traces.journalled(folder)
    if kind not in FILE_SYSTEMS or journalled:
        told = f"{kind} with data=journal" if journalled else kind
        mend = "Move it to ext4 without data=journal, or allow it: --allow filesystem."
        yield Fault("filesystem", f"{folder}: lies on {told}, which may keep old rows. {mend}")


def _mount(folder: Path, mounts: str) -> tuple[str, str]:
    """The type and options of the file system that the folder lies on: the last that fits."""
    best, found = "", ("unknown", "")
    for line in mounts.splitlines():
        _, place, kind, options, *_ = line.split()
        place = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)
        if folder.is_relative_to(place) and len(place) >= len(best):
            best, found = place, (kind, options)
    return found


def _swap(_: Settings, machine: Machine) -> Iterator[Fault]:
    # Compressed swap in memory (zram) never reaches a disk.
    used = [line for line in machine.swaps.splitlines()[1:] if not line.startswith("/dev/zram")]
    if used and not machine.unswapped:
        mend = "Run `swapoff -a`, or encrypt it with a key of each start and --allow swap."
        yield Fault("swap", f"swap: is in use; answers on their way could be written to it. {mend}")


def _address(settings: Settings, _: Machine) -> Iterator[Fault]:
    address = urlsplit(settings.organisation.form_url)
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost", "::1"):
        mend = "Put TLS in front and write https:// there, or allow it: --allow tls."
        text = f"mkdocs.yml: form_url is {address.geturl()}; a network could read answers. {mend}"
        yield Fault("tls", text)


def _rights(settings: Settings, _: Machine) -> Iterator[Fault]:
    folder = settings.project.responses
    if folder.exists() and folder.stat().st_mode & 0o007:
        # The times of a box tell when the last answer came, to whoever may ask for them.
        yield Fault("", f"{folder}: others can look into it. Run `chmod 750 {folder}`.")
    boxes = settings.project.boxes()
    for file in [*boxes, *map(traces.journal, boxes)]:
        if file.exists() and file.stat().st_mode & 0o077:
            yield Fault("", f"{file}: others can read it. Run `chmod 600 {file}`.")


def _texts(settings: Settings, _: Machine) -> Iterator[Fault]:
    """Six thousand characters of plain text fit a sealed body whatever they are."""
    total = sum(one.limit for one in settings.questionnaire.items.values())
    if 2 * total > seal.PLAIN:
        mend = f"Lower limits until they add up to at most {seal.PLAIN // 2}."
        yield Fault("", f"questionnaire: texts add up to {total} characters, too many. {mend}")


def _boxes(settings: Settings, _: Machine) -> Iterator[Fault]:
    mend = "Stop the form, keep the file, and ask for help before anything else."
    for path in settings.project.boxes():
        try:
            with box.opened(path, settings.ledger_key) as one:
                found = one.faults()
            yield from (Fault("", f"{path.name}: {fault}. {mend}") for fault in found)
        except Problem as problem:
            yield from (Fault("", message) for message in problem.messages)


_LOOKS: Mapping[str, Callable[[Settings, Machine], Iterator[Fault]]] = {
    "file system": _file_system,
    "swap": _swap,
    "address of the form": _address,
    "rights of files": _rights,
    "length of texts": _texts,
    "boxes": _boxes,
    "languages": _languages,
    "questions asked once": _twice,
}
