"""Verification of the output: each module contains what `Api` says, and no other code.

Every file is parsed. Only the expected kinds of statements and only expected names may occur, so
string constants are the only place for text of the document. This is the last line of defence: a
text that a template prints without escaping ends here, whatever it says.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import frozen

from ..api import Api, Model, Operation
from ..errors import CodegenError, Problem
from ..names import module_name
from ..render import Group, groups_of
from ..render.model import guard_names
from ..render.operation import constant
from ..runtime import NAMES

_STATEMENTS = (
    ast.AnnAssign, ast.Assign, ast.AsyncFunctionDef, ast.ClassDef, ast.Expr, ast.FunctionDef,
    ast.If, ast.Import, ast.ImportFrom, ast.Raise, ast.Return, ast.Try,
)  # fmt: skip
_MODULES = {
    "__future__", "attrs", "builtins", "collections.abc", "datetime", "functools", "importlib",
    "typing",
}  # fmt: skip
_LOCALS = {
    "cls", "deadline", "get", "instead", "message", "module", "name", "object", "options",
    "resource", "rest", "self", "src", "type", "v", "value", "data", "_args", "_kwargs", "_field",
    "_redact", "_Record", "_MODULES", "_DEPRECATED", "__name__", "__all__", "__slots__",
    "__getattr__", "BASE_URL", "property", "classmethod", "getattr", "globals", "sorted",
    "isinstance", "bool", "bytes", "dict", "float", "int", "list", "str", "tuple",
    "AttributeError", "KeyError", "TypeError", "ValueError",
}  # fmt: skip
_FORBIDDEN = (
    ast.Starred, ast.Yield, ast.YieldFrom, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.GeneratorExp,
)  # fmt: skip
_LAZY = "models/__init__.py"
_DUNDERS = {"__new__"}
_REMOVED = ["_args", "_kwargs"]
"""Arguments of a method that nothing replaces."""
_METHODS = {"from_dict", "get", "__new__"}
"""Methods that generated code calls of anything but `self`."""


def verify(files: Mapping[str, str], api: Api) -> None:
    """Raise `CodegenError` naming every module that is not what `Api` says."""
    expected = _Expected(api)
    problems = [
        Problem(f"generated {path}", reason)
        for path, text in sorted(files.items())
        for reason in _check(path, text, expected)
    ]
    if problems:
        raise CodegenError(problems)


def _check(path: str, text: str, expected: _Expected) -> Iterator[str]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        yield f"is not Python: {error}"
        return
    module = expected.module(path)
    yield from _foreign_code(tree, module.names | expected.classes | NAMES | _LOCALS)
    functions = {"__getattr__", "__dir__"} if path == _LAZY else module.functions
    yield from _foreign_definitions(tree, functions)
    if module.classes is not None:
        found = {n.name: _class_members(n) for n in tree.body if isinstance(n, ast.ClassDef)}
        yield from _differences(module.classes, found)


@frozen
class _Module:
    """What one module may contain."""

    names: frozenset[str]
    classes: Mapping[str, list[str]] | None
    """The members of each class; None for the two modules that only import."""
    functions: frozenset[str] = frozenset()


class _Expected:
    """What the modules of an API may contain."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._groups = groups_of(api)
        self._modules = {module_name(name): group for name, group in self._groups.items()}
        self._models: dict[str, list[Model]] = {}
        for model in api.models.values():
            self._models.setdefault(model.module, []).append(model)
        self._guards = guard_names(api)
        groups = self._groups.values()
        aliases = {a.name.removeprefix("models.") for a in api.aliases if a.name[:7] == "models."}
        resources = {str(n) for g in groups for n in (g.class_name, g.raw_class_name)}
        self.classes = frozenset({*api.models, *api.enums, *aliases, *resources})

    def module(self, path: str) -> _Module:
        folder, _, file = path.rpartition("/")
        name = file.removesuffix(".py")
        if name == "__init__":
            names = {"Resources", "_sender", "_runner", *self._groups}
            return _Module(frozenset(names), None)
        if folder in ("api", "blocking/api"):
            return self._resource(self._modules[name], blocking=folder == "blocking/api")
        models = self._models.get(name, [])
        fields = frozenset(field.name for model in models for field in model.fields)
        guards = frozenset(
            self._guards[e.name] for e in self._api.enums.values() if e.module == name
        )
        return _Module(fields, {model.name: _members(model) for model in models}, guards)

    def _resource(self, group: Group, *, blocking: bool) -> _Module:
        printed = [*group.operations, *(old.target for old in group.deprecated if old.target)]
        names = {argument.name for operation in printed for argument in operation.arguments}
        names |= {str(constant(operation)) for operation in group.operations}
        return _Module(frozenset(names), _resource_classes(group, blocking=blocking))


def _resource_classes(group: Group, *, blocking: bool) -> dict[str, list[str]]:
    """The classes of a resource with their methods and the arguments of each."""
    more = ["deadline", "options"] if blocking else ["options"]

    def arguments(operation: Operation) -> list[str]:
        return [*(argument.name for argument in operation.arguments), *more]

    methods = [f"{o.method}({', '.join(arguments(o))})" for o in group.operations]
    for old in group.deprecated:
        names = arguments(old.target) if old.target else _REMOVED
        methods.append(f"{old.method}({', '.join(names)})")
    if blocking:
        methods.append("_resource()")
    return {
        str(group.class_name): sorted([*methods, "with_raw_response()"]),
        str(group.raw_class_name): ["__init__(resource)"],
    }


