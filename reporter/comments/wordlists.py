"""The project's own codebook changed by one list at a time; the rest stays as it was written."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, cast

import yaml

from reporter.comments.codebook import own_path, parse, path, read
from survey import documents, durable
from survey.problems import Problem
from survey.project import Project
from survey.questions import Choice


def write_words(
    project: Project, theme: str, language: str, words: Sequence[str], themes: Sequence[Choice]
) -> None:
    """Replace one list of a theme in the project's own codebook, which is made if need be."""
    _rewrite(project, ("themes", theme, language), words, themes)


def write_not_a_theme(project: Project, word: str, themes: Sequence[Choice]) -> None:
    """Remember that a frequent word is of no theme, so that it is not brought up again."""
    known = read(project, themes).not_a_theme
    if word.lower() not in known:
        _rewrite(project, ("not_a_theme",), [*known, word.lower()], themes)


def _rewrite(
    project: Project, place: tuple[str, ...], words: Sequence[str], themes: Sequence[Choice]
) -> None:
    file = own_path(project)
    text = replaced(documents.text_of(path(project)), place, words)
    parse(text, file.name, [theme.id for theme in themes], own=file.exists())
    file.parent.mkdir(parents=True, exist_ok=True)
    durable.write(file, text)


def replaced(text: str, place: Sequence[str], words: Sequence[str]) -> str:
    """The file's text with another list at that place, and nothing else changed."""
    node = _node(text, place)
    indent = " " * (2 * len(place))
    lines = textwrap.wrap(", ".join(words), 100 - len(indent), break_on_hyphens=False)
    body = ">\n" + "".join(f"{indent}{line}\n" for line in lines) if lines else "[]\n"
    start = node.start_mark.index
    return text[:start] + body + text[_end(text, start) :]


def _end(text: str, start: int) -> int:
    """Where the list ends: at a blank line, or at one that is not further in than its key."""
    line = text.rfind("\n", 0, start) + 1
    depth = len(text[line:start]) - len(text[line:start].lstrip())
    end = text.find("\n", start) + 1 or len(text)
    for one in text[end:].splitlines(keepends=True):
        inner = len(one) - len(one.lstrip())
        if not one.strip() or (inner <= depth and not one.lstrip().startswith("- ")):
            break
        end += len(one)
    return end


def _node(text: str, place: Sequence[str]) -> yaml.Node:
    node: Any = yaml.compose(text, yaml.SafeLoader)
    for key in place:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
        if node is None:
            raise Problem(f"codebook.yaml: has no `{key}:`. Add it, with its list under it.")
    return cast("yaml.Node", node)
