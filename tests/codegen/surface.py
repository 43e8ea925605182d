"""What callers see of a generated package: methods, arguments, results. Read, never imported.

It reads the modules as text. It shares no code with the generator, so that both cannot be wrong
together.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

_HTTP_VIEWS = ("WithResponse", "WithRawResponse")
"""Classes that repeat the methods of a resource, with the HTTP response."""


@frozen
class Parameter:
    """One argument of a method."""

    name: str
    annotation: str
    required: bool
    keyword_only: bool


@frozen
class Method:
    """One method of a resource."""

    name: str
    """`listings.get`."""
    parameters: tuple[Parameter, ...]
    result: str
    """The annotation, such as `Listing`, `Pager[Listing]` or `None`."""
    awaited: bool


@frozen
class Operation:
    """The HTTP request behind a method."""

    http: str
    path: str


def methods(package: Path) -> dict[str, Method]:
    """The public methods of the resources below `package`/api, by name."""
    trees = list(_trees(package / "api"))
    classes = {
        node.name: node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)
    }
    found = dict[str, Method]()
    for resource, name in _resources(trees):
        for method in _methods(classes[name], resource):
            found[method.name] = method
    return dict(sorted(found.items()))


def operations(package: Path) -> dict[str, Operation]:
    """The request of each method, by the method's name."""
    found = dict[str, Operation]()
    for tree in _trees(package / "api"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "Operation":
                name, http, path = map(ast.literal_eval, node.args[:3])
                found[name] = Operation(http, path)
    return found


def fields(package: Path) -> dict[str, dict[str, str]]:
    """The annotated fields of each class below `package`/models, by class."""
    found = dict[str, dict[str, str]]()
    for tree in _trees(package / "models"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = {
                    member.target.id: ast.unparse(member.annotation)
                    for member in node.body
                    if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name)
                }
    return found


def _called(node: ast.Call) -> str:
    """The name of what is called, without its module."""
    return ast.unparse(node.func).rpartition(".")[2]


def _trees(folder: Path) -> Iterator[ast.Module]:
    for path in sorted(folder.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"), str(path))


def _resources(trees: list[ast.Module]) -> Iterator[tuple[str, str]]:
    """(attribute of the client, class): the annotated properties of `class Resources`."""
    for tree in trees:
        for node in tree.body:
            if not (isinstance(node, ast.ClassDef) and node.name == "Resources"):
                continue
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and member.returns is not None:
                    returns = ast.unparse(member.returns).strip("'\"")
                    yield member.name, returns.removeprefix("type[").removesuffix("]")


def _methods(resource: ast.ClassDef, name: str) -> Iterator[Method]:
    for node in resource.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") or _is_view(node):
            continue
        assert node.returns is not None, f"{name}.{node.name} has no annotation of its result"
        result = ast.unparse(node.returns)
        awaited = isinstance(node, ast.AsyncFunctionDef)
        yield Method(f"{name}.{node.name}", tuple(_parameters(node.args)), result, awaited)


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    returns = ast.unparse(node.returns).strip("'\"") if node.returns else ""
    return bool(node.decorator_list) and returns.endswith(_HTTP_VIEWS)


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    for argument, default in zip(positional, defaults, strict=True):
        if argument.arg != "self":
            yield _parameter(argument, default, keyword_only=False)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(argument, default, keyword_only=True)


def _parameter(argument: ast.arg, default: ast.expr | None, *, keyword_only: bool) -> Parameter:
    annotation = ast.unparse(argument.annotation) if argument.annotation else ""
    return Parameter(argument.arg, annotation, default is None, keyword_only)
