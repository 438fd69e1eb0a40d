"""Files that people write and read: YAML whose every value stays the text they typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from survey.problems import Problem


class _Strict(yaml.BaseLoader):
    """BaseLoader keeps `no` and `1-2` as text; this one also refuses a key given twice."""

    environ: Mapping[str, str] = {}


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in keys:
            line = key_node.start_mark.line + 1
            raise yaml.YAMLError(f"the key '{key}' is given twice, the second time in line {line}")
        keys[key] = loader.construct_object(value_node, deep=True)
    return keys


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


def _env(loader: _Strict, node: yaml.Node) -> object:
    """`!ENV NAME` or `!ENV [NAME, OTHER, default]`, as MkDocs has it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = [str(loader.construct_object(one)) for one in node.value]
        if not names:
            names, default = [default], ""
    else:
        names, default = [str(loader.construct_scalar(node))], ""  # type: ignore[arg-type]
    return next((loader.environ[name] for name in names if name in loader.environ), default)


_Strict.add_constructor("!ENV", _env)


def _loader(environ: Mapping[str, str]) -> type[_Strict]:
    return type("_Loader", (_Strict,), {"environ": environ})


def parse(text: str, name: str, environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The mapping in `text`; `name` is the file's name for a message.

    `environ` is what `!ENV` may ask for, in the one file that may hold it.
    """
    try:
        # BaseLoader builds text and nothing else.
        document = yaml.load(text, _loader(environ or {}))  # noqa: S506
    except RecursionError:
        raise Problem(f"{name}: is nested too deeply. Indent it as the sample is.") from None
    except yaml.YAMLError as error:
        raise Problem(
            f"{name}: cannot be read: {_one_line(error)}. Mend it and try again."
        ) from None
    if not isinstance(document, dict):
        raise Problem(f"{name}: holds no keys. Start from the sample that `survey init` writes.")
    return document


def _one_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f" in line {mark.line + 1}" if mark else ""
    return f"{getattr(error, 'problem', None) or error}{place}"


def text_of(path: Path) -> str:
    """The file's text, or a Problem that says which file could not be read and why."""
    try:
        return path.read_text(encoding="utf-8-sig")  # Notepad puts a byte-order mark in front
    except UnicodeDecodeError:
        raise Problem(f"{path.name}: is not UTF-8 text. Save it as UTF-8 and try again.") from None
    except OSError as error:
        raise Problem(
            f"{path}: {error.strerror or error}. Check the path and its rights."
        ) from None


def read(path: Path, environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The mapping in the file at `path`."""
    return parse(text_of(path), path.name, environ)