def _members(model: Model) -> list[str]:
    fields = [field.name for field in model.fields]
    if model.is_input:
        return sorted([*fields, "to_dict()"])
    return sorted([*fields, "from_dict(src)"])


def _class_members(node: ast.ClassDef) -> list[str]:
    out: list[str] = []
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            arguments = statement.args
            names = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            names += [a for a in (arguments.vararg, arguments.kwarg) if a]
            shown = ", ".join(a.arg for a in names[1:])
            out.append(f"{statement.name}({shown})")
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            out.append(statement.target.id)
    return sorted(out)


def _differences(
    expected: Mapping[str, list[str]], found: Mapping[str, list[str]]
) -> Iterator[str]:
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield f"has no class {name}"
        elif name not in expected:
            yield f"has a class {name} that nothing describes"
        elif expected[name] != found[name]:
            differing = sorted(set(expected[name]) ^ set(found[name]))
            yield f"{name} differs: {', '.join(differing)[:500]}"


def _foreign_code(tree: ast.Module, allowed: set[str] | frozenset[str]) -> Iterator[str]:
    """Everything in a module that no template prints."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.stmt) and not isinstance(node, _STATEMENTS):
            yield f"line {line}: a statement of kind {type(node).__name__}"
        elif isinstance(node, ast.Expr) and not _is_plain(node.value):
            yield f"line {line}: an expression that is a statement"
        elif isinstance(node, _FORBIDDEN):
            yield f"line {line}: {type(node).__name__}"
        elif isinstance(node, ast.Name) and node.id not in allowed:
            yield f"line {line}: the name {node.id!r}"
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _foreign_imports(node, line)
        elif isinstance(node, ast.Attribute) and node.attr.startswith("__"):
            if node.attr not in _DUNDERS:
                yield f"line {line}: the attribute {node.attr!r}"
        elif isinstance(node, ast.Call) and not _is_known_call(node.func):
            yield f"line {line}: a call of {ast.unparse(node.func)[:80]!r}"
        elif isinstance(node, ast.FormattedValue) and not _is_segment(node.value):
            yield f"line {line}: an expression in an f-string"
        elif isinstance(node, ast.arguments):
            yield from _foreign_defaults(node)
        elif isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from (
                f"line {line}: the decorator {ast.unparse(d)[:80]!r}"
                for d in node.decorator_list
                if not _is_known_decorator(d)
            )


def _foreign_definitions(tree: ast.Module, functions: Collection[str]) -> Iterator[str]:
    """Functions of a module that are not in `functions`, and definitions inside functions."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in tree.body:
        if isinstance(node, kinds) and node.name not in functions:
            yield f"line {node.lineno}: a function {node.name!r} that nothing describes"
    for function in ast.walk(tree):
        if isinstance(function, kinds):
            for inner in ast.walk(function):
                if inner is not function and isinstance(inner, (*kinds, ast.ClassDef)):
                    yield f"line {inner.lineno}: a definition inside {function.name!r}"


def _is_known_call(function: ast.expr) -> bool:
    """Whether a template prints calls of this: of a name, or of one of few methods."""
    if isinstance(function, ast.Name):
        return True  # names are checked wherever they are
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value
    if isinstance(owner, ast.Name) and owner.id == "self":
        return True  # a sender, or the method that replaces a deprecated one
    if isinstance(owner, ast.Attribute) and ast.unparse(owner) == "self._resource":
        return True  # the async method
    return function.attr in _METHODS or isinstance(owner, ast.Call)


def _is_segment(value: ast.expr) -> bool:
    """Whether an expression of an f-string is one of the templates': a path value, or a name."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id == "path_segment"
    return isinstance(value, ast.Name) and value.id in ("name", "__name__")


def _foreign_defaults(arguments: ast.arguments) -> Iterator[str]:
    for default in (*arguments.defaults, *filter(None, arguments.kw_defaults)):
        if ast.unparse(default) not in ("None", "UNSET"):
            yield f"line {default.lineno}: the default {ast.unparse(default)[:80]!r}"


def _is_known_decorator(decorator: ast.expr) -> bool:
    if isinstance(decorator, ast.Call):
        return isinstance(decorator.func, ast.Name) and decorator.func.id in (
            "define",
            "deprecated",
        )
    return isinstance(decorator, ast.Name) and decorator.id in (
        "property",
        "lazy_resource",
        "blocking_resource",
        "classmethod",
    )


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression may be a statement: a docstring, or an awaited call."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str)
    return isinstance(value, ast.Await) and isinstance(value.value, ast.Call)


def _foreign_imports(node: ast.Import | ast.ImportFrom, line: int) -> Iterable[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        return [f"line {line}: imports {name}" for name in names if name not in _MODULES]
    if node.level or node.module in _MODULES:
        return []
    return [f"line {line}: imports from {node.module}"]
