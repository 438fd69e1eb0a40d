"""Where a test reaches past what the code offers: a patch of ours, or a private name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

OURS = ("survey", "reporter", "tests")
_PATCHES = ("setattr", "setitem", "delattr", "delitem")
_OWN = ("self", "cls", "super()")


def patched(text: str) -> list[str]:
    """Such places in a test's text, and in the code that it gives to a child as a string."""
    nodes = list(ast.walk(ast.parse(text)))
    nodes += [inner for node in nodes for inner in _given(node)]
    ours = {*OURS, *(name for node in nodes for name in _imported(node))}
    return [ast.unparse(node) for node in nodes if _private(node) or _patches(node, ours)]


def _given(node: ast.AST) -> Iterator[ast.AST]:
    """Lines of code within a string."""
    text = str(node.value) if isinstance(node, ast.Constant) else ""
    if "\n" in text and "import " in text:
        try:
            yield from ast.walk(ast.parse(text))
        except SyntaxError:
            return


def _imported(node: ast.AST) -> Iterator[str]:
    """The names by which our modules, classes and functions are known here."""
    if isinstance(node, ast.ImportFrom) and _root(str(node.module)) in OURS:
        yield from (one.asname or one.name for one in node.names)
    if isinstance(node, ast.Import):
        yield from (one.asname or one.name for one in node.names if _root(one.name) in OURS)


def _private(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any(_hidden(one.name) for one in node.names)
    return (
        isinstance(node, ast.Attribute)
        and _hidden(node.attr)
        and ast.unparse(node.value) not in _OWN
    )


def _hidden(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _patches(node: ast.AST, ours: set[str]) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Store | ast.Del) and _root(ast.unparse(node)) in ours
    if not isinstance(node, ast.Call) or not node.args:
        return False
    target = node.args[0]
    name = str(target.value) if isinstance(target, ast.Constant) else ast.unparse(target)
    return ast.unparse(node.func).rpartition(".")[2] in _PATCHES and _root(name) in ours


def _root(name: str) -> str:
    return name.partition(".")[0]
