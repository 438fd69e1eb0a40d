"""The collecting host's secrets and files, read once and checked whole. No secret has a default."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from survey import durable, project
from survey.problems import Problem
from survey.project import Organisation, Project
from survey.questionnaire import read_questionnaire
from survey.questions import Questionnaire

# Signs links (whoever has it can mint votes); joins a link to its row in a box, and so never
# leaves this host; Flask's own.
NAMES = ("link.keys", "ledger.key", "flask.key")
_BYTES = 32
_HEX = re.compile(r"[0-9a-f]{64}")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Settings:
    """Everything the collecting host is told, in one value."""

    project: Project
    organisation: Organisation
    questionnaire: Questionnaire
    link_keys: tuple[bytes, ...]
    """Oldest first; new links are signed with the last."""
    ledger_key: bytes
    flask_key: bytes


def load(of: Project, environ: Mapping[str, str]) -> Settings:
    """Read it all; every mistake in every file is told in one Problem."""
    problems: list[str] = []
    organisation = _try(problems, partial(project.organisation, of))
    questionnaire = _try(problems, partial(read_questionnaire, of.questionnaire))
    given = environ.get("CREDENTIALS_DIRECTORY")
    # systemd lets its service's user in by an access list, which shows as the rights of a group.
    folder, closed = (Path(given), 0o007) if given else (of.secrets, 0o077)
    keys = {name: _try(problems, partial(_keys, folder / name, closed)) for name in NAMES}
    if problems or organisation is None or questionnaire is None:
        raise Problem(*problems)
    link_keys, (ledger_key, *_), (flask_key, *_) = (keys[name] or () for name in NAMES)
    return Settings(of, organisation, questionnaire, link_keys, ledger_key, flask_key)


def _try(problems: list[str], read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except Problem as problem:
        problems += problem.messages
        return None


def _keys(path: Path, closed: int) -> tuple[bytes, ...]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split()
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise Problem(f"{path}: the secret is missing. Make it with `survey init`.") from None
    except (OSError, UnicodeDecodeError):
        raise Problem(f"{path}: the secret cannot be read. Check its owner and rights.") from None
    if mode & closed:
        raise Problem(f"{path}: others can read this secret. Run `chmod 600 {path}`.")
    if not lines or not all(_HEX.fullmatch(line) for line in lines):
        raise Problem(f"{path}: is not {_BYTES} bytes in hexadecimal. Restore it from a copy.")
    return tuple(bytes.fromhex(line) for line in lines)


def make_secrets(folder: Path) -> list[Path]:
    """Make the secrets that are missing, readable by their owner alone; name those made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    missing = [folder / name for name in NAMES if not (folder / name).exists()]
    for path in missing:
        durable.write(path, secrets.token_hex(_BYTES) + "\n", mode=0o600)
    return missing
